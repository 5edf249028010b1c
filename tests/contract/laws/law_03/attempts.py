"""Trying forbidden writes as a role, and telling which are not refused as the matrix says."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

import asyncpg

from entrypoints.migrate import MIGRATIONS
from tests.contract.laws.law_03.scene import Scene
from tests.contract.laws.law_03.writes import GRANT, Write

Connection: TypeAlias = "asyncpg.Connection[asyncpg.Record]"
WENT_THROUGH = "nothing: it went through"
# Where a write is about no table of ours, the line that makes the roles without any power.
_ROLES = "CREATE ROLE"


@dataclass(frozen=True)
class Finding:
    """A write that was not refused as it should be."""

    role: str
    write: Write
    expected: str
    found: str
    place: str

    def __str__(self) -> str:
        """The role, the write, the place that holds it and what to do, in words for a newcomer."""
        if self.expected == GRANT:
            remedy = f"Whatever grants it to {self.role} came later: revoke it in a new migration."
        else:
            remedy = f"Put {self.expected} back as it is there, in a new migration."
        return (
            f"{self.role} tried {self.write.what!r}. The {self.expected} should refuse it, what refused it is"
            f" {self.found}.\n    {self.place} holds this. {remedy}"
        )


async def findings(connection: Connection, role: str, writes: Iterable[Write], scene: Scene) -> list[Finding]:
    """What the role can do that it must not, or is refused by something else than the matrix says."""
    found: list[Finding] = []
    for write in writes:
        expected = write.refused_by(role)
        if expected is None:
            continue
        refused = await attempt(connection, write, scene)
        if refused != expected:
            found.append(Finding(role, write, expected, refused, place_of(expected, write)))
    return found


async def attempt(connection: Connection, write: Write, scene: Scene) -> str:
    """What refuses the write: `grant`, the name of a constraint or trigger, or WENT_THROUGH. Nothing stays of it."""
    trial = connection.transaction()
    await trial.start()
    try:
        for statement in write.sql.format(**scene).split(";\n"):
            await connection.execute(statement)
    except asyncpg.InsufficientPrivilegeError as refused:
        return "append-only" if "append-only" in str(refused) else GRANT
    except asyncpg.IntegrityConstraintViolationError as refused:
        return refused.constraint_name or str(refused)
    finally:
        await trial.rollback()
    return WENT_THROUGH


def place_of(expected: str, write: Write) -> str:
    """File and line of the migration that holds it: the constraint's, or the grants on the table."""
    table = re.search(r"(?:public|ledger)\.\w+", write.sql.rsplit(";\n", 1)[-1])
    wanted = rf"\b{expected}\b" if expected != GRANT else rf"^GRANT .*{table[0]}\b" if table else _ROLES
    return _last_line(wanted) or _last_line(rf"{table[0]}\b" if table else _ROLES) or _last_line(_ROLES) or ""


def _last_line(pattern: str) -> str | None:
    lines = [
        f"{_shown(file)}:{number}"
        for file in sorted(MIGRATIONS.glob("*/up.sql"))
        for number, line in enumerate(file.read_text().splitlines(), 1)
        if re.search(pattern, line)
    ]
    return lines[-1] if lines else None


def _shown(file: Path) -> str:
    return str(file.relative_to(MIGRATIONS.parents[2]))
