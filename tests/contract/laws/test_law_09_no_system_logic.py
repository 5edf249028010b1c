"""Law 9: an adjacent system is a row of the catalogue, never a name in code."""

from pathlib import Path

import pytest

from tests.contract.house_rules import systems
from tests.contract.laws.planting import THE_TREE, places, planted, told

_ROW = "- kind: {kind}\n  title: Something\n  protocol: http\n"


def test_the_product_keeps_the_law():
    assert told(9, THE_TREE) == []


@pytest.mark.parametrize(
    ("file", "broken"),
    [
        ("runtime/nexus_client.py", "class NexusClient: ..."),
        ("runtime/a.py", "nexus_url = 1"),
        ("runtime/a.py", "x = 'penpot'"),
        ("workflows/a.py", "# Dokploy answers late"),
        ("ledger/sql/a.sql", "SELECT 'headlamp';"),
        ("portal/src/a.tsx", "const isHeadlamp = true"),
        ("hasura/metadata/a.yaml", "comment: like GitLab"),
        ("deploy/a.py", "x = 'jenkins'"),
        ("scripts/a.py", "restart_grafana()"),
    ],
)
def test_a_systems_name_is_told_with_its_place_and_what_to_do_instead(tmp_path: Path, file: str, broken: str):
    (violation,) = told(9, planted(tmp_path, {file: f"\n{broken}\n"}))

    assert (violation.file, violation.line) == (file, 2)
    assert systems.REMEDY in violation.remedy


def test_a_system_that_joins_the_catalogue_may_not_be_named_from_then_on(tmp_path: Path):
    files = {"runtime/a.py": "x = 'wikimatic'\n"}
    assert places(9, planted(tmp_path, files)) == []

    joined = planted(tmp_path, {**files, systems.CATALOGUE: _ROW.format(kind="wikimatic")})

    assert places(9, joined) == ["runtime/a.py:1"]


@pytest.mark.parametrize(
    "broken",
    [
        "if endpoint.kind == 'web_app': pass",
        "if 'http_api' == row['kind']: pass",
        "if endpoint.kind in ('git', 'http_api'): pass",
        "if endpoint_kind != 'git': pass",
        "match endpoint.kind:\n    case 'web_app': pass",
        "x = {'git': 1, 'http_api': 2}[endpoint.kind]",
    ],
)
def test_a_branch_on_an_endpoints_kind_is_told(tmp_path: Path, broken: str):
    (violation,) = told(9, planted(tmp_path, {"workflows/a.py": f"{broken}\n"}))

    assert (violation.file, violation.line) == ("workflows/a.py", 1)
    assert "ask its `protocol`" in violation.remedy


def test_a_branch_of_the_portal_is_told_too(tmp_path: Path):
    files = {"portal/src/a.tsx": "if (endpoint.kind === 'web_app') show()\n"}

    assert places(9, planted(tmp_path, files)) == ["portal/src/a.tsx:1"]


def test_protocols_pages_seeds_and_tests_may_say_what_they_mean(tmp_path: Path):
    files = {
        "workflows/a.py": "if endpoint.protocol == 'git': pass\n",
        "docs/a.md": "Nexus is an endpoint.\n",
        "seeds/catalogue.yaml": _ROW.format(kind="nexus"),
        "tests/a.py": "x = 'nexus'\n",
    }

    assert places(9, planted(tmp_path, files)) == []


def test_every_kind_of_the_catalogue_is_a_protocol_or_a_system():
    kinds = systems.kinds(THE_TREE)

    assert kinds >= systems.PROTOCOL_KINDS
    assert kinds - systems.PROTOCOL_KINDS == {"nexus", "penpot", "dokploy", "headlamp"}


def test_what_is_allowed_and_gone_must_leave_the_list(tmp_path: Path):
    (violation,) = told(9, planted(tmp_path, {"embedded/temporal/server.py": "x = 1\n"}))

    assert "take it out of ALLOWED" in violation.remedy
    assert all(reason for reason in systems.ALLOWED.values())
