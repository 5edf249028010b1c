"""run_sql: what it answers, what metadata follows of it, and what it is refused for."""

import pytest

ARTICLES = "{ article(order_by: {id: asc}) { title author { name } } }"


async def sql(engine, text, **more):
    return await engine.command("run_sql", {"sql": text, **more}, path="/v2/query")


async def tables(engine):
    exported = (await engine.command("export_metadata", {})).json()
    return {table["table"]["name"]: table for table in exported["sources"][0]["tables"]}


async def test_of_several_statements_the_last_one_is_answered_as_text(fresh):
    answer = await sql(
        fresh,
        "CREATE TEMP TABLE t (a int, b bool, c numeric, d text[], e jsonb);"
        "INSERT INTO t VALUES (1, true, 1.50, '{x,y}'); SELECT 'ignored'; SELECT a, b, c, d, e FROM t;",
    )

    assert answer.json() == {
        "result_type": "TuplesOk",
        "result": [["a", "b", "c", "d", "e"], ["1", "t", "1.50", "{x,y}", "NULL"]],
    }


@pytest.mark.parametrize(
    "text", ["SELECT 1; SET TIME ZONE 'UTC'", "", "-- nothing", "INSERT INTO author (name) VALUES ('x')"]
)
async def test_a_script_that_ends_without_rows_is_a_command(fresh, text):
    assert (await sql(fresh, text)).json() == {"result_type": "CommandOk", "result": None}


async def test_percent_signs_and_dollars_are_only_text(fresh):
    answer = await sql(fresh, "SELECT '100%s' AS \"a%b\", $$it's $1$$ AS c")

    assert answer.json()["result"] == [["a%b", "c"], ["100%s", "it's $1"]]


async def test_what_fails_is_undone_as_a_whole_and_told_with_postgres_account(fresh):
    answer = await sql(fresh, "CREATE TABLE half (x int); INSERT INTO half VALUES (1 / 0)")

    assert (answer.status_code, answer.json()["code"], answer.json()["path"]) == (400, "postgres-error", "$.args")
    assert answer.json()["error"] == "query execution failed"
    assert answer.json()["internal"]["error"] == {
        "exec_status": "FatalError",
        "hint": None,
        "message": "division by zero",
        "status_code": "22012",
        "description": None,
    }
    assert (await sql(fresh, "SELECT to_regclass('half')")).json()["result"][1] == ["NULL"]


async def test_read_only_sql_cannot_write(fresh):
    answer = await sql(fresh, "DELETE FROM article", read_only=True)

    assert answer.json()["internal"]["error"]["status_code"] == "25006"


async def test_a_renamed_table_keeps_its_relationships_and_permissions(library):
    renamed = await sql(library, "ALTER TABLE author RENAME TO writer")

    assert renamed.json() == {"result_type": "CommandOk", "result": None}
    assert (await library.ask("{ writer { articles { title } } }"))["data"]["writer"][0] == {
        "articles": [{"title": "one"}]
    }
    assert (await library.ask("{ article { title } }", role="reader"))["data"]["article"] == [
        {"title": "one"},
        {"title": "two"},
    ]


async def test_a_renamed_column_is_followed_into_every_corner(library):
    await library.command(
        "pg_create_select_permission",
        {
            "table": "author",
            "role": "reader",
            "permission": {
                "columns": ["id", "is_active"],
                "filter": {"_or": [{"is_active": {"_eq": True}}, {"articles": {"author_id": {"_ceq": ["$", "id"]}}}]},
            },
        },
    )
    await sql(library, "ALTER TABLE author RENAME COLUMN is_active TO active")
    await sql(library, "ALTER TABLE author RENAME COLUMN id TO author_key")
    await sql(library, "ALTER TABLE article RENAME COLUMN author_id TO writer_id")

    found = await tables(library)
    assert found["author"]["select_permissions"][0]["permission"] == {
        "columns": ["author_key", "active"],
        "filter": {"_or": [{"active": {"_eq": True}}, {"articles": {"writer_id": {"_ceq": ["$", "author_key"]}}}]},
    }
    assert found["article"]["select_permissions"][0]["permission"]["filter"] == {"author": {"active": True}}
    assert found["article"]["object_relationships"][0]["using"] == {"foreign_key_constraint_on": "writer_id"}
    assert found["author"]["array_relationships"][0]["using"]["foreign_key_constraint_on"]["column"] == "writer_id"
    assert (await library.ask(ARTICLES))["data"]["article"][0] == {"title": "one", "author": {"name": "Ann"}}


