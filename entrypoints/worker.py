"""The worker process: tells the stories, and writes the ledger's rows for them."""

import os

from temporalio.worker import Worker

from contracts.queue import CONTROL_QUEUE
from entrypoints.config import Worker as Config
from entrypoints.processes import run_until_stopped, say_ready
from entrypoints.temporal import temporal
from ledger.pool import connect
from workflows.registry import WORKFLOWS, control_activities, workflow_runner

_CONNECTIONS_MAX = 8
_WORKFLOWS_CACHED_MAX = 200
_ACTIVITIES_MAX = 16


async def work() -> None:
    """Work on queue `control` until cancelled."""
    config = Config.from_environment(os.environ)
    pool = await connect(config.database_url, size_max=_CONNECTIONS_MAX, application="fractalops-worker")
    client = await temporal(config.temporal_address, config.temporal_namespace)
    worker = Worker(
        client,
        task_queue=CONTROL_QUEUE,
        workflows=WORKFLOWS,
        activities=control_activities(pool),
        workflow_runner=workflow_runner(),
        max_cached_workflows=_WORKFLOWS_CACHED_MAX,
        max_concurrent_activities=_ACTIVITIES_MAX,
    )
    say_ready(CONTROL_QUEUE)
    await worker.run()


if __name__ == "__main__":
    run_until_stopped(work)
