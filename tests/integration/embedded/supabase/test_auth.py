"""Signing in, staying signed in, and what the service role does with accounts."""

import asyncio
import json
import time
import uuid
from typing import Any

import asyncpg
import httpx
import jwt
import pytest
from supabase import AuthApiError, AuthWeakPasswordError

from embedded.postgres.server import PostgresServer
from embedded.supabase.auth.errors import AuthRefusal
from embedded.supabase.auth.limits import TokenLimit
from tests.integration.embedded.supabase.gateway import ANON_KEY, SECRET, SERVICE_KEY, Gateway, running_gateway
from tests.support.postgres import scratch_database
from tests.support.waiting import until

PASSWORD = "correct horse battery staple"


async def new_user(gateway: Gateway, **attributes: Any) -> Any:
    admin = await gateway.client(SERVICE_KEY)
    email = f"{uuid.uuid4().hex[:10]}@example.test"
    wanted: Any = {"email": email, "password": PASSWORD, "email_confirm": True, **attributes}
    return (await admin.auth.admin.create_user(wanted)).user


async def signed_in(gateway: Gateway, email: str, password: str = PASSWORD) -> Any:
    client = await gateway.client()
    await client.auth.sign_in_with_password({"email": email, "password": password})
    return client


async def post(gateway: Gateway, path: str, body: dict[str, Any], **headers: str) -> httpx.Response:
    async with httpx.AsyncClient(base_url=f"{gateway.url}/auth/v1") as client:
        return await client.post(path, json=body, headers={"apikey": ANON_KEY, **headers})


async def test_a_password_opens_a_session_whose_token_says_who_it_is(gateway):
    user = await new_user(gateway, user_metadata={"name": "Ada"}, app_metadata={"org_id": "a"})

    client = await signed_in(gateway, user.email.upper())

    session = await client.auth.get_session()
    claims = jwt.decode(session.access_token, SECRET, ["HS256"], audience="authenticated")
    assert (claims["sub"], claims["role"], claims["email"]) == (user.id, "authenticated", user.email)
    assert claims["app_metadata"] == {"provider": "email", "providers": ["email"], "org_id": "a"}
    assert claims["user_metadata"] == {"name": "Ada"}
    assert (claims["iss"], claims["exp"] - claims["iat"]) == (f"{gateway.url}/auth/v1", 3600)
    assert uuid.UUID(claims["session_id"])
    assert (await client.auth.get_user()).user.id == user.id


async def test_a_wrong_password_and_an_unknown_address_are_refused_alike(gateway):
    user = await new_user(gateway)
    refusal = {"code": 400, "error_code": "invalid_credentials", "msg": "Invalid login credentials"}

    for email in (user.email, "nobody@example.test"):
        answer = await post(gateway, "/token?grant_type=password", {"email": email, "password": "wrong"})
        assert (answer.status_code, answer.json()) == (400, refusal)
        with pytest.raises(AuthApiError) as refused:
            await signed_in(gateway, email, "wrong")
        assert (refused.value.status, refused.value.code) == (400, "invalid_credentials")


async def test_an_unknown_address_takes_as_long_to_refuse_as_a_wrong_password(gateway):
    users = [await new_user(gateway) for _ in range(3)]
    took: dict[bool, list[float]] = {True: [], False: []}

    for turn in range(24):
        known = turn % 2 == 0
        email = users[turn % 3].email if known else f"nobody{turn}@example.test"
        began = time.perf_counter()
        await post(gateway, "/token?grant_type=password", {"email": email, "password": "wrong"})
        took[known].append(time.perf_counter() - began)

    known_s, unknown_s = (sorted(values)[3] for values in took.values())
    assert unknown_s > known_s * 0.6


async def refreshed(gateway, refresh_token: str) -> httpx.Response:
    return await post(gateway, "/token?grant_type=refresh_token", {"refresh_token": refresh_token})


async def used_long_ago(sql) -> None:
    await sql.execute(
        "UPDATE auth.refresh_tokens SET used_at = used_at - interval '11 seconds' WHERE used_at IS NOT NULL"
    )


async def test_a_refresh_token_is_good_for_one_exchange_and_a_reuse_ends_the_session(gateway):
    user = await new_user(gateway)
    client = await signed_in(gateway, user.email)
    first = (await client.auth.get_session()).refresh_token

    second = (await client.auth.refresh_session(first)).session
    third = (await client.auth.refresh_session(second.refresh_token)).session
    stolen = await refreshed(gateway, first)
    rightful = await refreshed(gateway, third.refresh_token)

    assert len({first, second.refresh_token, third.refresh_token}) == 3
    assert stolen.status_code == rightful.status_code == 400
    assert stolen.json()["error_code"] == rightful.json()["error_code"] == "refresh_token_already_used"
    with pytest.raises(AuthApiError) as over:
        await client.auth.get_user(third.access_token)
    assert over.value.code == "session_not_found"


