"""New names reach every corner of the metadata that used the old ones, and nothing else."""

import pytest

from embedded.hasura.metadata.export import exported
from embedded.hasura.metadata.files import parse_metadata
from embedded.hasura.metadata.names import QualifiedName
from embedded.hasura.metadata.renaming import Renaming, compared_with_constants, renamed

AUTHOR, ARTICLE, OTHER = (QualifiedName("public", name) for name in ("author", "article", "other"))
WRITER = QualifiedName("people", "writer")
TARGETS = {(ARTICLE, "author"): AUTHOR, (AUTHOR, "articles"): ARTICLE}


def target(table, name):
    return TARGETS.get((table, name))


def metadata(**tables):
    listed = [{"table": name, **written} for name, written in tables.items()]
    return parse_metadata({"version": 3, "sources": [{"name": "default", "tables": listed}]})


def grant(written):
    return [{"role": "r", "permission": {"columns": ["id"], "filter": written}}]


def filter_of(made, table="article"):
    tables = {one["table"]["name"]: one for one in exported(made)["sources"][0]["tables"]}
    return tables[table]["select_permissions"][0]["permission"]["filter"]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ({"id": 1}, {"key": 1}),
        ({"id": {"_eq": "X-Hasura-User-Id"}}, {"key": {"_eq": "X-Hasura-User-Id"}}),
        ({"$and": [{"id": {"$gt": 1}}, {"title": "id"}]}, {"$and": [{"key": {"$gt": 1}}, {"title": "id"}]}),
        ({"_or": [{"_not": {"id": 1}}]}, {"_or": [{"_not": {"key": 1}}]}),
        ({"title": {"_ceq": "id"}}, {"title": {"_ceq": "key"}}),
        ({"title": {"_ceq": ["id"]}}, {"title": {"_ceq": ["key"]}}),
        ({"author": {"id": {"_ceq": ["$", "id"]}}}, {"author": {"id": {"_ceq": ["$", "key"]}}}),
        ({"author": {"articles": {"id": 1}}}, {"author": {"articles": {"key": 1}}}),
        (
            {"_exists": {"_table": "article", "_where": {"id": {"_is_null": False}}}},
            {"_exists": {"_table": "article", "_where": {"key": {"_is_null": False}}}},
        ),
        ({"_exists": {"_table": "other", "_where": {"id": 1}}}, {"_exists": {"_table": "other", "_where": {"id": 1}}}),
    ],
)
def test_a_renamed_column_is_renamed_where_its_table_is_meant(before, after):
    given = metadata(article={"select_permissions": grant(before)})

    made = renamed(given, Renaming(columns={ARTICLE: {"id": "key"}}), target)

    assert filter_of(made) == after
    assert filter_of(given) == before


def test_a_renamed_column_is_renamed_in_columns_presets_and_configuration():
    given = metadata(
        article={
            "configuration": {"column_config": {"id": {"custom_name": "Id"}}, "custom_column_names": {"id": "Id"}},
            "insert_permissions": [
                {"role": "r", "permission": {"check": {"id": 1}, "set": {"id": "1"}, "columns": ["id", "x"]}}
            ],
            "update_permissions": [{"role": "r", "permission": {"columns": "*", "filter": {}, "check": {"id": 2}}}],
        }
    )

    made = exported(renamed(given, Renaming(columns={ARTICLE: {"id": "key"}}), target))["sources"][0]["tables"][0]

    assert made["configuration"] == {
        "column_config": {"key": {"custom_name": "Id"}},
        "custom_column_names": {"key": "Id"},
    }
    assert made["insert_permissions"][0]["permission"] == {
        "check": {"key": 1},
        "set": {"key": "1"},
        "columns": ["key", "x"],
    }
    assert made["update_permissions"][0]["permission"] == {"columns": "*", "filter": {}, "check": {"key": 2}}


def test_a_renamed_table_is_renamed_in_relationships_filters_and_custom_types():
    given = metadata(
        author={
            "array_relationships": [
                {
                    "name": "articles",
                    "using": {"foreign_key_constraint_on": {"table": "article", "columns": ["author_id"]}},
                }
            ]
        },
        article={
            "object_relationships": [
                {
                    "name": "author",
                    "using": {"manual_configuration": {"remote_table": "author", "column_mapping": {"a": "id"}}},
                }
            ],
            "select_permissions": grant({"_exists": {"_table": "author", "_where": {"id": 1}}}),
        },
    )
    given.custom_types = parse_metadata(
        {
            "version": 3,
            "custom_types": {
                "objects": [
                    {
                        "name": "Out",
                        "fields": [{"name": "id", "type": "Int"}],
                        "relationships": [
                            {"name": "a", "type": "object", "remote_table": "author", "field_mapping": {"id": "id"}}
                        ],
                    }
                ]
            },
        }
    ).custom_types

    made = exported(renamed(given, Renaming({AUTHOR: WRITER}, {AUTHOR: {"id": "key"}}), target))

    writer, article = made["sources"][0]["tables"]
    assert writer["table"] == {"schema": "people", "name": "writer"}
    assert article["object_relationships"][0]["using"]["manual_configuration"] == {
        "remote_table": {"schema": "people", "name": "writer"},
        "column_mapping": {"a": "key"},
    }
    assert article["select_permissions"][0]["permission"]["filter"] == {
        "_exists": {"_table": {"schema": "people", "name": "writer"}, "_where": {"key": 1}}
    }
    assert made["custom_types"]["objects"][0]["relationships"][0]["remote_table"]["name"] == "writer"
    assert made["custom_types"]["objects"][0]["relationships"][0]["field_mapping"] == {"id": "key"}


def test_a_renamed_relationship_is_renamed_in_filters_of_other_tables():
    given = metadata(
        author={"select_permissions": grant({"articles": {"author": {"id": 1}}})},
        article={"object_relationships": [{"name": "author", "using": {"foreign_key_constraint_on": "author_id"}}]},
    )

    made = renamed(given, Renaming(relationships={ARTICLE: {"author": "writer"}}), target)

    assert filter_of(made, "author") == {"articles": {"writer": {"id": 1}}}
    assert made.sources[0].tables[1].object_relationships[0].name == "writer"


def test_constants_are_found_through_relationships_and_session_variables_are_none():
    given = metadata(
        article={
            "select_permissions": grant(
                {"author": {"kind": "staff", "id": "x-hasura-user-id", "seen": {"_is_null": True}}, "id": {"_ceq": "n"}}
            ),
            "insert_permissions": [
                {"role": "w", "permission": {"check": {}, "set": {"state": "new", "owner": "X-Hasura-User-Id"}}}
            ],
        }
    )

    found = set(compared_with_constants(given.sources[0].tables[0], target))

    assert found == {("select", "r", AUTHOR, "kind"), ("insert", "w", ARTICLE, "state")}


def test_what_is_no_filter_is_left_as_it_is():
    given = metadata(article={"select_permissions": grant({"_and": "nonsense", "_exists": 5, "_or": [7]})})

    assert filter_of(renamed(given, Renaming(columns={ARTICLE: {"id": "key"}}), target)) == {
        "_and": "nonsense",
        "_exists": 5,
        "_or": [7],
    }
