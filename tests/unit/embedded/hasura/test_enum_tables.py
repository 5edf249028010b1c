"""Enum tables: the type their rows become, what may be compared, what is wrong with other tables."""

import copy
import dataclasses

import pytest

from embedded.hasura.catalogue.enums import with_enums
from embedded.hasura.catalogue.tree import EnumValue, UniqueKey
from embedded.hasura.errors import EngineError
from embedded.hasura.execute.binding import bind
from embedded.hasura.metadata.files import parse_metadata
from embedded.hasura.schema.track import track
from tests.unit.embedded.hasura.shop import CATALOGUE, COLOUR, INT, METADATA, TEXT, column, compiled, schema, sql

ORDER = "red, green, or blue"


def test_a_column_that_refers_to_an_enum_table_has_its_type_everywhere():
    query = schema().query
    item = query.fields["item"]
    row = item.type.of_type.of_type.of_type
    compared = item.args["where"].type.fields["colour"].type

    assert str(row.fields["colour"].type) == "colour_enum"
    assert compared.name == "colour_enum_comparison_exp"
    assert list(compared.fields) == ["_eq", "_in", "_is_null", "_neq", "_nin"]


def test_the_values_and_their_comments_are_the_rows():
    enum = schema().query.fields["item"].type.of_type.of_type.of_type.fields["colour"].type

    assert {name: value.description for name, value in enum.values.items()} == {
        "blue": "#00f",
        "green": None,
        "red": "#f00",
    }


def test_a_value_that_is_no_row_is_refused_with_the_values_in_hasura_s_order():
    with pytest.raises(EngineError) as refused:
        sql("{ item(where: {colour: {_eq: pink}}) { id } }")

    assert refused.value.message == f"expected one of the values {ORDER} for type 'colour_enum', but found 'pink'"
    assert refused.value.path == "$.selectionSet.item.args.where.colour._eq"


def test_a_string_is_no_value_in_the_document_but_is_one_in_a_variable():
    with pytest.raises(EngineError, match="expected an enum value for type 'colour_enum', but found a string"):
        sql('{ item(where: {colour: {_eq: "red"}}) { id } }')

    query = "query ($colour: colour_enum) { item(where: {colour: {_eq: $colour}}) { id } }"
    statement = compiled(query, variables={"colour": "red"}).statement
    assert statement is not None
    assert bind(statement.parameters, {"colour": "red"}, {}) == ["red"]


def test_a_variable_with_an_unknown_value_is_refused():
    query = "query ($colour: colour_enum) { item(where: {colour: {_eq: $colour}}) { id } }"

    with pytest.raises(EngineError, match=f"expected one of the values {ORDER}"):
        compiled(query, variables={"colour": "pink"})


def test_null_is_no_value_to_compare_with():
    with pytest.raises(EngineError, match="unexpected null value for type 'colour_enum'"):
        sql("{ item(where: {colour: {_eq: null}}) { id } }")


def test_a_list_in_a_variable_is_read_value_by_value():
    query = "query ($colours: [colour_enum!]!) { item(where: {colour: {_in: $colours}}) { id } }"
    statement = compiled(query, variables={"colours": ["red", "blue"]}).statement
    assert statement is not None

    assert bind(statement.parameters, {"colours": ["red", "blue"]}, {}) == [["red", "blue"]]


def test_the_values_are_known_to_roles_that_cannot_read_the_table():
    owner = schema("owner").query.fields

    assert "colour" not in owner
    assert "red" in owner["item"].type.of_type.of_type.of_type.fields["colour"].type.values


def test_without_the_flag_the_column_keeps_its_own_type():
    metadata = copy.deepcopy(METADATA)
    metadata["sources"][0]["tables"][2]["is_enum"] = False

    tables = track(parse_metadata(metadata), CATALOGUE, {}).tables

    assert next(iter(tables.values())).columns["colour"].type == TEXT


def _reason(**changes: object) -> str:
    rows = changes.pop("rows", (EnumValue("red", None),))
    relation = dataclasses.replace(CATALOGUE.relations[COLOUR], **changes)
    catalogue = dataclasses.replace(
        CATALOGUE, relations={**CATALOGUE.relations, COLOUR: relation}, enums={COLOUR: rows}
    )
    found = track(parse_metadata(METADATA), catalogue, {}).inconsistent
    (table,) = (one for one in found if one.kind == "table")
    return table.reason.removeprefix('the table "colour" cannot be used as an enum ')


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        (
            {"primary_key": None},
            (
                "for the following reasons:\n  • the table must have a primary key\n"
                "  • the table must have exactly one primary key and optionally one comment column, not 2 "
                "columns (hex, name)\n"
            ),
        ),
        (
            {"primary_key": UniqueKey("k", ("name", "hex"))},
            (
                "for the following reasons:\n  • the table\N{RIGHT SINGLE QUOTATION MARK}s primary key must "
                "not span multiple columns (hex, name)\n"
                "  • the table must have exactly one primary key and optionally one comment column, not 2 columns "
                "(hex, name)\n"
            ),
        ),
        (
            {"columns": (column("name", INT),)},
            (
                'for the following reasons:\n  • the table\N{RIGHT SINGLE QUOTATION MARK}s primary key ("name") '
                'must have type "text", not type '
                '"integer"\n  • the table\N{RIGHT SINGLE QUOTATION MARK}s comment column ("name") must '
                'have type "text", not type "integer"\n'
            ),
        ),
        (
            {"columns": (column("name", TEXT), column("hex", INT))},
            (
                'because the table\N{RIGHT SINGLE QUOTATION MARK}s comment column ("hex") must have '
                'type "text", not type "integer"'
            ),
        ),
        (
            {"columns": (column("name", TEXT), column("b", TEXT), column("a", TEXT))},
            (
                "because the table must have exactly one primary key and optionally one comment column, "
                "not 2 columns (a, b)"
            ),
        ),
        ({"rows": ()}, "because the table must have at least one row"),
        (
            {"rows": (EnumValue("dark red", None),)},
            'because the value "dark red" is not a valid GraphQL enum value name',
        ),
        (
            {"rows": (EnumValue("true", None), EnumValue("a b", None), EnumValue("ok", None))},
            'because the values "a b" and "true" are not valid GraphQL enum value names',
        ),
        (
            {"rows": (EnumValue("null", None), EnumValue("a b", None), EnumValue("1", None))},
            'because the values "1", "a b", and "null" are not valid GraphQL enum value names',
        ),
    ],
)
def test_a_table_that_is_no_enum_is_reported_with_every_reason(changes, reason):
    assert _reason(**changes) == reason


class _Rows:
    """Postgres, as far as reading the rows of enum tables goes."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    async def fetchval(self, query: str) -> str:
        self.asked.append(query)
        return '[["red", null]]'


async def test_rows_are_read_once_and_kept_until_the_catalogue_is_read_anew():
    database = _Rows()
    bare = dataclasses.replace(CATALOGUE, enums={})

    once = await with_enums(database, bare, [COLOUR])
    again = await with_enums(database, once, [COLOUR])
    without = await with_enums(database, once, [])

    assert once.enums == {COLOUR: (EnumValue("red", None),)}
    assert again is once
    assert without.enums == {}
    assert len(database.asked) == 1
