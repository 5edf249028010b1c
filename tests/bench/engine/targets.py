"""What the engine is held to, as ratios within one run."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tests.bench.engine.rounds import Series

_MEMORY_MAX_MIB = 150

# The engine's requests a second as a multiple of a peer's, at 16 and 64 connections.
_LEAST = {
    "page": {"bare": 0.95, "postgraphile": 1.6, "strawberry": 7.0},
    "one": {"bare": 0.9, "postgraphile": 1.4},
    "sums": {"bare": 0.9, "postgraphile": 1.0},
}

# The engine's middle latency as a multiple of the bare SQL's, at one connection.
_SLOWEST = 1.25

Measured = Mapping[tuple[str, int], Mapping[str, Series]]


@dataclass(frozen=True)
class Verdict:
    """One target, what was measured, and whether it is met."""

    what: str
    target: str
    measured: float
    met: bool


def verdicts(measured: Measured, memory_mib: float) -> Sequence[Verdict]:
    """All targets that this run says something about."""
    found: list[Verdict] = []
    for (question, connections), series in measured.items():
        engine = series["engine"]
        if connections == 1:
            slower = engine.latency_ratio(series["bare"])
            found.append(Verdict(f"{question}, 1 connection, p50 / bare", f"≤ {_SLOWEST}", slower, slower <= _SLOWEST))
            continue
        for peer, least in _LEAST[question].items():
            ratio = engine.ratio(series[peer])
            found.append(
                Verdict(f"{question}, {connections} connections / {peer}", f"≥ {least}", ratio, ratio >= least)
            )
    found.append(Verdict("the engine's memory, MiB", f"< {_MEMORY_MAX_MIB}", memory_mib, memory_mib < _MEMORY_MAX_MIB))
    return found
