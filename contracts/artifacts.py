"""Bytes that a harness keeps, in a form that a row and a GraphQL answer can carry."""

from typing import Literal

from contracts.base import Contract


class Artifact(Contract):
    """Named bytes: `digest` and `size_bytes` are over the bytes kept, `body` holds them as text or as base64.

    `truncated` says that there was more than is kept.
    """

    name: str
    media_type: str
    digest: str
    size_bytes: int
    encoding: Literal["utf-8", "base64"]
    body: str
    truncated: bool = False
