"""A change of what a role sees is additive, or it breaks clients and is refused without a decision."""

from pathlib import Path

import pytest

from codegen import command
from codegen.baseline import COMMITS_MAX
from codegen.compatibility import changes
from tests.unit.codegen.trees import ADDED, BEFORE, BROKEN, OWNER, VIEWER, commit, git, plant, schemas

SECTION = "## Breaking changes\n\n- viewer: State was removed.\n- viewer: Field Query.state was removed.\n"
PAGE = f"# 0009: States are gone\n\nNobody used them.\n\n{SECTION}\n## Instead\n\n- viewer: nothing\n"


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A repository whose last commit holds both schemas."""
    commit(tmp_path, {VIEWER: BEFORE, OWNER: BEFORE})
    return tmp_path


def test_nothing_changed_is_said(tree: Path, capsys: pytest.CaptureFixture[str]):
    assert command.run(tree, schemas(BEFORE), check=True) == 0
    assert "The schema of every role is as in the last commit." in capsys.readouterr().out


def test_an_additive_change_is_told_for_its_role_and_written(tree: Path, capsys: pytest.CaptureFixture[str]):
    assert command.run(tree, schemas(ADDED), check=False) == 0

    told = capsys.readouterr().out
    assert "  viewer: additive (1 additive)\n  additive: viewer: Field Query.id was added.\n" in told
    assert "owner" not in told
    assert (tree / VIEWER).read_text() == ADDED
    assert command.run(tree, schemas(ADDED), check=True) == 0


def test_a_breaking_change_is_refused_and_not_written(tree: Path, capsys: pytest.CaptureFixture[str]):
    assert command.run(tree, schemas(BROKEN), check=False) == 1

    told = capsys.readouterr()
    assert "  viewer: breaking (2 breaking)" in told.out
    assert SECTION in told.err
    assert "a page of docs/decisions/" in told.err
    assert "Nothing was written." in told.err
    assert (tree / VIEWER).read_text() == BEFORE


def test_the_block_that_the_refusal_prints_is_the_way_out(tree: Path, capsys: pytest.CaptureFixture[str]):
    command.run(tree, schemas(BROKEN, BROKEN), check=False)
    refusal = capsys.readouterr().err
    block = refusal[refusal.index("## Breaking changes") : refusal.index("Nothing was written.")]
    assert "- owner, viewer: State was removed." in block

    plant(tree, {"docs/decisions/0009-states.md": f"# 0009: States are gone\n\nWhy.\n\n{block}"})

    assert command.run(tree, schemas(BROKEN, BROKEN), check=False) == 0
    assert command.run(tree, schemas(BROKEN, BROKEN), check=True) == 0
    assert (tree / VIEWER).read_text() == BROKEN


@pytest.mark.parametrize(
    "page",
    [
        PAGE.replace("## Breaking changes", "## Changes"),
        PAGE.replace("- viewer: State", "- owner: State"),
        PAGE.replace("- viewer: Field Query.state was removed.\n", ""),
        PAGE.replace("## Breaking changes\n\n", "## Breaking changes\n\n## Words\n\n"),
    ],
)
def test_a_decision_counts_only_in_its_section_and_for_its_role_and_words(page: str, tree: Path):
    plant(tree, {"docs/decisions/0009-states.md": page, VIEWER: BROKEN})
    assert command.run(tree, schemas(BROKEN), check=True) == 1

    plant(tree, {"docs/decisions/0009-states.md": PAGE})
    assert command.run(tree, schemas(BROKEN), check=True) == 0


@pytest.mark.parametrize("by", ["deleting the snapshot", "editing it", "staging the deletion"])
def test_what_lies_on_disk_does_not_hide_a_breaking_change(by: str, tree: Path):
    if by == "editing it":
        plant(tree, {VIEWER: BROKEN})
    else:
        (tree / VIEWER).unlink()
    if by == "staging the deletion":
        git(tree, "add", "--all")

    assert command.run(tree, schemas(BROKEN), check=False) == 1


@pytest.mark.parametrize(
    "commits",
    [
        [{VIEWER: BROKEN}],
        [{VIEWER: BROKEN}, {"README.md": "later"}],
        [{VIEWER: BROKEN}, {OWNER: ADDED}],
        [{VIEWER: None}, {VIEWER: BROKEN}],
        [{VIEWER: None, OWNER: None}, {VIEWER: BROKEN, OWNER: ADDED}],
    ],
)
def test_a_breaking_change_that_was_committed_is_still_found(
    commits: list[dict[str, str | None]], tree: Path, capsys: pytest.CaptureFixture[str]
):
    for files in commits:
        commit(tree, files)
    now = schemas(BROKEN, (tree / OWNER).read_text())

    assert command.run(tree, now, check=True) == 1
    refusal = capsys.readouterr().err
    assert "broke clients without a decision." in refusal
    assert SECTION in refusal

    plant(tree, {"docs/decisions/0009-states.md": PAGE})
    assert command.run(tree, now, check=True) == 0


def test_a_break_that_came_by_a_merge_of_many_commits_is_found(tree: Path, capsys: pytest.CaptureFixture[str]):
    git(tree, "switch", "--quiet", "--create", "side")
    commit(tree, {VIEWER: BROKEN})
    for number in range(COMMITS_MAX):
        commit(tree, {OWNER: BEFORE.replace("  state", f"  extra_{number}: String\n  state")})
    git(tree, "switch", "--quiet", "main")
    commit(tree, {"README.md": "meanwhile"})
    git(tree, "merge", "--quiet", "--no-ff", "--message=merge", "side")

    assert command.run(tree, schemas(BROKEN, (tree / OWNER).read_text()), check=True) == 1
    assert SECTION in capsys.readouterr().err


def test_a_break_that_was_taken_back_needs_no_decision(tree: Path):
    commit(tree, {VIEWER: BROKEN})
    commit(tree, {VIEWER: BEFORE})

    assert command.run(tree, schemas(BEFORE), check=True) == 0


def test_history_is_looked_at_so_far_and_no_further(tree: Path):
    commit(tree, {VIEWER: BROKEN})
    for number in range(COMMITS_MAX):
        assert command.run(tree, schemas(BROKEN, (tree / OWNER).read_text()), check=True) == 1
        commit(tree, {OWNER: BEFORE.replace("  state", f"  extra_{number}: ID\n  state")})


def test_a_shallow_clone_is_checked_as_far_as_it_reaches(tree: Path, tmp_path_factory: pytest.TempPathFactory):
    commit(tree, {VIEWER: BROKEN})
    clone = tmp_path_factory.mktemp("shallow") / "clone"
    git(tree, "clone", "--quiet", "--depth=1", f"file://{tree}", str(clone))

    assert command.run(clone, schemas(BROKEN), check=True) == 0
    assert command.run(clone, schemas(BROKEN, BROKEN), check=False) == 1


def test_without_git_the_files_on_disk_are_what_was_before(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    plant(tmp_path, {VIEWER: BEFORE, OWNER: BEFORE})

    assert command.run(tmp_path, schemas(BROKEN), check=False) == 1
    assert "The schemas against the files on disk:" in capsys.readouterr().out


def test_a_history_that_cannot_be_read_is_no_free_pass(tree: Path, capsys: pytest.CaptureFixture[str]):
    (tree / ".git" / "HEAD").write_text("nonsense\n")

    assert command.run(tree, schemas(BEFORE), check=True) == 1
    assert "Git does not tell" in capsys.readouterr().err


def test_a_role_that_is_gone_breaks_its_clients(tree: Path, capsys: pytest.CaptureFixture[str]):
    assert command.run(tree, schemas(BEFORE, None), check=True) == 1
    assert "- owner: The role was removed." in capsys.readouterr().err


@pytest.mark.parametrize(
    ("old", "new", "kind", "words"),
    [
        ("title(short: Boolean): String!", "title: String!", "breaking", "Argument Query.title(short:) was removed."),
        ("short: Boolean", "short: Boolean!", "breaking", "has changed type from Boolean to Boolean!."),
        ("): String!", "): String", "breaking", "Field Query.title changed type from String! to String."),
        ("state: State!", "state: State", "breaking", "Field Query.state changed type from State! to State."),
        ("  open\n", "  closed\n", "breaking", "Enum value State.open was removed."),
        ("  open\n", "  open\n  closed\n", "risky", "Enum value State.closed was added."),
        (
            "short: Boolean",
            "short: Boolean, long: Boolean",
            "risky",
            "An optional argument Query.title(long:) was added.",
        ),
        ("): String!", "): String!\n  id: String", "additive", "Field Query.id was added."),
        ("enum State", '"""Of a\nproposal."""\nenum State', "described", "Description of State has changed"),
    ],
)
def test_each_kind_of_change_is_named(old: str, new: str, kind: str, words: str):
    found = changes({"viewer": BEFORE}, {"viewer": BEFORE.replace(old, new)})

    assert any(change.kind == kind and words in change.words for change in found)
    assert not any("\n" in change.words for change in found)
