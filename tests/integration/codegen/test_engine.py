"""What the engine says of each role becomes the snapshots: a real engine, over the real schema and metadata."""

import asyncio
import shutil
import subprocess
import sys
from functools import partial
from pathlib import Path

import pytest

from codegen import command, schema
from codegen.generator import Generator, NotGeneratedError
from entrypoints.codegen import introspect
from tests.unit.codegen.trees import commit, plant

ROOT = Path(__file__).resolve().parents[3]
WORK = "hasura/metadata/databases/default/tables/public_work.yaml"


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A repository with the metadata and the snapshots as they are here."""
    for name in ("hasura/metadata", "codegen/schema"):
        shutil.copytree(ROOT / name, tmp_path / name)
    commit(tmp_path, {})
    return tmp_path


async def test_a_column_taken_from_a_role_breaks_its_clients_and_one_given_to_it_does_not(
    tree: Path, capsys: pytest.CaptureFixture[str]
):
    work = (tree / WORK).read_text()
    of_viewer = work.index("  - role: viewer\n")
    plant(tree, {WORK: work[:of_viewer] + work[of_viewer:].replace("        - title\n", "", 1)})
    answers = await asyncio.to_thread(introspect, tree / "hasura" / "metadata", schema.ROLES)
    seen = [Generator("schema", partial(schema.files, introspect=lambda *_: answers), owns=schema.OWNS)]

    assert command.run(tree, seen, check=False) == 1
    told = capsys.readouterr()
    assert "  viewer: breaking" in told.out
    assert "operator" not in told.out
    assert "- viewer: Field work.title was removed." in told.err
    assert "  title: String!" in (tree / "codegen/schema/viewer.graphql").read_text()

    section = told.err[told.err.index("## Breaking changes") : told.err.index("Nothing was written.")]
    plant(tree, {"docs/decisions/0099-titles.md": f"# 0099: Titles are for operators\n\nWhy.\n\n{section}"})
    assert command.run(tree, seen, check=False) == 0
    commit(tree, {})

    assert command.run(tree, [snapshots_of_here()], check=False) == 0
    assert "  additive: viewer: Field work.title was added." in capsys.readouterr().out


async def test_metadata_that_does_not_fit_the_database_is_told_and_no_snapshot_is_made_of_it(tree: Path):
    broken = (tree / WORK).read_text().replace("        - title\n", "        - titel\n")
    plant(tree, {WORK: broken})

    with pytest.raises(NotGeneratedError, match=r'does not fit the database(.|\n)*column "titel" does not exist'):
        await asyncio.to_thread(introspect, tree / "hasura" / "metadata", schema.ROLES)


def test_other_locale_time_zone_seed_and_folder_give_the_same_files(tmp_path: Path):
    elsewhere = {
        "PATH": f"{Path(sys.executable).parent}:/usr/bin:/bin",
        "HOME": str(tmp_path),
        "PYTHONPATH": str(ROOT),
        "PYTHONHASHSEED": "4711",
        "LC_ALL": "C",
        "LANG": "tr_TR.UTF-8",
        "TZ": "Pacific/Chatham",
    }

    done = subprocess.run(
        [sys.executable, "-m", "entrypoints.codegen", "--check"],
        cwd=tmp_path,
        env=elsewhere,
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stderr


def snapshots_of_here() -> Generator:
    """The snapshots as they are committed here."""
    texts = {schema.path_of(role): (ROOT / schema.path_of(role)).read_text() for role in schema.ROLES}
    return Generator("schema", lambda _: texts, owns=schema.OWNS)
