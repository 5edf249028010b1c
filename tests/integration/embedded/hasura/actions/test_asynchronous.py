"""Asynchronous actions: noted at once, carried out in the background, looked after by their id."""

import asyncio
import signal
from uuid import UUID, uuid4

import asyncpg
import pytest
import pytest_asyncio

from tests.integration.embedded.hasura.actions.far_side import reply, slow
from tests.integration.embedded.hasura.actions.serving import action, serve
from tests.integration.embedded.hasura.engine import metadata_database, running_engine
from tests.support.waiting import until

SIGN_UP = action(
    "signUp",
    roles=("member", "guest"),
    kind="asynchronous",
    arguments=[{"name": "name", "type": "String!"}],
    forward_client_headers=True,
    headers=[{"name": "X-Secret", "value_from_env": "FAR_SECRET"}],
)
CALL = 'mutation { signUp(name: "Ann") }'
OUTCOME = "query ($id: uuid!) { signUp(id: $id) { id errors output { id person { name } jobs { title } } } }"


@pytest_asyncio.fixture
async def engine(action_engine):
    await serve(action_engine, SIGN_UP)
    return action_engine


@pytest_asyncio.fixture
async def shared(action_database, far):
    """What engines are told that keep metadata and calls in one place, which is not the session's engine's."""
    async with metadata_database(action_database) as url:
        yield {
            "HASURA_GRAPHQL_METADATA_DATABASE_URL": url,
            "HASURA_GRAPHQL_ASYNC_ACTIONS_FETCH_INTERVAL": "20",
            "FAR_SIDE": far.url,
            "FAR_SECRET": "x",
        }


async def called(engine, role="member", user="ann"):
    answer = await engine.ask(CALL, role=role, User_Id=user)
    return str(UUID(answer["data"]["signUp"]))


async def outcome(engine, call_id, role="member", query=OUTCOME, **session):
    answer = await engine.post({"query": query, "variables": {"id": call_id}}, role, **(session or {"User_Id": "ann"}))
    return answer["data"]["signUp"]


async def done(engine, call_id, role="member", **session):
    async def finished():
        found = await outcome(engine, call_id, role, **session)
        return found if found["output"] or found["errors"] else None

    return await until(finished, within_s=10, what="the end of the call")


async def test_a_call_is_answered_by_its_id_and_its_output_arrives_with_what_tables_say(engine, far):
    far.replies["/signUp"] = reply({"id": 1, "more": True})

    call_id = await called(engine)
    found = await done(engine, call_id)

    assert found == {
        "id": call_id,
        "errors": None,
        "output": {"id": 1, "person": {"name": "Ann"}, "jobs": [{"title": "dig"}, {"title": "saw"}]},
    }


async def test_the_handler_is_sent_what_the_client_gave_but_no_query(engine, far):
    far.replies["/signUp"] = reply({"id": 1})

    await done(engine, await called(engine))

    assert len(far.asked) == 1
    assert far.asked[0].body == {
        "action": {"name": "signUp"},
        "input": {"name": "Ann"},
        "session_variables": {"x-hasura-role": "member", "x-hasura-user-id": "ann"},
        "request_query": None,
    }
    assert far.asked[0].headers["x-secret"] == "between-us"
    assert far.asked[0].headers["x-forwarded-user-agent"].startswith("python-httpx")


async def test_nothing_is_there_before_the_handler_has_answered(engine, far):
    far.replies["/signUp"] = slow({"id": 1}, 1.0)

    call_id = await called(engine)
    await until(lambda: far.asked, within_s=5, what="the call of the handler")

    assert await outcome(engine, call_id) == {"id": call_id, "errors": None, "output": None}
    assert (await done(engine, call_id))["output"]["id"] == 1


async def test_every_member_is_named_by_its_alias_in_the_clients_order(engine, far):
    far.replies["/signUp"] = reply({"id": 1})
    call_id = await called(engine)
    await done(engine, call_id)

    query = (
        "query ($id: uuid!) { signUp(id: $id) { what: __typename o: output { t: __typename n: id } at: created_at } }"
    )
    found = await outcome(engine, call_id, query=query)

    assert list(found) == ["what", "o", "at"]
    assert found["what"] == "signUp"
    assert found["o"] == {"t": "PersonId", "n": 1}
    assert "T" in found["at"]