async def test_a_client_that_lost_the_answer_gets_the_same_refresh_token_again(gateway, sql):
    user = await new_user(gateway)
    first = (await (await signed_in(gateway, user.email)).auth.get_session()).refresh_token

    lost = (await refreshed(gateway, first)).json()["refresh_token"]
    await used_long_ago(sql)
    again = await refreshed(gateway, first)
    following = await refreshed(gateway, lost)

    assert again.json()["refresh_token"] == lost, "the last one before the present token is good at any time"
    assert following.status_code == 200


async def test_two_tabs_that_refresh_at_once_both_go_on(gateway):
    user = await new_user(gateway)
    first = (await (await signed_in(gateway, user.email)).auth.get_session()).refresh_token

    answers = await asyncio.gather(*(refreshed(gateway, first) for _ in range(6)))
    following = await refreshed(gateway, answers[3].json()["refresh_token"])
    late = await refreshed(gateway, first)

    assert {answer.status_code for answer in answers} == {200}
    assert len({answer.json()["refresh_token"] for answer in answers}) == 1
    assert following.status_code == 200
    assert late.status_code == 400, "the one before the present token is answered, no older one"


async def test_a_reader_of_the_database_cannot_refresh(gateway, sql):
    user = await new_user(gateway)
    token = (await (await signed_in(gateway, user.email)).auth.get_session()).refresh_token

    row = await sql.fetchrow(
        "SELECT t.* FROM auth.refresh_tokens t JOIN auth.sessions s ON s.id = t.session_id WHERE s.user_id = $1",
        uuid.UUID(user.id),
    )
    tried = [await refreshed(gateway, str(row["seed"])), await refreshed(gateway, row["token_digest"].hex())]

    assert token not in str(dict(row))
    assert [answer.json()["error_code"] for answer in tried] == ["refresh_token_not_found"] * 2


async def test_logging_out_ends_the_sessions_in_scope(gateway):
    user = await new_user(gateway)
    here, there, elsewhere = [await signed_in(gateway, user.email) for _ in range(3)]

    await here.auth.sign_out({"scope": "others"})
    assert (await here.auth.get_user()).user.id == user.id
    for client in (there, elsewhere):
        with pytest.raises(AuthApiError):
            await client.auth.refresh_session()

    token = (await here.auth.get_session()).access_token
    await here.auth.sign_out({"scope": "local"})
    answer = await post(gateway, "/logout?scope=global", {}, authorization=f"Bearer {token}")
    assert answer.json()["error_code"] == "session_not_found"


async def test_users_change_their_own_data_and_password(gateway):
    user = await new_user(gateway, user_metadata={"name": "Ada", "old": 1})
    client, other = await signed_in(gateway, user.email), await signed_in(gateway, user.email)

    changed = (
        await client.auth.update_user({"data": {"name": "Grace", "old": None}, "password": "a new password"})
    ).user

    assert changed.user_metadata == {"name": "Grace"}
    assert await signed_in(gateway, user.email, "a new password")
    with pytest.raises(AuthApiError):
        await other.auth.refresh_session()
    with pytest.raises(AuthApiError) as same:
        await client.auth.update_user({"password": "a new password"})
    assert same.value.code == "same_password"
    with pytest.raises(AuthWeakPasswordError):
        await client.auth.update_user({"password": "short"})


async def test_the_service_role_creates_lists_changes_bans_and_deletes_users(gateway):
    admin = (await gateway.client(SERVICE_KEY)).auth.admin
    user = await new_user(gateway)

    assert user.id in {found.id for found in await admin.list_users(per_page=1000)}
    assert (await admin.get_user_by_id(user.id)).user.email == user.email
    changed = await admin.update_user_by_id(user.id, {"app_metadata": {"org_id": "b"}, "ban_duration": "1h30m"})
    assert changed.user.app_metadata["org_id"] == "b"
    assert changed.user.banned_until is not None
    with pytest.raises(AuthApiError) as banned:
        await signed_in(gateway, user.email)
    assert banned.value.code == "user_banned"
    await admin.update_user_by_id(user.id, {"ban_duration": "none"})
    assert await signed_in(gateway, user.email)
    with pytest.raises(AuthApiError) as taken:
        await admin.create_user({"email": user.email, "password": PASSWORD})
    assert (taken.value.status, taken.value.code) == (422, "email_exists")
    await admin.delete_user(user.id)
    with pytest.raises(AuthApiError) as gone:
        await admin.get_user_by_id(user.id)
    assert gone.value.code == "user_not_found"


