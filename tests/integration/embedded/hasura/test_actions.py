"""Synchronous actions against a real handler."""

import asyncio

import pytest

from tests.support.waiting import until

KEY = "7f0c7a51-3a9b-4a3c-9a52-0d2c1f4b8a11"
SUBMIT = (
    'mutation { submitJob(input: {headline: "dig", details: {deep: true}}, idempotency_key: "' + KEY + '") '
    "{ id: command_id warnings { text __typename } } }"
)


async def test_the_handler_is_sent_exactly_what_the_contract_says(engine, handler):
    handler.reply = {"command_id": KEY, "job_id": None, "warnings": [{"code": "w1", "text": "careful"}], "more": 1}

    answer = await engine.ask(SUBMIT, role="member", User_Id="ann")

    assert answer == {"data": {"submitJob": {"id": KEY, "warnings": [{"text": "careful", "__typename": "Warning"}]}}}
    assert handler.requests == [
        {
            "action": {"name": "submitJob"},
            "input": {"input": {"headline": "dig", "details": {"deep": True}}, "idempotency_key": KEY},
            "session_variables": {"x-hasura-role": "member", "x-hasura-user-id": "ann"},
            "request_query": SUBMIT,
        }
    ]
    sent = {name.lower(): value for name, value in handler.headers[0].items()}
    assert sent["x-action-secret"] == "between-us"
    assert sent["x-fixed"] == "fixed"
    assert sent["content-type"] == "application/json"
    assert sent["user-agent"].startswith("hasura-graphql-engine/")
    assert sent["x-forwarded-user-agent"].startswith("python-httpx")
    assert not [name for name in sent if name.startswith("x-hasura-")]


async def test_a_repeated_document_calls_the_handler_with_each_requests_variables(engine, handler):
    handler.reply = {"amount": 1.5}
    query = "query ($job: Int!, $in: Currency) { quote(job: $job, currency: $in) { amount } }"

    await engine.post({"query": query, "variables": {"job": 1}})
    await engine.post({"query": query, "variables": {"job": 2}})
    await engine.post({"query": query, "variables": {"job": 3, "in": "EUR"}})

    assert [sent["input"] for sent in handler.requests] == [{"job": 1}, {"job": 2}, {"job": 3, "currency": "EUR"}]


async def test_an_answer_is_joined_with_tables_under_the_roles_permissions(engine, handler):
    query = SUBMIT.replace("id: command_id", "job { headline } command_id")
    handler.reply = {"command_id": KEY, "job_id": 1, "warnings": []}
    visible = await engine.ask(query, role="member", User_Id="ann")
    hidden = await engine.ask(query, role="member", User_Id="bob")

    assert visible["data"]["submitJob"]["job"] == {"headline": "dig"}
    assert hidden["data"]["submitJob"]["job"] is None


@pytest.mark.parametrize(
    ("status", "reply", "extensions"),
    [
        (400, {"message": "no"}, {"path": "$", "code": "unexpected"}),
        (400, {"message": "no", "code": "TAKEN"}, {"path": "$", "code": "TAKEN"}),
        (422, {"message": "no", "extensions": {"code": "TAKEN", "retry": False}}, {"code": "TAKEN", "retry": False}),
        (400, {"message": "no", "extensions": {}}, {}),
    ],
)
async def test_a_handlers_refusal_passes_through(engine, handler, status, reply, extensions):
    handler.status, handler.reply = status, reply

    answer = await engine.ask(SUBMIT, role="member", User_Id="ann")

    assert answer == {"errors": [{"message": "no", "extensions": extensions}]}


@pytest.mark.parametrize(
    ("status", "reply", "message", "code"),
    [
        (500, {"message": "boom"}, "internal error", "unexpected"),
        (302, {}, "internal error", "unexpected"),
        (
            400,
            {"reason": "no message"},
            "parsing webhook response failed: the key 'message' was not present",
            "parse-failed",
        ),
        (200, None, "got null for the action webhook response", "unexpected"),
        (200, [], "got array for the action webhook response, expecting SubmitJobOutput", "unexpected"),
        (200, {"warnings": []}, 'field "command_id" expected in webhook response, but not found', "unexpected"),
        (200, {"command_id": None, "warnings": []}, 'expecting not null value for field "command_id"', "unexpected"),
    ],
)
async def test_an_answer_that_makes_no_sense_is_an_error(engine, handler, status, reply, message, code):
    handler.status, handler.reply = status, reply

    answer = await engine.ask(SUBMIT, role="member", User_Id="ann")

    assert answer == {"errors": [{"message": message, "extensions": {"path": "$", "code": code}}]}


async def test_a_slow_handler_times_out_and_the_engine_answers_others_meanwhile(engine, handler):
    handler.delay_s = 5
    handler.reply = {"command_id": KEY, "warnings": []}

    slow = asyncio.create_task(engine.ask(SUBMIT))
    await until(lambda: handler.requests, within_s=5, what="the call of the handler")
    others = [await engine.ask("{ job(id: 1) { id } }") for _ in range(5)]
    still_waiting = not slow.done()
    answer = await slow

    assert others == [{"data": {"job": {"id": 1}}}] * 5
    assert still_waiting
    error = answer["errors"][0]
    assert error["message"] == "http exception when calling webhook"
    assert error["extensions"]["internal"]["error"]["message"] == "ResponseTimeout"


async def test_null_is_a_fine_answer_for_a_nullable_type(engine, handler):
    handler.reply = None

    assert await engine.ask("{ quote(job: 1) { amount } }") == {"data": {"quote": None}}


async def test_a_role_without_permission_does_not_see_the_action(engine, handler):
    answer = await engine.ask("{ quote(job: 1) { amount } }", role="member", User_Id="ann")

    assert answer["errors"][0]["message"] == "field 'quote' not found in type: 'query_root'"
    assert handler.requests == []


async def test_input_is_checked_before_the_handler_is_called(engine, handler):
    missing = await engine.ask(
        'mutation { submitJob(input: {note: "x"}, idempotency_key: "' + KEY + '") { command_id } }'
    )
    wrong = await engine.post(
        {"query": "query ($job: Int!) { quote(job: $job) { amount } }", "variables": {"job": "one"}}
    )

    assert missing["errors"][0]["extensions"]["path"] == "$.selectionSet.submitJob.args.input.headline"
    assert wrong["errors"][0]["message"] == "expected a 32-bit integer for type 'Int', but found a string"
    assert handler.requests == []


async def test_cookies_of_the_handler_reach_the_client(engine, handler):
    handler.reply, handler.answer_headers = {"amount": 1}, {"Set-Cookie": "seen=1; Path=/", "X-Other": "kept back"}

    answer = await engine.client.post(
        "/v1/graphql",
        json={"query": "{ quote(job: 1) { amount } }"},
        headers={"X-Hasura-Admin-Secret": "let-me-in"},
    )

    assert answer.headers["set-cookie"] == "seen=1; Path=/"
    assert "x-other" not in answer.headers
