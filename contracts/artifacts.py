"""Bytes that a harness keeps, in a form that a row and a GraphQL answer can carry."""

import base64
from typing import Literal

from contracts.base import Contract
from contracts.canonical import digest_of_bytes

# A body larger than this is cut unless the caller allows more; digest and size are always those of all bytes.
BODY_BYTES_MAX = 1_048_576


class Artifact(Contract):
    """Named bytes; `body` holds them as text or as base64, or only their beginning if `truncated`."""

    name: str
    media_type: str
    digest: str
    size_bytes: int
    encoding: Literal["utf-8", "base64"]
    body: str
    truncated: bool = False

    @classmethod
    def of(cls, name: str, media_type: str, data: bytes, *, body_bytes_max: int = BODY_BYTES_MAX) -> "Artifact":
        """The artifact of these bytes: as text where they are UTF-8 without NUL, else in base64."""
        kept, truncated = data[:body_bytes_max], len(data) > body_bytes_max
        text = _text(kept, cut=truncated)
        return cls(
            name=name,
            media_type=media_type,
            digest=digest_of_bytes(data),
            size_bytes=len(data),
            encoding="base64" if text is None else "utf-8",
            body=base64.b64encode(kept).decode() if text is None else text,
            truncated=truncated,
        )

    def kept_bytes(self) -> bytes:
        """The bytes that the body stands for."""
        return self.body.encode() if self.encoding == "utf-8" else base64.b64decode(self.body)


def _text(data: bytes, *, cut: bool) -> str | None:
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        # A cut may fall into the last character, which then is left out.
        if not cut or error.reason != "unexpected end of data":
            return None
        text = data[: error.start].decode()
    # PostgreSQL's text holds every character but this one.
    return None if "\0" in text else text
