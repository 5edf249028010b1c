"""`up`, `down` and `status`: the stack on one machine."""

import asyncio
import subprocess
import sys
import time
from typing import Annotated, Any

import typer
from rich.text import Text

from entrypoints.cli.endings import EndedEarlyError, until_told_to_end
from entrypoints.cli.output import Failure, Json, aside, people, say_json, say_pairs, say_table
from entrypoints.config import ROOT, state_folder
from entrypoints.stack import PartState, Phase, Stack, StartError, running
from entrypoints.stack.home import AlreadyRunningError, Home
from entrypoints.stack.parts import all_parts, log_file

app = typer.Typer()

_STOP_LIMIT_S = 60
_DETACHED_START_LIMIT_S = 120
_POLL_S = 0.1
_SHOWN = ("portal_url", "graphql_url", "hasura_url", "supabase_url", "temporal_ui_url", "daytona_api_url", "home")


@app.command()
def up(
    *,
    detach: Annotated[bool, typer.Option("--detach", help="Come back once all serves; `down` stops it.")] = False,
    ephemeral: Annotated[
        bool, typer.Option("--ephemeral", help="Free ports and a temporary folder, both gone at the end.")
    ] = False,
    json: Json = False,
    watch_parent: Annotated[bool, typer.Option(hidden=True)] = True,
) -> None:
    """Start every part of FractalOps on this machine and say where it is.

    Without --detach it stays in the foreground until Ctrl-C, SIGTERM, or the end of the program that started it, and
    then stops everything. Data and credentials stay in .state (or FRACTALOPS_HOME) for the next time.
    With --json it prints one object with every address and the development credentials once all serves.
    """
    if detach and ephemeral:
        raise typer.BadParameter("A throw-away stack lives as long as its command; leave out --detach or --ephemeral.")
    try:
        if detach:
            _say_stack(_start_detached(), json=json)
        else:
            asyncio.run(_serve(ephemeral=ephemeral, json=json, watch_parent=watch_parent))
    except AlreadyRunningError:
        raise _already_running() from None
    except StartError as error:
        raise Failure(str(error), code="START_FAILED", remedy="See `fractalops doctor`.") from None
    except EndedEarlyError:
        raise Failure("Told to stop before all parts served.", code="INTERRUPTED") from None


@app.command()
def down(*, json: Json = False) -> None:
    """Stop the stack of this folder and wait until all of it has ended; nothing to stop is fine as well."""
    home = Home(state_folder())
    try:
        stopped = running.stop(home, within_s=_STOP_LIMIT_S)
    except TimeoutError as error:
        raise Failure(str(error), remedy="See `fractalops status`.") from None
    if json:
        say_json({"stopped": stopped, "home": str(home.folder)})
    else:
        people.print("Stopped." if stopped else "Nothing runs here.")


@app.command()
def status(*, json: Json = False) -> None:
    """Show every part: its phase, process id, restarts and last exit code. Exit code 1 unless all serve."""
    stack = running.find(Home(state_folder()))
    if stack is None:
        raise Failure("No stack runs in this folder.", code="NOT_RUNNING", remedy="Start it with `fractalops up`.")
    well = stack.serving and all(part["phase"] in {Phase.READY, Phase.DONE} for part in stack.parts)
    if json:
        at = {name: stack.description[name] for name in _SHOWN} if stack.description else None
        say_json({"pid": stack.pid, "started_at": stack.started_at, "serving": well, "parts": stack.parts, "at": at})
    else:
        columns = ("part", "phase", "pid", "restarts", "last exit", "start (s)")
        fields = ("name", "phase", "pid", "restarts", "last_exit_code", "start_duration_s")
        say_table(columns, [[part[name] for name in fields] for part in stack.parts], empty="No part has started.")
    if not well:
        raise typer.Exit(1)


async def _serve(*, ephemeral: bool, json: bool, watch_parent: bool) -> None:
    progress = _quiet if json else _say_progress
    notice = _quiet if json else _say_notice
    make = (
        Stack.ephemeral(progress=progress, parts=all_parts)
        if ephemeral
        else Stack.persistent(progress=progress, notice=notice, parts=all_parts)
    )
    async with until_told_to_end(watch_parent=watch_parent) as ending, make as stack:
        ending.all_serves()
        _say_stack(stack.description(), json=json)
        if not json:
            people.print("Ctrl-C stops it.")
        error = await stack.broken()
        raise Failure(str(error), code="BROKEN")


def _start_detached() -> dict[str, Any]:
    home = Home(state_folder())
    home.prepare()
    if home.is_held():
        raise AlreadyRunningError(str(home.folder))
    log = log_file(home.logs, "supervisor")
    with log.open("wb") as sink:
        process = subprocess.Popen(
            [sys.executable, *_this_program(), "up", "--no-watch-parent"],
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            stdout=sink,
            stderr=sink,
            start_new_session=True,
        )
    deadline = time.monotonic() + _DETACHED_START_LIMIT_S
    while time.monotonic() < deadline:
        stack = running.find(home)
        if stack and stack.description:
            return stack.description
        if process.poll() is not None:
            raise StartError(log.read_text(errors="replace").strip())
        time.sleep(_POLL_S)
    running.stop(home, within_s=_STOP_LIMIT_S)
    raise StartError(f"It did not serve within {_DETACHED_START_LIMIT_S} s; see {log}.")


def _this_program() -> list[str]:
    # The same program again, however it was started: as a module, or through the launcher of the environment.
    module = getattr(sys.modules["__main__"], "__spec__", None)
    name = module.name.removesuffix(".__main__") if module else "entrypoints.cli"
    return ["-m", name]


def _already_running() -> Failure:
    home = Home(state_folder())
    stack = running.find(home)
    who = f"process {stack.pid}" if stack else "another process, which is starting or ending"
    return Failure(
        f"A stack already runs in {home.folder} ({who}).",
        code="ALREADY_RUNNING",
        remedy="See `fractalops status`; stop it with `fractalops down`, or start another with --ephemeral.",
    )


def _say_stack(description: dict[str, Any], *, json: bool) -> None:
    if json:
        say_json(description)
        return
    people.print("FractalOps serves.")
    say_pairs({name: description[name] for name in _SHOWN})
    for role, user in description["users"].items():
        people.print(Text(f"{role}: {user.get('email')} / {user.get('password')}"), soft_wrap=True)


def _say_progress(state: PartState) -> None:
    match state.phase:
        case Phase.READY | Phase.DONE:
            aside.print(Text(f"  {state.name:<11} {state.phase} after {state.start_duration_s} s"))
        case Phase.RESTARTING:
            aside.print(Text(f"  {state.name:<11} died (exit code {state.last_exit_code}); starting it again"))
        case _:
            return


def _say_notice(sentence: str) -> None:
    aside.print(Text(sentence, style="yellow"), soft_wrap=True)


def _quiet(_: object) -> None:
    return None
