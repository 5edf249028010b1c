"""Law 2 in the code: only the dispatcher names what starts a workflow, and only it has Temporal's client."""

from pathlib import Path

import pytest

from tests.contract.laws.planting import THE_TREE, places, planted, told


def test_the_product_keeps_the_law():
    assert told(2, THE_TREE) == []


@pytest.mark.parametrize(
    ("file", "broken"),
    [
        ("workflows/work.py", "await client.start_workflow('work.run')"),
        ("workflows/work.py", "await client.execute_workflow('work.run')"),
        ("workflows/work.py", "await workflow.execute_child_workflow('work.run')"),
        ("workflows/work.py", "await workflow.start_child_workflow('work.run')"),
        ("workflows/work.py", "workflow.continue_as_new()"),
        ("workflows/work.py", "from temporalio.workflow import start_child_workflow as begin"),
        ("workflows/work.py", "await client.create_schedule('daily', schedule)"),
        ("workflows/work.py", "await client.execute_update_with_start_workflow(update)"),
        ("workflows/activities/work.py", "await getattr(client, 'start_workflow')('work.run')"),
        ("workflows/activities/work.py", "await client.workflow_service.start_workflow_execution(request)"),
        ("workflows/activities/work.py", "from temporalio.api.workflowservice.v1 import StartWorkflowExecutionRequest"),
        ("workflows/activities/work.py", "await client.execute_activity('work.clone')"),
        ("workflows/activities/work.py", "from temporalio.client import Client"),
        ("workflows/activities/work.py", "import temporalio.client"),
        ("workflows/activities/work.py", "from temporalio import client"),
        ("workflows/activities/work.py", "x = temporalio.client.Client"),
        ("ledger/work.py", "from temporalio.service import ServiceClient"),
        ("entrypoints/seed.py", "from entrypoints.temporal import temporal"),
        ("entrypoints/worker.py", "await client.start_workflow('work.run')"),
        ("entrypoints/cli/work.py", "from entrypoints import temporal"),
    ],
)
def test_a_start_beside_the_queue_is_told_with_its_place_and_what_to_do_instead(tmp_path: Path, file: str, broken: str):
    found = told(2, planted(tmp_path, {file: f'"""A file."""\n{broken}\n'}))

    assert {(violation.file, violation.line) for violation in found} == {(file, 2)}
    assert all("record a command" in violation.remedy for violation in found)


def test_the_dispatcher_may_and_a_workflow_may_act(tmp_path: Path):
    files = {
        "workflows/dispatcher.py": "from temporalio.client import Client\nawait client.start_workflow('work.run')\n",
        "workflows/steps.py": "await workflow.execute_activity('work.clone')\n",
        "entrypoints/temporal.py": "from temporalio.client import Client\n",
        "entrypoints/worker.py": "from entrypoints.temporal import temporal\n",
        "workflows/work.py": '"""A start_workflow that a sentence tells of is none."""\n',
    }

    assert places(2, planted(tmp_path, files)) == []
