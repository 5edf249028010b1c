"""Roles that inherit: everything a parent allows, and no cell that no parent shows."""

import copy

import pytest

from embedded.hasura.errors import EngineError
from embedded.hasura.metadata.names import QualifiedName
from embedded.hasura.schema.conditions import AnyOf
from tests.unit.embedded.hasura.shop import ITEM, METADATA, REVIEW, schema, select, sql, tracked


def test_rows_columns_and_aggregates_are_those_of_all_parents():
    item = tracked().tables[ITEM]
    grant, owner, buyer = (item.grants[role] for role in ("trader", "owner", "buyer"))

    assert grant.columns is None
    assert grant.condition == AnyOf((owner.condition, buyer.condition))
    assert grant.allow_aggregations
    assert grant.limit == 10


def test_a_cell_is_guarded_unless_every_parent_shows_it():
    grant = tracked().tables[ITEM].grants["trader"]
    owner = tracked().tables[ITEM].grants["owner"]

    assert set(grant.cells) == {"colour", "data", "sizes", "owner", "label"}
    assert grant.cells["owner"] == AnyOf((owner.condition,))


def test_a_guarded_column_may_be_null_in_the_schema():
    trader = schema("trader").query.fields["review"].type.of_type.of_type.of_type.fields
    owner = schema("owner").query.fields["review"].type.of_type.of_type.of_type.fields

    assert (str(owner["item_id"].type), str(trader["item_id"].type)) == ("Int!", "Int")
    assert str(trader["id"].type) == "Int!"


def test_what_no_parent_shows_is_not_there():
    with pytest.raises(EngineError, match="field 'details' not found in type: 'item'"):
        sql("{ item { details } }", "trader")


def test_roles_inherit_from_roles_that_inherit():
    grant = tracked().tables[ITEM].grants["everything"]

    assert grant.columns is None
    assert "price" in grant.cells
    assert "id" not in grant.cells


def test_a_single_parent_that_reads_a_table_is_taken_as_it_is():
    tables = tracked().tables

    assert tables[REVIEW].grants["everything"] == tables[REVIEW].grants["trader"]


def test_a_grant_of_its_own_counts_before_what_it_would_inherit():
    metadata = copy.deepcopy(METADATA)
    own = select("trader", ["id"], {})
    metadata["sources"][0]["tables"][0]["select_permissions"].append(own)

    grant = tracked(metadata).tables[ITEM].grants["trader"]

    assert grant.columns == frozenset({"id"})
    assert grant.cells == {}


def test_a_function_is_allowed_if_a_parent_is():
    mutation = schema("trader").mutation

    assert mutation is not None
    assert "touch" in mutation.fields


def test_a_stream_goes_only_by_columns_that_are_seen_in_every_row():
    def columns(role):
        subscription = schema(role).subscription
        assert subscription is not None
        cursor = subscription.fields["item_stream"].args["cursor"].type.of_type.of_type
        return set(cursor.fields["initial_value"].type.of_type.fields)

    assert columns("trader") == {"id", "name", "price"}
    assert "owner" in columns("owner")


def test_a_circle_of_roles_is_reported_and_inherits_nothing():
    metadata = copy.deepcopy(METADATA)
    metadata["inherited_roles"] = [
        {"role_name": "a", "role_set": ["b", "owner"]},
        {"role_name": "b", "role_set": ["a"]},
    ]

    found = tracked(metadata)

    assert [(one.kind, one.name) for one in found.inconsistent] == [
        ("inherited_role", "inherited_role a"),
        ("inherited_role", "inherited_role b"),
    ]
    assert "a" not in found.tables[QualifiedName("public", "item")].grants
