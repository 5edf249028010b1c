"""Loading a metadata folder."""

import pytest

from embedded.hasura.errors import EngineError
from embedded.hasura.metadata.export import exported
from embedded.hasura.metadata.files import load_folder, parse_metadata
from embedded.hasura.metadata.names import QualifiedName


def write(folder, files):
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)


def test_includes_of_both_forms_are_relative_to_their_file(tmp_path):
    write(
        tmp_path,
        {
            "version.yaml": "version: 3",
            "databases/databases.yaml": '- name: default\n  tables: "!include default/tables/tables.yaml"\n',
            "databases/default/tables/tables.yaml": '- "!include public_a.yaml"\n- !include other_b.yaml\n',
            "databases/default/tables/public_a.yaml": "table: a",
            "databases/default/tables/other_b.yaml": "table: {schema: other, name: b}",
        },
    )

    source = load_folder(tmp_path).sources[0]

    assert [table.table for table in source.tables] == [QualifiedName("public", "a"), QualifiedName("other", "b")]


def test_an_empty_folder_is_empty_metadata(tmp_path):
    assert load_folder(tmp_path).sources == []


def test_an_unknown_key_of_a_table_is_an_error_with_its_place():
    with pytest.raises(EngineError) as refused:
        parse_metadata({"version": 3, "sources": [{"name": "default", "tables": [{"table": "a", "colour": "red"}]}]})

    assert refused.value.code == "parse-failed"
    assert refused.value.path == "$.sources[0].tables[0]"
    assert refused.value.message == 'unexpected keys when parsing TableMetadata: ["colour"]'


def test_a_missing_include_is_named(tmp_path):
    write(tmp_path, {"databases/databases.yaml": '- name: default\n  tables: "!include nowhere.yaml"\n'})

    with pytest.raises(EngineError, match=r"nowhere\.yaml"):
        load_folder(tmp_path)


def test_actions_get_their_types_from_the_sdl(tmp_path):
    write(
        tmp_path,
        {
            "actions.graphql": "type Query { ask(what: [String!]!): Reply }\ntype Reply { at: timestamptz }\n",
            "actions.yaml": "actions:\n- name: ask\n  definition:\n    kind: ''\n    handler: http://x\n"
            "custom_types:\n  objects:\n  - name: Reply\n    description: what comes back\n",
        },
    )

    metadata = load_folder(tmp_path)

    definition = metadata.actions[0].definition
    assert (definition.type, definition.arguments[0].type, definition.output_type) == ("query", "[String!]!", "Reply")
    assert metadata.custom_types.objects[0].description == "what comes back"


def test_an_action_that_the_sdl_lacks_is_an_error(tmp_path):
    write(tmp_path, {"actions.yaml": "actions:\n- name: ask\n  definition: {handler: http://x}\n"})

    with pytest.raises(EngineError, match=r"ask is in actions\.yaml but not in actions\.graphql"):
        load_folder(tmp_path)


def test_parts_the_engine_does_not_use_are_exported_untouched():
    written = {
        "version": 3,
        "sources": [{"name": "default", "kind": "postgres", "tables": [], "configuration": {}}],
        "remote_schemas": [{"name": "r", "definition": {"url": "http://x"}}],
        "inherited_roles": [{"role_name": "both", "role_set": ["a", "b"]}],
        "opentelemetry": {"status": "enabled"},
    }

    assert exported(parse_metadata(written)) == written
    assert list(exported(parse_metadata(written)))[:2] == ["version", "sources"]
