"""The house keeps its own rules, and each rule sees what breaks it."""

from pathlib import Path

import pytest

from tests.contract.house_rules import size
from tests.contract.house_rules.rules import RULES, Rule
from tests.contract.house_rules.tree import Tree

ROOT = Path(__file__).parents[2]
LONG_FUNCTION = "def long():\n    '''Nothing.'''\n" + "    x = 1\n" * 60

# Per rule: a file that breaks it, the line that is told, and a file that is like it but keeps it.
PLANTED: dict[str, tuple[tuple[str, str, int], tuple[str, str]]] = {
    "files_can_be_read_at_one_sitting": (("ledger/a.py", "x = 1\n" * 401, 1), ("ledger/a.py", "x = 1\n" * 400)),
    "functions_can_be_seen_at_once": (("ledger/a.py", LONG_FUNCTION, 1), ("ledger/a.py", LONG_FUNCTION[:-20])),
    "files_are_small": (("docs/a.bin", "x" * (1 << 20) + "x", 1), ("docs/a.bin", "x" * (1 << 20))),
    "only_the_edge_reads_the_environment": (
        ("ledger/a.py", "import os\nx = os.environ['A']\n", 2),
        ("entrypoints/a.py", "import os\nx = os.environ['A']\n"),
    ),
    "only_the_ledger_speaks_sql": (
        ("actions/a.py", "x = 1\ny = 'SELECT id FROM work'\n", 2),
        ("ledger/a.py", "x = 1\ny = 'SELECT id FROM work'\n"),
    ),
    "public_names_are_documented": (
        ("actions/a.py", "class A:\n    '''Is.'''\n    def b(self): ...\n", 3),
        ("actions/a.py", "class A:\n    '''Is.'''\n    def _b(self): ...\n"),
    ),
    "nothing_is_left_for_later": (("docs/a.md", "one\nTODO: two\n", 2), ("docs/a.md", "one\nto do: two\n")),
    "locks_name_no_registry": (
        ("requirements/a.lock", "x==1\n--index-url https://example.test/simple\n", 2),
        ("requirements/a.lock", "x==1 \\\n    --hash=sha256:00\n"),
    ),
}
MORE_BREAKS = [
    ("only_the_edge_reads_the_environment", "embedded/temporal/server.py", "from os import getenv\n"),
    ("only_the_edge_reads_the_environment", "actions/a.py", "import os\nx = os.getenv('A')\n"),
    ("only_the_ledger_speaks_sql", "runtime/a.py", "x = f'''\n  UPDATE work SET title = {1} WHERE id'''\n"),
    ("only_the_ledger_speaks_sql", "runtime/a.sql", "SELECT 1;\n"),
    ("locks_name_no_registry", "portal/package-lock.json", '{\n"resolved": "https://example.test/a.tgz"\n}\n'),
]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_the_house_keeps_the_rule(rule: Rule):
    assert [str(violation) for violation in rule(Tree(ROOT))] == []


@pytest.mark.parametrize("rule", [rule for rule in RULES if rule.__name__ in PLANTED], ids=lambda rule: rule.__name__)
def test_the_rule_sees_what_breaks_it_and_nothing_else(rule: Rule, tmp_path: Path):
    (broken, content, line), (kept, harmless) = PLANTED[rule.__name__]
    plant(tmp_path / "broken", broken, content)
    plant(tmp_path / "kept", kept, harmless)

    found = list(rule(Tree(tmp_path / "broken")))

    assert [(violation.file, violation.line) for violation in found] == [(broken, line)]
    assert found[0].remedy
    assert list(rule(Tree(tmp_path / "kept"))) == []


@pytest.mark.parametrize(("name", "file", "content"), MORE_BREAKS)
def test_other_ways_to_break_a_rule_are_seen(name: str, file: str, content: str, tmp_path: Path):
    plant(tmp_path, file, content)
    rule = next(rule for rule in RULES if rule.__name__ == name)

    assert [violation.file for violation in rule(Tree(tmp_path))] == [file]


def test_a_stand_in_without_its_page_is_seen(tmp_path: Path):
    rule = next(rule for rule in RULES if rule.__name__ == "stand_ins_tell_their_differences")
    for name in ("postgres", "temporal", "hasura", "supabase"):
        plant(tmp_path, f"embedded/{name}/KNOWN_DIFFERENCES.md", "None.\n")

    assert [violation.file for violation in rule(Tree(tmp_path))] == ["embedded/daytona/KNOWN_DIFFERENCES.md"]


def test_every_rule_has_a_test_that_breaks_it():
    assert {rule.__name__ for rule in RULES} - {"stand_ins_tell_their_differences"} == set(PLANTED)


def test_what_is_allowed_to_be_large_may_not_grow(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(size, "ALLOWED", {"ledger/a.py": 500})
    plant(tmp_path, "ledger/a.py", "x = 1\n" * 501)

    assert len(list(size.files_can_be_read_at_one_sitting(Tree(tmp_path)))) == 1


def test_what_has_become_small_enough_stands_on_no_list_any_more():
    lines = {file.name: len(file.text.splitlines()) for file in Tree(ROOT).python}
    functions = {name for name in size.ALLOWED if "::" in name}

    assert [name for name in size.ALLOWED.keys() - functions if lines[name] <= size.FILE_LINES_MAX] == []


def plant(root: Path, name: str, content: str) -> None:
    """Write a file into a tree."""
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content)
