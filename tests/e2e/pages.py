"""Every page of the portal: where it is, as whom it is seen, and what shows that it is there."""

from collections.abc import Callable
from dataclasses import dataclass

from playwright.async_api import Page, expect

from tests.e2e.scene import Scene


@dataclass(frozen=True)
class Shown:
    """One page as somebody of the scene's organization sees it."""

    name: str
    role: str
    says: str
    address: Callable[[Scene], str]
    heading: Callable[[Scene], str] | str

    async def open(self, page: Page, scene: Scene) -> None:
        """Go there and wait until it is read."""
        await page.goto(self.address(scene))
        heading = self.heading if isinstance(self.heading, str) else self.heading(scene)
        await expect(page.get_by_role("heading", name=heading, level=1)).to_be_visible()
        await expect(page.locator("[aria-busy=true]")).to_have_count(0)


PAGES: tuple[Shown, ...] = (
    Shown("proofs", "viewer", "Every proof, by its leaf in the log.", lambda _: "/proofs", "Proofs"),
    Shown(
        "proof",
        "viewer",
        "One proof, verified in the browser.",
        lambda scene: f"/proofs/{scene.proof_id}",
        "Give every basket items of its own",
    ),
    Shown("harnesses", "viewer", "Every harness, live.", lambda _: "/", "Harnesses"),
    Shown(
        "harness",
        "owner",
        "The path of one harness, its events, and what it kept.",
        lambda scene: f"/harnesses/{scene.harness_proved}",
        "Give every basket items of its own",
    ),
    Shown("work", "viewer", "What is wanted done.", lambda _: "/work", "Work"),
    Shown("new work", "operator", "Describing what is wanted.", lambda _: "/work/new", "Describe work"),
    Shown(
        "work item",
        "operator",
        "One piece of work, launching it, and its harnesses.",
        lambda scene: f"/work/{scene.work_id}",
        "Give every basket items of its own",
    ),
    Shown("proposals", "approver", "What waits for a decision.", lambda _: "/proposals?view=all", "Proposals"),
    Shown(
        "proposal",
        "approver",
        "A change, what its digest binds, and the decision.",
        lambda scene: f"/proposals/{scene.proposal_waiting}",
        "Let a basket start empty",
    ),
    Shown("recovery", "operator", "Work that waits for an answer.", lambda _: "/recovery?view=all", "Recovery"),
    Shown(
        "onboarding",
        "owner",
        "What the organization declares, each with its check.",
        lambda _: "/onboarding?step=endpoints",
        "Onboarding: Harbour Books",
    ),
)
