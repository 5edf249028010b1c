"""Tracking, relationships and permissions: what is refused, in which words, and what hangs on what."""

import pytest


async def refused(engine, kind, args, **more):
    answer = await engine.command(kind, args, **more)
    assert answer.status_code != 200, answer.text
    found = answer.json()
    return found["code"], found["path"], found["error"]


async def done(engine, kind, args):
    answer = await engine.command(kind, args)
    assert answer.json() == {"message": "success"}, answer.text


async def source(engine):
    return (await engine.command("export_metadata", {})).json()["sources"][0]


async def test_a_table_is_tracked_once_and_untracked_once(fresh):
    await done(fresh, "pg_track_table", {"source": "default", "table": {"schema": "public", "name": "author"}})

    assert await refused(fresh, "pg_track_table", {"table": "author"}) == (
        "already-tracked", "$.args", 'view/table already tracked : "author"',
    )  # fmt: skip
    await done(fresh, "pg_untrack_table", {"table": "author"})
    assert await refused(fresh, "pg_untrack_table", {"table": "author"}) == (
        "already-untracked", "$.args", 'view/table already untracked : "author"',
    )  # fmt: skip


async def test_a_table_that_is_not_there_is_not_tracked(fresh):
    answer = await fresh.command("pg_track_table", {"table": "nowhere"})

    assert (answer.status_code, answer.json()["code"], answer.json()["path"]) == (400, "not-exists", "$.args")
    assert answer.json()["internal"] == [
        {
            "type": "table",
            "name": "table nowhere in source default",
            "reason": 'Inconsistent object: no such table/view exists in source: "nowhere"',
            "definition": {"schema": "public", "name": "nowhere"},
        }
    ]


async def test_a_table_made_a_moment_ago_elsewhere_can_be_tracked(fresh, commands_database):
    import asyncpg

    connection = await asyncpg.connect(commands_database)
    await connection.execute("CREATE TABLE late (id int PRIMARY KEY)")
    await connection.close()

    await done(fresh, "pg_track_table", {"table": "late"})
    assert await fresh.ask("{ late { id } }") == {"data": {"late": []}}


async def test_the_older_forms_of_track_table_are_understood(fresh):
    for body in (
        {"type": "track_table", "args": "author"},
        {"type": "track_table", "version": 2, "args": {"table": "article", "configuration": {"custom_name": "Paper"}}},
        {"type": "add_existing_table_or_view", "args": {"schema": "public", "name": "shown"}},
    ):
        answer = await fresh.client.post("/v1/query", json=body, headers={"X-Hasura-Admin-Secret": "let-me-in"})
        assert answer.json() == {"message": "success"}

    answer = await fresh.ask("{ author { id } Paper { id } shown { id } }")
    assert answer["data"].keys() == {"author", "Paper", "shown"}


async def test_a_table_others_look_at_is_untracked_only_with_them(library):
    assert await refused(library, "pg_untrack_table", {"table": "author"}) == (
        "dependency-error", "$.args",
        (
            'cannot drop due to the following dependent objects : permission article.reader.select in source "default",'
            ' relationship article.author in source "default"'
        ),
    )  # fmt: skip

    await done(library, "pg_untrack_table", {"table": "author", "cascade": True})
    left = (await source(library))["tables"]
    assert left == [{"table": {"schema": "public", "name": "article"}}]


async def test_a_relationship_that_permissions_use_is_dropped_only_with_them(library):
    args = {"table": "article", "relationship": "author"}
    assert await refused(library, "pg_drop_relationship", args) == (
        "dependency-error", "$.args",
        'cannot drop due to the following dependent objects : permission article.reader.select in source "default"',
    )  # fmt: skip

    await done(library, "pg_drop_relationship", {**args, "cascade": True})
    article = (await source(library))["tables"][0]
    assert article == {"table": {"schema": "public", "name": "article"}}


