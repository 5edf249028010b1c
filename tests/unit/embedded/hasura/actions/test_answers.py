"""Which answers of handlers are taken, and in which words the others are refused."""

import json

import pytest

from embedded.hasura.actions.answer import answer_of
from embedded.hasura.actions.exchange import Exchange, Incoming
from embedded.hasura.errors import EngineError
from embedded.hasura.metadata.actions import ActionDefinition, CustomTypes
from embedded.hasura.schema.action_output import expected_output
from embedded.hasura.schema.exact import exact_json
from embedded.hasura.schema.graphql_types import type_node

TYPES = CustomTypes.model_validate(
    {
        "objects": [
            {
                "name": "UserId",
                "fields": [
                    {"name": "id", "type": "Int!"},
                    {"name": "note", "type": "String"},
                    {"name": "deep", "type": "UserId"},
                ],
            }
        ],
        "scalars": [{"name": "Blob"}],
        "enums": [{"name": "Size", "values": [{"value": "S"}]}],
    }
)
DEFINITION = ActionDefinition.model_validate(
    {"handler": "{{HOST}}/x", "output_type": "Int", "headers": [{"name": "X", "value_from_env": "SECRET"}]}
)


def read(output_type, text, status=200):
    incoming = Incoming(status, text, [("Content-Type", "application/json")])
    exchange = Exchange(DEFINITION, {"input": {}}, (("X-Forwarded-Host", "me"),)).answered(incoming)
    return answer_of(exchange, incoming, expected_output(type_node(output_type), TYPES))


@pytest.mark.parametrize(
    ("output_type", "text"),
    [
        ("UserId", "null"),
        ("UserId!", '{"id": 1}'),
        ("UserId", '{"id": 1, "note": null, "more": true}'),
        ("UserId", '{"id": 1, "deep": {"id": null}}'),
        ("[UserId]", "[]"),
        ("[UserId]!", '[null, {"id": 1}]'),
        ("[[UserId!]!]!", '[[{"id": 1}], []]'),
        ("String!", '"x"'),
        ("ID", '"x"'),
        ("Int", "1"),
        ("Float", "1.5"),
        ("Boolean", "false"),
        ("[String]", '["a", null]'),
        ("Blob!", "null"),
        ("Blob!", "[[1]]"),
        ("[Blob!]!", '[1, "x", {}]'),
        ("Size", '"XXL"'),
        ("jsonb!", '{"any": []}'),
        ("uuid", "5"),
    ],
)
def test_what_fits_is_taken_as_it_is(output_type, text):
    assert read(output_type, text) == json.loads(text)


@pytest.mark.parametrize(
    ("output_type", "text", "message"),
    [
        ("UserId!", "null", "got null for the action webhook response"),
        ("[UserId!]", "[null]", "got null for the action webhook response"),
        ("[UserId]", '{"id": 1}', "expecting array for the action webhook response"),
        ("[UserId]", '"x"', "expecting array for the action webhook response"),
        ("UserId", "[]", "got array for the action webhook response, expecting UserId"),
        ("UserId", '"x"', "got scalar String for the action webhook response, expecting UserId"),
        ("UserId", "5", "got scalar String for the action webhook response, expecting UserId"),
        ("UserId", "true", "got scalar Boolean for the action webhook response, expecting UserId"),
        ("UserId", "{}", 'field "id" expected in webhook response, but not found'),
        ("[UserId]", '[{"id": 1}, {}]', 'field "id" expected in webhook response, but not found'),
        ("UserId", '{"id": null}', 'expecting not null value for field "id"'),
        ("String", "1", "got scalar String for the action webhook response, expecting String"),
        ("Int", '"1"', "got scalar String for the action webhook response, expecting Int"),
        ("Int", "true", "got scalar Boolean for the action webhook response, expecting Int"),
        ("Boolean", "1", "got scalar String for the action webhook response, expecting Boolean"),
        ("String", "{}", "got object for the action webhook response, expecting String"),
        ("String", "[]", "got array for the action webhook response, expecting String"),
        ("[Int]", '["1"]', "got scalar String for the action webhook response, expecting Int"),
    ],
)
def test_what_does_not_fit_is_refused_with_internals(output_type, text, message):
    with pytest.raises(EngineError) as caught:
        read(output_type, text)

    assert (caught.value.code, caught.value.message, caught.value.path) == ("unexpected", message, "$")
    assert caught.value.internal["error"] == "unexpected response"


@pytest.mark.parametrize(
    "text", ["", "<html>", '{"a": NaN}', "Infinity", '{"id": 1', '"\\ud800"', "[" * 100_000, '{"id": 1} x']
)
def test_what_is_no_json_is_refused(text):
    with pytest.raises(EngineError) as caught:
        read("Blob", text)

    assert caught.value.message == "not a valid json response from webhook"
    assert caught.value.internal["error"].startswith("invalid json: ")
    assert caught.value.internal["response"]["status"] == 200


@pytest.mark.parametrize(
    ("body", "code", "extensions"),
    [
        ({"message": "no"}, "unexpected", None),
        ({"message": "no", "code": "X"}, "X", None),
        ({"message": "no", "code": "X", "extensions": {}}, "X", {}),
        ({"message": "no", "extensions": {"code": 5, "deep": [None]}}, "unexpected", {"code": 5, "deep": [None]}),
        ({"message": "no", "code": None, "extensions": None}, "unexpected", None),
    ],
)
def test_a_refusal_is_passed_on(body, code, extensions):
    with pytest.raises(EngineError) as caught:
        read("UserId", json.dumps(body), status=422)

    assert (caught.value.message, caught.value.code, caught.value.extensions) == ("no", code, extensions)


@pytest.mark.parametrize("body", [{}, {"message": 5}, [], "no", None])
def test_a_refusal_without_a_message_makes_no_sense(body):
    with pytest.raises(EngineError) as caught:
        read("UserId", json.dumps(body), status=400)

    assert caught.value.code == "parse-failed"
    assert caught.value.internal["response"]["status"] == 400


@pytest.mark.parametrize("status", [100, 301, 302, 500, 503])
def test_any_other_status_is_an_internal_error(status):
    with pytest.raises(EngineError) as caught:
        read("UserId", "{}", status=status)

    assert (caught.value.code, caught.value.message) == ("unexpected", "internal error")
    assert caught.value.internal["error"] == f"expecting 2xx or 4xx status code, but found {status}"


def test_internals_name_the_handler_and_its_secret_headers_as_metadata_does():
    with pytest.raises(EngineError) as caught:
        read("Int", '"x"')

    assert caught.value.internal == {
        "error": "unexpected response",
        "response": {
            "status": 200,
            "body": "x",
            "headers": [{"name": "Content-Type", "value": "application/json"}],
        },
        "request": {
            "url": "{{HOST}}/x",
            "body": {"input": {}},
            "headers": [
                {"name": "X", "value_from_env": "SECRET"},
                {"name": "X-Forwarded-Host", "value": "me"},
            ],
            "transformed_request": None,
        },
    }


def test_numbers_of_an_answer_keep_their_form():
    text = '{"id":1,"a":1.50,"b":0.1234567890123456789,"c":1E400,"d":9007199254740993,"e":-0.0}'

    assert exact_json(read("Blob", text)) == text