async def test_a_handlers_refusal_is_kept_in_the_old_form(engine, far):
    far.replies["/signUp"] = reply({"message": "taken", "code": "TAKEN", "extensions": {"a": 1}}, status=400)

    found = await done(engine, await called(engine))

    assert found["output"] is None
    assert found["errors"] == {"path": "$", "code": "TAKEN", "error": "taken"}


async def test_internals_of_a_failure_are_for_the_admin_only(engine, far):
    far.replies["/signUp"] = reply({}, status=500)

    call_id = await called(engine)
    theirs = await done(engine, call_id)
    admins = await done(engine, call_id, role="admin")

    assert theirs["errors"] == {"path": "$", "code": "unexpected", "error": "internal error"}
    assert admins["errors"]["internal"]["error"] == "expecting 2xx or 4xx status code, but found 500"
    assert admins["errors"]["internal"]["request"]["headers"][0] == {"name": "X-Secret", "value_from_env": "FAR_SECRET"}


@pytest.mark.parametrize(
    ("role", "session"),
    [
        ("member", {"User_Id": "bob"}),
        ("member", {"User_Id": "ann", "Org_Id": "7"}),
        ("guest", {"User_Id": "ann"}),
    ],
)
async def test_a_call_is_seen_only_with_the_very_session_it_was_made_in(engine, far, role, session):
    far.replies["/signUp"] = reply({"id": 1})
    call_id = await called(engine)
    await done(engine, call_id)

    answer = await engine.post(
        {"query": "query ($id: uuid!) { signUp(id: $id) { id } }", "variables": {"id": call_id}}, role, **session
    )

    assert answer == {"data": {"signUp": None}}


async def test_an_id_nobody_was_given_is_null_and_no_id_is_an_error(engine):
    unknown = await outcome(engine, str(uuid4()))
    wrong = await engine.ask('{ signUp(id: "x") { id } }')

    assert unknown is None
    assert wrong["errors"][0]["message"] == 'invalid input syntax for type uuid: "x"'
    assert wrong["errors"][0]["extensions"]["path"] == "$.selectionSet.signUp.args.id"


async def test_a_role_that_may_not_call_may_not_look_either(engine):
    call = await engine.ask(CALL, role="stranger")
    look = await engine.ask('{ signUp(id: "' + str(uuid4()) + '") { id } }', role="stranger")

    assert call["errors"][0]["message"] == "no mutations exist"
    assert look["errors"][0]["message"] == "field 'signUp' not found in type: 'query_root'"


async def test_the_id_of_one_actions_call_says_nothing_to_another_action(engine, far):
    far.replies["/signUp"] = reply({"id": 1})
    other = {**action("other", kind="asynchronous"), "permissions": []}
    await serve(engine, SIGN_UP, other)
    call_id = await called(engine)

    answer = await engine.post({"query": '{ other(id: "' + call_id + '") { id } }'})

    assert answer == {"data": {"other": None}}


async def test_the_schema_shows_an_id_and_an_outcome_that_may_be_missing(engine):
    query = """{
      call: __type(name: "mutation_root") { fields { name type { kind ofType { name } } } }
      looks: __type(name: "query_root") { fields { name type { kind name } args { name type { ofType { name } } } } }
      watches: __type(name: "subscription_root") { fields { name type { kind name } } }
      outcome: __type(name: "signUp") { description fields { name type { kind name ofType { name } } } }
    }"""

    told = (await engine.ask(query, role="member", User_Id="ann"))["data"]

    assert told["call"]["fields"] == [{"name": "signUp", "type": {"kind": "NON_NULL", "ofType": {"name": "uuid"}}}]
    looks = {field["name"]: field for field in told["looks"]["fields"]}
    assert looks["signUp"]["type"] == {"kind": "OBJECT", "name": "signUp"}
    assert looks["signUp"]["args"] == [{"name": "id", "type": {"ofType": {"name": "uuid"}}}]
    assert {"name": "signUp", "type": {"kind": "OBJECT", "name": "signUp"}} in told["watches"]["fields"]
    assert told["outcome"] == {
        "description": 'fields of action: "signUp"',
        "fields": [
            {"name": "created_at", "type": {"kind": "NON_NULL", "name": None, "ofType": {"name": "timestamptz"}}},
            {"name": "errors", "type": {"kind": "SCALAR", "name": "json", "ofType": None}},
            {"name": "id", "type": {"kind": "NON_NULL", "name": None, "ofType": {"name": "uuid"}}},
            {"name": "output", "type": {"kind": "OBJECT", "name": "PersonId", "ofType": None}},
        ],
    }


