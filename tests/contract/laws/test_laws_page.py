"""docs/laws.md is complete and true: every law, every test of it, and the words that a violation prints."""

import re
from pathlib import Path

import pytest

from contracts.vocabulary import FORBIDDEN_SYNONYMS
from entrypoints.network.database import Database
from entrypoints.network.guard import Guard, ReachingOutError
from tests.contract.laws.planting import ROOT, planted, told

PAGE = (ROOT / "docs" / "laws.md").read_text()
SECTIONS = {
    int(number): text for number, text in re.findall(r"^## (\d+)\. (.*?)(?=^## |\Z)", PAGE, re.MULTILINE | re.DOTALL)
}
LAWS = range(1, 13)
# What the page tells the reader to try, as the guards of the text see it.
TRIED = {
    1: ("actions/work.py", "import httpx\n"),
    2: ("workflows/work.py", "client.start_workflow('work.run')\n"),
    5: ("runtime/endpoints.py", "url = 'http://hasura:8080'\n"),
    6: ("docs/flow.md", f"A {next(iter(FORBIDDEN_SYNONYMS))}.\n"),
    9: ("runtime/endpoints.py", "# Penpot answers late\n"),
}


def test_every_law_has_its_section_and_no_section_has_no_law():
    assert list(SECTIONS) == list(LAWS)
    for part in ("*Held by:*", "*Broken by:*", "*Prints:*", "*Try:*"):
        assert [law for law in LAWS if part not in SECTIONS[law]] == [], part


@pytest.mark.parametrize("law", LAWS)
def test_every_law_has_tests_and_all_of_them_are_on_the_page(law: int):
    files = {
        file.relative_to(ROOT).as_posix() for file in (ROOT / "tests/contract/laws").glob(f"test_law_{law:02}_*.py")
    }

    named = set(re.findall(r"`(tests/[\w/]+\.py)`", SECTIONS[law]))

    assert files, f"law {law} has no test: add tests/contract/laws/test_law_{law:02}_words.py"
    assert files - named == set(), "name these in docs/laws.md"
    assert [name for name in named if not (ROOT / name).is_file()] == []


@pytest.mark.parametrize("law", TRIED)
def test_what_a_violation_prints_is_what_the_page_says(tmp_path: Path, law: int):
    file, content = TRIED[law]

    said = [str(violation) for violation in told(law, planted(tmp_path, {file: content}))]

    assert [line for line in said if f"`{line}`" in " ".join(SECTIONS[law].split())], said


def test_what_the_running_api_prints_is_what_the_page_says():
    with pytest.raises(ReachingOutError) as refused:
        Guard(Database.of("postgresql://fo_api@db.example/a")).server("elsewhere.example", 443)

    quoted = re.search(r"`(In the API's process [^`]*) …`", " ".join(SECTIONS[1].split()))
    assert quoted is not None
    assert str(refused.value).startswith(quoted.group(1))
