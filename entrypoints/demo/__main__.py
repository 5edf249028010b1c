"""Play the main job: `make demo [REPO=… RUN=… VERIFY=…]`.

A stack that runs in this folder is used and left running; otherwise one is started, used and stopped.
"""

import asyncio
import os
import secrets
import subprocess
import sys
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from entrypoints.config import state_folder
from entrypoints.demo import repository
from entrypoints.demo.path import Demo, FailedError, Place
from entrypoints.demo.repository import BadJobError, Job
from entrypoints.demo.show import Show
from entrypoints.platform import RefusedError
from entrypoints.stack import PartState, Stack, StartError, running
from entrypoints.stack.home import Home


def main() -> int:
    """0 when the path came to its end."""
    run = secrets.token_hex(3)
    show = Show()
    try:
        asyncio.run(_play(_job(run), show, run))
    except (BadJobError, FailedError, RefusedError, StartError) as error:
        show.note(str(error), "red")
        return 1
    except (TimeoutError, subprocess.CalledProcessError) as error:
        show.note(f"The demo gave up: {error or 'nothing was pushed in time.'}", "red")
        return 1
    except KeyboardInterrupt:
        return 130
    return 0


def _job(run: str) -> Job:
    asked = os.environ.get("FRACTALOPS_DEMO_REPO", "")
    command, verify = os.environ.get("FRACTALOPS_DEMO_RUN", ""), os.environ.get("FRACTALOPS_DEMO_VERIFY", "")
    if asked:
        return repository.given(asked, command, verify, run)
    job = repository.sample(state_folder() / "demo", run)
    return Job(job.title, job.repository_url, command or job.run, verify or job.verify, job.target_branch)


async def _play(job: Job, show: Show, run: str) -> None:
    async with _described(show) as at:
        show.fact("repository", job.repository_url)
        show.fact("portal", at["portal_url"])
        show.fact("GraphQL", at["graphql_url"])
        show.fact("Temporal", at["temporal_ui_url"])
        headline = await Demo(_place(at), job, show, run=run).play()
        show.title(f"Done. {headline}")


@asynccontextmanager
async def _described(show: Show) -> AsyncGenerator[dict[str, Any]]:
    """What `up --json` prints of the stack that runs here, or of one started for the demo and stopped after it."""
    found = running.find(Home(state_folder()))
    if found is not None and found.description is not None:
        show.title("A stack runs here already; the demo uses it and leaves it running.")
        yield found.description
        return
    show.title("Starting the stack")

    def tell(state: PartState) -> None:
        if state.phase in ("ready", "done", "restarting", "failed"):
            show.note(f"  {state.name.ljust(11)} {state.phase}", "dim")

    async with Stack.persistent(progress=tell, notice=lambda sentence: show.note(sentence, "yellow")) as stack:
        yield stack.description()
        show.title("Stopping the stack")


def _place(at: dict[str, Any]) -> Place:
    home = Path(at["home"])
    return Place(
        graphql_url=at["graphql_url"],
        admin_secret=at["admin_secret"],
        supabase_url=at["supabase_url"],
        anon_key=at["anon_key"],
        service_role_key=at["service_role_key"],
        secrets_dir=home / "secrets",
        secrets_key_file=home / "keys" / "secrets.key",
    )


if __name__ == "__main__":
    sys.exit(main())
