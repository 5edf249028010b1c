"""The same contracts give the same bytes, wherever and whenever that is."""

import json
import random
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from graphql import build_schema, introspection_from_schema

from codegen import schema
from codegen.generators import generators

ROOT = Path(__file__).resolve().parents[3]
# Everything that follows from the contracts alone, by a generator that reads nothing of the tree.
PROGRAM = """
import json, pathlib, sys
from codegen.generators import generators
made = {}
for one in generators(lambda *_: {}):
    if not one.reads:
        made |= one.files(pathlib.Path("nowhere"))
sys.stdout.buffer.write(json.dumps(made).encode())
"""
HERE = {"PATH": "/usr/bin:/bin", "PYTHONPATH": str(ROOT)}
PLACES: dict[str, dict[str, str]] = {
    "no locale": {"LC_ALL": "C", "PYTHONHASHSEED": "0", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
    "Turkish": {"LC_ALL": "tr_TR.UTF-8", "LANG": "tr_TR.UTF-8", "PYTHONHASHSEED": "1", "TZ": "Asia/Istanbul"},
    "far away": {"LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "2", "TZ": "Pacific/Kiritimati", "HOME": "/nowhere"},
}


def made_in(environment: dict[str, str], folder: Path) -> dict[str, str]:
    """The texts by path, as a process of its own makes them there."""
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM], env=HERE | environment, cwd=folder, capture_output=True, check=True
    )
    return json.loads(done.stdout)


def test_two_runs_in_other_places_give_the_same_bytes(tmp_path: Path):
    made = {name: made_in(environment, tmp_path) for name, environment in PLACES.items()}

    assert made["no locale"] == made["Turkish"] == made["far away"]
    assert {path: (ROOT / path).read_text(encoding="utf-8") for path in made["Turkish"]} == made["Turkish"]


def test_what_follows_from_the_contracts_is_most_of_it():
    names = {one.name for one in generators(lambda _metadata, _roles: {}) if not one.reads}

    assert names == {
        *("action metadata", "JSON Schemas", "page of errors", "page of words", "page of actions"),
        *("meanings for people", "proof vectors"),
    }


def test_the_order_of_the_engines_answer_does_not_matter():
    text = (ROOT / schema.path_of("viewer")).read_text()
    introspection: Any = introspection_from_schema(build_schema(text))

    assert schema.printed(shuffled(introspection, random.Random(7))) == text  # noqa: S311  - an order, not a secret


@pytest.mark.parametrize("folder", ["codegen/schema", "codegen/json_schemas", "hasura/metadata", "docs"])
def test_no_generated_file_tells_of_the_machine_or_the_day(folder: str):
    of_machine = re.compile(
        rf"{re.escape(str(ROOT))}|/tmp/|/home/|{re.escape(sys.version.split()[0])}|\b20\d\d-\d\d-\d\dT"
    )
    owned = [name for one in generators(lambda _metadata, _roles: {}) for name in one.owns]
    files = [path for path in (ROOT / folder).rglob("*") if path.is_file()]
    generated = [path for path in files if path.relative_to(ROOT).as_posix().startswith(tuple(owned))]

    assert generated
    assert [str(path) for path in generated if of_machine.search(path.read_text(encoding="utf-8"))] == []


def shuffled(value: Any, chance: random.Random) -> Any:
    """The same JSON with every list in another order."""
    if isinstance(value, dict):
        return {key: shuffled(member, chance) for key, member in value.items()}
    if isinstance(value, list):
        return [shuffled(member, chance) for member in chance.sample(value, len(value))]
    return value
