"""What may be said of the types of actions, and in which words the rest is refused."""

from typing import Any

import pytest

from embedded.hasura.metadata.files import parse_metadata
from embedded.hasura.schema.track import track
from tests.unit.embedded.hasura.world import CATALOGUE, METADATA

START = "Inconsistent object: validation for the given custom types failed "


def inconsistent(types: dict[str, Any], *actions: dict[str, Any]) -> list[tuple[str, str]]:
    metadata = parse_metadata({**METADATA, "custom_types": types, "actions": list(actions)})
    found = track(metadata, CATALOGUE, {"HOST": "http://far"}).inconsistent
    return [(item.name, item.reason) for item in found]


def reasons(types: dict[str, Any]) -> list[str]:
    return [reason for _, reason in inconsistent(types)]


def fields(*written: str, **more: Any) -> dict[str, Any]:
    made = [dict(zip(("name", "type"), one.split(": "), strict=True)) for one in written]
    return {"name": "Thing", "fields": made, **more}


def relationship(**more: Any) -> dict[str, Any]:
    return {"name": "by", "type": "object", "remote_table": "author", "field_mapping": {"id": "id"}, **more}


@pytest.mark.parametrize(
    ("types", "reason"),
    [
        (
            {"objects": [fields("id: nothing!")]},
            'the type "nothing" for field "id" in  object type "Thing" does not exist',
        ),
        (
            {"input_objects": [fields("id: [nothing!]")]},
            'the type "nothing" for field "id" in  input object type "Thing" does not exist',
        ),
        (
            {"input_objects": [fields("id: Other")], "objects": [fields("a: Int") | {"name": "Other"}]},
            'the type "Other" for field "id" in  input object type "Thing" does not exist',
        ),
        ({"objects": [fields("id: Int")], "scalars": [{"name": "Thing"}]}, 'duplicate type names: "Thing"'),
        (
            {"objects": [fields("id: Int", "id: String")]},
            'the object "Thing" has duplicate fields: "id"',
        ),
        (
            {"input_objects": [fields("id: Int", "id: String")]},
            'the input object "Thing" has duplicate fields: "id"',
        ),
        (
            {"objects": [fields("id: Int", relationships=[relationship(name="id")])]},
            'the object "Thing" has duplicate fields: "id"',
        ),
        (
            {"enums": [{"name": "Size", "values": [{"value": "S"}, {"value": "M"}, {"value": "S"}]}]},
            'the enum type "Size" has duplicate values: "S"',
        ),
        (
            {"objects": [{"name": "Thing", "fields": [{"name": "id", "type": "Int", "arguments": []}]}]},
            'the object "Thing" can\'t have arguments',
        ),
        (
            {"objects": [fields("id: Int", relationships=[relationship(remote_table="nowhere")])]},
            'the remote table "nowhere" for relationship "by" of object type "Thing" does not exist',
        ),
        (
            {"objects": [fields("id: Int", relationships=[relationship(field_mapping={"no": "id"})])]},
            'the field "no" for relationship "by" in object type "Thing" does not exist',
        ),
        (
            {"objects": [fields("id: [Int!]!", relationships=[relationship()])]},
            'the type of the field "id" for relationship "by" in object type "Thing" is a list type',
        ),
        (
            {"objects": [fields("id: Int", relationships=[relationship(field_mapping={"id": "no"})])]},
            'the column "no" of remote table "author" for relationship "by" of object type "Thing" does not exist',
        ),
        (
            {
                "objects": [
                    fields("id: Int", relationships=[relationship(), relationship(name="also", source="elsewhere")])
                ]
            },
            'the object "Thing" has relationships refers to tables in multiple sources',
        ),
        ({"objects": [fields("id: Int") | {"name": "author"}]}, 'conflicting definitions for GraphQL type "author"'),
    ],
)
def test_a_mistake_is_refused_in_hasuras_words(types, reason):
    assert reasons(types) == [f"{START}because {reason}"]


def test_several_mistakes_are_told_together():
    assert reasons({"objects": [fields("a: x", "b: y")]}) == [
        START + "for the following reasons:\n"
        '  • the type "x" for field "a" in  object type "Thing" does not exist\n'
        '  • the type "y" for field "b" in  object type "Thing" does not exist\n'
    ]


