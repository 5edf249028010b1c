"""The filter language of permissions."""

import copy

import pytest

from tests.unit.embedded.hasura.world import METADATA, tracked


def with_filter(written):
    metadata = copy.deepcopy(METADATA)
    metadata["sources"][0]["tables"][1]["select_permissions"][0]["permission"]["filter"] = written
    return tracked(metadata)


@pytest.mark.parametrize(
    "written",
    [
        {},
        {"id": 1},
        {"id": {"$eq": 1}},
        {"id": {"_ne": "X-Hasura-Id"}},
        {"$or": [{"id": {"_in": [1, 2]}}, {"_not": {"title": {"_like": "a%"}}}]},
        {"id": {"_in": "x-hasura-ids"}},
        {"id": {"_ceq": "author_id"}},
        {"author": {"id": {"_cgt": ["$", "author_id"]}}},
        {"_exists": {"_table": "author", "_where": {"name": {"_is_null": False}}}},
        {"meta": {"_has_keys_any": "X-Hasura-Keys"}},
        {"tags": {"_contains": ["a"]}},
    ],
)
def test_every_form_of_a_filter_is_understood(written):
    assert with_filter(written).inconsistent == ()


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ({"nope": 1}, 'column "nope" does not exist'),
        ({"id": {"_like": "a"}}, 'unexpected operator "_like" for column "id"'),
        ({"id": {"_eq": None}}, "unexpected null value"),
        ({"id": {"_ceq": "nope"}}, 'column "nope" does not exist'),
        ({"_exists": {"_table": "nope", "_where": {}}}, 'table "nope" does not exist'),
    ],
)
def test_a_filter_that_makes_no_sense_takes_only_its_permission_away(written, reason):
    found = with_filter(written)

    assert [item.kind for item in found.inconsistent] == ["select_permission"]
    assert reason in found.inconsistent[0].reason
    assert len(found.tables) == 2
