"""Metadata commands about actions."""

import pytest

from tests.integration.embedded.hasura.actions.far_side import reply
from tests.integration.embedded.hasura.actions.serving import action, serve
from tests.support.waiting import until

TRIAL = {"webhook_url": "http://localhost:1234", "body": {"hello": "world"}}


async def tried(engine, **arguments):
    answer = await engine.command("test_webhook_transform", {**TRIAL, **arguments})
    return answer.status_code, answer.json()


async def test_a_transform_can_be_tried_out_without_sending_anything(action_engine):
    transform = {
        "url": "http://www.example.com",
        "template_engine": "Kriti",
        "body": '"hello_{{ $body.hello }}"',
        "method": "POST",
        "query_params": {"foo": "bar"},
        "request_headers": {"add_headers": {"foo": "bar", "content-type": "application/json"}},
    }

    assert await tried(action_engine, request_transform=transform) == (
        200,
        {
            "body": "hello_world",
            "headers": [["foo", "bar"], ["content-type", "application/json"]],
            "method": "POST",
            "webhook_url": "http://www.example.com?foo=bar",
        },
    )


@pytest.mark.parametrize(
    ("body", "shown"),
    [
        ({"action": "remove"}, ""),
        (
            {"action": "x_www_form_urlencoded", "form_template": {"foo": "bar", "baz": "{{$body.hello}}"}},
            "foo=bar&baz=world",
        ),
        ({"action": "transform", "template": "[{{ $body }}]"}, [{"hello": "world"}]),
        ({"action": "transform", "template": "{{ getSessionVariable('x') ?? 1 }}"}, None),
    ],
)
async def test_bodies_of_all_kinds_are_shown(action_engine, body, shown):
    status, answer = await tried(action_engine, request_transform={"version": 2, "body": body})

    if shown is None:
        assert (status, answer["internal"][0]["error_code"]) == (400, "Parse Error")
    else:
        assert (status, answer["body"]) == (200, shown)


async def test_variables_of_a_trial_come_from_the_trial_only(action_engine):
    transform = {"url": "{{ $base_url }}/x"}
    named = await tried(
        action_engine, env={"HOOK": "http://far"}, webhook_url={"from_env": "HOOK"}, request_transform=transform
    )
    inside = await tried(
        action_engine,
        env={"HOST": "far", "KEY": "k"},
        webhook_url="http://{{HOST}}/a",
        request_headers=[["X-Key", "{{KEY}}"]],
        request_transform=transform,
    )
    missing = await tried(action_engine, webhook_url="{{FAR_SIDE}}", request_transform=transform)
    gone = await tried(action_engine, webhook_url={"from_env": "FAR_SIDE"}, request_transform=transform)

    assert named[1]["webhook_url"] == "http://far/x"
    assert inside[1]["webhook_url"] == "http://far/a/x"
    assert inside[1]["headers"] == [["x-key", "k"]]
    assert (missing[0], missing[1]["code"]) == (400, "not-found")
    assert gone == (400, {"path": "$.args", "error": "Missing Env Var", "code": "not-found"})


async def test_session_variables_of_a_trial_can_be_read(action_engine):
    session = {"myVariable": "some value"}
    found = await tried(
        action_engine, session_variables=session, request_transform={"body": '{{ getSessionVariable "myVariable" }}'}
    )
    lost = await tried(
        action_engine, session_variables=session, request_transform={"body": '{{ getSessionVariable "other" }}'}
    )

    assert found[1]["body"] == "some value"
    assert lost == (
        400,
        {
            "path": "$.args",
            "error": "request transform validation failed",
            "code": "validation-failed",
            "internal": [
                {
                    "error_code": "Function Error",
                    "message": 'Session variable "other" not found',
                    "source_position": {"start_line": 0, "start_column": 23, "end_line": 0, "end_column": 30},
                }
            ],
        },
    )


async def test_a_trial_without_what_it_needs_is_refused(action_engine):
    answer = await action_engine.command("test_webhook_transform", {"webhook_url": "http://x", "body": 1})

    assert (answer.status_code, answer.json()["code"]) == (400, "parse-failed")
    assert "request_transform" in answer.json()["error"]


@pytest.mark.parametrize("command", ["create_action", "update_action"])
async def test_an_action_with_a_template_nobody_can_read_is_refused(action_engine, command):
    await serve(action_engine, action("kept", "Int"))
    bad = action("kept" if command == "update_action" else "new", "Int", request_transform={"body": "$body.hello }}"})

    answer = await action_engine.command(command, {"name": bad["name"], "definition": bad["definition"]})

    assert answer.status_code == 400
    assert answer.json()["error"] == "request transform validation failed"
    assert answer.json()["internal"][0]["message"] == "Unexpected token '}'."
    exported = (await action_engine.command("export_metadata", {})).json()
    assert [kept["name"] for kept in exported["actions"]] == ["kept"]


async def test_transforms_survive_an_export_untouched(action_engine):
    transforms = {
        "request_transform": {"version": 2, "template_engine": "Kriti", "method": "GET", "query_params": "a=1"},
        "response_transform": {"version": 1, "template_engine": "Kriti", "body": "{{ $body }}"},
    }
    await serve(action_engine, action("kept", "Int", **transforms))

    exported = (await action_engine.command("export_metadata", {})).json()["actions"][0]["definition"]

    assert {name: exported[name] for name in transforms} == transforms


@pytest.mark.parametrize(("clear_data", "left"), [(True, 0), (None, 0), (False, 1)])
async def test_dropping_an_action_forgets_its_calls_unless_told_otherwise(action_engine, far, clear_data, left):
    name = f"dropped{clear_data}"
    await serve(action_engine, action(name, kind="asynchronous"))
    far.replies["/" + name] = reply({"id": 1})
    call_id = (await action_engine.ask("mutation { " + name + " }"))["data"][name]
    query = "{ " + name + '(id: "' + call_id + '") { output { id } } }'

    async def done():
        return (await action_engine.ask(query))["data"][name]["output"]

    await until(done, within_s=10, what="the end of the call")
    arguments = {"name": name} if clear_data is None else {"name": name, "clear_data": clear_data}

    dropped = await action_engine.command("drop_action", arguments)
    await serve(action_engine, action(name, kind="asynchronous"))
    found = (await action_engine.ask(query))["data"][name]

    assert dropped.json() == {"message": "success"}
    assert (0 if found is None else 1) == left


async def test_clear_data_is_true_or_false(action_engine):
    await serve(action_engine, action("kept", "Int"))

    answer = await action_engine.command("drop_action", {"name": "kept", "clear_data": "yes"})

    assert (answer.status_code, answer.json()["path"]) == (400, "$.args.clear_data")


async def test_an_action_that_is_not_there_cannot_be_dropped(action_engine):
    await serve(action_engine)

    answer = await action_engine.command("drop_action", {"name": "never"})

    assert (answer.status_code, answer.json()["code"]) == (400, "not-exists")