async def test_a_softly_deleted_user_cannot_come_back_but_the_address_can(gateway):
    admin = (await gateway.client(SERVICE_KEY)).auth.admin
    user = await new_user(gateway)

    await admin.delete_user(user.id, should_soft_delete=True)

    with pytest.raises(AuthApiError):
        await signed_in(gateway, user.email)
    assert (await admin.create_user({"email": user.email, "password": PASSWORD})).user.id != user.id


async def test_only_the_service_role_may_administer(gateway):
    user = await new_user(gateway)
    client = await signed_in(gateway, user.email)
    token = (await client.auth.get_session()).access_token

    for bearer, status, code in ((token, 403, "not_admin"), (ANON_KEY, 403, "not_admin"), ("nonsense", 403, "bad_jwt")):
        answer = await post(gateway, "/admin/users", {"email": "x@y.z"}, authorization=f"Bearer {bearer}")
        assert (answer.status_code, answer.json()["error_code"]) == (status, code)
    answer = await post(gateway, "/admin/users", {"email": "x@y.z"})
    assert (answer.status_code, answer.json()["error_code"]) == (401, "no_authorization")


async def test_an_account_that_is_not_confirmed_cannot_sign_in(gateway):
    user = await new_user(gateway, email_confirm=False)

    with pytest.raises(AuthApiError) as refused:
        await signed_in(gateway, user.email)

    assert refused.value.code == "email_not_confirmed"


async def test_nobody_signs_up(gateway):
    client = await gateway.client()

    with pytest.raises(AuthApiError) as refused:
        await client.auth.sign_up({"email": "new@example.test", "password": PASSWORD})

    assert (refused.value.status, refused.value.code) == (422, "signup_disabled")


async def test_guessing_passwords_is_slowed_down_per_account(gateway):
    guessed, other = await new_user(gateway), await new_user(gateway)

    wrong = {"email": guessed.email, "password": "wrong"}
    guesses = await asyncio.gather(*(post(gateway, "/token?grant_type=password", wrong) for _ in range(14)))

    statuses = sorted(answer.status_code for answer in guesses)
    assert statuses == [400] * 10 + [429] * 4
    assert {answer.json()["error_code"] for answer in guesses if answer.status_code == 429} == {
        "over_request_rate_limit"
    }
    assert await signed_in(gateway, other.email)


async def test_the_project_key_is_asked_for_at_the_door(gateway):
    async with httpx.AsyncClient(base_url=f"{gateway.url}/auth/v1") as client:
        missing = await client.get("/settings")
        wrong = await client.get("/settings", headers={"apikey": "wrong"})
        right = await client.get("/settings", headers={"apikey": ANON_KEY})
        keys = await client.get("/.well-known/jwks.json")

    assert (missing.status_code, missing.json()["message"]) == (401, "No API key found in request")
    assert (wrong.status_code, wrong.json()["message"]) == (401, "Invalid API key")
    assert right.json()["disable_signup"] is True
    assert keys.json() == {"keys": []}


async def test_browsers_of_any_origin_may_ask(gateway):
    headers = {
        "origin": "http://portal.test",
        "access-control-request-method": "POST",
        "access-control-request-headers": "apikey,authorization,content-type,x-client-info,x-supabase-api-version",
    }
    async with httpx.AsyncClient(base_url=gateway.url) as client:
        preflight = await client.options("/auth/v1/token?grant_type=password", headers=headers)
        refused = await client.post("/auth/v1/token", json={}, headers={"origin": "http://portal.test"})

    assert preflight.status_code == 200
    assert preflight.headers["access-control-allow-origin"] == "*"
    assert "x-supabase-api-version" in preflight.headers["access-control-allow-headers"]
    assert refused.headers["access-control-allow-origin"] == "*"


async def test_what_is_not_served_says_so(gateway):
    client = await gateway.client()

    async with httpx.AsyncClient(base_url=gateway.url) as plain:
        answer = await plain.get("/rest/v1/note?select=*", headers={"apikey": ANON_KEY})
    with pytest.raises(AuthApiError) as refused:
        await client.auth.reset_password_for_email("a@example.test")

    assert answer.status_code == 501
    assert answer.json()["message"] == "/rest/v1/note is not supported by the embedded gateway"
    assert "not supported by the embedded gateway" in refused.value.message


