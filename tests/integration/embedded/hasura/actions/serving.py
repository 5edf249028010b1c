"""Give an engine its actions."""

from typing import Any

from tests.integration.embedded.hasura.actions.conftest import METADATA
from tests.integration.embedded.hasura.engine import Engine

PERSON_ID = {
    "name": "PersonId",
    "fields": [{"name": "id", "type": "Int!"}, {"name": "note", "type": "String"}],
    "relationships": [
        {"name": "person", "type": "object", "remote_table": "person", "field_mapping": {"id": "id"}},
        {"name": "jobs", "type": "array", "remote_table": "job", "field_mapping": {"id": "person_id"}},
    ],
}


def action(name: str, output_type: str = "PersonId", roles: tuple[str, ...] = (), **definition: Any) -> dict[str, Any]:
    """An action whose handler is the far side at the path of the action's name."""
    whole = {"handler": "{{FAR_SIDE}}/" + name, "arguments": [], "output_type": output_type, **definition}
    return {"name": name, "definition": whole, "permissions": [{"role": role} for role in roles]}


async def serve(engine: Engine, *actions: dict[str, Any], **types: Any) -> None:
    """Serve these actions, and no others."""
    custom_types = {"objects": [PERSON_ID, *types.pop("objects", [])], **types}
    metadata = {**METADATA, "actions": list(actions), "custom_types": custom_types}
    answer = await engine.command("replace_metadata", {"metadata": metadata})
    assert answer.json()["is_consistent"] is True, answer.text
