"""What the catalogue says of functions and domains."""

import asyncpg
import pytest_asyncio

from embedded.hasura.catalogue.introspect import introspect
from embedded.hasura.catalogue.tree import Catalogue, Function
from embedded.hasura.metadata.names import QualifiedName
from tests.support.postgres import scratch_database

SQL = """
CREATE TABLE thing (id int PRIMARY KEY, label varchar(5));
CREATE DOMAIN short AS varchar(3) NOT NULL;
CREATE TABLE domains (id short, more short[]);
CREATE FUNCTION plain(a int, b text DEFAULT 'x', c thing[] DEFAULT NULL) RETURNS SETOF thing LANGUAGE sql STABLE
  AS $$ SELECT * FROM thing $$;
CREATE FUNCTION outs(OUT x int, a int, INOUT y text, OUT z int) RETURNS SETOF record LANGUAGE sql
  AS $$ SELECT 1, y, 2 $$;
CREATE FUNCTION unnamed(int, thing) RETURNS thing LANGUAGE sql IMMUTABLE AS $$ SELECT $2 $$;
CREATE FUNCTION rest(VARIADIC a int[]) RETURNS int LANGUAGE sql AS $$ SELECT 1 $$;
CREATE FUNCTION twice() RETURNS int LANGUAGE sql AS $$ SELECT 1 $$;
CREATE FUNCTION twice(a int) RETURNS int LANGUAGE sql AS $$ SELECT 1 $$;
CREATE PROCEDURE no_function() LANGUAGE sql AS $$ SELECT 1 $$;
COMMENT ON FUNCTION plain IS 'a plain one';
"""


@pytest_asyncio.fixture(scope="module")
async def catalogue(postgres) -> Catalogue:
    connection = await asyncpg.connect(await scratch_database(postgres, "hasura_catalogue"))
    try:
        await connection.execute(SQL)
        return await introspect(connection)
    finally:
        await connection.close()


def _only(catalogue: Catalogue, name: str) -> Function:
    (function,) = catalogue.functions[QualifiedName("public", name)]
    return function


async def test_a_function_has_its_arguments_with_types_and_defaults(catalogue):
    plain = _only(catalogue, "plain")

    assert [(one.name, one.type.sql, one.has_default) for one in plain.arguments] == [
        ("a", "integer", False),
        ("b", "text", True),
        ("c", "thing[]", True),
    ]
    assert (plain.returns_set, plain.volatile, plain.variadic) == (True, False, False)
    assert plain.returns_table == QualifiedName("public", "thing")
    assert plain.description == "a plain one"


async def test_what_a_function_only_gives_is_no_argument_of_it(catalogue):
    outs = _only(catalogue, "outs")

    assert [one.name for one in outs.arguments] == ["a", "y"]
    assert outs.returns_table is None
    assert outs.volatile


async def test_arguments_may_have_no_names_and_be_rows(catalogue):
    unnamed = _only(catalogue, "unnamed")

    assert [(one.name, one.composite, one.type_name.display) for one in unnamed.arguments] == [
        (None, False, "pg_catalog.int4"),
        (None, True, "thing"),
    ]
    assert not unnamed.returns_set
    assert unnamed.returns_table == QualifiedName("public", "thing")


async def test_functions_of_one_name_are_all_there_and_procedures_are_not(catalogue):
    assert len(catalogue.functions[QualifiedName("public", "twice")]) == 2
    assert _only(catalogue, "rest").variadic
    assert QualifiedName("public", "no_function") not in catalogue.functions


async def test_a_column_of_a_domain_has_the_type_below_and_the_domain_s_not_null(catalogue):
    column, more = catalogue.relations[QualifiedName("public", "domains")].columns

    assert (column.type.name, column.type.sql, column.nullable) == ("varchar", "character varying", False)
    assert more.type.element is not None
    assert more.type.element.name == "short"
