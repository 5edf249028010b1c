"""What a program in a sandbox may say, and what is log."""

import json
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contracts.harness_lines import (
    HARNESS_LINES,
    LINE_CHARACTERS_MAX,
    Done,
    LineRefusedError,
    Need,
    NeedKind,
    Observation,
    Progress,
    Propose,
    parse,
)
from contracts.proposals import PROPOSAL_KINDS, ProposalKind

LINES = {
    '{"type": "progress", "headline": "Reading", "step": "read", "steps_done": 1, "steps_total": 3}': Progress(
        type="progress", headline="Reading", step="read", steps_done=1, steps_total=3
    ),
    '{"type": "observation", "kind": "page", "subject": "/login"}': Observation.model_validate(
        {"type": "observation", "kind": "page", "subject": "/login"}
    ),
    '  {"kind": "git_change", "title": "Mend", "type": "propose", "reason": null}\r\n': Propose(
        type="propose", kind=ProposalKind.GIT_CHANGE, title="Mend"
    ),
    '{"type": "need", "kind": "auth_wall", "question": "Who signs in?"}': Need(
        type="need", kind=NeedKind.AUTH_WALL, question="Who signs in?"
    ),
    '{"type": "done", "outcome": "failed", "headline": "No tests"}': Done(
        type="done", outcome="failed", headline="No tests"
    ),
}
LOG = (
    *("", "Collecting tests", "{", "[1]", "3", "null", '"done"', "{}", '{"type": 1}', '{"type": ["done"]}'),
    *('{"type": "finished"}', '{"kind": "done"}', '{"level": "info", "type": "Done"}', "\ud800{}"),
    *('{"type": "progress", "headline": "a", "steps_done": NaN}', '{"type": "progress"} trailing'),
    '{"a":' * 2_000 + "1" + "}" * 2_000,
    json.dumps({"level": "info", "type": "done", "words": "x" * LINE_CHARACTERS_MAX}),
)
REFUSED = {
    '{"type": "progress"}': "The line of type progress is not valid: headline: Field required.",
    '{"type": "progress", "headline": "a", "steps_done": "5"}': "steps_done: Input should be a valid integer",
    '{"type": "progress", "headline": "a", "steps_done": 1001}': "less than or equal to 1000",
    '{"type": "progress", "headline": "a\\u0000b"}': "headline: String should match pattern",
    '{"type": "done", "outcome": "perhaps", "headline": "a"}': "outcome: Input should be 'succeeded' or 'failed'",
    '{"type": "need", "kind": "coffee", "question": "?"}': "kind: Input should be 'auth_wall'",
    '{"type": "propose", "kind": "endpoint_call", "title": "a"}': "kind: Input should be 'git_change'",
    '{"type": "propose", "kind": "git_change", "title": "a", "patch": "x"}': "patch: Extra inputs are not permitted",
    '{"type": "observation", "kind": "page", "subject": "/", "endpoint_id": "prod"}': "endpoint_id: Input should be",
    '{"type": "done", "headline": "' + "x" * LINE_CHARACTERS_MAX + '"}': "has more than 32768 characters",
}


@pytest.mark.parametrize("line", LINES)
def test_a_line_of_each_type_is_read(line: str):
    assert parse(line) == LINES[line]


@pytest.mark.parametrize("line", LOG, ids=range(len(LOG)))
def test_anything_else_is_log(line: str):
    assert parse(line) is None


@pytest.mark.parametrize("line", REFUSED, ids=range(len(REFUSED)))
def test_a_known_type_that_is_not_valid_is_refused_in_one_sentence(line: str):
    with pytest.raises(LineRefusedError) as refused:
        parse(line)

    assert REFUSED[line] in str(refused.value)
    assert str(refused.value).endswith(".")
    assert "\n" not in str(refused.value)


def test_the_types_are_the_five_of_the_protocol_and_proposals_the_kinds_that_exist():
    assert list(HARNESS_LINES) == ["progress", "observation", "propose", "need", "done"]
    assert set(PROPOSAL_KINDS) == set(ProposalKind)


@settings(max_examples=200, deadline=None, derandomize=True)
@given(
    st.text()
    | st.dictionaries(st.sampled_from(["type", "headline", "kind"]), st.text() | st.integers()).map(json.dumps)
)
def test_no_output_breaks_the_reader(line: str):
    with suppress(LineRefusedError):
        parse(line)
