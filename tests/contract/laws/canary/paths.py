"""What is played: every way in which work can go, each against a repository of its own."""

import asyncio
import shlex
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from tests.contract.laws.canary import git_side
from tests.contract.laws.canary.far_side import Gate
from tests.contract.laws.canary.git_side import Repository
from tests.contract.laws.canary.live import Live
from tests.contract.laws.canary.scene import USERNAME, WORKING, Scene
from tests.support.moments import kill, paused
from tests.support.waiting import until
from tests.support.world import Organization

RUN = "echo ran >> runs.txt"
VERIFY = "test -s runs.txt"
# Everything that a command in a sandbox can get hold of; an end of the values is put together from halves, so that the
# command itself does not hold it.
LOOK_AROUND = """
env; cat /proc/*/environ /proc/*/cmdline 2>/dev/null | tr '\\0' '\\n' | head -c 50000
git config --list --show-origin; cat .git/config; set
begin={first}; begin=$begin{second}
grep -rh "$begin" ~ /tmp /run /etc 2>/dev/null
true
"""


@dataclass(frozen=True)
class Place:
    """What a path is played on."""

    scene: Scene
    org: Organization
    live: Live
    repository: Repository
    endpoint_id: str
    runtime_asset_id: str
    secret_contract_id: str


Between = Callable[[Place, dict[str, Any]], Awaitable[None]]


@dataclass(frozen=True)
class WorkPath:
    """One way of work from launch to end: `ends` stands in the last headline.

    `secret` is the contract whose value opens the repository; `at_first` makes the repository what it is, `between`
    happens after the proposal and before its approval.
    """

    name: str
    ends: str
    secret: str = f"{WORKING}/git#password"
    run: str = RUN
    verify: str = VERIFY
    limits: dict[str, int] = field(default_factory=dict)
    at_first: Callable[[Repository], None] = lambda _: None
    between: Between | None = None

    async def play(self, place: Place) -> str:
        """The last headline."""
        harness_id = await self._launched(place)
        row = await place.live.proposed(harness_id)
        if row["phase"] == "awaiting_recovery":
            given = {"recovery_case_id": row["recovery_case_id"], "answer": {"choice": "give_up"}}
            await place.org.act("operator", "resolve_recovery_case", "ResolveRecoveryCase", **given)
            return (await place.live.ended(harness_id))["headline"]
        if row["phase"] != "awaiting_decision":
            return row["headline"]
        proposal = await _proposal(place, row["proposal_id"])
        if self.between:
            await self.between(place, proposal)
        if self.between not in _APPROVE_THEMSELVES:
            await place.org.approve(proposal)
        return (await place.live.ended(harness_id))["headline"]

    async def _launched(self, place: Place) -> str:
        head = place.scene.canaries.head
        halves = {"first": shlex.quote(head[:6]), "second": shlex.quote(head[6:])}
        look = LOOK_AROUND.format(**halves) if self.name == "the whole way" else ""
        created = await place.org.act(
            "operator",
            "create_work",
            "CreateWork",
            title=self.name,
            endpoint_id=place.endpoint_id,
            runtime_asset_id=place.runtime_asset_id,
            specification={"run": look + self.run, "verify": look + self.verify, **self.limits},
        )
        return await place.org.launch(created["id"])


async def _proposal(place: Place, proposal_id: str) -> dict[str, Any]:
    """The proposal, once it is seen: PostgreSQL may push a row a moment before others can read it."""
    document = "query ($id: uuid!) { proposal(where: {id: {_eq: $id}}) { id digest harness_id } }"
    viewer = await place.org.as_("viewer")

    async def seen() -> list[dict[str, Any]]:
        return (await viewer.ask(document, id=proposal_id))["proposal"]

    return (await until(seen, within_s=20, what="the proposal that was pushed"))[0]


async def _base_moves(place: Place, _: dict[str, Any]) -> None:
    await asyncio.to_thread(place.repository.move)


async def _value_changes(place: Place, _: dict[str, Any]) -> None:
    place.scene.put(f"{WORKING}/later#password", called=f"{WORKING}/later#password, the second")


def _refuses(how: Callable[..., bytes]) -> Between:
    async def refuse(place: Place, _: dict[str, Any]) -> None:
        place.repository.refuses = how

    return refuse


@asynccontextmanager
async def _nothing_is_dispatched(place: Place) -> AsyncGenerator[None]:
    """One at a time, because whoever goes on first would let the dispatcher go on for both."""
    async with place.scene.one_at_a_time:
        with paused(place.scene.world.stack, "dispatcher"):
            yield


async def _secret_is_revised(place: Place, proposal: dict[str, Any]) -> None:
    given = {
        "secret_contract_id": place.secret_contract_id,
        "purpose": "Another.",
        "username": USERNAME,
        "reference": f"secret://file/{LATER}",
    }
    async with _nothing_is_dispatched(place):
        await place.org.approve(proposal)
        await place.org.act("owner", "revise_secret_contract", "ReviseSecretContract", **given)


async def _endpoint_is_revised(place: Place, proposal: dict[str, Any]) -> None:
    given = {"endpoint_id": place.endpoint_id, "public_url": f"{place.scene.git_url}/elsewhere/repository.git"}
    async with _nothing_is_dispatched(place):
        await place.org.approve(proposal)
        await place.org.act("owner", "revise_endpoint", "ReviseEndpoint", **given)


