"""Law 1 in the code: what the API's process loads can open no connection and start no program."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.contract.house_rules import layers
from tests.contract.house_rules.tree import ROOMS
from tests.contract.laws.planting import ROOT, THE_TREE, places, planted, told

# What the process that records and queues never loads, by itself or through others.
_NEVER_LOADED = {
    *("temporalio", "runtime", "workflows", "daytona", "playwright", "httpx", "aiohttp", "requests", "websockets"),
    *("gql", "supabase", "hvac", "grpc", "urllib3"),
}


def test_the_api_keeps_the_law():
    assert told(1, THE_TREE) == []


def test_what_the_api_loads_at_run_time_knows_nobody_to_call():
    program = "import sys, entrypoints.api; print(*{name.partition('.')[0] for name in sys.modules})"
    loaded = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)

    assert {"actions", "ledger", "asyncpg", "uvloop"} <= set(loaded.stdout.split())
    assert set(loaded.stdout.split()) & _NEVER_LOADED == set()


@pytest.mark.parametrize(
    ("file", "broken"),
    [
        ("actions/a.py", "import httpx\n"),
        ("actions/a.py", "from urllib.request import urlopen\n"),
        ("actions/a.py", "from urllib import request\n"),
        ("actions/a.py", "import http.client\n"),
        ("actions/a.py", "from http import client\n"),
        ("actions/a.py", "import socket\n"),
        ("actions/a.py", "from temporalio.client import Client\n"),
        ("actions/a.py", "import subprocess\n"),
        ("actions/a.py", "from multiprocessing import Process\n"),
        ("actions/a.py", "import ctypes\n"),
        ("actions/a.py", "import uvloop\n"),
        ("actions/a.py", "x = __import__('socket')\n"),
        ("actions/a.py", "x = importlib.import_module('temporalio.client')\n"),
        ("actions/a.py", "x = asyncio.open_connection('a', 1)\n"),
        ("actions/a.py", "x = os.system('true')\n"),
        ("ledger/reached.py", "import requests\n"),
        ("contracts/deeper.py", "import gql\n"),
        ("entrypoints/api.py", "import hvac\n"),
    ],
)
def test_a_way_out_is_told_with_its_place_and_what_to_do_instead(tmp_path: Path, file: str, broken: str):
    files = {
        "actions/handler.py": "from ledger import reached\n",
        "ledger/reached.py": "import contracts.deeper\n",
        "contracts/deeper.py": "",
        "entrypoints/api.py": "import actions.handler\n",
    }

    (violation,) = told(1, planted(tmp_path, {**files, file: files.get(file, "") + broken}))

    assert (violation.file, violation.line) == (file, len((files.get(file, "") + broken).splitlines()))
    assert "record a command, and let an activity in workflows/activities/ do it" in violation.remedy or (
        "import it by its name" in violation.remedy
    )


def test_what_the_api_does_not_load_may_reach_out(tmp_path: Path):
    files = {"runtime/endpoints.py": "import httpx\n", "entrypoints/worker.py": "import socket\n"}

    assert places(1, planted(tmp_path, files)) == []


def test_every_import_contract_says_what_to_do_instead():
    assert set(layers.REMEDIES) == {contract["name"] for contract in layers.contracts(ROOT)}


def test_a_broken_import_contract_is_told_with_file_line_and_remedy(tmp_path: Path):
    for file in THE_TREE.files:
        if file.room in ROOMS and file.name.endswith(".py"):
            planted(tmp_path, {file.name: file.text})
    planted(tmp_path, {"pyproject.toml": (ROOT / "pyproject.toml").read_text()})
    work = tmp_path / "actions" / "work.py"
    lines = work.read_text().splitlines()
    at = next(number for number, line in enumerate(lines, 1) if line.startswith("from ledger import"))
    work.write_text("\n".join([*lines[:at], "import subprocess", "from workflows import policies", *lines[at:]]) + "\n")

    said = layers.broken(tmp_path)

    assert (
        f"actions/work.py:{at + 1}: imports subprocess: {layers.REMEDIES['The API validates, records and queues']}"
        in said
    )
    assert any(line.startswith(f"actions/work.py:{at + 2}: imports workflows") for line in said)
