"""What the platform stores and shows is what the published schemas say."""

import json
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator

from tests.support.world import World, repository

ROOT = Path(__file__).resolve().parents[2]
_SHOWN = frozenset(
    json.loads((ROOT / "codegen/json_schemas/contracts/HarnessProjection.json").read_text())["properties"]
)


def faults(family: str, name: str, value: Any) -> list[str]:
    """What the published schema has against the value, each with its place."""
    schema = json.loads((ROOT / "codegen" / "json_schemas" / family / f"{name}.json").read_text())
    checked = Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER)
    return [f"{family}/{name}: {fault.json_path}: {fault.message}" for fault in checked.iter_errors(value)]


async def test_commands_events_proposals_and_projections_are_as_their_schemas_say(world: World, tmp_path: Path):
    org = await world.organization(repository(tmp_path).as_uri())
    await org.carried_out(await org.proposed("printf 'after\\n' > a.txt"))

    commands = await world.ask_database("SELECT kind, payload::text FROM ledger.command WHERE org_id = $1", org.id)
    events = await world.ask_database("SELECT type, data::text FROM portal_live_events WHERE org_id = $1", org.id)
    proposals = await world.ask_database("SELECT kind, payload::text FROM proposal WHERE org_id = $1", org.id)
    shown = await world.ask_database(
        "SELECT to_jsonb(p)::text AS row FROM harness_projection AS p WHERE org_id = $1", org.id
    )

    assert {row["kind"] for row in commands} >= {"onboarding.onboard", "work.launch", "proposals.apply"}
    assert {row["type"] for row in events} >= {"HarnessQueued", "ProposalSubmitted", "ExecutionSucceeded"}
    rows = [{key: value for key, value in json.loads(row["row"]).items() if key in _SHOWN} for row in shown]
    assert [
        *(fault for row in commands for fault in faults("commands", row["kind"], json.loads(row["payload"]))),
        *(fault for row in events for fault in faults("events", row["type"], json.loads(row["data"]))),
        *(fault for row in proposals for fault in faults("proposals", row["kind"], json.loads(row["payload"]))),
        *(fault for row in rows for fault in faults("contracts", "HarnessProjection", row)),
    ] == []
    await org.close()
