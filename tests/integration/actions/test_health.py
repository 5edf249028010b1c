"""The API's health, as whoever watches over it asks for it."""

import asyncpg

from tests.support.ledger import Api


async def test_the_api_is_healthy_while_postgres_answers(api: Api):
    answer = await api.http.get("/healthz")

    assert (answer.status_code, answer.text) == (200, "OK")


async def test_the_api_is_not_healthy_while_postgres_does_not_answer(api: Api):
    class Away:
        def acquire(self):
            raise asyncpg.InterfaceError("the database is away")

    app = api.http._transport.app  # type: ignore[attr-defined]  - the ASGI application that the fixture built
    app.state.pool = Away()
    try:
        answer = await api.http.get("/healthz")
    finally:
        app.state.pool = api.pool

    assert (answer.status_code, answer.text) == (503, "The database did not answer in time; send the request again.")
