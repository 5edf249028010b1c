"""What is granted to servers only, and mutations over websockets."""

from typing import Any

import pytest

from tests.integration.embedded.hasura.engine import ADMIN_SECRET
from tests.integration.embedded.hasura.subscriptions.sockets import LEGACY, TRANSPORT, opened

INSERT = 'mutation { insert_note(objects: {text: "a"}) { affected_rows } }'
SERVER = {"X-Hasura-Role": "server"}
BACKEND = {**SERVER, "X-Hasura-Use-Backend-Only-Permissions": "true"}


async def asked(engine: Any, headers: dict[str, str]) -> Any:
    sent = {"X-Hasura-Admin-Secret": ADMIN_SECRET, **headers}
    return (await engine.client.post("/v1/graphql", json={"query": INSERT}, headers=sent)).json()


async def test_a_backend_may_what_its_role_alone_may_not(engine, database):
    for _ in range(2):
        alone, backend = await asked(engine, SERVER), await asked(engine, BACKEND)
        assert alone["errors"][0]["message"] == "field 'insert_note' not found in type: 'mutation_root'"
        assert backend == {"data": {"insert_note": {"affected_rows": 1}}}

    assert await database.fetchval("SELECT count(*) FROM note") == 2


@pytest.mark.parametrize("protocol", [LEGACY, TRANSPORT])
async def test_mutations_go_over_websockets_too(engine, database, protocol):
    async with opened(engine, protocol, init=BACKEND) as socket:
        await socket.start("1", INSERT)
        assert await socket.data() == {"insert_note": {"affected_rows": 1}}
        assert (await socket.receive())["type"] == "complete"

    assert await database.fetchval("SELECT count(*) FROM note") == 1
