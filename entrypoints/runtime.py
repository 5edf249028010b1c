"""The execution runtime process: the only one with secrets, sandboxes, endpoints and the signing key."""

import asyncio
import logging
import os
import resource
from datetime import timedelta

from temporalio.worker import Worker

from contracts.queue import RUNTIME_QUEUE
from contracts.refusals import Refusal
from contracts.secret_refs import Backend
from entrypoints.config import Runtime as Config
from entrypoints.processes import run_until_stopped, say_ready
from entrypoints.temporal import temporal
from ledger import kept, secrets
from ledger.pool import Pool, connect, transaction
from runtime.failures import Failure
from runtime.git import Git
from runtime.git_process import Surroundings
from runtime.sandboxes import SandboxConfig, Sandboxes
from runtime.secrets import EnvironmentBackend, FileBackend, FileStore, Resolver, SealedStore, SecretValue
from runtime.signing import Signer
from workflows.activities.outside import OWN_LABEL, Drivers
from workflows.registry import runtime_activities

_CONNECTIONS_MAX = 6
_ACTIVITIES_MAX = 8

_log = logging.getLogger(__name__)

# RUN and VERIFY together take hours at the most, so a sandbox that is a day old belongs to nobody any more.
_LEFT_BEHIND_AFTER = timedelta(days=1)
_SWEEP_EVERY_S = 3_600
_ANNOUNCE_EVERY_S = 3_600


async def execute() -> None:
    """Work on queue `runtime` until cancelled."""
    config = Config.from_environment(os.environ)
    # A dump of this process's memory, or of a child's, would write secrets to the disk.
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    pool = await connect(config.database_url, size_max=_CONNECTIONS_MAX, application="fractalops-runtime")
    client = await temporal(config.temporal_address, config.temporal_namespace)
    mirrors = config.work_dir / "mirrors"
    await asyncio.to_thread(mirrors.mkdir, parents=True, exist_ok=True)
    sandboxes = SandboxConfig(api_url=config.daytona_api_url, api_key=SecretValue(config.daytona_api_key))
    async with Sandboxes(sandboxes) as driver:
        drivers = Drivers(
            pool=pool,
            resolver=resolver(config),
            sealing=sealing(config),
            git=Git(Surroundings(allow_local=config.allow_local_repositories)),
            sandboxes=driver,
            signer=await asyncio.to_thread(Signer.open, config.signing_key_file),
            mirrors=mirrors,
        )
        worker = Worker(
            client,
            task_queue=RUNTIME_QUEUE,
            activities=runtime_activities(drivers),
            max_concurrent_activities=_ACTIVITIES_MAX,
        )
        say_ready(RUNTIME_QUEUE)
        async with asyncio.TaskGroup() as group:
            group.create_task(sweep_forever(driver, pool))
            group.create_task(announce_forever(drivers.sealing, pool))
            group.create_task(worker.run())


async def sweep_forever(sandboxes: Sandboxes, pool: Pool) -> None:
    """Destroy, now and then, the sandboxes that a death of this process left behind or whose time is over."""
    while True:
        try:
            swept = await _sweep(sandboxes, pool)
        except (Failure, Refusal) as failure:
            _log.warning("Sandboxes that were left behind could not be swept: %s", failure.message)
        else:
            if swept:
                _log.info("Swept %d sandboxes that were left behind.", swept)
        await asyncio.sleep(_SWEEP_EVERY_S)


async def announce_forever(sealing: SealedStore, pool: Pool) -> None:
    """Say, at once and now and then, with which key values are to be sealed for this runtime."""
    while True:
        try:
            key = await asyncio.to_thread(sealing.newest)
            async with transaction(pool) as tx:
                await secrets.announce_sealing_key(tx, key.key_id, key.public_key)
        except (Failure, Refusal) as failure:
            _log.warning("The sealing key could not be announced: %s", failure.message)
        except OSError as error:
            _log.warning("No sealing key could be read or made, so values cannot be sent sealed: %s", error.strerror)
        else:
            _log.info("Values are sealed with key %s.", key.key_id)
        await asyncio.sleep(_ANNOUNCE_EVERY_S)


async def _sweep(sandboxes: Sandboxes, pool: Pool) -> int:
    async with transaction(pool) as tx:
        expired = await kept.forget_expired(tx)
        spared = await kept.names(tx)
    for name in expired:
        await sandboxes.destroy(name)
    return len(expired) + len(await sandboxes.sweep(OWN_LABEL, _LEFT_BEHIND_AFTER, spared))


def resolver(config: Config) -> Resolver:
    """The resolver over the backends of this stack."""
    return Resolver({Backend.ENV: EnvironmentBackend(os.environ), Backend.FILE: FileBackend(_store(config))})


def sealing(config: Config) -> SealedStore:
    """The encrypted files with the keys that open what is sent for them, beside the files' own key."""
    return SealedStore(_store(config), config.secrets_key_file.parent / "sealing")


def _store(config: Config) -> FileStore:
    return FileStore(config.secrets_dir, config.secrets_key_file)


if __name__ == "__main__":
    run_until_stopped(execute)
