"""An engine that is asked anything at all; what it writes to standard error is kept, for there must be nothing."""

import signal
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import asyncpg
import httpx
import pytest
import pytest_asyncio
from graphql import GraphQLSchema, build_client_schema, get_introspection_query

from embedded.postgres.server import PostgresServer
from tests.integration.embedded.hasura.engine import ADMIN_SECRET, environment_of
from tests.integration.embedded.hasura.functions.library import METADATA
from tests.support.postgres import scratch_database

HERE = Path(__file__).parent
SCHEMA = HERE.parent / "functions" / "schema.sql"
TIMEOUT_MS = 5_000
STARTED_WITHIN_S = 30


@dataclass
class Target:
    """The engine under attack."""

    url: str
    log: Path
    client: httpx.Client

    def headers(self, role: str | None = None) -> dict[str, str]:
        sent = {"X-Hasura-Admin-Secret": ADMIN_SECRET}
        return (
            sent
            if role is None
            else sent | {"X-Hasura-Role": role, "X-Hasura-User-Id": "ann", "X-Hasura-Genre": "novel"}
        )

    def post(self, body: Any, role: str | None = None, path: str = "/v1/graphql") -> httpx.Response:
        return self.client.post(path, json=body, headers=self.headers(role))

    def schema(self, role: str | None) -> GraphQLSchema:
        answer = self.post({"query": get_introspection_query()}, role).json()
        return build_client_schema(answer["data"])

    @cached_property
    def admin_schema(self) -> GraphQLSchema:
        return self.schema(None)

    def is_unharmed(self) -> None:
        """The engine still answers, and no traceback stands in its log."""
        assert self.post({"query": "{ __typename }"}).json() == {"data": {"__typename": "query_root"}}
        written = self.log.read_text()
        assert "Traceback" not in written, written[-4000:]


@pytest_asyncio.fixture(scope="session")
async def target(postgres: PostgresServer, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Target]:
    database_url = await scratch_database(postgres, "hasura_fuzz")
    connection = await asyncpg.connect(database_url)
    await connection.execute(SCHEMA.read_text() + (HERE / "types.sql").read_text())
    await connection.close()
    log = tmp_path_factory.mktemp("fuzz") / "log"
    with log.open("wb") as sink:
        process = subprocess.Popen(
            [sys.executable, "-m", "embedded.hasura"],
            env=environment_of(
                database_url,
                HASURA_GRAPHQL_DEV_MODE="true",
                HASURA_GRAPHQL_LIMIT_TIMEOUT_MS=str(TIMEOUT_MS),
                HASURA_GRAPHQL_LIVE_QUERIES_MULTIPLEXED_REFETCH_INTERVAL="100",
            ),
            stdout=subprocess.PIPE,
            stderr=sink,
            text=True,
        )
    try:
        assert process.stdout is not None
        line = process.stdout.readline()
        assert line.startswith("ready http://"), log.read_text()
        with httpx.Client(base_url=line.split()[1], timeout=TIMEOUT_MS * 3 / 1000) as client:
            made = Target(line.split()[1], log, client)
            replaced = made.post({"type": "replace_metadata", "args": WITH_TYPES}, path="/v1/metadata")
            assert replaced.status_code == 200, replaced.text
            yield made
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(STARTED_WITHIN_S)


@pytest.fixture(autouse=True)
def unharmed(target: Target) -> Iterator[None]:
    """Whatever a test sends, the engine answers afterwards and its log holds no traceback."""
    yield
    target.is_unharmed()


_EVERYTHING = {
    "table": "everything",
    "select_permissions": [
        {"role": "reader", "permission": {"columns": "*", "filter": {}, "allow_aggregations": True}}
    ],
}
WITH_TYPES = {
    **METADATA,
    "sources": [{**METADATA["sources"][0], "tables": [*METADATA["sources"][0]["tables"], _EVERYTHING]}],
}
