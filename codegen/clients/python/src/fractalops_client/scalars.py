"""Python types of the engine's scalars."""

from datetime import datetime
from typing import Annotated

from pydantic import PlainSerializer


def _as_the_engine_does(time: datetime) -> str:
    # PostgreSQL leaves out zeros at the end of a fraction; Python does not.
    text = time.isoformat()
    if "." not in text:
        return text
    whole, _, rest = text.partition(".")
    digits = rest[:6].rstrip("0")
    return f"{whole}.{digits}{rest[6:]}" if digits else f"{whole}{rest[6:]}"


Timestamp = Annotated[datetime, PlainSerializer(_as_the_engine_does, return_type=str, when_used="json")]
