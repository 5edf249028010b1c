"""Every operation of the clients can be sent by whom it is for, and every action can be called."""

from pathlib import Path

import pytest
from graphql import FieldNode, OperationType

from contracts.registry import ACTIONS
from fractalops_client.documents import Document
from fractalops_client.generated import FractalOps
from tests.contract.operations import Operations, misfits, unmatched

ROOT = Path(__file__).resolve().parents[2]
FOLDER, SCHEMAS = ROOT / "codegen" / "operations", ROOT / "codegen" / "schema"
OPERATIONS = Operations.of(FOLDER)


def planted(tmp_path: Path, text: str) -> Operations:
    (tmp_path / "planted.graphql").write_text(text)
    return Operations.of(tmp_path)


def test_every_operation_can_be_sent_by_every_role_that_it_is_for():
    assert list(misfits(OPERATIONS, SCHEMAS)) == []


def test_every_action_has_an_operation_for_the_roles_that_may_call_it():
    assert list(unmatched(OPERATIONS, ACTIONS.values())) == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("# roles: viewer\nmutation Sly($input: LaunchWork!) { launch_work(input: $input) { id } }", "mutation"),
        ("# roles: viewer\nquery Sly { secret_contract { reference } }", "'reference' on type 'secret_contract'"),
        ("# roles: viewer\nquery Sly { ...Missing }", "Unknown fragment 'Missing'"),
        ("# roles: emperor\nquery Sly { organization { id } }", "has no schema"),
        ("# Whoever likes.\nquery Sly { organization { id } }", "does not say for whom it is"),
    ],
)
def test_an_operation_that_a_role_cannot_send_is_told_with_its_place(tmp_path: Path, text: str, said: str):
    found = list(misfits(planted(tmp_path, text), SCHEMAS))

    assert found[0].startswith("planted.graphql:2: Sly ")
    assert said in found[0]


def test_an_action_without_an_operation_or_with_one_for_others_is_told(tmp_path: Path):
    launch = ACTIONS["launch_work"]
    text = "# roles: viewer\nmutation Launch($input: LaunchWork!) { launch_work(input: $input) { id } }"
    remedy = "is for other roles than its action: write `# roles: operator, owner`"

    assert len(list(unmatched(Operations((), {}), ACTIONS.values()))) == len(ACTIONS)
    assert list(unmatched(planted(tmp_path, text), [launch])) == [f"planted.graphql:2: Launch {remedy}"]


def test_every_operation_has_a_method():
    methods = {name.replace("_", "") for name in dir(FractalOps)}

    assert {one.name.lower() for one in OPERATIONS.operations} <= methods


def test_every_mutation_carries_an_idempotency_key():
    for one in OPERATIONS.operations:
        if one.definition.operation is OperationType.MUTATION:
            assert one.fields[0] in ACTIONS, one.at("is no action")
            assert "idempotency_key" in ACTIONS[one.fields[0]].takes.model_fields, one.name


def test_every_stream_can_go_on_behind_its_last_row():
    streams = [one for one in OPERATIONS.operations if any(field.endswith("_stream") for field in one.fields)]

    assert len(streams) == 2
    for one in streams:
        cursor = Document(OPERATIONS.document(one)).cursor()
        assert cursor is not None, one.at("begins at a fixed place")
        assert cursor.column in _columns(one), one.at(f"does not select {cursor.column}")


def _columns(operation) -> set[str]:
    found: set[str] = set()
    for definition in OPERATIONS.document(operation).definitions:
        waiting = list(definition.selection_set.selections)
        while waiting:
            node = waiting.pop()
            if isinstance(node, FieldNode):
                found.add((node.alias or node.name).value)
                waiting += node.selection_set.selections if node.selection_set else ()
    return found
