"""The files that the rules look at, and how a violation is told."""

import ast
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

_NEVER = {
    ".git",
    ".venv",
    ".state",
    "node_modules",
    "__pycache__",
    "dist",
    ".hypothesis",
    ".pytest_cache",
    ".ruff_cache",
}
ROOMS = ("contracts", "projections", "ledger", "runtime", "actions", "workflows", "codegen", "embedded", "entrypoints")

# What generators write as they like.
GENERATED = "codegen/clients/python/src/fractalops_client/generated/"


@dataclass(frozen=True, order=True)
class Violation:
    """A place that breaks a rule, and what to do about it."""

    file: str
    line: int
    remedy: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.remedy}"


@dataclass(frozen=True)
class SourceFile:
    """A file of the tree; `name` is its path from the root, with slashes."""

    name: str
    path: Path

    @cached_property
    def text(self) -> str:
        return self.path.read_text(encoding="utf-8", errors="replace")

    @cached_property
    def syntax(self) -> ast.Module:
        return ast.parse(self.text, self.name)

    @cached_property
    def nodes(self) -> list[ast.AST]:
        """Every node of the syntax tree; many rules look at all of them."""
        return list(ast.walk(self.syntax))

    @property
    def room(self) -> str:
        """The top folder, or the empty string for a file at the root."""
        return self.name.partition("/")[0] if "/" in self.name else ""

    def at(self, line: int, remedy: str) -> Violation:
        return Violation(self.name, line, remedy)


@dataclass(frozen=True)
class Tree:
    """The files below `root` that are the project's own: those git knows or would add."""

    root: Path

    @cached_property
    def files(self) -> list[SourceFile]:
        return [
            SourceFile(name, self.root / name)
            for name in sorted(self._names())
            if not _NEVER & set(name.split("/")) and (self.root / name).is_file()
        ]

    @property
    def python(self) -> list[SourceFile]:
        """Every Python file that is written by hand."""
        return [file for file in self.files if file.name.endswith(".py") and not file.name.startswith(GENERATED)]

    @property
    def product(self) -> list[SourceFile]:
        """The Python files of the rooms, so neither tests nor scripts."""
        return [file for file in self.python if file.room in ROOMS]

    def _names(self) -> Iterator[str]:
        if not (self.root / ".git").exists():
            yield from (str(path.relative_to(self.root)) for path in self.root.rglob("*") if path.is_file())
            return
        listed = subprocess.run(
            ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
            cwd=self.root,
            capture_output=True,
            text=True,
            check=True,
        )
        yield from filter(None, listed.stdout.split("\0"))
