"""A proposal under review in a migrated database, brought there by the activities that do it in the product."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from contracts.artifacts import Artifact
from contracts.canonical import digest_of_bytes
from contracts.proposals import ChangedFile
from contracts.queue import Queued
from contracts.states import Phase
from ledger import harness, queue
from ledger.pool import Pool, connect, transaction
from tests.support.ledger import Api, Ledger, Onboarded, work_on
from workflows.activities.proposals import Proposals, Taken
from workflows.activities.work import Base, Change

BASE_COMMIT = "1" * 40
PATCH = b"diff --git a/a.txt b/a.txt\n"
RUN_ID = "run-of-the-test"


@dataclass(frozen=True)
class Workers:
    """Connections as the worker and as the execution runtime."""

    worker: Pool
    runtime: Pool


@asynccontextmanager
async def workers_of(ledger: Ledger) -> AsyncGenerator[Workers]:
    """Pools of the roles that carry commands out."""
    worker = await connect(ledger.url_of("fo_worker"), size_max=2, application="test-worker")
    runtime = await connect(ledger.url_of("fo_runtime"), size_max=2, application="test-runtime")
    yield Workers(worker, runtime)
    await worker.close()
    await runtime.close()


@dataclass(frozen=True)
class Submitted:
    """A proposal under review."""

    id: UUID
    digest: str
    harness_id: UUID
    work_id: UUID

    @property
    def decision(self) -> dict[str, Any]:
        """What a decision on it names."""
        return {"proposal_id": str(self.id), "digest": self.digest}


async def launched(api: Api, org: Onboarded, **changes: Any) -> Queued:
    """A queued harness of new work, as its workflow gets it."""
    operator = org.callers["operator"]
    work = await api.ok("create_work", work_on(org, **changes), as_=operator)
    answer = await api.ok("launch_work", {"work_id": work["id"]}, as_=operator)
    return Queued(
        command_id=UUID(answer["command_id"]),
        org_id=org.id,
        harness_id=UUID(answer["id"]),
        principal_id=operator.principal_id,
        kind="work.launch",
        payload={"work_id": work["id"], "continuity": "fresh"},
    )


async def ran(workers: Workers, queued: Queued) -> Taken:
    """The difference that the harness's command left, about to be proposed."""
    org_id = queued.org_id
    async with transaction(workers.worker) as tx:
        assert await queue.claim(tx, queued.command_id, run_id=RUN_ID)
        await harness.move(tx, org_id, queued.harness_id, Phase.LAUNCHING)
        await harness.move(tx, org_id, queued.harness_id, Phase.RUNNING)
    async with transaction(workers.runtime) as tx:
        patch = Artifact.of("patch", "text/x-diff", PATCH)
        patch_id = await harness.keep(tx, org_id, queued.harness_id, patch)
    change = Change(
        patch_artifact_id=patch_id,
        patch_digest=digest_of_bytes(PATCH),
        files=(ChangedFile(path="a.txt", status="modified", added=1, deleted=1),),
        files_changed=1,
    )
    return Taken(queued=queued, base=Base(branch="main", commit=BASE_COMMIT), change=change)


async def submitted(api: Api, workers: Workers, org: Onboarded, **changes: Any) -> Submitted:
    """Work that ran and left a difference, which waits for decisions; `changes` are those of the work."""
    queued = await launched(api, org, **changes)
    await Proposals(workers.worker).submit(await ran(workers, queued))
    row = await api.superuser.fetchrow("SELECT id, digest FROM proposal WHERE harness_id = $1", queued.harness_id)
    return Submitted(row["id"], row["digest"], queued.harness_id, UUID(queued.payload["work_id"]))


async def planted_proof(api: Api, org: Onboarded) -> UUID:
    """The id of a proof row of the organization that proves nothing; for seeing that it cannot be changed."""
    return await api.superuser.fetchval(
        "INSERT INTO proof (org_id, id, execution_id, harness_id, outcome, predicate_type, envelope, key_id,"
        " leaf_index, leaf_hash) VALUES ($1, gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), 'succeeded',"
        " 'x', '{}', 'k', (SELECT count(*) FROM proof WHERE org_id = $1), 'h') RETURNING id",
        org.id,
    )