async def test_a_renamed_relationship_is_renamed_in_permissions_as_well(library):
    await done(library, "pg_rename_relationship", {"table": "article", "name": "author", "new_name": "writer"})

    article = (await source(library))["tables"][0]
    assert article["object_relationships"][0]["name"] == "writer"
    assert article["select_permissions"][0]["permission"]["filter"] == {"writer": {"is_active": True}}
    assert await refused(
        library, "pg_rename_relationship", {"table": "article", "name": "writer", "new_name": "title"}
    ) == (
        "already-exists", "$.args",
        (
            'cannot rename relationship "writer" to "title" in table "article" as a column/relationship with the name'
            " already exists"
        ),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "args", "expected"),
    [
        (
            "pg_create_object_relationship",
            {"table": "article", "name": "title", "using": {"foreign_key_constraint_on": "author_id"}},
            ("already-exists", "$.args", 'field with name "title" already exists in table "article"'),
        ),
        (
            "pg_create_object_relationship",
            {"table": "article", "name": "author", "using": {"foreign_key_constraint_on": "author_id"}},
            ("already-exists", "$.args", 'field with name "author" already exists in table "article"'),
        ),
        (
            "pg_create_object_relationship",
            {"table": "article", "name": "x", "using": {"foreign_key_constraint_on": "title"}},
            (
                "invalid-configuration",
                "$.args",
                (
                    'Inconsistent object: in table "article": in relationship "x": no foreign constraint exists on the'
                    " given column"
                ),
            ),
        ),
        (
            "pg_create_object_relationship",
            {"table": "article", "name": "x", "using": {}},
            (
                "parse-failed",
                "$.using",
                "atleast one of foreign_key_constraint_on/manual_configuration should be present",
            ),
        ),
        (
            "pg_create_array_relationship",
            {"table": "author", "name": "x", "using": {"foreign_key_constraint_on": ["id"]}},
            ("parse-failed", "$.using.foreign_key_constraint_on", "Expecting object { table, columns }."),
        ),
        (
            "pg_create_array_relationship",
            {"table": "author", "using": {}},
            ("parse-failed", "$", "the key 'name' was not present"),
        ),
        (
            "pg_drop_relationship",
            {"table": "author", "relationship": "nothing"},
            ("not-exists", "$.args", '"nothing" does not exist'),
        ),
        (
            "pg_drop_relationship",
            {"table": "nowhere", "relationship": "nothing"},
            ("not-exists", "$.args", 'table "nowhere" does not exist in source: default'),
        ),
        (
            "pg_drop_relationship",
            {"source": "elsewhere", "table": "author", "relationship": "x"},
            ("not-exists", "$.args", 'source with name "elsewhere" does not exist'),
        ),
        (
            "pg_drop_relationship",
            {"table": "author", "relationship": "articles", "cascade": "yes"},
            ("parse-failed", "$.cascade", "parsing Bool failed, expected Boolean, but encountered String"),
        ),
        (
            "pg_create_select_permission",
            {"table": "article", "role": "admin", "permission": {"columns": "*", "filter": {}}},
            ("already-exists", "$.args", 'select permission already defined on table "article" with role "admin"'),
        ),
        (
            "pg_create_select_permission",
            {"table": "article", "role": "reader", "permission": {"columns": "*", "filter": {}}},
            ("already-exists", "$.args", 'select permission already defined on table "article" with role "reader"'),
        ),
        (
            "pg_create_select_permission",
            {"table": "article", "role": "", "permission": {"columns": "*", "filter": {}}},
            ("parse-failed", "$.role", "empty string not allowed"),
        ),
        (
            "pg_create_select_permission",
            {"table": "article", "role": "x", "permission": {"filter": {}}},
            ("parse-failed", "$.permission", "the key 'columns' was not present"),
        ),
        (
            "pg_create_select_permission",
            {"table": "article", "role": "x", "permission": {"columns": "*", "filter": {}, "limit": -1}},
            ("parse-failed", "$.permission.limit", "unexpected negative value"),
        ),
        (
            "pg_create_select_permission",
            {"table": "article", "role": "x", "permission": {"columns": ["id", "gone"], "filter": {}}},
            (
                "invalid-configuration",
                "$.args",
                'Inconsistent object: in table "article": in permission for role "x": column "gone" does not exist',
            ),
        ),
        (
            "pg_create_insert_permission",
            {"table": "article", "role": "x", "permission": {"columns": ["gone"], "check": {}}},
            (
                "invalid-configuration",
                "$.args",
                'Inconsistent object: in table "article": in permission for role "x": column "gone" does not exist',
            ),
        ),
        (
            "pg_create_delete_permission",
            {"table": "article", "role": "x", "permission": {"filter": {"gone": 1}}},
            (
                "invalid-configuration",
                "$.args",
                'Inconsistent object: in table "article": in permission for role "x": column "gone" does not exist',
            ),
        ),
        (
            "pg_drop_update_permission",
            {"table": "article", "role": "x"},
            ("permission-denied", "$.args", 'update permission on "article" for role "x" does not exist'),
        ),
        (
            "pg_set_permission_comment",
            {"table": "article", "role": "reader", "type": "look", "comment": "x"},
            ("parse-failed", "$.type", "perm_type should be one of 'insert', 'select', 'update', 'delete'"),
        ),
        (
            "pg_set_table_is_enum",
            {"table": "article"},
            ("parse-failed", "$", "the key 'is_enum' was not present"),
        ),
    ],
)
async def test_what_makes_no_sense_is_refused_in_hasura_s_words(library, kind, args, expected):
    assert await refused(library, kind, args) == expected


