"""Law 5: an address has one source."""

from pathlib import Path

import pytest

from tests.contract.house_rules import addresses
from tests.contract.laws.planting import THE_TREE, places, planted, told


def test_the_tree_keeps_the_law():
    assert told(5, THE_TREE) == []


@pytest.mark.parametrize(
    "literal",
    [
        *("http://localhost:8080/v1", "127.0.0.1", "127.1.2.3", "0.0.0.0", "[::1]:8080", "::1"),  # noqa: S104  - nobody listens there
        *("10.1.2.3", "172.16.0.1", "172.31.255.1", "192.168.1.1", "169.254.169.254", "fc00::1", "fd12:3456::1"),
        *("fe80::1", "host.docker.internal", "printer.local", "router.lan", "db.internal", "api.prod.svc"),
        *("http://api.prod.svc.cluster.local/", "http://hasura:8080/v1/graphql", "postgres://fo_api@db/fractalops"),
        *("ws://realtime/socket", "temporal.example:7233", "https://hasura.acme.example/v1", "wss://a.example/"),
    ],
)
@pytest.mark.parametrize("file", ["runtime/a.py", "portal/src/a.ts", "hasura/metadata/a.yaml", "embedded/hasura/a.py"])
def test_an_address_is_told_with_its_place_and_where_to_take_it_from(tmp_path: Path, literal: str, file: str):
    found = told(5, planted(tmp_path, {file: f"a = 1\nb = '{literal}'\n"}))

    assert {(violation.file, violation.line) for violation in found} == {(file, 2)}
    assert all(addresses.REMEDY in violation.remedy for violation in found)


@pytest.mark.parametrize(
    "broken",
    [
        "connect(port=5432)",
        "PORT = 8080",
        "temporal_port: int = 7233",
        "def serve(port: int = 8080): ...",
        "def serve(*, port: int = 8080): ...",
        "url = f'http://{host}:8080/'",
    ],
)
def test_a_port_is_told_wherever_it_is_said(tmp_path: Path, broken: str):
    assert places(5, planted(tmp_path, {"ledger/a.py": f"{broken}\n"})) == ["ledger/a.py:1"]


def test_the_one_source_contracts_deployment_and_tests_may_say_them(tmp_path: Path):
    says = "url = 'http://localhost:8080/'\n"
    files = dict.fromkeys(
        ("entrypoints/config.py", "seeds/a.yaml", "deploy/a.yaml", "tests/a.py", "deploy/a/b.py", "tests/c/d.ts"), says
    )

    assert places(5, planted(tmp_path, files)) == []


@pytest.mark.parametrize(
    "harmless",
    [
        "f'http://{host}:{port}/'",
        "'secret://file/acme#token'",
        "'10.0'",
        "'1.10.0'",
        "'a::b'",
        "'12:30'",
        "'x:65534:y'",
    ],
)
def test_what_only_looks_like_an_address_is_none(tmp_path: Path, harmless: str):
    assert places(5, planted(tmp_path, {"ledger/a.py": f"a = {harmless}\n"})) == []


def test_a_page_shows_what_programs_print_and_no_other_private_address(tmp_path: Path):
    page = "http://127.0.0.1:17600/v1/graphql\nhttp://127.0.0.1:9999/\nhttp://192.168.0.7/\nhttps://hasura.example/\n"

    assert places(5, planted(tmp_path, {"docs/a.md": page})) == ["docs/a.md:2", "docs/a.md:3"]


def test_what_is_allowed_and_gone_must_leave_the_list(tmp_path: Path):
    (violation,) = told(5, planted(tmp_path, {"contracts/dsse.py": "x = 1\n"}))

    assert "take it out of ALLOWED" in violation.remedy
    assert all(reason for reason in addresses.ALLOWED.values())


def test_an_allowed_address_is_allowed_in_its_file_alone(tmp_path: Path):
    says = "x = 'https://in-toto.io/Statement/v1'\n"

    assert places(5, planted(tmp_path, {"contracts/dsse.py": says, "ledger/a.py": says})) == ["ledger/a.py:1"]
