"""`graphql-ws`, the protocol of Apollo's subscriptions-transport-ws."""

import json
from collections.abc import Sequence
from typing import Any

from embedded.hasura.api.websocket.protocol import Closing, Errors, Reply


class Legacy:
    """The words of `graphql-ws`."""

    name = "graphql-ws"

    def acknowledged(self) -> str:
        """The connection is initialised."""
        return '{"type":"connection_ack"}'

    def alive(self) -> str:
        """The server is still there."""
        return '{"type":"ka"}'

    def pong(self, payload: Any) -> str:
        """The answer to a ping, which this protocol does not know but Hasura answers."""
        return _written({"type": "pong", **({} if payload is None else {"payload": payload})})

    def data(self, id: str, data: str) -> str:  # noqa: A002  - it is called so on the wire
        """A result; `data` is JSON text."""
        return f'{{"type":"data","id":{json.dumps(id)},"payload":{{"data":{data}}}}}'

    def complete(self, id: str) -> str:  # noqa: A002  - it is called so on the wire
        """An operation is done."""
        return f'{{"type":"complete","id":{json.dumps(id)}}}'

    def refused(self, id: str, errors: Errors) -> Sequence[str]:  # noqa: A002  - it is called so on the wire
        """A request that was not run, which ends the operation."""
        return _written({"type": "error", "id": id, "payload": {"errors": errors}}), self.complete(id)

    def failed(self, id: str, errors: Errors) -> Sequence[str]:  # noqa: A002  - it is called so on the wire
        """A query or mutation that failed while it ran, which ends the operation."""
        return self.disturbed(id, errors), self.complete(id)

    def disturbed(self, id: str, errors: Errors) -> str:  # noqa: A002  - it is called so on the wire
        """A subscription that failed this time and goes on."""
        return _written({"type": "data", "id": id, "payload": {"data": None, "errors": errors}})

    def start_refused(self, id: str, message: str, *, initialised: bool) -> Reply:  # noqa: A002  - as on the wire
        """An operation that may not start: too early, or its id is in use."""
        payload = {"message": message, "extensions": {"path": "$", "code": "start-failed"}}
        refused = _written({"type": "error", "id": id, "payload": payload})
        # Of an id in use, `complete` would end the operation that goes on under it.
        return Reply((refused,) if initialised else (refused, self.complete(id)))

    def unreadable(self, why: str) -> Reply:
        """A message that is none."""
        return Reply((_connection_error(f"parsing ClientMessage failed: {why}"),))

    def init_refused(self, why: str) -> Reply:
        """A client that is not let in."""
        return Reply((_connection_error(why),), Closing(4400, why))


def _connection_error(text: str) -> str:
    return _written({"type": "connection_error", "payload": text})


def _written(message: dict[str, Any]) -> str:
    return json.dumps(message, ensure_ascii=False, separators=(",", ":"))
