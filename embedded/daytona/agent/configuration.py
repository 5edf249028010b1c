"""What the server tells the agent once, before the first operation."""
# pathlib is slow to import, and this starts with every sandbox.
# ruff: noqa: PTH110, PTH118

import os
from typing import NamedTuple

from embedded.daytona.agent.wire import JsonObject

# Commands may use all of their process limit; the agent keeps these for itself, so that files stay reachable then.
AGENT_PROCESSES = 24


class Configuration(NamedTuple):
    """Environment and limits of one sandbox."""

    home: str
    env: dict[str, str]
    processes: int
    output_bytes: int
    file_bytes: int
    data_bytes: int
    """RLIMIT_DATA for each process where no control group limits memory; 0 where one does."""

    @property
    def shell(self) -> str:
        """The shell that commands run in."""
        return "/bin/bash" if os.path.exists("/bin/bash") else "/bin/sh"

    def path(self, given: str) -> str:
        """`given` as an absolute path: relative to the working folder, `~` being the home."""
        if given == "~" or given.startswith("~/"):
            given = self.home + given[1:]
        return os.path.join(self.home, given)


def parse(message: JsonObject) -> Configuration:
    """The configuration in the server's first message."""
    return Configuration(**message)
