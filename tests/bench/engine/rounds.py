"""Rounds: every peer is asked in turn and again, so that whatever else the machine does hits all alike."""

import asyncio
import json
import sys
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import asdict, dataclass, field
from statistics import median

from tests.bench.engine.load import Order, Outcome

Ask = Callable[[int, float], Awaitable[Outcome]]


@dataclass
class Series:
    """What one peer did in all rounds."""

    outcomes: list[Outcome] = field(default_factory=list[Outcome])

    @property
    def per_s(self) -> float:
        """Requests a second, the median of the rounds."""
        return median(self._per_s)

    @property
    def cpu_us(self) -> float:
        """Microseconds of processor time that the load spent on a request."""
        return median(o.cpu_s / len(o.latencies_s) * 1e6 for o in self.outcomes)

    def latency_ms(self, share: float) -> float:
        """The latency that this share of the requests did not exceed, the median of the rounds."""
        return median(_percentile(o.latencies_s, share) for o in self.outcomes) * 1000

    def ratio(self, other: "Series") -> float:
        """Requests a second as a multiple of the other's: the median of the rounds' ratios."""
        return median(mine / theirs for mine, theirs in zip(self._per_s, other._per_s, strict=True))

    def latency_ratio(self, other: "Series") -> float:
        """The middle latency as a multiple of the other's: the median of the rounds' ratios."""
        pairs = zip(self.outcomes, other.outcomes, strict=True)
        return median(_percentile(a.latencies_s, 0.5) / _percentile(b.latencies_s, 0.5) for a, b in pairs)

    @property
    def _per_s(self) -> list[float]:
        return [len(o.latencies_s) / o.elapsed_s for o in self.outcomes]


def _percentile(values: list[float], share: float) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


async def rounds(asks: Mapping[str, Ask], *, connections: int, count: int, seconds: float) -> dict[str, Series]:
    """All peers' series; each round begins with another of them."""
    series = {name: Series() for name in asks}
    names = list(asks)
    for number in range(count):
        turned = names[number % len(names) :] + names[: number % len(names)]
        for name in turned:
            series[name].outcomes.append(await asks[name](connections, seconds))
    return series


async def load(order: Order) -> Outcome:
    """What came of an order, carried out by a process of its own."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "tests.bench.engine.load"),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
    )
    answer, _ = await process.communicate(json.dumps(asdict(order)).encode())
    if process.returncode != 0:
        raise RuntimeError("the load failed")
    return Outcome(**json.loads(answer))
