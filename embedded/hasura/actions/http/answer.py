"""Read one HTTP/1.1 answer from bytes as they arrive."""

from dataclasses import dataclass

HEAD_BYTES_MAX = 64 * 1024
ANSWER_BYTES_MAX = 16 * 1024 * 1024

_NO_CONTENT = frozenset({204, 304})
_CONTINUES_BELOW = 200


class MalformedAnswerError(Exception):
    """Bytes that are no answer, or one that is too large."""


@dataclass(frozen=True)
class RawAnswer:
    """An answer as it came; `reusable` says whether another request may follow on the connection."""

    status: int
    headers: tuple[tuple[str, str], ...]
    content: bytes
    reusable: bool


class AnswerReader:
    """Reads one answer; `feed` and `end` give it once it is complete."""

    def __init__(self, *, head_only: bool) -> None:
        self._head_only = head_only
        self._buffer = bytearray()
        self._content = bytearray()
        self._status = 0
        self._headers: tuple[tuple[str, str], ...] = ()
        self._kept_alive = True
        # None until the head is read; then how the content ends.
        self._ending: str | None = None
        self._left = 0

    @property
    def begun(self) -> bool:
        """Whether anything has arrived."""
        return self._ending is not None or bool(self._buffer)

    def feed(self, data: bytes) -> RawAnswer | None:
        """The answer if `data` completes it.

        Raises:
            MalformedAnswerError: if it never will be one.
        """
        self._buffer += data
        if len(self._buffer) + len(self._content) > ANSWER_BYTES_MAX:
            raise MalformedAnswerError(f"the answer is larger than {ANSWER_BYTES_MAX} bytes")
        while self._ending is None:
            end = self._buffer.find(b"\r\n\r\n")
            if end < 0:
                if len(self._buffer) > HEAD_BYTES_MAX:
                    raise MalformedAnswerError(f"the head of the answer is larger than {HEAD_BYTES_MAX} bytes")
                return None
            self._read_head(bytes(self._buffer[:end]))
            del self._buffer[: end + 4]
        return self._read_content()

    def end(self) -> RawAnswer | None:
        """The answer if the end of the connection completes it, None if it was cut off."""
        if self._ending != "close":
            return None
        self._content += self._buffer
        return self._whole(reusable=False)

    def _read_head(self, head: bytes) -> None:
        first, *lines = head.decode("latin-1").split("\r\n")
        version, _, rest = first.partition(" ")
        status = rest[:3]
        if version not in {"HTTP/1.1", "HTTP/1.0"} or not (status.isdecimal() and len(status) == 3):  # noqa: PLR2004  - digits of a status
            raise MalformedAnswerError("the answer is no HTTP/1.1")
        headers: list[tuple[str, str]] = []
        for line in lines:
            name, colon, value = line.partition(":")
            if not colon or not name or name != name.strip():
                raise MalformedAnswerError("the answer has a malformed header")
            headers.append((name, value.strip(" \t")))
        if int(status) < _CONTINUES_BELOW:
            return
        self._status, self._headers = int(status), tuple(headers)
        known = {name.lower(): value for name, value in headers}
        connection = known.get("connection", "").lower()
        self._kept_alive = connection != "close" and (version == "HTTP/1.1" or connection == "keep-alive")
        self._ending = self._ending_of(known)

    def _ending_of(self, headers: dict[str, str]) -> str:
        if self._head_only or self._status in _NO_CONTENT:
            return "length"
        coding = headers.get("transfer-encoding", "").lower()
        if coding:
            if coding != "chunked":
                raise MalformedAnswerError(f"the answer has an unknown transfer encoding: {coding}")
            return "chunks"
        length = headers.get("content-length")
        if length is None:
            return "close"
        if not length.isdecimal():
            raise MalformedAnswerError("the answer has a malformed length")
        self._left = int(length)
        if self._left > ANSWER_BYTES_MAX:
            raise MalformedAnswerError(f"the answer is larger than {ANSWER_BYTES_MAX} bytes")
        return "length"

    def _read_content(self) -> RawAnswer | None:
        if self._ending == "length":
            if len(self._buffer) < self._left:
                return None
            self._content = self._buffer[: self._left]
            del self._buffer[: self._left]
            return self._whole(reusable=self._kept_alive and not self._buffer)
        return self._read_chunks() if self._ending == "chunks" else None

    def _read_chunks(self) -> RawAnswer | None:
        buffer, position = self._buffer, 0
        # Where the line of the last chunk ends, counted from its beginning.
        last: int | None = None
        while (line_end := buffer.find(b"\r\n", position)) >= 0:
            size, start = self._chunk_size(position, line_end), line_end + 2
            if size == 0:
                last = start - position
                break
            if len(buffer) < start + size + 2:
                break
            if not buffer.startswith(b"\r\n", start + size):
                raise MalformedAnswerError("the answer has a malformed chunk")
            self._content += buffer[start : start + size]
            position = start + size + 2
        # What has been read must not be read again when more arrives.
        del buffer[:position]
        return None if last is None else self._after_chunks(last)

    def _chunk_size(self, start: int, end: int) -> int:
        written = bytes(self._buffer[start:end]).split(b";")[0].strip()
        if not written or written.strip(b"0123456789abcdefABCDEF"):
            raise MalformedAnswerError("the answer has a malformed chunk")
        size = int(written, 16)
        if size + len(self._content) > ANSWER_BYTES_MAX:
            raise MalformedAnswerError(f"the answer is larger than {ANSWER_BYTES_MAX} bytes")
        return size

    def _after_chunks(self, position: int) -> RawAnswer | None:
        """The answer, unless the headers that may follow the last chunk have not arrived."""
        end = position if self._buffer.startswith(b"\r\n", position) else self._buffer.find(b"\r\n\r\n", position)
        if end < 0 or len(self._buffer) < end + 2:
            return None
        end += 2 if end == position else 4
        return self._whole(reusable=self._kept_alive and len(self._buffer) == end)

    def _whole(self, *, reusable: bool) -> RawAnswer:
        return RawAnswer(self._status, self._headers, bytes(self._content), reusable)
