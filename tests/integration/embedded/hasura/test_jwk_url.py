"""Keys that an issuer publishes: fetched at the start, fetched again in time, kept when it cannot be reached."""

import json
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any

import jwt
import pytest
import pytest_asyncio
from aiohttp import web
from cryptography.hazmat.primitives.asymmetric import rsa

from tests.integration.embedded.hasura.conftest import HERE
from tests.integration.embedded.hasura.engine import running_engine
from tests.support.waiting import until

CLAIMS = "https://hasura.io/jwt/claims"
GRANTED = {"x-hasura-allowed-roles": ["member"], "x-hasura-default-role": "member", "x-hasura-user-id": "ann"}


@dataclass
class Issuer:
    """An issuer that publishes its keys, if it is in the mood."""

    url: str = ""
    status: int = 200
    asked: int = 0
    keys: list[rsa.RSAPrivateKey] = field(default_factory=list[rsa.RSAPrivateKey])

    def new_key(self) -> rsa.RSAPrivateKey:
        self.keys = [rsa.generate_private_key(public_exponent=65537, key_size=2048)]
        return self.keys[0]

    async def answer(self, request: web.Request) -> web.Response:
        del request
        self.asked += 1
        published = [json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(key.public_key())) for key in self.keys]
        headers = {"Cache-Control": "max-age=1"}
        return web.json_response({"keys": published}, status=self.status, headers=headers)


@pytest_asyncio.fixture(loop_scope="session")
async def issuer() -> AsyncIterator[Issuer]:
    made = Issuer()
    app = web.Application()
    app.router.add_get("/keys", made.answer)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    made.url = f"http://127.0.0.1:{runner.addresses[0][1]}/keys"
    try:
        yield made
    finally:
        await runner.cleanup()


def guarded(database: str, handler_url: str, secret: dict[str, Any]) -> Any:
    return running_engine(
        database,
        HASURA_GRAPHQL_METADATA_DIR=str(HERE / "metadata"),
        HASURA_GRAPHQL_JWT_SECRET=json.dumps(secret),
        HANDLER_URL=handler_url,
        ACTION_SECRET="between-us",
    )


async def ask(engine: Any, key: rsa.RSAPrivateKey) -> dict[str, Any]:
    token = jwt.encode({CLAIMS: GRANTED}, key, algorithm="RS256")
    headers = {"Authorization": f"Bearer {token}"}
    return (await engine.client.post("/v1/graphql", json={"query": "{ jobs { id } }"}, headers=headers)).json()


@pytest.mark.timeout(60)
async def test_published_keys_are_fetched_and_fetched_again(hasura_database, session_handler, issuer):
    first = issuer.new_key()
    async with guarded(hasura_database, session_handler.url, {"jwk_url": issuer.url}) as engine:
        assert "data" in await ask(engine, first)

        second = issuer.new_key()

        async def renewed() -> bool:
            return "data" in await ask(engine, second)

        await until(renewed, within_s=10)
        assert (await ask(engine, first))["errors"][0]["extensions"]["code"] == "invalid-jwt"


@pytest.mark.timeout(60)
async def test_an_issuer_that_fails_changes_nothing(hasura_database, session_handler, issuer):
    key = issuer.new_key()
    async with guarded(hasura_database, session_handler.url, {"jwk_url": issuer.url}) as engine:
        issuer.status = 500
        asked = issuer.asked

        async def asked_again() -> bool:
            return issuer.asked > asked + 1

        await until(asked_again, within_s=10)

        assert "data" in await ask(engine, key)


@pytest.mark.timeout(60)
async def test_an_issuer_that_cannot_be_reached_at_the_start_is_tried_again(hasura_database, session_handler, issuer):
    key = issuer.new_key()
    issuer.status = 503
    async with guarded(hasura_database, session_handler.url, {"jwk_url": issuer.url}) as engine:
        refused = await ask(engine, key)
        issuer.status = 200

        async def known() -> bool:
            return "data" in await ask(engine, key)

        await until(known, within_s=10)

    assert refused["errors"][0]["message"] == "Could not verify JWT: JWSError JWSInvalidSignature"
