"""`docs/errors.md`: every code, what it says, whether a retry helps, and who may get it."""

from pathlib import Path

from codegen.pages.markdown import code, listed, page, table
from contracts.base import EDGE_REFUSALS
from contracts.refusals import MEANINGS, Code
from contracts.registry import ACTIONS

OWNS = ("docs/errors.md",)
_INTRODUCTION = """# Errors

An action that is refused answers a GraphQL error: a sentence in `message`, the code in `extensions.code`, and in
`extensions.retry` whether to try again. Nothing was recorded then, so the same `idempotency_key` may be used again. A
harness that fails tells the event `HarnessFailed` with a code, a reason and, where that is known, what to mend. Clients
act on codes; sentences may change."""
_REFUSALS = """## Refusals of a request

*Again* says whether the same request may pass later although nobody mended anything."""
_FAILURES = """## Why a harness or an execution fails

*Again* says whether the same work, launched again, may pass although nobody mended anything; where trying a step again
helps, that was done before the harness failed. The steps are activities, by their names in Temporal. The checks of
onboarding meet the same faults of endpoints, secrets and sandboxes: there the check fails with its words, and the
harness with `CHECKS_FAILED`."""


def files(_tree: Path) -> dict[str, str]:
    """The page."""
    refusals = [one for one in Code if getters(one) or not MEANINGS[one].steps]
    failures = [one for one in Code if MEANINGS[one].steps]
    text = page(
        _INTRODUCTION,
        _REFUSALS,
        table(
            ("code", "what it says", "again", "who may get it"),
            [_row(one, getters(one) or "callers of the API past the engine") for one in refusals],
        ),
        _FAILURES,
        table(
            ("code", "what it says", "again", "steps"),
            [_row(one, _steps(MEANINGS[one].steps)) for one in failures],
        ),
    )
    return {OWNS[0]: text}


def getters(one: Code) -> str:
    """The actions that may answer the code, in words; empty if none may."""
    if one in EDGE_REFUSALS:
        return "every action"
    return listed((action.name for action in ACTIONS.values() if one in action.refusals), nothing="")


def _row(one: Code, who: str) -> tuple[str, ...]:
    meaning = MEANINGS[one]
    return code(one.value), meaning.says, "yes" if meaning.retry else "no", who


def _steps(steps: tuple[str, ...]) -> str:
    return "every step" if steps == ("every step",) else listed(steps)
