"""Request and response transforms of actions, with a real far side."""

import pytest

from tests.integration.embedded.hasura.actions.far_side import reply
from tests.integration.embedded.hasura.actions.serving import action, serve

ARGUMENTS = [{"name": "id", "type": "Int!"}, {"name": "tag", "type": "String"}]


def reshaping(**transforms):
    return action(
        "go", "Out", ("member",), arguments=ARGUMENTS, headers=[{"name": "X-Key", "value": "k"}], **transforms
    )


OUT = {"name": "Out", "fields": [{"name": "id", "type": "Int!"}, {"name": "tags", "type": "[String!]"}]}
CALL = 'mutation { go(id: 7, tag: "a b") { id tags } }'


async def test_a_request_is_sent_as_its_transform_makes_it(action_engine, far):
    transform = {
        "version": 2,
        "template_engine": "Kriti",
        "method": "PUT",
        "url": "{{$base_url}}/{{ $body.input.id }}",
        "query_params": {"tag": "{{ $body.input.tag }}"},
        "request_headers": {
            "add_headers": {"X-Role": "{{ $session_variables['x-hasura-role'] }}"},
            "remove_headers": ["x-key"],
        },
        "body": {"action": "transform", "template": '{"n": {{ $body.input.id }}}'},
    }
    await serve(action_engine, reshaping(request_transform=transform), objects=[OUT])
    far.replies["/go/7"] = reply({"id": 1})

    answer = await action_engine.ask(CALL, role="member", User_Id="ann")

    assert answer == {"data": {"go": {"id": 1, "tags": None}}}
    asked = far.asked[0]
    assert (asked.method, asked.path, asked.query, asked.body) == ("PUT", "/go/7", "tag=a b", {"n": 7})
    assert asked.headers["x-role"] == "member"
    assert asked.headers["content-type"] == "application/json"
    assert "x-key" not in asked.headers


async def test_a_get_has_no_body_when_it_is_removed(action_engine, far):
    transform = {"version": 2, "method": "GET", "body": {"action": "remove"}}
    await serve(action_engine, reshaping(request_transform=transform), objects=[OUT])
    far.replies["/go"] = reply({"id": 1})

    await action_engine.ask(CALL)

    assert (far.asked[0].method, far.asked[0].text) == ("GET", "")


async def test_a_form_is_sent_as_a_form(action_engine, far):
    transform = {
        "version": 2,
        "body": {"action": "x_www_form_urlencoded", "form_template": {"id": "{{ $body.input.id }}", "k": "&"}},
        "request_headers": {"add_headers": {"content-type": "application/x-www-form-urlencoded"}},
    }
    await serve(action_engine, reshaping(request_transform=transform), objects=[OUT])
    far.replies["/go"] = reply({"id": 1})

    await action_engine.ask(CALL)

    assert far.asked[0].text == "id=7&k=%26"
    assert far.asked[0].headers["content-type"] == "application/x-www-form-urlencoded"


async def test_an_answer_is_read_as_its_transform_makes_it(action_engine, far):
    template = '{"id": {{ $body[0].number }}, "tags": {{ range _, x := $body }} {{ x.tag }} {{ end }}}'
    transform = {"version": 2, "body": {"action": "transform", "template": template}}
    await serve(action_engine, reshaping(response_transform=transform), objects=[OUT])
    far.replies["/go"] = reply([{"number": 5, "tag": "a"}, {"number": 6, "tag": "b"}])

    assert await action_engine.ask(CALL) == {"data": {"go": {"id": 5, "tags": ["a", "b"]}}}


async def test_a_refusal_can_be_reshaped_into_a_message(action_engine, far):
    transform = {
        "body": '{"message": "{{ $response.status }}: {{ $body.error.text }}", "code": {{ $body.error.kind }}}'
    }
    await serve(action_engine, reshaping(response_transform=transform), objects=[OUT])
    far.replies["/go"] = reply({"error": {"text": "no such thing", "kind": "missing"}}, status=404)

    answer = await action_engine.ask(CALL)

    assert answer == {"errors": [{"message": "404: no such thing", "extensions": {"path": "$", "code": "missing"}}]}


@pytest.mark.parametrize(
    ("transforms", "message", "asked"),
    [
        ({"request_transform": {"body": "{{ $body.gone }}"}}, "Request Transformation Failed", 0),
        ({"response_transform": {"body": "{{ $body.gone }}"}}, "Response Transformation Failed", 1),
    ],
)
async def test_a_transform_that_fails_is_told_to_the_admin_in_full(action_engine, far, transforms, message, asked):
    await serve(action_engine, reshaping(**transforms), objects=[OUT])
    far.replies["/go"] = reply({"id": 1})

    admins = (await action_engine.ask(CALL))["errors"]
    members = (await action_engine.ask(CALL, role="member", User_Id="ann"))["errors"]

    assert members == [{"message": message, "extensions": {"path": "$", "code": "unexpected"}}]
    assert admins[0]["extensions"]["internal"][0]["error_code"] == "Attribute Error"
    assert len(far.asked) == asked * 2


async def test_internals_show_the_request_that_was_really_sent(action_engine, far):
    transform = {"version": 2, "method": "PUT", "body": {"action": "transform", "template": "[1]"}}
    await serve(action_engine, reshaping(request_transform=transform), objects=[OUT])
    far.replies["/go"] = reply("text")

    error = (await action_engine.ask(CALL))["errors"][0]

    request = error["extensions"]["internal"]["request"]
    assert request["body"]["input"] == {"id": 7, "tag": "a b"}
    assert request["url"] == "{{FAR_SIDE}}/go"
    assert request["transformed_request"]["body"] == "[1]"
    assert request["transformed_request"]["method"] == "PUT"
    assert request["transformed_request"]["url"] == f"{far.url}/go"
    assert request["transformed_request"]["response_timeout"] == "30000000"
    assert ["X-Key", "k"] in request["transformed_request"]["headers"]