async def test_a_refused_permission_is_shown_whole(library):
    permission = {"columns": ["gone"], "filter": {}}
    answer = await library.command(
        "pg_create_select_permission", {"table": "article", "role": "x", "permission": permission}
    )

    assert answer.json()["internal"][0]["name"] == "select_permission x in table article in source default"
    assert answer.json()["internal"][0]["definition"] == {
        "table": {"schema": "public", "name": "article"},
        "source": "default",
        "role": "x",
        "comment": None,
        "permission": {"allow_aggregations": False, "computed_fields": [], "columns": ["gone"], "filter": {}},
    }


async def test_comments_are_kept(library):
    await done(library, "pg_set_relationship_comment", {"table": "article", "relationship": "author", "comment": "who"})
    about = {"table": "article", "role": "reader", "type": "select", "comment": "to read"}
    await done(library, "pg_set_permission_comment", about)

    article = (await source(library))["tables"][0]
    assert article["object_relationships"][0]["comment"] == "who"
    assert article["select_permissions"][0]["comment"] == "to read"


async def test_a_column_of_a_custom_name_and_a_relationship_may_not_share_it(library):
    names = {"custom_column_names": {"title": "author"}}
    code, _, error = await refused(library, "pg_set_table_customization", {"table": "article", "configuration": names})

    # What clashes is reported at the relationship, which is not what the command is about.
    assert (code, error) == ("unexpected", "cannot continue due to new inconsistent metadata")


async def test_keys_unknown_to_us_are_kept_and_given_back(library):
    metadata = (await library.command("export_metadata", {})).json()
    metadata["sources"][0]["native_queries"] = [{"root_field_name": "x", "code": "SELECT 1"}]
    metadata["sources"][0]["tables"][0]["select_permissions"][0]["permission"]["validate_input"] = {"type": "http"}
    metadata["rest_endpoints"] = [{"name": "b"}, {"name": "a"}]
    metadata["something_new"] = {"on": True}

    assert (await library.command("replace_metadata", metadata)).json() == {"message": "success"}

    after = (await library.command("export_metadata", {})).json()
    assert after == {**metadata, "rest_endpoints": [{"name": "a"}, {"name": "b"}]}
    assert list(after)[-1] == "something_new"
