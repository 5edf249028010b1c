"""`graphql-transport-ws`, the protocol of the graphql-ws library."""

import json
from collections.abc import Sequence
from typing import Any

from embedded.hasura.api.websocket.protocol import Closing, Errors, Reply


class Transport:
    """The words of `graphql-transport-ws`."""

    name = "graphql-transport-ws"

    def acknowledged(self) -> str:
        """The connection is initialised."""
        return '{"type":"connection_ack"}'

    def alive(self) -> str:
        """The server is still there."""
        return '{"type":"ping","payload":{"message":"keepalive"}}'

    def pong(self, payload: Any) -> str:
        """The answer to a ping."""
        return _written({"type": "pong", **({} if payload is None else {"payload": payload})})

    def data(self, id: str, data: str) -> str:  # noqa: A002  - it is called so on the wire
        """A result; `data` is JSON text."""
        return f'{{"type":"next","id":{json.dumps(id)},"payload":{{"data":{data}}}}}'

    def complete(self, id: str) -> str:  # noqa: A002  - it is called so on the wire
        """An operation is done."""
        return f'{{"type":"complete","id":{json.dumps(id)}}}'

    def refused(self, id: str, errors: Errors) -> Sequence[str]:  # noqa: A002  - it is called so on the wire
        """A request that was not run; the error ends the operation, nothing follows it."""
        return (_written({"type": "error", "id": id, "payload": errors}),)

    def failed(self, id: str, errors: Errors) -> Sequence[str]:  # noqa: A002  - it is called so on the wire
        """A query or mutation that failed while it ran; the error ends the operation, nothing follows it."""
        return self.refused(id, errors)

    def disturbed(self, id: str, errors: Errors) -> str:  # noqa: A002  - it is called so on the wire
        """A subscription that failed this time and goes on."""
        return _written({"type": "next", "id": id, "payload": {"data": None, "errors": errors}})

    def start_refused(self, id: str, message: str, *, initialised: bool) -> Reply:  # noqa: A002  - as on the wire
        """An operation that may not start: too early, or its id is in use."""
        error = {"message": message, "extensions": {"path": "$", "code": "start-failed"}}
        closing = Closing(4409, f"Subscriber for {id} already exists") if initialised else Closing(4401, "Unauthorized")
        return Reply(self.refused(id, [error]), closing)

    def unreadable(self, why: str) -> Reply:
        """A message that is none."""
        return Reply(closing=Closing(4400, f"parsing ClientMessage failed: {why}"))

    def init_refused(self, why: str) -> Reply:
        """A client that is not let in."""
        return Reply(closing=Closing(4403, why))


def _written(message: dict[str, Any]) -> str:
    return json.dumps(message, ensure_ascii=False, separators=(",", ":"))
