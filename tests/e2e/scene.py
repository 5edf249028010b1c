"""An organization with a bit of everything to see, played over the running stack by its people."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from entrypoints.demo.repository import SAMPLE_RUN, SAMPLE_VERIFY, sample
from tests.support.world import Organization, World

NAMES = {"owner": "Olive Marsh", "operator": "Oscar Lind", "approver": "Ada Brook", "viewer": "Vera Stone"}


@dataclass(frozen=True)
class Scene:
    """What was played, by the ids of what came of it."""

    org: Organization
    work_id: str
    harness_proved: str
    harness_waiting: str
    harness_failed: str
    proposal_applied: str
    proposal_waiting: str
    proof_id: str


@asynccontextmanager
async def played(world: World, folder: Path) -> AsyncGenerator[Scene]:
    """The scene: work that was proved, work that waits for a decision, and work that failed."""
    job = sample(folder / "sample", "portal")
    org = await world.organization(job.repository_url, NAMES, name="Harbour Books")
    try:
        proposal = await org.proposed(SAMPLE_RUN, SAMPLE_VERIFY, title="Give every basket items of its own")
        proved = await org.carried_out(proposal)
        failing = await org.launch(await org.work("make translations", title="Translate the price labels"))
        waiting = await org.proposed(
            "printf '\\n\\ndef empty() -> list[str]:\\n    return []\\n' >> basket/__init__.py",
            SAMPLE_VERIFY,
            title="Let a basket start empty",
        )
        await org.ended(failing)
        work = await world.ask_database("SELECT work_id FROM harness WHERE id = $1", proposal["harness_id"])
        yield Scene(
            org=org,
            work_id=str(work[0]["work_id"]),
            harness_proved=proposal["harness_id"],
            harness_waiting=waiting["harness_id"],
            harness_failed=failing,
            proposal_applied=proposal["id"],
            proposal_waiting=waiting["id"],
            proof_id=proved["proof_id"],
        )
    finally:
        await org.close()
