"""Every page of the portal: where it is, as whom it is seen, and what shows that it is there."""

from collections.abc import Callable
from dataclasses import dataclass

from playwright.async_api import Page, expect

from tests.e2e.scene import Scene
from tests.e2e.signing_in import SHOWN_WITHIN_MS


@dataclass(frozen=True)
class Shown:
    """One page as somebody of the scene's organization sees it; of no role is who is not signed in."""

    name: str
    role: str | None
    says: str
    address: Callable[[Scene], str]
    heading: Callable[[Scene], str] | str

    async def open(self, page: Page, scene: Scene) -> None:
        """Go there and wait until it is read."""
        await page.goto(self.address(scene))
        heading = self.heading if isinstance(self.heading, str) else self.heading(scene)
        await expect(page.get_by_role("heading", name=heading, level=1)).to_be_visible(timeout=SHOWN_WITHIN_MS)
        await expect(page.locator("[aria-busy=true]")).to_have_count(0, timeout=SHOWN_WITHIN_MS)


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
    Shown(
        "failed harness",
        "operator",
        "A harness that failed: why, and what mends it.",
        lambda scene: f"/harnesses/{scene.harness_failed}",
        "Translate the price labels",
    ),
    Shown("work", "viewer", "What is wanted done.", lambda _: "/work", "Work"),
    Shown("new work", "operator", "Describing what is wanted.", lambda _: "/work/new", "Describe work"),
    Shown(
        "new call", "operator", "Describing a call of an endpoint.", lambda _: "/work/new?kind=call", "Describe work"
    ),
    Shown(
        "work item",
        "operator",
        "One piece of work, launching it, and its harnesses.",
        lambda scene: f"/work/{scene.work_id}",
        "Give every basket items of its own",
    ),
    Shown(
        "work that is a call",
        "operator",
        "A call of an endpoint, before anybody proposed it.",
        lambda scene: f"/work/{scene.work_of_call}",
        "Raise the price of the oil lamp",
    ),
    Shown("proposals", "approver", "What waits for a decision.", lambda _: "/proposals?view=all", "Proposals"),
    Shown(
        "proposal",
        "approver",
        "A change, what its digest binds, and the decision.",
        lambda scene: f"/proposals/{scene.proposal_waiting}",
        "Let a basket start empty",
    ),
    Shown(
        "proposal of a call",
        "approver",
        "A call of an endpoint: where it goes, and all that is sent.",
        lambda scene: f"/proposals/{scene.proposal_of_call}",
        "Raise the price of the oil lamp",
    ),
    Shown(
        "proposal of a procedure",
        "approver",
        "Steps in a browser, in words.",
        lambda scene: f"/proposals/{scene.proposal_of_procedure}",
        "Set the price on the page of the shop",
    ),
    Shown("recovery", "operator", "Work that waits for an answer.", lambda _: "/recovery?view=all", "Recovery"),
    Shown(
        "recovery case",
        "operator",
        "What was seen, what is wanted, and the form of the answer.",
        lambda scene: f"/recovery/{scene.recovery_case}",
        "Took too long",
    ),
    *(
        Shown(
            f"onboarding {step}",
            "owner",
            says,
            lambda _, step=step: f"/onboarding?step={step}",
            "Onboarding: Harbour Books",
        )
        for step, says in (
            ("organization", "The organization, and how far it is."),
            ("people", "Who may do what."),
            ("endpoints", "What the organization works on, each endpoint with its check."),
            ("secrets", "Which secrets are needed, and where their values live."),
            ("runtimes", "Where work runs."),
            ("checks", "Every check, and what it found."),
        )
    ),
    Shown(
        "no page",
        "viewer",
        "An address that leads nowhere.",
        lambda _: "/no-such-page",
        "There is nothing at this address.",
    ),
    Shown("sign in", None, "Who nobody knows signs in.", lambda _: "/", "Sign in"),
)
