"""Every check of the house but the tests, as many at a time as there are processors: `make check`.

All of them run even if one fails, so that one run tells everything; the exit code is 1 if any failed.
"""
# ruff: noqa: T201, S603, INP001  - a script of its own, outside every package, that prints and runs programs

import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
_PYTHON = (sys.executable, "-m")

# What is told at once comes first, then what takes longest.
CHECKS: dict[str, tuple[str, ...]] = {
    "lint": (*_PYTHON, "ruff", "check", "--quiet", "."),
    "format": (*_PYTHON, "ruff", "format", "--check", "--quiet", "."),
    "portal": ("npm", "--prefix", "portal", "run", "check"),
    "types": (*_PYTHON, "pyright"),
    "generated files": (*_PYTHON, "entrypoints.codegen", "--check"),
    "house rules": (*_PYTHON, "tests.contract.house_rules"),
    "client types": (*_PYTHON, "pyright", "--project", "codegen/clients/python", "--pythonpath", sys.executable),
    "layers": (*_PYTHON, "tests.contract.house_rules.layers"),
}


def main() -> int:
    """0 if every check passes, otherwise 1 after the words of those that failed."""
    with ThreadPoolExecutor(os.cpu_count()) as processors:
        passed = dict(zip(CHECKS, processors.map(_passes, CHECKS, CHECKS.values()), strict=True))
    failed = [name for name in CHECKS if not passed[name]]
    if failed:
        print(f"check: failed: {', '.join(failed)}")
        return 1
    print("check: all passed")
    return 0


def _passes(name: str, command: tuple[str, ...]) -> bool:
    began = time.monotonic()
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, stdin=subprocess.DEVNULL, check=False)
    verdict = "passed" if done.returncode == 0 else "FAILED"
    words = done.stdout + done.stderr if done.returncode != 0 else ""
    # In one piece: another check may be told of at the same moment.
    print(f"check: {name} {verdict} ({time.monotonic() - began:.1f} s)\n{words}", end="", flush=True)
    return done.returncode == 0


if __name__ == "__main__":
    sys.exit(main())
