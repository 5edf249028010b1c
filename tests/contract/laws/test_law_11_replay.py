"""Law 11: recorded histories of every workflow are replayed; a change that an open run could not survive fails."""

import base64
import json
from pathlib import Path

import pytest

from tests.replay import planted
from tests.replay.courses import RECORDINGS
from tests.replay.histories import (
    FOLDER,
    RECORD,
    cleaned,
    machine_words,
    name_of,
    recorded,
    replay_failures,
)
from workflows.registry import WORKFLOWS

HISTORIES = [file for files in recorded().values() for file in files]
ONBOARDING = recorded()["onboarding.check"]


async def test_every_workflow_goes_the_way_of_every_recorded_history():
    assert await replay_failures(WORKFLOWS, HISTORIES) == []


@pytest.mark.parametrize("workflow", [name_of(one) for one in WORKFLOWS])
def test_every_workflow_has_a_history_of_success_and_one_of_failure(workflow: str):
    ends = {one.ends for one in RECORDINGS if one.workflow == workflow and (FOLDER / one.file).exists()}
    assert ends >= {"done", "failed"}, (
        f"The workflow {workflow} has no recorded history of {sorted({'done', 'failed'} - ends)}: add courses of it to"
        f" RECORDINGS in tests/replay/courses.py and record them with `{RECORD}`."
    )


def test_every_history_is_one_of_a_workflow_and_of_a_course_that_can_be_recorded_again():
    assert sorted(str(file.relative_to(FOLDER)) for file in HISTORIES) == sorted(one.file for one in RECORDINGS)
    assert set(recorded()) == {name_of(one) for one in WORKFLOWS}


@pytest.mark.parametrize(
    "changed",
    [planted.AddedStep, planted.AddedStepAtTheEnd, planted.ReorderedSteps, planted.RemovedStep],
    ids=lambda one: one.__name__,
)
async def test_a_changed_workflow_is_caught_with_its_name_the_history_and_the_remedy(changed: type):
    [told] = await replay_failures([changed], [FOLDER / "onboarding.check" / "all-goes-well.json"])

    assert told.startswith("tests/replay/planted.py:")
    assert (
        "the workflow onboarding.check does not go the way of tests/replay/onboarding.check/all-goes-well.json" in told
    )
    assert "workflow.patched(" in told
    assert RECORD in told


async def test_a_change_behind_a_patch_replays_every_history_of_before():
    assert await replay_failures([planted.PatchedStep], ONBOARDING) == []


@pytest.mark.parametrize("file", HISTORIES, ids=lambda file: f"{file.parent.name}/{file.stem}")
def test_a_history_tells_nothing_of_the_machine_that_recorded_it(file: Path):
    assert machine_words(file) == []
    assert "stackTrace" not in file.read_text()


def test_words_of_a_machine_are_found_in_payloads_too_and_taken_out(tmp_path: Path):
    folder = "/var/recording"
    data = base64.b64encode(f'"file://{folder}/repository.git"'.encode()).decode()
    payload = {"metadata": {"encoding": "anNvbi9wbGFpbg=="}, "data": data}
    file = tmp_path / "history.json"
    file.write_text(json.dumps({"events": [{"input": payload, "failure": {"stackTrace": "File /root/x.py"}}]}))

    found = machine_words(file)
    file.write_text(json.dumps(cleaned(json.loads(file.read_text()), {folder: "/repositories"})))

    assert len(found) == 2
    assert machine_words(file) == []
