"""Serve sandboxes in the foreground.

`DAYTONA_API_KEY`, `PORT` (0 for a free one) and `DATA_DIR` must be set; `HOST`, `SANDBOX_TOOLS` and `SANDBOX_LIMITS`
may be.
"""

import logging
import os
import signal
import sys
from types import FrameType

from embedded.daytona import folders, settings
from embedded.daytona.launch import host
from embedded.daytona.sandbox.registry import Registry
from embedded.daytona.server import Server


def main() -> None:
    """Serve until SIGTERM or SIGINT."""
    logging.basicConfig(level=logging.INFO, format="%(levelname)s %(name)s: %(message)s")
    # Uvicorn hands the signal on when it has ended; the clean-up below is still to come then.
    for ending in (signal.SIGTERM, signal.SIGINT):
        signal.signal(ending, _end)
    try:
        chosen = settings.parse(os.environ)
        with folders.owned(chosen.data_dir) as runtime_dir:
            registry = Registry(chosen, host.inspect(runtime_dir))
            Server(registry, on_ready=_announce).run()
    except (ValueError, RuntimeError, OSError) as error:
        sys.exit(f"cannot serve sandboxes: {error}")


def _end(_number: int, _frame: FrameType | None) -> None:
    sys.exit(0)


def _announce(url: str) -> None:
    print(f"ready {url}", flush=True)  # noqa: T201  - whoever started the service waits for this line


if __name__ == "__main__":
    main()
