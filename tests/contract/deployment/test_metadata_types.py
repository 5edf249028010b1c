"""hasura/metadata is what Hasura's own description of metadata says it must be."""

import shutil
from pathlib import Path

import pytest

from tests.contract.deployment.metadata_types import complaints

ROOT = Path(__file__).resolve().parents[3]
TABLE = "databases/default/tables/public_proposal.yaml"


@pytest.fixture
def metadata(tmp_path: Path) -> Path:
    return Path(shutil.copytree(ROOT / "hasura" / "metadata", tmp_path / "metadata"))


@pytest.fixture
def work(tmp_path: Path) -> Path:
    (tmp_path / "work").mkdir()
    return tmp_path / "work"


def test_every_file_and_the_whole_have_the_types_of_hasuras_metadata(metadata: Path, work: Path):
    assert complaints(metadata, work) == []


PLANTED = [
    (
        "actions.yaml",
        ("    forward_client_headers: false\n", "    forward_client_header: false\n"),
        "'\"forward_client_header\"' does not exist",
    ),
    (
        TABLE,
        ("      allow_aggregations: true\n", "      allow_aggregation: true\n"),
        "'\"allow_aggregation\"' does not exist in type 'SelectPermissionDefinition'",
    ),
    ("databases/databases.yaml", ("  kind: postgres\n", "  kind: 15\n"), "number' is not assignable"),
    (
        "graphql_schema_introspection.yaml",
        ("disabled_for_roles: []", "disabled_for_roles: agent"),
        "'string' is not assignable to type 'string[]'",
    ),
    ("opentelemetry.yaml", ("{}", "{status: enabled}"), "not assignable to type 'OpenTelemetry'"),
]


def test_what_hasura_does_not_know_is_told_with_file_line_and_words(metadata: Path, work: Path):
    expected: list[tuple[str, str]] = []
    for name, (right, wrong), words in PLANTED:
        before = (metadata / name).read_text()
        assert right in before
        (metadata / name).write_text(before.replace(right, wrong, 1))
        line = before[: before.index(right)].count("\n") + 1
        expected.append((f"{name}:{line}: error", words))

    said = complaints(metadata, work)

    missed = [(place, words) for place, words in expected if not any(place in one and words in one for one in said)]
    assert missed == [], "\n".join(said)


def test_a_file_that_hasura_does_not_know_is_told(metadata: Path, work: Path):
    (metadata / "relationships.yaml").write_text("[]\n")

    assert complaints(metadata, work) == [
        "relationships.yaml:1: is no file of Hasura's metadata: nothing would read it"
    ]
