"""Every check of the house but the tests, one after the other: `make check`.

All of them run even if one fails, so that one run tells everything; the exit code is 1 if any failed.
"""
# ruff: noqa: T201, S603, INP001  - a script of its own, outside every package, that prints and runs programs

import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
_PYTHON = (sys.executable, "-m")

CHECKS: dict[str, tuple[str, ...]] = {
    "lint": (*_PYTHON, "ruff", "check", "--quiet", "."),
    "format": (*_PYTHON, "ruff", "format", "--check", "--quiet", "."),
    "types": (*_PYTHON, "pyright"),
    "client types": (*_PYTHON, "pyright", "--project", "codegen/clients/python", "--pythonpath", sys.executable),
    "layers": (*_PYTHON, "tests.contract.house_rules.layers"),
    "house rules": (*_PYTHON, "tests.contract.house_rules"),
    "generated files": (*_PYTHON, "entrypoints.codegen", "--check"),
    "portal": ("npm", "--prefix", "portal", "run", "check"),
}


def main() -> int:
    """0 if every check passes, otherwise 1 after the words of those that failed."""
    failed = [name for name, command in CHECKS.items() if not _passes(name, command)]
    if failed:
        print(f"check: failed: {', '.join(failed)}")
        return 1
    print("check: all passed")
    return 0


def _passes(name: str, command: tuple[str, ...]) -> bool:
    began = time.monotonic()
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, stdin=subprocess.DEVNULL, check=False)
    verdict = "passed" if done.returncode == 0 else "FAILED"
    print(f"check: {name} {verdict} ({time.monotonic() - began:.1f} s)", flush=True)
    if done.returncode != 0:
        print(done.stdout + done.stderr, flush=True)
    return done.returncode == 0


if __name__ == "__main__":
    sys.exit(main())
