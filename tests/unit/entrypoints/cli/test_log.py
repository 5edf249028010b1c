"""The growth of a log checked by the program from files alone."""

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from codegen import proof_vectors
from entrypoints.cli.main import build

VECTORS: dict[str, Any] = json.loads(proof_vectors.files(Path())[proof_vectors.FILE])


def run(*arguments: str) -> Result:
    return CliRunner().invoke(build(), arguments)


@pytest.fixture
def bundle(tmp_path: Path) -> Path:
    """The vectors' proof in the log of nine leaves."""
    execution = {"execution_id": "00000000-0000-4000-8000-000000000002", "outcome": "succeeded"}
    made: dict[str, Any] = {
        "proof_id": execution["execution_id"],
        **execution,
        "verified": True,
        "checks": [],
        **{name: VECTORS[name] for name in ("envelope", "leaf_index", "public_key_pem")},
        "tree_size": 9,
        "inclusion_path": VECTORS["inclusion"]["9"],
        "checkpoint": VECTORS["checkpoints"][8],
        "key_id": "k",
    }
    file = tmp_path / "bundle.json"
    file.write_text(json.dumps(made))
    return file


def grown(folder: Path, first: int, size: int) -> Path:
    made: dict[str, Any] = {
        "from_size": first,
        "to_size": size,
        "verified": True,
        "checks": [],
        "from_checkpoint": VECTORS["checkpoints"][first - 1],
        "to_checkpoint": VECTORS["checkpoints"][size - 1],
        **{f"{end}_public_key_pem": VECTORS["public_key_pem"] for end in ("from", "to")},
        "path": VECTORS["consistency"][f"{first} {size}"],
    }
    file = folder / "grown.json"
    file.write_text(json.dumps(made))
    return file


def since(bundle: Path, kept: str, growth: Path) -> dict[str, Any]:
    note = bundle.with_name("kept.checkpoint")
    note.write_text(kept)
    ran = run("proofs", "verify", "--file", str(bundle), "--against", str(note), "--consistency", str(growth), "--json")
    return next(check for check in json.loads(ran.stdout)["checks"] if check["name"] == "consistency")


@pytest.mark.parametrize(("kept_size", "between"), [(4, (4, 9)), (12, (9, 12))])
def test_a_kept_checkpoint_older_or_newer_than_the_proof_shows_one_log(
    bundle: Path, kept_size: int, between: tuple[int, int]
):
    check = since(bundle, VECTORS["checkpoints"][kept_size - 1], grown(bundle.parent, *between))

    assert check["holds"], check


def test_a_log_that_was_rewritten_since_the_kept_checkpoint_is_told(bundle: Path):
    check = since(bundle, VECTORS["rewritten_checkpoints"][3], grown(bundle.parent, 4, 9))

    assert not check["holds"]
    assert check["detail"] == "The first 4 leaves of the later log are not those of the earlier one."


def test_the_growth_of_a_log_is_verified_from_its_file(tmp_path: Path):
    assert run("proofs", "consistency", "--file", str(grown(tmp_path, 4, 9))).exit_code == 0


def test_a_changed_hash_between_two_checkpoints_is_found(tmp_path: Path):
    file = grown(tmp_path, 3, 9)
    made = json.loads(file.read_text())
    file.write_text(json.dumps({**made, "path": ["00" * 32, *made["path"][1:]]}))

    ran = run("proofs", "consistency", "--file", str(file), "--json")

    assert ran.exit_code == 1
    assert [check["name"] for check in json.loads(ran.stdout)["checks"] if not check["holds"]] == ["consistency"]
