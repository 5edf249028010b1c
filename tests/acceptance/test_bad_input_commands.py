"""Commands that misbehave in the sandbox: each ends in a state with its reason, and nothing unapproved is pushed."""

from collections.abc import AsyncGenerator
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import psutil
import pytest_asyncio

from tests.support.waiting import until
from tests.support.world import Organization, World, git, repository


class Bench:
    """An active organization with one repository, and what becomes of commands run on it."""

    def __init__(self, org: Organization, bare: Path) -> None:
        self.org = org
        self.bare = bare

    async def failure(self, run: str, **specification: Any) -> tuple[str, str]:
        """Code and sentence of a command that fails; nothing was proposed or pushed."""
        before = git(self.bare, "rev-parse", "main")
        harness_id = await self.org.launch(await self.org.work(run, **specification))
        row = await self.org.failed(harness_id)
        assert (row["phase"], row["proposal_id"]) == ("failed", None), row
        assert git(self.bare, "rev-parse", "main") == before
        sql = "SELECT data ->> 'code' AS code FROM portal_live_events WHERE harness_id = $1 AND type = 'HarnessFailed'"
        [event] = await self.org.world.ask_database(sql, UUID(harness_id))
        return event["code"], row["headline"]

    async def pushed(self, run: str, verify: str = "true", **specification: Any) -> dict[str, Any]:
        """The proposal whose execution succeeded."""
        proposal = await self.org.proposed(run, verify, **specification)
        row = await self.org.carried_out(proposal)
        assert row["phase"] == "succeeded", row["headline"]
        return proposal

    async def artifact(self, harness_id: str, name: str) -> Any:
        """What a harness kept."""
        sql = "SELECT * FROM artifact WHERE harness_id = $1 AND name = $2"
        return (await self.org.world.ask_database(sql, UUID(harness_id), name))[0]


@pytest_asyncio.fixture(scope="module")
async def bench(world: World, tmp_path_factory) -> AsyncGenerator[Bench]:
    bare = repository(tmp_path_factory.mktemp("repository"))
    org = await world.organization(bare.as_uri())
    yield Bench(org, bare)
    await org.close()


def alive(mark: str) -> list[int]:
    """The processes of this machine that have this text in their command line."""
    return [one.pid for one in psutil.process_iter(["cmdline"]) if mark in " ".join(one.info["cmdline"] or [])]


async def test_a_command_that_fails_is_told_with_its_last_words(bench: Bench):
    assert await bench.failure("echo first; echo the reason >&2; exit 3") == (
        "RUN_FAILED",
        "RUN ended with exit code 3: the reason",
    )


async def test_a_command_that_is_no_shell_fails_as_one(bench: Bench):
    code, _ = await bench.failure("if then (")

    assert code == "RUN_FAILED"


async def test_last_words_that_are_not_text_are_told_all_the_same(bench: Bench):
    code, headline = await bench.failure(r"printf 'a\000b\377\033[31m\xed\xa0\x80\n'; exit 4")

    assert code == "RUN_FAILED"
    assert headline.startswith("RUN ended with exit code 4: a")


async def test_a_command_over_its_time_limit_is_stopped_with_all_that_it_started(bench: Bench):
    mark = f"7{uuid4().int % 10**8}"

    code, headline = await bench.failure(
        f"trap '' TERM; setsid sleep {mark} & nohup sleep {mark} & sleep {mark}", run_timeout_s=2
    )

    assert (code, headline) == ("RUN_TIMED_OUT", "RUN did not end within 2 s and was stopped.")
    await until(lambda: not alive(mark), within_s=10, what="the end of what the command started")


async def test_a_flood_of_output_is_cut_and_the_command_goes_on(bench: Bench):
    proposal = await bench.pushed("head -c 100000000 /dev/zero | tr '\\0' 'x'; echo; echo flooded > a.txt; echo end")

    kept = await bench.artifact(proposal["harness_id"], "run-output")
    assert kept["truncated"]
    assert kept["size_bytes"] < 2_000_000
    assert kept["body"].rstrip().endswith("end")


async def test_a_flood_without_a_line_makes_no_endless_headline(bench: Bench):
    code, headline = await bench.failure("head -c 100000000 /dev/zero | tr '\\0' 'x'; exit 5")

    assert code == "RUN_FAILED"
    assert len(headline) < 400


async def test_a_command_that_removes_the_repository_loses_it(bench: Bench):
    code, headline = await bench.failure("rm -rf .git")

    assert code == "REPOSITORY_LOST"
    assert "repository" in headline


async def test_a_command_that_removes_everything_loses_the_repository(bench: Bench):
    code, _ = await bench.failure("cd; rm -rf work; true")

    assert code == "REPOSITORY_LOST"


async def test_a_command_that_leaves_a_repository_of_its_own_is_refused(bench: Bench):
    inner = "git init -q in && cd in && git -c user.name=a -c user.email=a@b.c commit -q --allow-empty -m x"

    code, headline = await bench.failure(inner)

    assert code == "NESTED_REPOSITORY"
    assert "of its own in in;" in headline


