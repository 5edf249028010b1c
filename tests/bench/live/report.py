"""The figures as a page."""

import os
import platform
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.bench.live.run import ORGANIZATIONS, Outcome
from tests.bench.live.targets import Verdict

_TEXT = Path(__file__).parent / "report.md"
_TITLES = {"gateway": "gateway", "bare": "bare NOTIFY"}


@dataclass(frozen=True)
class Report:
    """All that one run found."""

    versions: Mapping[str, str]
    outcomes: Sequence[Outcome]
    verdicts: Sequence[Verdict]
    per_s: int
    manner: str

    def markdown(self) -> str:
        """The page."""
        return _TEXT.read_text().format(
            organizations=len(ORGANIZATIONS),
            per_s=self.per_s,
            machine=_machine(),
            versions="\n".join(f"- {name} {number}" for name, number in self.versions.items()),
            manner=self.manner,
            verdicts="\n".join(self._verdicts()),
            figures="\n".join(self._figures()),
        )

    def _verdicts(self) -> Iterator[str]:
        yield "| what | target | measured | |"
        yield "|---|---|---|---|"
        for verdict in self.verdicts:
            met = "met" if verdict.met else "missed"
            yield f"| {verdict.what} | {verdict.target} | {verdict.measured:.2f} | {met} |"

    def _figures(self) -> Iterator[str]:
        yield (
            "| subscribers | way | changes/s | messages | p50 | p99 | max | lost | duplicated | out of order"
            " | µs/message | with PostgreSQL | MiB |"
        )
        yield "|---|---|---|---|---|---|---|---|---|---|---|---|---|"
        for one in self.outcomes:
            times = " | ".join(f"{one.percentile(share):.2f}" for share in (0.5, 0.99, 1.0))
            wrong = f"{one.lost} | {one.duplicated} | {one.out_of_order}"
            costs = f"{one.server_us:.0f} | {one.all_us:.0f} | {one.memory_mib:.0f}"
            head = f"{one.subscribers:,} | {_TITLES[one.way]} | {one.per_s:.0f} | {one.messages:,}"
            yield f"| {head} | {times} | {wrong} | {costs} |"


def _machine() -> str:
    lines = Path("/proc/cpuinfo").read_text().splitlines()
    model = next((line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")), platform.machine())
    memory = next(line.split()[1] for line in Path("/proc/meminfo").read_text().splitlines() if "MemTotal" in line)
    return f"{os.cpu_count()} of {model}, {int(memory) / 2**20:.0f} GiB, Linux {platform.release()}"
