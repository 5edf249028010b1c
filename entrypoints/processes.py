"""What the processes of ours share: logging, signals, and saying that they are ready."""

import asyncio
import contextlib
import logging
import signal
from collections.abc import Callable, Coroutine
from typing import Any


def start_logging() -> None:
    """Plain lines on standard error; the supervisor gives them a file."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    logging.getLogger("httpx").setLevel(logging.WARNING)


def run_until_stopped(main: Callable[[], Coroutine[Any, Any, None]]) -> None:
    """Run `main` until it ends or SIGTERM or SIGINT cancels it; a cancelled process ends with code 0."""
    start_logging()

    async def guarded() -> None:
        task = asyncio.ensure_future(main())
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, task.cancel)
        with contextlib.suppress(asyncio.CancelledError):
            await task

    asyncio.run(guarded())


def say_ready(what: str) -> None:
    """One line on standard output, for whoever waits for this process."""
    print(f"ready {what}", flush=True)
