"""What cannot be read is refused in Hasura's words, at the place where it stands."""

import pytest

from embedded.hasura.errors import EngineError
from embedded.hasura.json_kind import json_kind
from embedded.hasura.metadata.actions import Action
from embedded.hasura.metadata.changes.change import any_text_in, name_in, read, text_in, truth_in
from embedded.hasura.metadata.names import QualifiedName
from embedded.hasura.metadata.tables import Relationship, SelectGrant


def error_of(model, written):
    with pytest.raises(EngineError) as refused:
        read(model, written)
    assert refused.value.code == "parse-failed"
    return refused.value.path, refused.value.message


@pytest.mark.parametrize(
    ("model", "written", "expected"),
    [
        (SelectGrant, {}, ("$", "the key 'role' was not present")),
        (
            SelectGrant,
            {"role": "r", "permission": {"columns": "*"}},
            ("$.permission", "the key 'filter' was not present"),
        ),
        (
            SelectGrant,
            {"role": 5, "permission": {"columns": "*", "filter": {}}},
            ("$.role", "parsing Text failed, expected String, but encountered Number"),
        ),
        (
            SelectGrant,
            {"role": "r", "permission": []},
            ("$.permission", "parsing Object failed, expected Object, but encountered Array"),
        ),
        (
            SelectGrant,
            {"role": "r", "permission": {"columns": "*", "filter": None}},
            ("$.permission.filter", "parsing HashMap failed, expected Object, but encountered Null"),
        ),
        (
            SelectGrant,
            {"role": "r", "permission": {"columns": ["a", 2], "filter": {}}},
            ("$.permission.columns[1]", "parsing Text failed, expected String, but encountered Number"),
        ),
        (
            SelectGrant,
            {"role": "r", "permission": {"columns": "*", "filter": {}, "allow_aggregations": "maybe"}},
            ("$.permission.allow_aggregations", "parsing Bool failed, expected Boolean, but encountered String"),
        ),
        (
            SelectGrant,
            {"role": "r", "permission": {"columns": "*", "filter": {}, "limit": "many"}},
            ("$.permission.limit", "parsing Int failed, expected Number, but encountered String"),
        ),
        (Relationship, {"name": "", "using": {}}, ("$.name", "empty string not allowed")),
        (Action, {"name": "a", "definition": {}}, ("$.definition", "the key 'handler' was not present")),
    ],
)
def test_arguments_of_another_form_are_refused(model, written, expected):
    assert error_of(model, written) == expected


@pytest.mark.parametrize(
    ("value", "kind"),
    [(None, "Null"), (True, "Boolean"), (1, "Number"), (1.5, "Number"), ("", "String"), ([], "Array"), ({}, "Object")],
)
def test_kinds_of_json_have_names(value, kind):
    assert json_kind(value) == kind


def test_single_arguments_are_read_by_kind():
    arguments = {
        "table": "a",
        "other": {"schema": "s", "name": "b"},
        "text": "t",
        "empty": "",
        "yes": True,
        "null": None,
    }

    assert name_in(arguments) == QualifiedName("public", "a")
    assert name_in(arguments, "other") == QualifiedName("s", "b")
    assert (text_in(arguments, "text"), any_text_in(arguments, "empty")) == ("t", "")
    assert (truth_in(arguments, "yes"), truth_in(arguments, "null"), truth_in(arguments, "none", default=True)) == (
        True,
        False,
        True,
    )


@pytest.mark.parametrize(
    ("reader", "key", "expected"),
    [
        (text_in, "empty", ("$.empty", "empty string not allowed")),
        (text_in, "none", ("$", "the key 'none' was not present")),
        (any_text_in, "five", ("$.five", "parsing Text failed, expected String, but encountered Number")),
        (truth_in, "five", ("$.five", "parsing Bool failed, expected Boolean, but encountered Number")),
        (name_in, "five", ("$.five", "expected a name, or an object with schema and name")),
        (name_in, "none", ("$", "the key 'none' was not present")),
    ],
)
def test_single_arguments_of_another_kind_are_refused(reader, key, expected):
    with pytest.raises(EngineError) as refused:
        reader({"empty": "", "five": 5}, key)

    assert (refused.value.path, refused.value.message) == expected
