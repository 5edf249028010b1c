"""The review of the schemas: what changed for whom, and what breaks clients without a decision."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from codegen import baseline
from codegen.compatibility import DECISIONS, Change, Schemas, changes, decided, entry, grouped, undecided

# More changes of one kind are read in the difference of the schemas.
LINES_SHOWN_MAX = 30
_KINDS = ("breaking", "risky", "additive")


@dataclass
class Review:
    """What is told of the schemas' change, and what keeps it from being accepted."""

    told: list[str] = field(default_factory=list[str])
    refused: list[str] = field(default_factory=list[str])


def of_change(root: Path, now: Schemas) -> Review:
    """The review of what is about to be written."""
    review = Review()
    try:
        where, before = baseline.before(root)
    except baseline.HistoryError as error:
        review.refused.append(f"Git does not tell what the schemas were before: {error}")
        return review
    found = changes(before, now)
    review.told += _told(where, found)
    missing = undecided(found, decided(root))
    if missing:
        review.refused.append(_refusal("Clients that work with the last schema will break.", missing))
    return review


def of_history(root: Path, now: Schemas) -> Review:
    """The review of what was committed, in case nobody looked at it before."""
    review, decisions = Review(), decided(root)
    try:
        for step in baseline.steps(root):
            # Taken back since then, or decided on since then, is as good as never done.
            unseen = undecided(changes(step.before, step.after), decisions)
            missing = undecided(changes(step.before, now), decisions) if unseen else []
            if missing:
                review.refused.append(_refusal(f"Commit {step.commit} broke clients without a decision.", missing))
    except baseline.HistoryError as error:
        review.refused.append(f"Git does not tell what changed the schemas: {error}")
    return review


def _told(where: str, found: Sequence[Change]) -> list[str]:
    if not found:
        return [f"The schema of every role is as in {where}."]
    lines = [f"The schemas against {where}:"]
    for role in sorted({change.role for change in found}):
        counts = Counter(change.kind for change in found if change.role == role)
        verdict = (
            "breaking" if counts["breaking"] else "additive" if counts["risky"] + counts["additive"] else "the same"
        )
        figures = ", ".join(f"{counts[kind]} {kind}" for kind in _KINDS if counts[kind]) or "other descriptions"
        lines.append(f"  {role}: {verdict} ({figures})")
    for kind in _KINDS:
        shown = grouped(change for change in found if change.kind == kind)
        lines += [f"  {kind}: {line}" for line in shown[:LINES_SHOWN_MAX]]
        if len(shown) > LINES_SHOWN_MAX:
            lines.append(f"  {kind}: and {len(shown) - LINES_SHOWN_MAX} more")
    return lines


def _refusal(happened: str, missing: Sequence[Change]) -> str:
    return (
        f"{happened} If that is meant, say so in a page of {DECISIONS}/: why, what clients do instead, and this"
        f" section as it stands here. Otherwise keep what they use.\n\n{entry(missing)}\n"
    )
