"""The engine as the stack starts it: it reads the product's database, and keeps its metadata where it may write."""

import os
import signal
from collections.abc import Sequence

import asyncpg
import httpx
import pytest_asyncio

from entrypoints.config import HASURA_METADATA_DATABASE
from entrypoints.stack import Stack
from entrypoints.stack.parts import Part, Plan, all_parts


def servers(plan: Plan) -> Sequence[Part]:
    return [part for part in all_parts(plan) if part.name in {"postgres", "migrate", "hasura"}]


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def stack():
    async with Stack.ephemeral(parts=servers) as running:
        yield running


async def exported(stack: Stack):
    async with httpx.AsyncClient(base_url=stack.addresses.hasura_url) as client:
        headers = {"X-Hasura-Admin-Secret": stack.credentials.admin_secret}
        body = {"type": "export_metadata", "version": 2, "args": {}}
        return (await client.post("/v1/metadata", json=body, headers=headers)).json()


async def test_metadata_is_consistent_and_kept_apart_from_the_product(stack: Stack):
    found = await exported(stack)

    async with httpx.AsyncClient(base_url=stack.addresses.hasura_url) as client:
        health = await client.get("/healthz?strict=true")
    product = await asyncpg.connect(stack.addresses.database_url)
    apart = await asyncpg.connect(stack.addresses.database_url.rsplit("/", 1)[0] + f"/{HASURA_METADATA_DATABASE}")
    assert (health.status_code, health.text) == (200, "OK")
    assert found["metadata"]["sources"][0]["tables"]
    assert await product.fetchval("SELECT to_regnamespace('hdb_catalog')") is None
    assert await apart.fetchval("SELECT resource_version FROM hdb_catalog.hdb_metadata") == found["resource_version"]
    await product.close()
    await apart.close()


async def test_another_start_with_the_same_folder_changes_nothing(stack: Stack):
    before = await exported(stack)

    os.kill(stack.pid_of("hasura"), signal.SIGKILL)
    await stack.wait_restarted("hasura")

    assert await exported(stack) == before
