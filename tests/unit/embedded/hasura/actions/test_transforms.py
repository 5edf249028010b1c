"""Requests and answers reshaped by templates."""

from typing import Any

import pytest

from embedded.hasura.actions.exchange import Incoming, Outgoing
from embedded.hasura.actions.transforms import request, response
from embedded.hasura.actions.transforms.check import refuse_bad_templates
from embedded.hasura.actions.transforms.request import context_of
from embedded.hasura.actions.transforms.templates import TransformError
from embedded.hasura.errors import EngineError
from embedded.hasura.metadata.transforms import RequestTransform, ResponseTransform

SESSION = {"x-hasura-role": "member", "x-hasura-user-id": "ann"}
SENT = Outgoing(
    "POST",
    "http://far/do?a=1&b=two%20words",
    [("Content-Type", "application/json"), ("X-Key", "k")],
    b'{"input":{"id":7,"price":1.50,"name":"Ann & co","none":null}}',
    30,
)


def reshaped(**written: Any) -> Outgoing:
    transform = RequestTransform.model_validate({"template_engine": "Kriti", **written})
    return request.transformed(transform, SENT, context_of("http://far/do?a=1", SENT, SESSION))


def errors(**written: Any) -> list[dict[str, Any]]:
    with pytest.raises(TransformError) as caught:
        reshaped(**written)
    return caught.value.errors


def test_what_is_left_out_stays_as_it_is():
    assert reshaped() == SENT


def test_a_method_is_written_in_capitals():
    assert reshaped(method="put").method == "PUT"


def test_an_unknown_method_is_refused():
    assert errors(method="FETCH") == [{"error_code": "TransformationError", "message": "Invalid method: FETCH"}]


def test_a_url_is_a_string_with_templates_in_it():
    assert reshaped(url="{{$base_url}}&x={{ $body.input.id }}").url == "http://far/do?a=1&x=7"


@pytest.mark.parametrize("url", ["", "far", "ftp://far", "http://a b/", "http://[", "{{ $body.input.none }}"])
def test_what_is_no_url_is_refused(url):
    assert errors(url=url)[0]["message"].startswith("Invalid URL: ")


@pytest.mark.parametrize(
    ("written", "query"),
    [
        ({"id": "{{ $body.input.id }}", "who": "{{ $body.input.name }}"}, "id=7&who=Ann%20%26%20co"),
        ([["k", "1"], ["k", "2"], ["flag", None]], "k=1&k=2&flag"),
        ({"{{ $body.input.name }}": "x"}, "Ann%20%26%20co=x"),
        ({"gone": "{{ $body.input.none }}", "kept": 5}, "kept=5"),
        ("x={{ $body.input.id }}&y=1", "x=7&y=1"),
        ("?x=1", "x=1"),
        ({}, ""),
    ],
)
def test_query_parameters_replace_all_there_were(written, query):
    assert reshaped(query_params=written).url == "http://far/do" + (f"?{query}" if query else "")


def test_the_old_parameters_can_be_seen():
    assert reshaped(query_params={"b": "{{ $query_params[1][1] }}"}).url == "http://far/do?b=two%20words"


def test_headers_are_added_replaced_and_removed_whatever_their_case():
    changes = {"add_headers": {"content-type": "text/x", "X-Who": "{{ $session_variables['x-hasura-user-id'] }}"}}

    sent = reshaped(request_headers={**changes, "remove_headers": ["x-key"]}).headers

    assert sent == [("content-type", "text/x"), ("X-Who", "ann")]


def test_the_first_versions_content_type_replaces_the_header():
    assert reshaped(content_type="application/x-www-form-urlencoded").headers == [
        ("X-Key", "k"),
        ("Content-Type", "application/x-www-form-urlencoded"),
    ]