async def test_malformed_bodies_are_refused_not_crashed_on(gateway):
    odd = [{}, {"email": 5, "password": {}}, {"email": "a\0b", "password": "x"}, {"email": "\ud800", "password": "x"}]
    async with httpx.AsyncClient(base_url=f"{gateway.url}/auth/v1", headers={"apikey": ANON_KEY}) as client:
        for body in (b"{", b"[]", b'"x"', b"[" * 100_000):
            answer = await client.post("/token?grant_type=password", content=body)
            assert (answer.status_code, answer.json()["error_code"]) == (400, "bad_json")
        for body in odd:
            # Not `json=`: the client would refuse half a surrogate pair by itself.
            answer = await client.post("/token?grant_type=password", content=json.dumps(body).encode())
            assert answer.status_code == 400


HOOK = """
CREATE SCHEMA ledger;
CREATE FUNCTION ledger.access_token_hook(event jsonb) RETURNS jsonb LANGUAGE plpgsql AS $$
BEGIN
    IF event #>> '{claims,email}' LIKE 'refused%' THEN
        RETURN '{"error": {"http_code": 403, "message": "No membership."}}';
    END IF;
    RETURN jsonb_build_object('claims', event -> 'claims' || jsonb_build_object(
        'org_id', 'a', 'method', event -> 'authentication_method', 'for', event -> 'user_id'));
END
$$;
"""


async def test_the_hook_decides_what_every_token_says(postgres: PostgresServer):
    database_url = await scratch_database(postgres, f"hook_{uuid.uuid4().hex[:8]}")
    connection = await asyncpg.connect(database_url)
    await connection.execute(HOOK)
    await connection.close()

    hook = "pg-functions://postgres/ledger/access_token_hook"
    async with running_gateway(database_url, ACCESS_TOKEN_HOOK=hook, TOKEN_TTL_S="60") as gateway:
        user = await new_user(gateway)
        client = await signed_in(gateway, user.email)
        first = (await client.auth.get_session()).access_token
        second = (await client.auth.refresh_session()).session.access_token
        refused = await new_user(gateway, email="refused@example.test")
        answer = await post(gateway, "/token?grant_type=password", {"email": refused.email, "password": PASSWORD})

    claims = [jwt.decode(token, SECRET, ["HS256"], audience="authenticated") for token in (first, second)]
    assert [(c["org_id"], c["method"], c["for"]) for c in claims] == [
        ("a", "password", user.id),
        ("a", "token_refresh", user.id),
    ]
    assert claims[0]["exp"] - claims[0]["iat"] == 60
    assert (answer.status_code, answer.json()["msg"]) == (403, "No membership.")


async def test_four_variables_start_it_and_any_signed_service_token_administers(postgres: PostgresServer):
    database_url = await scratch_database(postgres, f"alone_{uuid.uuid4().hex[:8]}")
    async with running_gateway(database_url, SERVICE_ROLE_KEY="") as gateway:
        user = await new_user(gateway)
        client = await signed_in(gateway, user.email)
        own = (await client.auth.get_session()).access_token
        async with httpx.AsyncClient(base_url=f"{gateway.url}/auth/v1") as http:
            as_key = await http.get("/settings", headers={"apikey": own})
            told = {
                path: await http.get(path, headers={"apikey": ANON_KEY})
                for path in ("/health", "/settings", "/.well-known/jwks.json")
            }

    assert as_key.status_code == 401, "a person's token is no key of the project"
    assert told["/health"].json()["name"] == "GoTrue"
    assert told["/settings"].json()["external"]["email"] is True
    assert told["/settings"].json()["disable_signup"] is True
    assert told["/.well-known/jwks.json"].json() == {"keys": []}


async def test_calls_of_one_address_run_dry_and_come_back_drop_by_drop():
    limit = TokenLimit(calls_per_s=1000.0, calls_max=3)

    passed = [_passes(limit) for _ in range(50)]

    assert passed[:3] == [True] * 3
    assert not all(passed)
    assert _passes(limit, "10.0.0.2"), "another address has its own bucket"
    await until(lambda: _passes(limit), within_s=1)


def _passes(limit: TokenLimit, address: str = "10.0.0.1") -> bool:
    try:
        limit.called(address)
    except AuthRefusal as error:
        return error.status != 429
    return True
