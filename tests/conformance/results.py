"""What all runs together say of each case."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

PRIORITIES = ("core", "admin", "nice")


@dataclass
class Case:
    """A case of the suite: it passed if it passed in every mode and over every transport that it ran in."""

    id: str
    priority: str
    category: str
    checks: int = 0
    failures: list[str] = field(default_factory=list[str])
    needs: str = ""

    @property
    def ran(self) -> bool:
        """Whether any mode fulfilled what the case needs."""
        return self.checks > 0

    @property
    def passed(self) -> bool:
        """Whether it ran and failed nowhere."""
        return self.ran and not self.failures


@dataclass(frozen=True)
class Answer:
    """One result of one run, as the runner wrote it."""

    where: str
    result: Mapping[str, Any]


def priorities(suite: Path) -> dict[str, str]:
    """The priority of each group of cases, by the group's id."""
    manifest = json.loads((suite / "manifest.json").read_text())
    return {group["id"]: group["priority"] for group in manifest["suites"]}


def joined(answers: Iterable[Answer], priority_of: Mapping[str, str]) -> list[Case]:
    """One case for each that any run mentioned, sorted by its id."""
    cases: dict[str, Case] = {}
    for answer in answers:
        result = answer.result
        case = cases.setdefault(
            result["id"], Case(result["id"], priority_of[result["suite"]], result["category"].partition(":")[0])
        )
        detail = (result["detail"] or ["no reason given"])[0]
        if result["status"] == "skipped":
            case.needs = detail
            continue
        case.checks += 1
        if result["status"] != "passed":
            words = "worded differently: " if result["status"] == "wording" else ""
            case.failures.append(f"[{answer.where}, {result['transport']}] {words}{detail}")
    return [cases[name] for name in sorted(cases)]
