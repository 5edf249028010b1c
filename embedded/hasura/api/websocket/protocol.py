"""What a sub-protocol must be able to say."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

Errors = list[dict[str, Any]]


@dataclass(frozen=True)
class Closing:
    """How a socket ends: the close code and the reason beside it."""

    code: int
    reason: str


@dataclass(frozen=True)
class Reply:
    """What follows from a mistake of the client: messages, and perhaps the end."""

    messages: Sequence[str] = ()
    closing: Closing | None = None


class SubProtocol(Protocol):
    """The words of one sub-protocol, as finished message texts."""

    name: str

    def acknowledged(self) -> str:
        """The connection is initialised."""
        ...

    def alive(self) -> str:
        """The server is still there."""
        ...

    def pong(self, payload: Any) -> str:
        """The answer to a ping."""
        ...

    def data(self, id: str, data: str) -> str:  # noqa: A002  - it is called so on the wire
        """A result; `data` is JSON text."""
        ...

    def complete(self, id: str) -> str:  # noqa: A002  - it is called so on the wire
        """An operation is done."""
        ...

    def refused(self, id: str, errors: Errors) -> Sequence[str]:  # noqa: A002  - it is called so on the wire
        """A request that was not run, which ends the operation."""
        ...

    def failed(self, id: str, errors: Errors) -> Sequence[str]:  # noqa: A002  - it is called so on the wire
        """A query or mutation that failed while it ran, which ends the operation."""
        ...

    def disturbed(self, id: str, errors: Errors) -> str:  # noqa: A002  - it is called so on the wire
        """A subscription that failed this time and goes on."""
        ...

    def start_refused(self, id: str, message: str, *, initialised: bool) -> Reply:  # noqa: A002  - as on the wire
        """An operation that may not start: too early, or its id is in use."""
        ...

    def unreadable(self, why: str) -> Reply:
        """A message that is none."""
        ...

    def init_refused(self, why: str) -> Reply:
        """A client that is not let in."""
        ...