_APPROVE_THEMSELVES: tuple[Between, ...] = (_secret_is_revised, _endpoint_is_revised)


def _echoes(repository: Repository) -> None:
    repository.hook("pre-receive", git_side.ECHO)


def _echoes_in_halves(repository: Repository) -> None:
    halves = 'head -c 20 "$ECHO_FILE" >&2; sleep 0.1; tail -c +21 "$ECHO_FILE" | head -n 1 >&2'
    repository.hook("pre-receive", f"#!/bin/sh\n{halves}\nexit 1\n")


def _floods(repository: Repository) -> None:
    # Longer than what is kept of git's words, so that the cut goes through a value.
    flood = 'for i in $(seq 100); do head -n 1 "$ECHO_FILE" | tr -d "\\n"; done >&2; echo >&2'
    repository.hook("pre-receive", f"#!/bin/sh\n{flood}\nexit 1\n")


def _gives_a_reason(repository: Repository) -> None:
    git_side.git(repository.bare, "config", "receive.procReceiveRefs", "refs/heads")
    repository.hook("proc-receive", git_side.REASON)


def _waits_before_fetching(repository: Repository) -> None:
    repository.fetching = Gate()


def _waits_before_pushing(repository: Repository) -> None:
    repository.pushing = Gate()


LATER, REVISED, TOKEN = f"{WORKING}/later#password", f"{WORKING}/revised#password", f"{WORKING}/git#token"
WORK: tuple[WorkPath, ...] = (
    WorkPath("the whole way", "is on main.", secret=TOKEN),
    WorkPath("RUN fails", "RUN ended with exit code 3", run="echo words; exit 3"),
    WorkPath("RUN times out", "RUN did not end", run="sleep 60", limits={"run_timeout_s": 1}),
    WorkPath("VERIFY fails", "VERIFY ended with exit code 4", verify="exit 4"),
    WorkPath("VERIFY times out", "VERIFY did not end", verify="sleep 60", limits={"verify_timeout_s": 1}),
    WorkPath("the base moves", "The branch main is at", between=_base_moves),
    WorkPath("a hook refuses and tells the credential", "The remote refused the push", at_first=_echoes),
    WorkPath("a hook tells it in two halves", "The remote refused the push", at_first=_echoes_in_halves),
    WorkPath("a hook tells more than is kept", "The remote refused the push", at_first=_floods),
    WorkPath("a server's reason tells it", "The remote refused the push", at_first=_gives_a_reason),
    WorkPath("the credential changes", "does not accept the credential", secret=LATER, between=_value_changes),
    WorkPath("access is denied", "does not accept the credential", between=_refuses(git_side.denies)),
    WorkPath("the server breaks", "could not be reached", secret=TOKEN, between=_refuses(git_side.breaks)),
    WorkPath("the server sends away", "The repository", secret=TOKEN, between=_refuses(git_side.sends_away)),
    WorkPath("the secret is revised", "What was approved has changed", secret=REVISED, between=_secret_is_revised),
    WorkPath("the endpoint is revised", "What was approved has changed", between=_endpoint_is_revised),
    WorkPath("killed in the checkout", "is on main.", secret=TOKEN, at_first=_waits_before_fetching),
    WorkPath("killed in the push", "is on main.", at_first=_waits_before_pushing),
)


async def play(scene: Scene, org: Organization, live: Live) -> dict[str, str]:
    """The last headline of every way of work, by its name; the runtime is killed in the midst of two of them."""
    document = "query { endpoint { id name } runtime_asset { id } secret_contract { id name } }"
    declared = await (await org.as_("viewer")).ask(document)
    endpoints = {one["name"]: one["id"] for one in declared["endpoint"]}
    contracts = {one["name"]: one["id"] for one in declared["secret_contract"]}

    async def one(path: WorkPath) -> str:
        place = Place(
            scene=scene,
            org=org,
            live=live,
            repository=scene.git.repositories[slug(path)],
            endpoint_id=endpoints[path.name],
            runtime_asset_id=declared["runtime_asset"][0]["id"],
            secret_contract_id=contracts[path.secret],
        )
        return await path.play(place)

    gates = [gate for one in scene.git.repositories.values() for gate in (one.fetching, one.pushing) if gate]
    held = [path for path in WORK if path.name.startswith("killed")]
    waiting = asyncio.gather(*(one(path) for path in held))
    others = [path for path in WORK if path not in held]
    ends = await asyncio.gather(*(one(path) for path in others))
    await _killed(scene, gates)
    return dict(zip((path.name for path in (*others, *held)), (*ends, *await waiting), strict=True))


async def _killed(scene: Scene, gates: list[Gate]) -> None:
    """The runtime dies while git waits in the middle of a fetch and of a push."""
    await until(lambda: all(gate.waiting.is_set() for gate in gates), within_s=240, what="a fetch and a push")
    kill(scene.world.stack, "runtime")
    for gate in gates:
        gate.open.set()
    await scene.world.stack.wait_restarted("runtime", within_s=120)


def slug(path: WorkPath) -> str:
    """The name of the path's repository."""
    return path.name.replace(" ", "-").replace("'", "").lower()
