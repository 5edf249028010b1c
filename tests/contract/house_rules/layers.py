"""`python -m tests.contract.house_rules.layers`: the import contracts of pyproject.toml, each breach with its remedy.

import-linter says which import breaks which contract; this says it as the house does: file, line, and what to do.
"""

import re
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

_LINT_IMPORTS = str(Path(sys.executable).parent / "lint-imports")
# "actions.work -> workflows.policies (l.12)", perhaps as one of the steps of a longer way.
_IMPORT = re.compile(r"^\s*(?:-|&)?\s*([\w.]+) -> ([\w.]+) \(l\.(\d+)")
_CLIENT = "codegen/clients/python/src"
_HEADING = re.compile(r"^-+$")

REMEDIES: dict[str, str] = {
    "Rooms lie in layers": (
        "a room imports only from rooms below it (docs/laws.md): move what both need down to contracts/, or pass it in"
        " from entrypoints/"
    ),
    "The API validates, records and queues": (
        "the API opens no connection and starts nothing: record a command, and let an activity in"
        " workflows/activities/ do it"
    ),
    "Stand-ins are strangers to the product": (
        "a stand-in is a server on the real wire and knows only contracts/: speak to it over its wire"
    ),
    "The Python client stands alone, and only entrypoints use it": (
        "only entrypoints/ speak to the platform through its client: record a command, or read the ledger"
    ),
    "The Python client knows nothing of the product": (
        "the client is installed on its own: let what it needs be generated into codegen/clients/python"
    ),
    "Only the ledger speaks SQL": "move the statement to ledger/sql/ and call its function in ledger/",
}


def contracts(root: Path) -> list[dict[str, Any]]:
    """The import contracts as pyproject.toml says them."""
    return tomllib.loads((root / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]


def broken(root: Path) -> list[str]:
    """Each import that breaks a contract, as `file:line: imports what: remedy`; the linter's own words if it failed."""
    ran = subprocess.run([_LINT_IMPORTS, "--no-cache"], cwd=root, capture_output=True, text=True, check=False)
    if ran.returncode == 0:
        return []
    found: list[str] = []
    contract = ""
    lines = ran.stdout.splitlines()
    for before, line in zip(["", *lines], lines, strict=False):
        if _HEADING.match(line) and before in REMEDIES:
            contract = before
        at = _IMPORT.match(line)
        if at and contract:
            importer, imported, number = at.groups()
            found.append(f"{_file(root, importer)}:{number}: imports {imported}: {REMEDIES[contract]}")
    return sorted(set(found)) or [ran.stdout + ran.stderr]


def _file(root: Path, module: str) -> str:
    name = module.replace(".", "/")
    if (root / _CLIENT / name).with_suffix(".py").is_file() or (root / _CLIENT / name).is_dir():
        name = f"{_CLIENT}/{name}"
    return f"{name}/__init__.py" if (root / name / "__init__.py").is_file() else f"{name}.py"


def main() -> int:
    found = broken(Path(__file__).resolve().parents[3])
    for line in found:
        print(line)  # noqa: T201  - this is the program's answer
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
