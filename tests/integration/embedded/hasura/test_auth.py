"""Secrets and tokens."""

import time

import jwt
import pytest
import pytest_asyncio

from tests.integration.embedded.hasura.conftest import HERE
from tests.integration.embedded.hasura.engine import running_engine

KEY = "a-key-of-at-least-thirty-two-bytes!"
CLAIMS = "https://hasura.io/jwt/claims"
GRANTED = {
    "x-hasura-allowed-roles": ["member", "auditor"],
    "x-hasura-default-role": "member",
    "X-Hasura-User-Id": "ann",
}


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def guarded(hasura_database, session_handler):
    async with running_engine(
        hasura_database,
        HASURA_GRAPHQL_METADATA_DIR=str(HERE / "metadata"),
        HASURA_GRAPHQL_JWT_SECRET='{"type":"HS256","key":"' + KEY + '","audience":"authenticated"}',
        HANDLER_URL=session_handler.url,
        ACTION_SECRET="between-us",
    ) as running:
        yield running


def token(claims=GRANTED, **more):
    payload = {CLAIMS: claims, "aud": "authenticated", "exp": time.time() + 86_400, **more}
    return jwt.encode({k: v for k, v in payload.items() if v is not None}, more.pop("key", KEY), algorithm="HS256")


async def send(engine, query="{ jobs { id } }", **headers):
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    answer = await engine.client.post("/v1/graphql", json={"query": query}, headers=named)
    assert answer.status_code == 200
    return answer.json()


async def test_a_token_gives_its_default_role_and_session_variables(guarded):
    answer = await send(guarded, Authorization=f"Bearer {token()}", X_Hasura_User_Id="bob")

    assert answer["data"]["jobs"] == [{"id": 1}, {"id": 2}]


async def test_a_token_may_choose_among_its_roles_only(guarded):
    allowed = await send(guarded, "{ organization { id } }", Authorization=f"Bearer {token()}", X_Hasura_Role="auditor")
    refused = await send(guarded, Authorization=f"Bearer {token()}", X_Hasura_Role="admin")

    assert len(allowed["data"]["organization"]) == 1
    assert refused["errors"][0] == {
        "message": "Your requested role is not in allowed roles",
        "extensions": {"path": "$", "code": "access-denied"},
    }


@pytest.mark.parametrize(
    ("authorization", "message", "code"),
    [
        (None, "Missing 'Authorization' or 'Cookie' header in JWT authentication mode", "invalid-headers"),
        ("Basic abc", "Malformed Authorization header", "invalid-headers"),
        (f"Bearer {token(exp=1)}", "Could not verify JWT: JWTExpired", "invalid-jwt"),
        (f"Bearer {token(aud='other')}", "Could not verify JWT: JWTNotInAudience", "invalid-jwt"),
        (f"Bearer {token(claims=None)}", f"claims key: '{CLAIMS}' not found", "jwt-invalid-claims"),
        (
            f"Bearer {token(claims={'x-hasura-allowed-roles': ['a']})}",
            "JWT claim does not contain x-hasura-default-role",
            "jwt-missing-role-claims",
        ),
        (
            "Bearer " + jwt.encode({CLAIMS: GRANTED}, "another-key-of-thirty-two-bytes-or-so", algorithm="HS256"),
            "Could not verify JWT: JWSError JWSInvalidSignature",
            "invalid-jwt",
        ),
        (
            "Bearer " + jwt.encode({CLAIMS: GRANTED}, None, algorithm="none"),
            "Could not verify JWT: JWSError",
            "invalid-jwt",
        ),
    ],
)
async def test_a_request_without_a_good_token_is_refused_in_hasuras_words(guarded, authorization, message, code):
    headers = {} if authorization is None else {"Authorization": authorization}

    answer = await send(guarded, **headers)

    assert answer["errors"][0]["message"].startswith(message)
    assert answer["errors"][0]["extensions"] == {"path": "$", "code": code}


async def test_the_admin_secret_wins_over_a_token_and_a_wrong_one_never_falls_through(guarded):
    right = await send(guarded, X_Hasura_Admin_Secret="let-me-in", Authorization="Bearer nonsense")
    wrong = await send(guarded, X_Hasura_Admin_Secret="guess", Authorization=f"Bearer {token()}")

    assert len(right["data"]["jobs"]) == 4
    assert wrong["errors"][0]["message"] == "invalid x-hasura-admin-secret/x-hasura-access-key"


async def test_outside_graphql_a_refusal_has_its_real_status(engine):
    answer = await engine.client.post("/v1/metadata", json={"type": "export_metadata", "args": {}})

    assert answer.status_code == 401
    assert answer.json() == {
        "path": "$",
        "error": "x-hasura-admin-secret/x-hasura-access-key required, but not found",
        "code": "access-denied",
    }


async def test_the_unauthorized_role_ignores_a_role_header(hasura_database, session_handler):
    async with running_engine(
        hasura_database,
        HASURA_GRAPHQL_METADATA_DIR=str(HERE / "metadata"),
        HASURA_GRAPHQL_UNAUTHORIZED_ROLE="auditor",
        HANDLER_URL=session_handler.url,
        ACTION_SECRET="between-us",
    ) as running:
        answer = await send(running, "{ organization { id } __typename }", X_Hasura_Role="admin")
        refused = await send(running, "{ jobs { id } }", X_Hasura_Role="admin")

    assert len(answer["data"]["organization"]) == 1
    assert "errors" in refused
