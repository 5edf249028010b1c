"""What travels between the engine and a handler: headers, cookies, redirects, and who is told of failures."""

from tests.integration.embedded.hasura.actions.far_side import reply, slow
from tests.integration.embedded.hasura.actions.serving import action, serve
from tests.integration.embedded.hasura.engine import ADMIN_SECRET, running_engine


async def called(engine, query, role=None, **session):
    return (await engine.ask(query, role, **session)).get("data")


async def test_which_of_the_clients_headers_reach_the_handler(action_engine, far):
    go = action(
        "go",
        "Int",
        forward_client_headers=True,
        ignored_client_headers=["X-Private"],
        headers=[
            {"name": "X-Key", "value": "key-{{FAR_SECRET}}"},
            {"name": "X-Secret", "value_from_env": "FAR_SECRET"},
        ],
    )
    await serve(action_engine, go)
    far.replies["/go"] = reply(1)
    sent = {
        "X-Hasura-Admin-Secret": ADMIN_SECRET,
        "X-Hasura-User-Id": "ann",
        "X-Key": "clients",
        "X-Private": "p",
        "X-Other": "o",
        "Authorization": "Bearer t",
        "Origin": "http://portal",
        "Referer": "http://portal/x",
        "Accept-Language": "de",
        "Cookie": "c=1",
    }

    await action_engine.client.post("/v1/graphql", json={"query": "mutation { go }"}, headers=sent)

    got = far.asked[0].headers
    assert got["x-key"] == "key-between-us"
    assert got["x-secret"] == "between-us"
    assert (got["x-other"], got["authorization"], got["cookie"]) == ("o", "Bearer t", "c=1")
    assert got["x-forwarded-origin"] == "http://portal"
    assert got["x-forwarded-host"] == action_engine.client.base_url.netloc.decode()
    assert got["host"] == far.url.removeprefix("http://")
    assert got["content-type"] == "application/json"
    assert got["user-agent"].startswith("hasura-graphql-engine/")
    for name in ("x-private", "x-hasura-user-id", "x-hasura-admin-secret", "origin", "referer", "accept-language"):
        assert name not in got


async def test_without_forwarding_nothing_of_the_client_is_passed_on(action_engine, far):
    await serve(action_engine, action("go", "Int"))
    far.replies["/go"] = reply(1)

    await action_engine.client.post(
        "/v1/graphql",
        json={"query": "mutation { go }"},
        headers={"X-Hasura-Admin-Secret": ADMIN_SECRET, "X-Other": "o"},
    )

    assert "x-other" not in far.asked[0].headers
    assert "x-forwarded-host" not in far.asked[0].headers


async def test_every_cookie_of_every_handler_reaches_the_client_but_none_of_a_failure(action_engine, far):
    await serve(action_engine, action("go", "Int"), action("stop", "Int"))
    far.replies["/go"], far.replies["/stop"] = reply(1), reply({"message": "no"}, status=400)
    far.answer_headers = [("Set-Cookie", "a=1; Path=/"), ("Set-Cookie", "b=2"), ("X-Other", "kept back")]
    headers = {"X-Hasura-Admin-Secret": ADMIN_SECRET}

    done = await action_engine.client.post("/v1/graphql", json={"query": "mutation { go }"}, headers=headers)
    failed = await action_engine.client.post("/v1/graphql", json={"query": "mutation { go stop }"}, headers=headers)
    action_engine.client.cookies.clear()
    far.answer_headers = []

    assert done.headers.get_list("set-cookie") == ["a=1; Path=/", "b=2"]
    assert "x-other" not in done.headers
    assert failed.headers.get_list("set-cookie") == []


async def test_a_redirect_is_not_followed(action_engine, far):
    await serve(action_engine, action("go", "Int"))
    far.replies["/go"], far.replies["/elsewhere"] = reply({}, status=307), reply(1)
    far.answer_headers = [("Location", f"{far.url}/elsewhere")]

    answer = await action_engine.ask("mutation { go }")
    far.answer_headers = []

    assert answer["errors"][0]["message"] == "internal error"
    assert far.at("/elsewhere") == []


async def test_internals_are_for_the_admin_unless_in_dev_mode(action_engine, far, action_database):
    await serve(action_engine, action("go", "Int", ("member",)))
    far.replies["/go"] = reply({}, status=500)
    async with running_engine(
        action_database, FAR_SIDE=far.url, FAR_SECRET="x", HASURA_GRAPHQL_DEV_MODE="true"
    ) as open_engine:
        await serve(open_engine, action("go", "Int", ("member",)))
        shown = await open_engine.ask("mutation { go }", "member")

    hidden = await action_engine.ask("mutation { go }", "member")
    admins = await action_engine.ask("mutation { go }")

    assert "internal" not in hidden["errors"][0]["extensions"]
    assert "internal" in admins["errors"][0]["extensions"]
    assert "internal" in shown["errors"][0]["extensions"]


async def test_a_handler_that_takes_too_long_or_is_not_there_is_an_http_exception(action_engine, far):
    gone = action("gone", "Int", handler="http://127.0.0.1:9/none?q=1")
    await serve(action_engine, action("slow", "Int", timeout=1), gone)
    far.replies["/slow"] = slow(1, 5)

    late = (await action_engine.ask("mutation { slow }"))["errors"][0]
    absent = (await action_engine.ask("mutation { gone }"))["errors"][0]

    for error in (late, absent):
        assert error["message"] == "http exception when calling webhook"
        assert error["extensions"]["code"] == "unexpected"
        assert error["extensions"]["internal"]["response"] is None
    told = late["extensions"]["internal"]["error"]
    assert (told["type"], told["message"]) == ("http_exception", "ResponseTimeout")
    assert told["request"]["responseTimeout"] == "ResponseTimeoutMicro 1000000"
    told = absent["extensions"]["internal"]["error"]
    assert told["message"].startswith("ConnectionFailure ")
    assert (told["request"]["host"], told["request"]["port"], told["request"]["path"]) == ("127.0.0.1", 9, "/none")
    assert told["request"]["queryString"] == "?q=1"


async def test_arguments_nested_beyond_reason_are_refused_and_the_engine_lives(action_engine, far):
    await serve(action_engine, action("go", "Int", arguments=[{"name": "x", "type": "jsonb"}]))
    far.replies["/go"] = reply(1)
    content = '{"query": "mutation ($x: jsonb) { go(x: $x) }", "variables": {"x": ' + "[" * 900 + "]" * 900 + "}}"

    answer = await action_engine.client.post(
        "/v1/graphql", content=content, headers={"X-Hasura-Admin-Secret": ADMIN_SECRET}
    )

    assert answer.status_code == 200
    assert answer.json()["errors"][0]["message"] == "the arguments or the answer of the action are nested too deeply"
    assert await called(action_engine, "mutation { go }") == {"go": 1}


async def test_answers_nested_beyond_reason_are_refused_and_the_engine_lives(action_engine, far):
    await serve(action_engine, action("go", "jsonb"))
    far.replies["/go"] = lambda _: (200, b"[" * 900 + b"]" * 900)

    deep = await action_engine.ask("mutation { go }")
    far.replies["/go"] = reply([1])

    assert deep["errors"][0]["message"] == "the arguments or the answer of the action are nested too deeply"
    assert await called(action_engine, "mutation { go }") == {"go": [1]}