async def test_what_cannot_be_kept_becomes_the_calls_error(engine, far):
    far.replies["/signUp"] = lambda _: (200, b'{"id": 1, "note": "\\u0000"}')

    found = await done(engine, await called(engine))

    assert found["output"] is None
    assert found["errors"]["code"] == "unexpected"


async def test_two_engines_ask_each_handler_once(far, action_database, shared):
    far.replies["/signUp"] = slow({"id": 1}, 0.05)
    async with running_engine(action_database, **shared) as first, running_engine(action_database, **shared) as second:
        await serve(first, SIGN_UP)
        await serve(second, SIGN_UP)
        ids = [await called(first if i % 2 else second) for i in range(30)]
        for call_id in ids:
            await done(first, call_id)

    assert len(far.asked) == 30


async def test_an_engine_that_ends_gives_back_what_it_began(far, action_database, shared):
    far.replies["/signUp"] = slow({"id": 1}, 30)
    idling = {**shared, "HASURA_GRAPHQL_ASYNC_ACTIONS_FETCH_INTERVAL": "0"}
    async with running_engine(action_database, **idling) as idle:
        await serve(idle, SIGN_UP)
        call_id = await called(idle)
        async with running_engine(action_database, **shared):
            await until(lambda: far.asked, within_s=10, what="the call of the handler")

        assert await status(shared, call_id) == "created"
        far.replies["/signUp"] = reply({"id": 1})
        async with running_engine(action_database, **shared):
            assert (await done(idle, call_id))["output"]["id"] == 1


async def test_a_call_whose_engine_was_killed_is_begun_again_by_the_next(far, action_database, shared):
    far.replies["/signUp"] = slow({"id": 1}, 30)
    async with running_engine(action_database, **shared) as killed:
        await serve(killed, SIGN_UP)
        call_id = await called(killed)
        await until(lambda: far.asked, within_s=10, what="the call of the handler")
        killed.process.send_signal(signal.SIGKILL)
        await killed.process.wait()
    assert await status(shared, call_id) == "processing"

    far.replies["/signUp"] = reply({"id": 2})
    async with running_engine(action_database, **shared) as following:
        found = await done(following, call_id)

    assert found["output"]["id"] == 2


async def test_the_call_of_a_living_engine_is_left_to_it(far, action_database, shared):
    answer = asyncio.Event()

    async def wait(_):
        await answer.wait()
        return 200, {"id": 1}

    far.replies["/signUp"] = far.replies["/second/signUp"] = wait
    far.replies["/probe"] = far.replies["/second/probe"] = reply({"id": 1})
    other = {**shared, "FAR_SIDE": f"{far.url}/second"}
    async with running_engine(action_database, **shared) as first:
        await serve(first, SIGN_UP, action("probe", kind="asynchronous"))
        call_id = await called(first)
        await until(lambda: far.asked, within_s=10, what="the call of the handler")
        async with running_engine(action_database, **other) as second:

            async def second_works():
                await second.ask("mutation { probe }")
                return far.at("/second/probe")

            # Whoever has claimed a call has looked for ownerless ones before.
            await until(second_works, within_s=20, what="a call carried out by the second engine")
            answer.set()
            await done(second, call_id)

    assert len(far.at("/signUp") + far.at("/second/signUp")) == 1


async def test_many_calls_run_at_the_same_time(engine, far):
    far.replies["/signUp"] = slow({"id": 1}, 1.0)
    started_s = asyncio.get_running_loop().time()

    ids = [await called(engine) for _ in range(20)]
    for call_id in ids:
        await done(engine, call_id)

    assert asyncio.get_running_loop().time() - started_s < 8


async def status(shared, call_id):
    connection = await asyncpg.connect(shared["HASURA_GRAPHQL_METADATA_DATABASE_URL"])
    try:
        return await connection.fetchval("SELECT status FROM hdb_catalog.hdb_action_log WHERE id = $1", UUID(call_id))
    finally:
        await connection.close()