async def test_a_command_that_commits_by_itself_proposes_what_it_committed(bench: Bench):
    commit = "git -c user.name=a -c user.email=a@b.c commit -q -a -m mine --author 'Somebody <s@b.c>'"

    proposal = await bench.pushed(f"echo committed > a.txt && {commit} && echo staged > b.txt && git add b.txt")

    assert git(bench.bare, "show", "main:a.txt") == "committed"
    assert git(bench.bare, "show", "main:b.txt") == "staged"
    assert git(bench.bare, "rev-parse", "main^") == proposal["payload"]["base_commit"]
    assert git(bench.bare, "log", "-1", "--format=%an", "main") == "FractalOps"


async def test_a_command_cannot_make_git_say_something_else(bench: Bench):
    tricks = (
        "git config core.fsmonitor 'touch /tmp/ran'; git config diff.external false; git config core.hooksPath .;"
        " git config core.excludesFile a.txt; printf 'a.txt diff=x -text\\n' > .git/info/attributes;"
        " git config diff.x.textconv 'echo nothing'; git update-index --assume-unchanged a.txt;"
        " git replace --graft HEAD || true"
    )

    await bench.pushed(f"{tricks}; echo changed in spite > a.txt")

    assert git(bench.bare, "show", "main:a.txt") == "changed in spite"


async def test_a_full_disk_ends_the_command_with_a_reason_and_harms_nobody_else(bench: Bench):
    # It goes on until it is stopped, because where the kernel sets no limit somebody has to look first.
    code, headline = await bench.failure(
        'i=0; while head -c 50000000 /dev/zero > "$HOME/fill$i"; do i=$((i + 1)); done; exit 1'
    )

    # With no room left for a result, the command counts as lost.
    assert code in {"RUN_FAILED", "RUN_LOST"}
    assert headline
    await bench.pushed("date +%N > a.txt")


async def test_a_change_over_the_limit_is_not_proposed(bench: Bench):
    code, headline = await bench.failure("head -c 6000000 /dev/urandom > big")

    assert code == "PATCH_TOO_LARGE"
    assert str(5 * 1024 * 1024) in headline


async def test_a_change_of_very_many_files_with_the_longest_of_names_is_proposed(bench: Bench):
    folder = r"x=$(printf '\344%.0s' $(seq 240)); d=$x/$x/$x/$x; mkdir -p $d"

    proposal = await bench.pushed(f"{folder}; for i in $(seq 440); do echo $i > $d/$i; done")

    assert proposal["payload"]["files_changed"] == 440


async def test_a_verify_that_tampers_with_the_checkout_changes_nothing_of_what_is_pushed(bench: Bench):
    commit = "git -c user.name=a -c user.email=a@b.c commit -q -a -m evil"
    tamper = f"echo evil > a.txt; echo evil > evil.txt; git add -A; {commit}; rm -rf .git/refs; mkdir .git/refs"

    await bench.pushed("echo good > a.txt", f"{tamper}; true")

    assert git(bench.bare, "show", "main:a.txt") == "good"
    assert "evil.txt" not in git(bench.bare, "ls-tree", "-r", "--name-only", "main").split()
    assert git(bench.bare, "log", "-1", "--format=%an", "main") == "FractalOps"


async def test_a_verify_over_its_time_limit_pushes_nothing(bench: Bench):
    before, mark = git(bench.bare, "rev-parse", "main"), f"8{uuid4().int % 10**8}"
    proposal = await bench.org.proposed("date +%N > a.txt", f"sleep {mark}", verify_timeout_s=1)

    row = await bench.org.carried_out(proposal)

    assert (row["phase"], row["headline"]) == ("failed", "VERIFY did not end within 1 s.")
    assert row["proof_id"] is not None
    assert git(bench.bare, "rev-parse", "main") == before
    await until(lambda: not alive(mark), within_s=10, what="the end of VERIFY")


async def test_browser_first_work_may_not_touch_its_endpoint_unseen(bench: Bench):
    declared = await (await bench.org.as_("viewer")).ask("query { endpoint { id } runtime_asset { id } }")
    created = await bench.org.act(
        "operator",
        "create_work",
        "CreateWork",
        title="Look first",
        interaction_policy="browser_first",
        endpoint_id=declared["endpoint"][0]["id"],
        runtime_asset_id=declared["runtime_asset"][0]["id"],
        specification={"run": "true", "verify": "true"},
    )
    harness_id = await bench.org.launch(created["id"])

    row = await bench.org.ended(harness_id)

    assert row["phase"] == "failed"
    assert "before a browser has looked at it" in row["headline"]
    sql = "SELECT data ->> 'code' AS code FROM portal_live_events WHERE harness_id = $1 AND type = 'HarnessFailed'"
    assert [one["code"] for one in await bench.org.world.ask_database(sql, UUID(harness_id))] == [
        "BROWSER_OBSERVATION_REQUIRED"
    ]
