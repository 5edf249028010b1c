"""`fractalops-client` by itself: built, put into an environment that holds nothing of the product, and used there."""

import asyncio
import json
import os
import shutil
import sys
import venv
from importlib.metadata import Distribution, distribution
from pathlib import Path

import pytest
from packaging.requirements import Requirement

from tests.support.world import World

ROOT = Path(__file__).resolve().parents[3]
SOURCES = ROOT / "codegen" / "clients" / "python"
UV = ROOT / ".state" / "bootstrap" / "bin" / "uv"
WITHIN_S = 120
USES = """
import asyncio, json, sys
import fractalops_client
from fractalops_client import FractalOps

async def main(url, secret):
    async with FractalOps(url, admin_secret=secret) as platform:
        asked = [one.slug for one in await platform.organization()]
        async for rows in platform.follow_harnesses(limit=1):
            break
    foreign = {"contracts", "entrypoints", "ledger", "actions", "codegen", "runtime", "workflows", "projections"}
    print(json.dumps({"asked": asked, "watched": len(rows), "from": fractalops_client.__file__,
        "foreign": sorted(foreign & {name.partition(".")[0] for name in sys.modules})}))

asyncio.run(main(*sys.argv[1:]))
"""


async def said_by(*command: str | Path, cwd: Path) -> str:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "VIRTUAL_ENV"))}
    process = await asyncio.create_subprocess_exec(
        *map(str, command),
        cwd=cwd,
        env={**kept, "UV_OFFLINE": "1", "UV_NO_CONFIG": "1"},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    out, err = await asyncio.wait_for(process.communicate(), WITHIN_S)
    assert process.returncode == 0, err.decode()
    return out.decode()


def needed(names: list[str]) -> dict[str, Distribution]:
    """The distributions that these requirements come to, as the product's environment has them."""
    found: dict[str, Distribution] = {}
    waiting = [Requirement(name) for name in names]
    while waiting:
        requirement = waiting.pop()
        held = distribution(requirement.name)
        found.setdefault(requirement.name, held)
        assert requirement.specifier.contains(held.version), requirement
        extras = requirement.extras or {""}
        deeper = [Requirement(text) for text in held.requires or ()]
        waiting += [
            one
            for one in deeper
            if one.name not in found
            and (one.marker is None or any(one.marker.evaluate({"extra": extra}) for extra in extras))
        ]
    return found


def lend(distributions: dict[str, Distribution], site: Path) -> None:
    """Put exactly these distributions into an environment: what an installer would fetch, without a network."""
    for held in distributions.values():
        for file in held.files or ():
            if ".." not in file.parts and file.parts[0] != "__pycache__" and file.locate().is_file():
                (site / file).parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(file.locate(), site / file)


@pytest.fixture(scope="module")
def sources(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy without what a build leaves behind."""
    folder = tmp_path_factory.mktemp("package") / "fractalops-client"
    shutil.copytree(SOURCES, folder, ignore=shutil.ignore_patterns("build", "*.egg-info", "__pycache__"))
    return folder


async def test_the_package_installed_alone_speaks_to_the_platform(world: World, sources: Path, tmp_path: Path):
    home = tmp_path / "environment"
    venv.create(home, symlinks=True)
    python = home / "bin" / "python"
    site = next((home / "lib").glob("python3*")) / "site-packages"
    await said_by(UV, "build", "--wheel", "--no-build-isolation", "--python", sys.executable, sources, cwd=tmp_path)
    (wheel,) = (sources / "dist").glob("fractalops_client-*.whl")

    await said_by(UV, "pip", "install", "--python", python, "--no-deps", wheel, cwd=tmp_path)
    declared = json.loads(
        await said_by(
            python,
            "-c",
            "import json, importlib.metadata as m; print(json.dumps(m.requires('fractalops-client')))",
            cwd=tmp_path,
        )
    )
    lend(needed(declared), site)
    (tmp_path / "uses.py").write_text(USES)
    said = json.loads(
        await said_by(python, "-I", "uses.py", world.at["graphql_url"], world.at["admin_secret"], cwd=tmp_path)
    )

    assert said["from"].startswith(str(home))
    assert said["foreign"] == []
    assert len(said["asked"]) >= 1
    assert said["watched"] <= 1
    assert (site / "fractalops_client" / "py.typed").exists()


async def test_the_first_example_of_its_page_is_typed(sources: Path, tmp_path: Path):
    page = (sources / "README.md").read_text()
    (tmp_path / "example.py").write_text(page.split("```python\n")[1].split("```")[0])
    (tmp_path / "pyrightconfig.json").write_text(
        json.dumps(
            {"extraPaths": [str(sources / "src")], "typeCheckingMode": "strict", "reportUnknownMemberType": False}
        )
    )

    await said_by(sys.executable, "-m", "pyright", "--pythonpath", sys.executable, "example.py", cwd=tmp_path)
