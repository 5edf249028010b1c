"""Metadata commands of every kind; the metadata stays whole, whatever is asked."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.integration.embedded.hasura.fuzz.commands import Commands
from tests.integration.embedded.hasura.fuzz.conftest import WITH_TYPES, Target
from tests.integration.embedded.hasura.fuzz.settings import fuzzed
from tests.integration.embedded.hasura.fuzz.well_formed import CODES
from tests.integration.embedded.hasura.rows.choice import Choice

# Longer runs are asked for by whoever waits for them.
pytestmark = pytest.mark.timeout(3600)

AT_ONCE = 6


def exported(target: Target) -> Any:
    return target.post({"type": "export_metadata", "args": {}}, path="/v1/metadata").json()


@fuzzed(0.3)
@given(data=st.data())
def test_a_command_changes_the_metadata_or_is_refused_in_words_and_leaves_it_whole(target: Target, data: st.DataObject):
    for _ in range(AT_ONCE):
        command = Commands(Choice(data.draw)).command()
        path = data.draw(st.sampled_from(["/v1/metadata", "/v1/query"]))

        answer = target.post(command, path=path)

        told = f"sent {command!r} to {path}, answered {answer.status_code} {answer.text[:1500]}"
        # As in Hasura, a root field that would mean two things is an error of the server.
        assert answer.status_code < 500 or "found duplicate fields in selection set" in answer.text, told
        if answer.status_code != 200:
            assert answer.json()["code"] in CODES | {"unexpected"}, told
            assert set(answer.json()) <= {"path", "error", "code", "internal"}, told

    before = exported(target)
    again = target.post(
        {"type": "replace_metadata", "version": 2, "args": {"metadata": before, "allow_inconsistent_metadata": True}},
        path="/v1/metadata",
    )
    assert again.status_code == 200, (again.text, json.dumps(before))
    assert exported(target) == before
    restored = target.post({"type": "replace_metadata", "args": WITH_TYPES}, path="/v1/metadata")
    assert restored.status_code == 200, restored.text
