"""What the gateway is held to."""

from collections.abc import Sequence
from dataclasses import dataclass

from tests.bench.live.run import Outcome

# Subscribers: the middle and the slowest latency but one in a hundred, in milliseconds.
_LATENCIES_MS = {100: (3.0, 50.0), 1000: (15.0, 250.0)}
_COST_RATIO = 2.0


@dataclass(frozen=True)
class Verdict:
    """One target, what was measured, and whether it is met."""

    what: str
    target: str
    measured: float
    met: bool


def verdicts(outcomes: Sequence[Outcome]) -> Sequence[Verdict]:
    """All targets that this run says something about."""
    found = list[Verdict]()
    bare = {one.subscribers: one for one in outcomes if one.way == "bare"}
    for one in (outcome for outcome in outcomes if outcome.way == "gateway"):
        who = f"{one.subscribers:,} subscribers" if one.subscribers > 1 else "1 subscriber"
        wrong = one.lost + one.duplicated + one.out_of_order
        found.append(Verdict(f"{who}: lost, duplicated or out of order", "0", wrong, wrong == 0))
        for share, most in zip((0.5, 0.99), _LATENCIES_MS.get(one.subscribers, ()), strict=False):
            latency = one.percentile(share)
            found.append(Verdict(f"{who}: p{share * 100:.0f}, ms", f"< {most:g}", latency, latency < most))
        if one.subscribers in bare and one.subscribers > 1:
            ratio = one.server_us / bare[one.subscribers].server_us
            found.append(
                Verdict(f"{who}: processor time a message / bare", f"≤ {_COST_RATIO:g}", ratio, ratio <= _COST_RATIO)
            )
    return found
