"""The dispatcher process: queued commands become workflows."""

import os
import socket

from entrypoints.config import Dispatcher as Config
from entrypoints.processes import run_until_stopped, say_ready
from entrypoints.temporal import temporal
from ledger.pool import connect
from workflows.dispatcher import Dispatcher

_CONNECTIONS_MAX = 2


async def dispatch() -> None:
    """Dispatch until cancelled."""
    config = Config.from_environment(os.environ)
    pool = await connect(config.database_url, size_max=_CONNECTIONS_MAX, application="fractalops-dispatcher")
    client = await temporal(config.temporal_address, config.temporal_namespace)
    name = f"{socket.gethostname()}/{os.getpid()}"
    say_ready(name)
    await Dispatcher(pool, client, name).run(config.database_url)


if __name__ == "__main__":
    run_until_stopped(dispatch)
