"""Percentiles and tables of figures."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Figures:
    """Latencies of many runs of one thing, and how long all of them took."""

    latencies_ms: Sequence[float]
    elapsed_s: float

    def percentile(self, share: float) -> float:
        """The latency that `share` of the runs did not exceed, in milliseconds."""
        ordered = sorted(self.latencies_ms)
        return ordered[min(len(ordered) - 1, int(share * len(ordered)))]

    @property
    def per_s(self) -> float:
        """How many ended in a second."""
        return len(self.latencies_ms) / self.elapsed_s

    def text(self) -> str:
        """The figures in one line."""
        p50, p99 = self.percentile(0.5), self.percentile(0.99)
        return f"p50 {p50:7.2f} ms   p99 {p99:7.2f} ms   {self.per_s:7.1f} a second"


async def measured(do: Callable[[int], Awaitable[object]], *, count: int, at_once: int) -> Figures:
    """The figures of `count` runs, `at_once` of them at any time."""
    numbers = iter(range(count))
    latencies: list[float] = []

    async def one_after_another() -> None:
        for number in numbers:
            began = time.perf_counter()
            await do(number)
            latencies.append((time.perf_counter() - began) * 1000)

    began = time.perf_counter()
    await asyncio.gather(*(one_after_another() for _ in range(at_once)))
    return Figures(latencies, time.perf_counter() - began)