@pytest.mark.parametrize(
    "body",
    [
        '{"id": {{ $body.input.id }}, "price": {{ $body.input.price }}}',
        {"action": "transform", "template": '{"id": {{ $body.input.id }}, "price": {{ $body.input.price }}}'},
    ],
)
def test_a_body_is_the_value_of_its_template_in_both_versions(body):
    assert reshaped(version=1 if isinstance(body, str) else 2, body=body).body == b'{"id":7,"price":1.50}'


def test_a_body_can_be_removed():
    assert reshaped(version=2, body={"action": "remove"}).body is None


def test_a_form_is_encoded():
    form = {"id": "{{ $body.input.id }}", "who is": "{{ $body.input.name }}"}

    sent = reshaped(version=2, body={"action": "x_www_form_urlencoded", "form_template": form}).body

    assert sent == b"id=7&who%20is=Ann%20%26%20co"


def test_all_mistakes_are_told_at_once():
    told = errors(url="{{ $gone }}", body="{{ $body.gone }}", query_params={"a": "{{ }}"}, method="X")

    codes = [error["error_code"] for error in told]
    assert sorted(codes) == ["Attribute Error", "Name Error", "TransformationError", "TransformationError"]


@pytest.mark.parametrize(
    "written",
    [
        {"body": {"action": "fly"}},
        {"version": 3},
        {"template_engine": "Jinja"},
        {"query_params": 5},
    ],
)
def test_a_transform_of_no_known_form_is_refused(written):
    with pytest.raises(ValueError, match="validation error"):
        RequestTransform.model_validate(written)


def answered(status: int, text: str, body: Any) -> Incoming:
    transform = ResponseTransform.model_validate({"version": 2, "body": body})
    context = context_of("http://far/do", SENT, SESSION)
    return response.transformed(transform, Incoming(status, text, [("X", "y")]), context, SESSION)


def test_an_answer_is_the_value_of_its_template():
    template = """{
      "was": {{ $body }}, "status": {{ $response.status }}, "asked": {{ $request.body.input.id }},
      "who": {{ $request.session_variables['x-hasura-user-id'] }}, "to": {{ $request.base_url }},
      "me": {{ getSessionVariable("x-hasura-role") }}, "q": {{ $request.query_params[0] }}
    }"""

    made = answered(418, '{"n": 1.50}', {"action": "transform", "template": template})

    assert made.status == 418
    assert made.headers == [("X", "y")]
    assert made.text == (
        '{"was":{"n":1.50},"status":418,"asked":7,"who":"ann","to":"http://far/do","me":"member","q":["a","1"]}'
    )


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ({"action": "remove"}, "null"),
        ({"action": "x_www_form_urlencoded", "form_template": {"a": "{{ $body.n }}"}}, '"a=1"'),
        ('{"old": {{ $body.n }}}', '{"old":1}'),
        (None, '{"n": 1}'),
    ],
)
def test_other_ways_to_reshape_an_answer(body, text):
    assert answered(200, '{"n": 1}', body).text == text


def test_an_answer_that_is_no_json_is_null_to_its_template():
    assert answered(200, "<html>", {"action": "transform", "template": "[{{ $body }}]"}).text == "[null]"


def test_without_a_request_transform_there_is_no_request_to_see():
    transform = ResponseTransform.model_validate({"body": "{{ $request }}"})

    assert response.transformed(transform, Incoming(200, "1", []), None, SESSION).text == "null"


def test_bad_templates_are_found_before_they_are_used():
    bad = {"url": "{{", "request_headers": {"add_headers": {"A": "{{ 1 1 }}"}}, "body": "{", "query_params": {"a": "1"}}

    with pytest.raises(EngineError) as caught:
        refuse_bad_templates(RequestTransform.model_validate(bad), None)

    assert caught.value.code == "validation-failed"
    assert caught.value.message == "request transform validation failed"
    assert len(caught.value.internal) == 3


def test_templates_that_only_fail_with_their_values_are_let_through():
    refuse_bad_templates(
        RequestTransform.model_validate({"body": "{{ $gone }}", "url": "no url"}),
        ResponseTransform.model_validate({"body": {"action": "remove"}}),
    )