def test_a_type_that_is_no_graphql_is_refused():
    assert reasons({"objects": [fields("a: [x")]}) == ['not a valid GraphQL type: "[x"']


def test_types_may_refer_to_each_other_and_to_postgres_scalars():
    types = {
        "scalars": [{"name": "Blob"}],
        "enums": [{"name": "Size", "values": [{"value": "S"}]}],
        "input_objects": [fields("self: Thing", "sizes: [Size!]", "id: uuid!", "blob: Blob") | {"name": "Thing"}],
        "objects": [fields("self: [Out]", "at: timestamptz", "tags: [String]", relationships=[]) | {"name": "Out"}],
    }

    assert reasons(types) == []


def test_without_types_no_action_can_be_called():
    action = {"name": "go", "definition": {"handler": "http://far", "output_type": "Int"}}

    found = inconsistent({"objects": [fields("id: nothing")]}, action)

    assert [name for name, _ in found] == ["custom_types custom_types", "action go"]
    assert found[1][1] == 'Inconsistent object: in action "go"; custom types are inconsistent'


NESTED = {"name": "Nested", "fields": [{"name": "n", "type": "Int"}]}


@pytest.mark.parametrize(
    ("definition", "types", "reason"),
    [
        (
            {"arguments": [{"name": "a", "type": "[no!]"}]},
            {},
            'the type: "no" is not defined in custom types or it is not a scalar/enum/input_object',
        ),
        (
            {"arguments": [{"name": "a", "type": "Nested"}]},
            {"objects": [NESTED]},
            'the type: "Nested" is not defined in custom types or it is not a scalar/enum/input_object',
        ),
        ({"output_type": "[no]"}, {}, 'the type: "no" is not an object or scalar type defined in custom types'),
        ({"handler": "{{NO}}/{{HOST}}/{{NEITHER}}"}, {}, "Value for environment variables not found: NO, NEITHER"),
        ({"headers": [{"name": "X", "value_from_env": "NO"}]}, {}, "environment variable 'NO' not set"),
        (
            {"kind": "asynchronous", "output_type": "Thing"},
            {"objects": [NESTED, fields("id: Int", "deep: Nested", relationships=[relationship()])]},
            'Async action relations cannot be used with object fields: "deep"',
        ),
        (
            {"output_type": "Thing"},
            {
                "objects": [
                    NESTED,
                    fields("id: Nested", relationships=[relationship()]),
                ]
            },
            'Relationships cannot be defined with nested object fields: "by"',
        ),
    ],
)
def test_an_action_that_cannot_work_is_refused_in_hasuras_words(definition, types, reason):
    action = {"name": "go", "definition": {"handler": "{{ HOST }}/go", "output_type": "Int", **definition}}

    assert inconsistent(types, action) == [("action go", f'Inconsistent object: in action "go"; {reason}')]


def test_an_inconsistent_action_is_shown_whole():
    definition = {"handler": "{{NO}}", "output_type": "Int", "arguments": [{"name": "a", "type": "Int"}]}
    metadata = parse_metadata({**METADATA, "actions": [{"name": "go", "definition": definition}]})

    shown = track(metadata, CATALOGUE, {}).inconsistent[0].definition

    assert shown == {
        "name": "go",
        "comment": None,
        "definition": {
            "kind": "synchronous",
            "type": "mutation",
            "handler": "{{NO}}",
            "arguments": [{"name": "a", "type": "Int", "description": None}],
            "output_type": "Int",
            "headers": [],
            "forward_client_headers": False,
            "timeout": 30,
        },
    }


def test_inconsistent_types_are_shown_with_null_for_what_is_not_there():
    types = {"objects": [fields("id: no", relationships=[relationship()])]}
    metadata = parse_metadata({**METADATA, "custom_types": types})

    shown = track(metadata, CATALOGUE, {}).inconsistent[0].definition

    assert shown["input_objects"] is shown["scalars"] is shown["enums"] is None
    assert shown["objects"][0]["fields"] == [{"name": "id", "type": "no", "description": None, "arguments": None}]
    assert shown["objects"][0]["relationships"][0]["source"] == "default"
    assert shown["objects"][0]["relationships"][0]["remote_table"] == {"schema": "public", "name": "author"}
