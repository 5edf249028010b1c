"""`portal/src/__generated__/`: types for the operations of the portal, by graphql-codegen's client preset.

The portal says how in its own `codegen.ts`; here that is run on the tree, with the packages of the portal's lock.
"""

import shutil
import subprocess
from pathlib import Path

from codegen.generator import NotGeneratedError

FOLDER = "portal/src/__generated__/"
OWNS = (FOLDER,)
READS = ("portal/codegen.ts", "portal/codegen-roles.ts", "portal/package.json", "portal/tsconfig.json", "portal/src/")

_PACKAGES = Path(__file__).resolve().parent.parent / "portal" / "node_modules"
_PROGRAM = Path("node_modules") / "@graphql-codegen" / "cli" / "cjs" / "bin.js"
# It takes about three seconds; a busy machine may need more.
_WITHIN_S = 120


def files(tree: Path) -> dict[str, str]:
    """The generated modules by path.

    Raises:
        NotGeneratedError: with graphql-codegen's own words, for example about a column that the schema does not have.
    """
    portal = tree / "portal"
    shutil.rmtree(tree / FOLDER, ignore_errors=True)
    _lend_packages(portal)
    _run(tree, portal)
    made = sorted(path for path in (tree / FOLDER).rglob("*") if path.is_file())
    return {path.relative_to(tree).as_posix(): path.read_text(encoding="utf-8") for path in made}


def _lend_packages(portal: Path) -> None:
    if not (_PACKAGES.parent / _PROGRAM).is_file():
        raise NotGeneratedError("The portal's packages are missing: run `make setup`.")
    if not (portal / "node_modules").exists():
        (portal / "node_modules").symlink_to(_PACKAGES)


def _run(tree: Path, portal: Path) -> None:
    node = shutil.which("node")
    if node is None:
        raise NotGeneratedError("Node 20 or later is missing: `apt-get install nodejs`.")
    # Nothing of the caller's environment reaches it, so that it writes the same for everybody.
    done = subprocess.run(  # noqa: S603  - Node by its path, and a program of the portal's lock
        [node, str(_PROGRAM), "--config", "codegen.ts"],
        cwd=portal,
        env={"HOME": str(tree), "NO_COLOR": "1", "JITI_FS_CACHE": "false"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=_WITHIN_S,
        check=False,
    )
    if done.returncode != 0:
        # What went wrong is on standard error, how far it came on standard output; lines are counted from `graphql(`.
        said = (done.stderr or done.stdout).replace(f"{tree}/", "").strip()
        raise NotGeneratedError(f"an operation of the portal does not fit the schema, or codegen.ts fails.\n{said}")
