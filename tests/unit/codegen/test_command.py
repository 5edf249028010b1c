"""What is not as it would be generated is told with the file, the difference and the command that mends it."""

from pathlib import Path

import pytest

from codegen import command
from codegen.generator import Generator, NotGeneratedError
from tests.unit.codegen.trees import plant

MENDS = "run `make codegen` and commit what it writes."


def page(text: str = "one\ntwo\n") -> Generator:
    return Generator("page", lambda _: {"docs/page.md": text}, owns=("docs/page.md",))


def folder(*names: str) -> Generator:
    return Generator("folder", lambda _: {f"made/{name}": f"{name}\n" for name in names}, owns=("made/",))


def test_a_tree_as_it_would_be_written_passes(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    plant(tmp_path, {"docs/page.md": "one\ntwo\n", "made/a.json": "a.json\n", "other.txt": "x"})

    assert command.run(tmp_path, [page(), folder("a.json")], check=True) == 0
    assert capsys.readouterr() == ("", "")


@pytest.mark.parametrize(
    ("before", "told"),
    [
        (
            {"docs/page.md": "one\n2\n"},
            "docs/page.md is not what would be generated: it is stale, or was edited by hand",
        ),
        ({"docs/page.md": "one\r\ntwo\r\n"}, "-one\\r"),
        ({"docs/page.md": "one\ntwo"}, "+++ docs/page.md (generated)"),
        ({}, "docs/page.md is missing"),
    ],
)
def test_a_stale_edited_or_missing_file_is_told_with_what_mends_it(
    before: dict[str, str], told: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    plant(tmp_path, before)

    assert command.run(tmp_path, [page()], check=True) == 1
    words = capsys.readouterr().err
    assert told in words
    assert MENDS in words

    assert command.run(tmp_path, [page()], check=False) == 0
    assert command.run(tmp_path, [page()], check=True) == 0


def test_the_difference_is_shown_line_by_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    plant(tmp_path, {"docs/page.md": "one\n2\n"})

    command.run(tmp_path, [page()], check=True)

    assert "\n-2\n+two\n" in capsys.readouterr().err


def test_a_long_difference_is_cut(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    plant(tmp_path, {"docs/page.md": "x\n"})

    command.run(tmp_path, [page("".join(f"{n} {'y' * 1_000}\n" for n in range(500)))], check=True)

    words = capsys.readouterr().err
    assert "more lines" in words
    assert len(words) < 30_000


def test_what_nothing_generates_any_more_is_told_and_removed(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    plant(tmp_path, {"made/a.json": "a.json\n", "made/old/b.json": "b", "made/__pycache__/a.pyc": "x", "kept/c": "c"})

    assert command.run(tmp_path, [folder("a.json")], check=True) == 1
    assert "made/old/b.json is left over: nothing generates it any more" in capsys.readouterr().err
    assert (tmp_path / "made/old/b.json").exists()

    assert command.run(tmp_path, [folder("a.json")], check=False) == 0
    assert capsys.readouterr().out == "removed made/old/b.json\n"
    assert not (tmp_path / "made/old").exists()
    assert (tmp_path / "made/__pycache__/a.pyc").exists()
    assert (tmp_path / "kept/c").exists()


def test_everything_that_follows_from_a_change_is_told_in_one_run(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    def reads(tree: Path) -> dict[str, str]:
        return {"docs/second.md": (tree / "docs" / "page.md").read_text().upper()}

    plant(tmp_path, {"docs/page.md": "old\n", "docs/second.md": "OLD\n"})
    second = Generator("second", reads, owns=("docs/second.md",), reads=("docs/page.md",))

    assert command.run(tmp_path, [page(), second], check=True) == 1
    words = capsys.readouterr().err
    assert "docs/page.md is not" in words
    assert "docs/second.md is not" in words
    assert "\n+TWO\n" in words
    assert words.count("`make codegen`") == 1


def test_a_generator_that_cannot_work_says_why_and_leaves_its_files_alone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    def fails(_: Path) -> dict[str, str]:
        raise NotGeneratedError("Node is missing: install it.")

    plant(tmp_path, {"made/a.json": "kept"})
    broken = Generator("portal types", fails, owns=("made/",))

    assert command.run(tmp_path, [broken, page()], check=True) == 1
    assert command.run(tmp_path, [broken, page()], check=False) == 1

    assert "portal types: Node is missing: install it." in capsys.readouterr().err
    assert (tmp_path / "made/a.json").read_text() == "kept"
    assert (tmp_path / "docs/page.md").read_text() == "one\ntwo\n"


def test_a_generator_writes_only_what_it_owns(tmp_path: Path):
    thief = Generator("thief", lambda _: {"README.md": "mine"}, owns=("docs/",))

    with pytest.raises(ValueError, match=r"thief made README\.md"):
        command.run(tmp_path, [thief], check=False)
    assert not (tmp_path / "README.md").exists()


def test_what_generators_own_is_nobody_elses():
    from codegen.generators import generators

    owned = [name for one in generators(lambda _metadata, _roles: {}) for name in one.owns]

    assert [(a, b) for a in owned for b in owned if a is not b and a.startswith(b)] == []
