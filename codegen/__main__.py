"""Write the generated files, or with `--check` fail when one is stale: `python -m codegen [--check]`."""

import argparse
import difflib
import sys
from pathlib import Path

from codegen import actions

ROOT = Path(__file__).resolve().parent.parent


def generated() -> dict[Path, str]:
    """Every generated file with its text."""
    folder = ROOT / "hasura" / "metadata"
    return {folder / "actions.graphql": actions.sdl(), folder / "actions.yaml": actions.metadata()}


def main() -> int:
    """0 when all is well; 1 when `--check` found a stale file."""
    parser = argparse.ArgumentParser(prog="python -m codegen", description="Write what follows from the contracts.")
    parser.add_argument("--check", action="store_true", help="write nothing; fail when a file is stale")
    check = parser.parse_args().check
    stale = 0
    for path, text in generated().items():
        before = path.read_text() if path.exists() else ""
        if before == text:
            continue
        stale += 1
        if check:
            name = str(path.relative_to(ROOT))
            sys.stderr.writelines(
                difflib.unified_diff(before.splitlines(True), text.splitlines(True), name, f"{name} (generated)", n=2)
            )
        else:
            path.write_text(text)
            print(f"wrote {path.relative_to(ROOT)}")
    if check and stale:
        print(f"{stale} generated files are stale: run `make codegen` and commit what it writes.", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