async def test_a_custom_name_stays_with_its_renamed_column_and_goes_with_a_dropped_one(fresh):
    await fresh.command("pg_track_table", {"table": "author"})
    names = {"custom_column_names": {"id": "AuthorId", "name": "AuthorName"}}
    await fresh.command("pg_set_table_customization", {"table": "author", "configuration": names})

    await sql(
        fresh, "ALTER TABLE author DROP COLUMN name; ALTER TABLE author RENAME COLUMN id TO author_id", cascade=True
    )

    assert (await fresh.ask("{ author { AuthorId } }"))["data"]["author"] == [{"AuthorId": 1}, {"AuthorId": 2}]
    assert (await tables(fresh))["author"]["configuration"] == {"custom_column_names": {"author_id": "AuthorId"}}


async def test_a_table_others_depend_on_is_not_dropped_without_cascade(library):
    refused = await sql(library, "DROP TABLE article CASCADE")

    assert (refused.status_code, refused.json()["code"], refused.json()["path"]) == (400, "dependency-error", "$.args")
    assert refused.json()["error"] == (
        'cannot drop due to the following dependent objects : relationship author.articles in source "default"'
    )
    assert len((await library.ask(ARTICLES))["data"]["article"]) == 2


async def test_with_cascade_what_depended_on_a_table_goes_with_it(library):
    dropped = await sql(library, "DROP TABLE article CASCADE", cascade=True)

    assert dropped.status_code == 200
    assert list(await tables(library)) == ["author"]
    assert "array_relationships" not in (await tables(library))["author"]
    assert (await library.ask("{ author { name } }"))["data"]["author"] == [{"name": "Ann"}, {"name": "Bob"}]


async def test_a_column_that_permissions_use_is_not_dropped_without_cascade(library):
    refused = await sql(library, "ALTER TABLE article DROP COLUMN title CASCADE")
    dropped = await sql(library, "ALTER TABLE article DROP COLUMN title CASCADE", cascade=True)

    assert refused.json()["error"] == (
        'cannot drop due to the following dependent objects : permission article.reader.select in source "default"'
    )
    assert dropped.status_code == 200
    assert "select_permissions" not in (await tables(library))["article"]


async def test_a_foreign_key_under_a_relationship_is_not_dropped_without_cascade(library):
    refused = await sql(library, "ALTER TABLE article DROP CONSTRAINT article_author_id_fkey")

    # The reader's permission looks through one of the relationships, so it could not stay either.
    assert refused.json()["error"] == (
        "cannot drop due to the following dependent objects : permission article.reader.select in source"
        ' "default", relationship article.author in source "default", relationship author.articles in source "default"'
    )


async def test_a_column_compared_with_a_constant_keeps_its_type(library):
    refused = await sql(library, "ALTER TABLE author ALTER is_active DROP DEFAULT, ALTER is_active TYPE text")
    other = await sql(library, "ALTER TABLE article ALTER author_id TYPE bigint")

    assert refused.json()["code"] == "dependency-error"
    assert refused.json()["error"] == (
        'cannot change type of column "is_active" in table "author" because of the following dependencies : '
        'permission article.reader.select in source "default"'
    )
    assert other.status_code == 200


async def test_a_new_column_with_the_name_of_a_relationship_is_refused(library):
    answer = await sql(library, "ALTER TABLE article ADD COLUMN author text")

    assert (answer.status_code, answer.json()["code"]) == (500, "unexpected")
    assert answer.json()["error"] == "cannot continue due to newly found inconsistent metadata"
    assert answer.json()["internal"][0]["name"] == "object_relation author in table article in source default"
    assert "author" not in (await sql(library, "SELECT * FROM article LIMIT 0")).json()["result"][0]


