"""What the dispatcher hands to a workflow: one row of the queue."""

from typing import Any
from uuid import UUID

from contracts.base import Contract

# Temporal task queues: `control` tells the stories and writes the ledger; `runtime` reaches the outside.
CONTROL_QUEUE = "control"
RUNTIME_QUEUE = "runtime"


class Queued(Contract):
    """A command as a workflow gets it; the payload is the action's input, and never holds a secret."""

    command_id: UUID
    org_id: UUID
    harness_id: UUID
    principal_id: UUID | None
    kind: str
    payload: dict[str, Any]

    @property
    def workflow_id(self) -> str:
        """The one workflow id that this command can ever have."""
        return f"command/{self.command_id}"
