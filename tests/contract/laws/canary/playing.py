"""Everything once: onboarding that passes and that fails, every way of work, mistakes, and a store that is shut."""

import asyncio
import os
from collections.abc import AsyncGenerator, Generator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from tests.contract.laws.canary import answers, far_side, live, onboardings, pasted, paths, sending
from tests.contract.laws.canary.scene import FAILING, SEALED, WORKING, Scene, staged
from tests.support.world import Organization

_CHECKS = "query { onboarding_check { subject_kind subject_name state detail } }"


@dataclass
class Played:
    """The scene after everything was played, and how it went: ends of work by path, details of checks by subject."""

    scene: Scene
    ends: dict[str, str]
    checks: dict[str, dict[str, tuple[str, str]]]
    refusals: list[str]
    sent: list[str]
    frames: int


@asynccontextmanager
async def played(folder: Path) -> AsyncGenerator[Played]:
    """All of it, on a stack that goes away at the end."""
    async with staged(folder) as scene:
        onboardings.repositories(scene)
        replies = {**far_side.READY, **far_side.FAILING}
        with far_side.served(replies) as scene.http_url, far_side.served(scene.git.answers) as scene.git_url:
            yield await _all(scene)


async def _all(scene: Scene) -> Played:
    fails, sealed, works = await asyncio.gather(
        scene.onboard(FAILING, **onboardings.failing(scene)),
        scene.onboard(SEALED, **onboardings.sealed(scene)),
        scene.onboard(WORKING, **onboardings.working(scene)),
    )
    checks = {WORKING: await _checks(works), FAILING: await _checks(fails), SEALED: await _checks(sealed)}
    sent = await sending.play(scene, fails)
    checks["sent"] = await _checks(fails)
    for role in answers.ROLES:
        # Once for each, before they all act at the same time: signing in has a limit.
        await works.as_(role)
    async with live.heard(scene.world, works) as pushed:
        refusals, ends = await asyncio.gather(pasted.play(scene, works), paths.play(scene, works, pushed))
    scene.answers += pushed.frames
    with _mode_of_the_key(scene, 0o644):
        checks["a key that others may read"] = await _checked_again(scene, sealed)
    with _another_key(scene):
        checks["another key"] = await _checked_again(scene, sealed)
    return Played(scene, ends, checks, refusals, sent, len(pushed.frames))


async def _checks(org: Organization) -> dict[str, tuple[str, str]]:
    found = await (await org.as_("viewer")).ask(_CHECKS)
    return {one["subject_name"]: (one["state"], one["detail"]) for one in found["onboarding_check"]}


async def _checked_again(scene: Scene, org: Organization) -> dict[str, tuple[str, str]]:
    queued = await org.act("owner", "check_onboarding", "CheckOnboarding")
    sql = "SELECT harness_id::text FROM ledger.command WHERE id = $1"
    await org.ended((await scene.world.ask_database(sql, UUID(queued["command_id"])))[0]["harness_id"])
    return await _checks(org)


@contextmanager
def _mode_of_the_key(scene: Scene, mode: int) -> Generator[None]:
    scene.store.key_file.chmod(mode)
    yield
    scene.store.key_file.chmod(0o600)


@contextmanager
def _another_key(scene: Scene) -> Generator[None]:
    key = scene.store.key_file.read_bytes()
    scene.store.key_file.write_bytes(os.urandom(len(key)))
    yield
    scene.store.key_file.write_bytes(key)
