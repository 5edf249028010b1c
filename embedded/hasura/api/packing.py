"""Answers packed with gzip, for clients that ask for it and answers that gain by it."""

import asyncio
import gzip
import re

from starlette.types import Message, Send

# Hasura's own bound: what is shorter is hardly smaller packed, and costs both sides time.
_BYTES_MIN = 700
# Packing lets go of the interpreter, so what takes longer than a millisecond is done beside the event loop.
_BYTES_BESIDE = 128 * 1024
_LEVEL = 1

_ENCODING = re.compile(rb"(?:^|,)\s*(?:gzip|\*)\s*(?:;\s*q=(?P<weight>[0-9.]+))?\s*(?=,|$)", re.IGNORECASE)


def gzip_wanted(accepted: bytes) -> bool:
    """Whether an Accept-Encoding header asks for gzip."""
    found = _ENCODING.search(accepted)
    return found is not None and (found["weight"] or b"1").strip(b"0.") != b""


class Packing:
    """Sends an answer, packed if it comes in one piece, is long enough, and is not packed already."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self._start: Message | None = None

    async def __call__(self, message: Message) -> None:
        """Send a message of the answer."""
        if message["type"] == "http.response.start":
            self._start = message
            return
        start, self._start = self._start, None
        if start is None:
            await self._send(message)
            return
        body: bytes = message.get("body", b"")
        encoded = any(name == b"content-encoding" for name, _ in start["headers"])
        if message.get("more_body") or encoded or len(body) < _BYTES_MIN:
            await self._send(start)
            await self._send(message)
            return
        packed = await _packed(body)
        kept = [(name, value) for name, value in start["headers"] if name != b"content-length"]
        headers = [*kept, (b"content-encoding", b"gzip"), (b"content-length", str(len(packed)).encode())]
        await self._send({**start, "headers": headers})
        await self._send({**message, "body": packed})


async def _packed(body: bytes) -> bytes:
    if len(body) < _BYTES_BESIDE:
        return gzip.compress(body, _LEVEL, mtime=0)
    return await asyncio.to_thread(gzip.compress, body, _LEVEL, mtime=0)
