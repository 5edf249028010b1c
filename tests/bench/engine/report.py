"""The figures as tables, for the terminal and for `docs/benchmarks/engine.md`."""

import os
import platform
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from tests.bench.engine.live import LiveFigures
from tests.bench.engine.questions import QUESTIONS
from tests.bench.engine.rounds import Series
from tests.bench.engine.targets import Measured, Verdict

_TEXT = Path(__file__).parent / "report.md"


@dataclass(frozen=True)
class Report:
    """All that one run found."""

    titles: Mapping[str, str]
    versions: Mapping[str, str]
    measured: Measured
    memory_mib: Mapping[str, float]
    verdicts: Sequence[Verdict]
    live: LiveFigures | None
    manner: str

    def markdown(self) -> str:
        """The page."""
        return _TEXT.read_text().format(
            machine=_machine(),
            versions="\n".join(f"- {name} {number}" for name, number in self.versions.items()),
            manner=self.manner,
            verdicts="\n".join(self._verdicts()),
            tables="\n".join(self._tables()),
            memory="\n".join(self._memory()),
            live="\n".join(self._live()),
        )

    def _verdicts(self) -> Iterator[str]:
        yield "| what | target | measured | |"
        yield "|---|---|---|---|"
        for verdict in self.verdicts:
            met = "met" if verdict.met else "missed"
            yield f"| {verdict.what} | {verdict.target} | {verdict.measured:.2f} | {met} |"

    def _tables(self) -> Iterator[str]:
        for question in QUESTIONS:
            yield f"### {question.title[0].upper()}{question.title[1:]}\n"
            for connections in sorted({number for name, number in self.measured if name == question.name}):
                yield f"{connections} connection{'s' if connections > 1 else ''}:\n"
                yield from self._table(self.measured[question.name, connections])
                yield ""

    def _table(self, series: Mapping[str, Series]) -> Iterator[str]:
        yield "| peer | requests/s | p50 ms | p99 ms | the engine / it | load, µs/request |"
        yield "|---|---|---|---|---|---|"
        for name, one in series.items():
            ratio = series["engine"].ratio(one)
            load = f"{one.cpu_us:.0f}" if one.cpu_us else "its own"
            p50, p99 = one.latency_ms(0.5), one.latency_ms(0.99)
            yield f"| {self.titles[name]} | {one.per_s:,.0f} | {p50:.2f} | {p99:.2f} | {ratio:.2f} | {load} |"

    def _memory(self) -> Iterator[str]:
        yield "| peer | MiB |"
        yield "|---|---|"
        for name, mib in self.memory_mib.items():
            yield f"| {self.titles[name]} | {mib:.0f} |"

    def _live(self) -> Iterator[str]:
        if self.live is None:
            yield "Not measured in this run."
            return
        live = self.live
        alone = live.subscribers
        yield "| | |"
        yield "|---|---|"
        yield f"| subscribers, distinct queries | {live.subscribers:,}, {live.queries} |"
        yield f"| statements an interval (1 s), asked one by one | {live.statements_per_s:.0f}, {alone:,} |"
        yield f"| the engine's processor while nothing changes | {live.cpu_percent:.0f} % of one core |"
        yield f"| all have their first answer after | {live.first_ms:,.0f} ms |"
        change = f"{live.change_p50_ms:,.0f}, {live.change_max_ms:,.0f} ms"
        yield f"| from a commit until a subscriber knows, p50, slowest | {change} |"
        yield f"| the engine's memory with all of them | {live.memory_mib:.0f} MiB |"


def python_versions() -> dict[str, str]:
    """The versions of what is compared, as far as Python knows them."""
    packages = ("granian", "uvloop", "asyncpg", "starlette", "strawberry-graphql", "graphql-core")
    return {"Python": platform.python_version(), **{name: version(name) for name in packages}}


def _machine() -> str:
    lines = Path("/proc/cpuinfo").read_text().splitlines()
    model = next((line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")), platform.machine())
    memory = next(line.split()[1] for line in Path("/proc/meminfo").read_text().splitlines() if "MemTotal" in line)
    return f"{os.cpu_count()} of {model}, {int(memory) / 2**20:.0f} GiB, Linux {platform.release()}"