async def test_a_tracked_function_is_neither_overloaded_nor_made_volatile(library):
    rows = "RETURNS SETOF article LANGUAGE sql STABLE AS 'TABLE article'"
    await sql(library, f"CREATE FUNCTION found(word text) {rows}")
    await library.command("pg_track_function", {"function": "found"})

    twice = await sql(
        library, "CREATE FUNCTION found(n int) RETURNS SETOF article LANGUAGE sql STABLE AS 'TABLE article'"
    )
    volatile = await sql(library, "ALTER FUNCTION found(text) VOLATILE")
    dropped = await sql(library, "DROP FUNCTION found(text)")

    assert twice.json()["error"] == "the following tracked function(s) cannot be overloaded: found"
    assert volatile.json()["error"] == 'type of function "found" is altered to "VOLATILE" which is not supported now'
    assert (twice.json()["code"], volatile.json()["code"]) == ("not-supported", "not-supported")
    assert dropped.status_code == 200
    assert "functions" not in (await library.command("export_metadata", {})).json()["sources"][0]


async def test_a_function_behind_a_computed_field_is_watched_as_well(library):
    await sql(library, "CREATE FUNCTION loud(a author) RETURNS text LANGUAGE sql STABLE AS $$ SELECT upper(a.name) $$")
    field = {"table": "author", "name": "loud", "definition": {"function": "loud"}}
    assert (await library.command("pg_add_computed_field", field)).status_code == 200

    twice = await sql(library, "CREATE FUNCTION loud(a int) RETURNS text LANGUAGE sql STABLE AS $$ SELECT 'x' $$")
    volatile = await sql(library, "ALTER FUNCTION loud(author) VOLATILE")
    dropped = await sql(library, "DROP FUNCTION loud(author)")

    assert 'associated with computed field "loud" of table "author" is being overloaded' in twice.json()["error"]
    assert 'of table "author" is being altered to "VOLATILE"' in volatile.json()["error"]
    assert dropped.status_code == 200
    assert "computed_fields" not in (await tables(library))["author"]


async def test_unchecked_sql_is_noticed_by_the_next_reload(library):
    before = (await library.command("export_metadata", {}, version=2)).json()["resource_version"]
    dropped = await sql(library, "DROP TABLE article CASCADE", check_metadata_consistency=False)
    reloaded = await library.command("reload_metadata", {})

    assert dropped.status_code == 200
    assert reloaded.json()["is_consistent"] is False
    assert [item["name"] for item in reloaded.json()["inconsistent_objects"]] == [
        "table article in source default",
        "array_relation articles in table author in source default",
    ]
    assert (await library.command("export_metadata", {}, version=2)).json()["resource_version"] == before + 1


async def test_sql_that_changes_no_structure_changes_no_version(library):
    before = (await library.command("export_metadata", {}, version=2)).json()
    await sql(library, "INSERT INTO author (name) VALUES ('Cid')")

    assert (await library.command("export_metadata", {}, version=2)).json() == before


async def test_what_sql_of_a_failed_bulk_did_is_known_at_once(library):
    steps = [
        {"type": "run_sql", "args": {"sql": "ALTER TABLE author ADD COLUMN age int"}},
        {"type": "track_table", "args": "nowhere"},
    ]
    answer = await library.command("bulk", steps, path="/v1/query")

    assert answer.json()["path"] == "$.args[1].args"
    assert (await library.ask("{ author(limit: 1) { age } }"))["data"] == {"author": [{"age": None}]}


async def test_another_source_is_not_run_in_this_one(fresh):
    answer = await sql(fresh, "SELECT 1", source="elsewhere")

    assert answer.json() == {
        "path": "$.args",
        "error": 'source with name "elsewhere" does not exist',
        "code": "not-exists",
    }
