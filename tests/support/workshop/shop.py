"""The workshop itself: an API that records, a dispatcher that starts, workers that carry out."""

import asyncio
import shutil
import tempfile
from collections.abc import AsyncGenerator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import asyncpg
from temporalio.client import Client
from temporalio.contrib.pydantic import pydantic_data_converter
from temporalio.worker import Worker

from contracts.queue import CONTROL_QUEUE, RUNTIME_QUEUE
from contracts.secret_refs import Backend
from embedded.postgres.server import PostgresServer
from ledger import pool as pools
from ledger.pool import Pool, connect
from runtime.git import Git
from runtime.git_process import Surroundings
from runtime.sandboxes import SandboxConfig, Sandboxes
from runtime.secrets import FileBackend, FileStore, Resolver, SealedStore, SecretValue
from runtime.signing import Signer
from tests.support.endpoint import Endpoint, serving_endpoint
from tests.support.ledger import Api, Ledger, migrated_database, running_api
from tests.support.workshop.breaking import BreakableConnection, breakable_calls
from tests.support.workshop.meddling import Meddling
from tests.support.workshop.servers import API_KEY, sandbox_service, temporal_server
from workflows.activities.outside import Drivers
from workflows.dispatcher import Dispatcher
from workflows.registry import WORKFLOWS, control_activities, runtime_activities, workflow_runner

DISPATCHER = "dispatcher"
_CONNECTIONS_MAX = 8


@dataclass
class Workshop:
    """Everything that a command needs to be carried out, within a test's reach."""

    api: Api
    client: Client
    worker: Pool
    drivers: Drivers
    dispatcher: Dispatcher
    meddling: Meddling
    secrets: FileStore
    folder: Path
    endpoint: Endpoint
    dispatching: asyncio.Lock = field(default_factory=asyncio.Lock)

    @property
    def superuser(self) -> Pool:
        """Connections to look with."""
        return self.api.superuser

    async def dispatch(self) -> None:
        """Every command that was queued before has its workflow afterwards."""
        async with self.dispatching:
            await self.dispatcher.dispatch()


@asynccontextmanager
async def open_workshop(postgres: PostgresServer) -> AsyncGenerator[Workshop]:
    """A workshop on a database of its own."""
    folder = Path(tempfile.mkdtemp(prefix="fo-workshop-"))
    async with AsyncExitStack() as opened:
        opened.callback(shutil.rmtree, folder, ignore_errors=True)
        ledger = await migrated_database(postgres)
        api = await opened.enter_async_context(running_api(ledger))
        address = await opened.enter_async_context(temporal_server())
        sandboxes_url = opened.enter_context(sandbox_service())
        opened.enter_context(breakable_calls())
        endpoint = opened.enter_context(serving_endpoint())
        store = FileStore(folder / "secrets", folder / "secrets.key")
        drivers = Drivers(
            pool=await _pool(opened, ledger, "fo_runtime"),
            resolver=Resolver({Backend.FILE: FileBackend(store)}),
            git=Git(Surroundings(allow_local=True)),
            sandboxes=await opened.enter_async_context(
                Sandboxes(SandboxConfig(api_url=sandboxes_url, api_key=SecretValue(API_KEY)))
            ),
            sealing=SealedStore(store, folder / "sealing"),
            signer=Signer.open(folder / "signing.pem"),
            mirrors=folder / "mirrors",
        )
        drivers.mirrors.mkdir()
        dispatching = await connect(ledger.url_of("fo_dispatcher"), size_max=2, application="test-dispatcher")
        opened.push_async_callback(dispatching.close)
        meddling = Meddling(api.superuser)
        client = await _client(address, DISPATCHER)
        worker = await _pool(opened, ledger, "fo_worker")
        await _work(opened, await _client(address, "worker"), worker, meddling)
        await _execute(opened, await _client(address, "runtime"), drivers, meddling)
        dispatcher = Dispatcher(dispatching, client, DISPATCHER)
        yield Workshop(api, client, worker, drivers, dispatcher, meddling, store, folder, endpoint)


async def _client(address: str, identity: str) -> Client:
    return await Client.connect(address, data_converter=pydantic_data_converter, identity=identity)


async def _pool(opened: AsyncExitStack, ledger: Ledger, role: str) -> Pool:
    pool = await asyncpg.create_pool(
        ledger.url_of(role),
        min_size=1,
        max_size=_CONNECTIONS_MAX,
        init=pools._prepare,
        reset=pools._keep,
        connection_class=BreakableConnection,
        server_settings={"application_name": f"test-{role}", "timezone": "UTC"},
    )
    opened.push_async_callback(pool.close)
    return pool


async def _work(opened: AsyncExitStack, client: Client, pool: Pool, meddling: Meddling) -> None:
    worker = Worker(
        client,
        task_queue=CONTROL_QUEUE,
        workflows=WORKFLOWS,
        activities=control_activities(pool),
        workflow_runner=workflow_runner(),
        interceptors=[meddling],
    )
    await opened.enter_async_context(worker)


async def _execute(opened: AsyncExitStack, client: Client, drivers: Drivers, meddling: Meddling) -> None:
    worker = Worker(client, task_queue=RUNTIME_QUEUE, activities=runtime_activities(drivers), interceptors=[meddling])
    await opened.enter_async_context(worker)
