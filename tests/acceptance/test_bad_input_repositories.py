"""Repositories that are not as hoped: each is refused or taken as it is, with its reason; nothing is half done."""

import subprocess
from collections.abc import AsyncGenerator
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
import pytest_asyncio

from entrypoints.platform import RefusedError
from tests.support.waiting import free_port
from tests.support.world import Organization, World, git, repository


class Pointed:
    """An active organization whose one endpoint can be pointed at any repository."""

    def __init__(self, org: Organization) -> None:
        self.org = org

    async def at(self, url: str) -> Organization:
        """The organization, with the endpoint at that URL from now on."""
        endpoint = (await (await self.org.as_("owner")).ask("query { endpoint { id } }"))["endpoint"][0]["id"]
        await self.org.act("owner", "revise_endpoint", "ReviseEndpoint", endpoint_id=endpoint, public_url=url)
        return self.org

    async def failure(self, url: str, **specification: Any) -> tuple[str, str]:
        """Code and sentence of work that fails at that URL."""
        org = await self.at(url)
        harness_id = await org.launch(await org.work("echo after > a.txt", **specification))
        row = await org.failed(harness_id)
        assert row["phase"] == "failed", row
        assert row["proposal_id"] is None
        return await code_of(org, harness_id), row["headline"]


async def code_of(org: Organization, harness_id: str) -> str:
    """The code in the event that tells the harness's failure."""
    sql = "SELECT data ->> 'code' AS code FROM portal_live_events WHERE harness_id = $1 AND type = 'HarnessFailed'"
    [row] = await org.world.ask_database(sql, UUID(harness_id))
    return row["code"]


@pytest_asyncio.fixture(scope="module")
async def pointed(world: World, tmp_path_factory) -> AsyncGenerator[Pointed]:
    org = await world.organization(repository(tmp_path_factory.mktemp("repository")).as_uri())
    yield Pointed(org)
    await org.close()


async def test_a_port_that_refuses_says_that_the_repository_could_not_be_reached(pointed: Pointed):
    code, headline = await pointed.failure(f"http://127.0.0.1:{free_port()}/a.git")

    assert code == "ENDPOINT_UNREACHABLE"
    assert "could not be reached" in headline


async def test_a_path_without_a_repository_says_so(pointed: Pointed, tmp_path: Path):
    code, headline = await pointed.failure((tmp_path / "nothing.git").as_uri())

    assert code == "ENDPOINT_MISSING"
    assert "no repository" in headline


async def test_an_empty_repository_asks_for_a_first_commit(pointed: Pointed, tmp_path: Path):
    git(tmp_path, "init", "--quiet", "--bare", "empty.git")

    by_default, _ = await pointed.failure((tmp_path / "empty.git").as_uri())
    by_name, headline = await pointed.failure((tmp_path / "empty.git").as_uri(), branch="main")

    assert by_default == "REPOSITORY_EMPTY"
    assert by_name == "REPOSITORY_EMPTY"
    assert "first commit" in headline


async def test_a_branch_that_is_not_there_is_named(pointed: Pointed, tmp_path: Path):
    code, headline = await pointed.failure(repository(tmp_path).as_uri(), branch="nowhere")

    assert code == "BRANCH_MISSING"
    assert "nowhere" in headline


async def test_a_repository_with_a_submodule_keeps_its_link(pointed: Pointed, tmp_path: Path):
    inner, bare = repository(tmp_path / "inner"), repository(tmp_path / "outer")
    work = tmp_path / "outer" / "work"
    git(work, "-c", "protocol.file.allow=always", "submodule", "add", "--quiet", inner.as_uri(), "inner")
    git(work, "commit", "--quiet", "--message", "A submodule")
    git(work, "push", "--quiet", "origin", "main")
    before = git(bare, "ls-tree", "main", "inner")
    org = await pointed.at(bare.as_uri())

    row = await org.carried_out(await org.proposed("echo after > a.txt"))

    assert row["phase"] == "succeeded", row["headline"]
    assert git(bare, "show", "main:a.txt") == "after"
    assert git(bare, "ls-tree", "main", "inner") == before


async def test_a_target_branch_that_stands_elsewhere_is_not_moved(pointed: Pointed, tmp_path: Path):
    bare = repository(tmp_path)
    work = tmp_path / "work"
    git(work, "checkout", "--quiet", "-b", "release")
    git(work, "commit", "--quiet", "--allow-empty", "--message", "Elsewhere")
    git(work, "push", "--quiet", "origin", "release")
    release, main = git(bare, "rev-parse", "release"), git(bare, "rev-parse", "main")
    org = await pointed.at(bare.as_uri())

    row = await org.carried_out(await org.proposed("echo after > a.txt", branch="main", target_branch="release"))

    assert row["phase"] == "failed"
    assert row["headline"].startswith("The branch release was expected at")
    assert (git(bare, "rev-parse", "release"), git(bare, "rev-parse", "main")) == (release, main)
    assert row["proof_id"] is not None


async def test_a_new_target_branch_is_made_and_the_base_stays(pointed: Pointed, tmp_path: Path):
    bare = repository(tmp_path)
    main = git(bare, "rev-parse", "main")
    org = await pointed.at(bare.as_uri())

    row = await org.carried_out(await org.proposed("echo after > a.txt", target_branch="feature/one"))

    assert row["phase"] == "succeeded", row["headline"]
    assert git(bare, "show", "feature/one:a.txt") == "after"
    assert git(bare, "rev-parse", "main") == main


async def test_a_remote_that_refuses_the_push_is_quoted(pointed: Pointed, tmp_path: Path):
    bare = repository(tmp_path)
    main = git(bare, "rev-parse", "main")
    git(bare, "config", "receive.denyNonFastForwards", "true")
    git(bare, "update-ref", "refs/heads/taken", main)
    org = await pointed.at(bare.as_uri())

    # No branch can lie below one that exists.
    row = await org.carried_out(await org.proposed("echo after > a.txt", target_branch="taken/below"))

    assert row["phase"] == "failed"
    assert "rejected" in row["headline"]
    assert git(bare, "for-each-ref", "--format=%(refname)").split() == ["refs/heads/main", "refs/heads/taken"]


def _prepared(folder: Path) -> None:
    (folder / "script.sh").write_bytes(b"#!/bin/sh\n" * 50)
    (folder / "binary").write_bytes(bytes(range(256)) * 40)
    (folder / "latin-1").write_bytes("K\xe4se\r\nohne Ende".encode("latin-1"))
    (folder / "link").symlink_to("script.sh")
    (folder / "gone").write_bytes(b"soon\n")
    subprocess.run(["sh", "-c", r"printf '\377\n' > \"$(printf 'k\344se')\""], cwd=folder, check=True)


_CHANGES = r"""
set -e
printf '\000\001\377\r\n' >> binary
head -c 5000 /dev/urandom > random; cp random random-again
git mv script.sh renamed.sh 2>/dev/null || mv script.sh renamed.sh
chmod +x renamed.sh
printf 'changed \344\r\n' > latin-1
ln -sfn renamed.sh link; ln -s ../outside dangling
rm gone; mkdir -p deep/er; printf 'no newline at the end' > deep/er/file
printf '\376\377' >> "$(printf 'k\344se')"
printf 'new\n' > "$(printf 'n\366w \tname\nwith lines')"
printf '*.ignored\n' > .gitignore; printf 'x' > a.ignored
: > empty
"""


async def test_binary_renamed_linked_and_oddly_named_files_arrive_byte_for_byte(pointed: Pointed, tmp_path: Path):
    bare = repository(tmp_path)
    work = tmp_path / "work"
    _prepared(work)
    git(work, "add", "--all")
    git(work, "commit", "--quiet", "--message", "All sorts")
    git(work, "push", "--quiet", "origin", "main")
    org = await pointed.at(bare.as_uri())
    keep = 'mkdir -p "$HOME/kept" && git --git-dir=.git add --all && git write-tree > tree.ignored && git reset --quiet'

    proposal = await org.proposed(f"{_CHANGES}\n{keep}\ncat tree.ignored")
    row = await org.carried_out(proposal)

    assert row["phase"] == "succeeded", row["headline"]
    [output] = await org.world.ask_database(
        "SELECT body FROM artifact WHERE harness_id = $1 AND name = 'run-output'", UUID(proposal["harness_id"])
    )
    assert git(bare, "rev-parse", "main^{tree}") == output["body"].split()[-1]
    shown = {file["path"] for file in proposal["payload"]["files"]}
    assert {r"k\xe4se", "renamed.sh", "binary", "link", "gone"} <= shown


async def test_a_check_of_a_secret_that_is_not_there_says_what_to_mend(world: World, tmp_path: Path):
    slug = f"secretless-{free_port()}"
    secret = {"name": "token", "purpose": "To read.", "reference": f"secret://file/{slug}#token"}
    org = await world.organization(repository(tmp_path).as_uri(), slug=slug, secret_contracts=[secret])

    document = 'query { onboarding_check(where: {state: {_eq: "failed"}}) { subject_name detail remedy } }'
    [check] = (await (await org.as_("owner")).ask(document))["onboarding_check"]

    assert org.onboarding["phase"] == "failed"
    assert org.onboarding["headline"].startswith("1 of 3 checks failed: token.")
    assert check["subject_name"] == "token"
    assert "Put the value where the secret contract says it lives" in check["remedy"]
    with pytest.raises(RefusedError) as refused:
        await org.launch(await org.work("true"))
    assert refused.value.code == "NOT_ACTIVE"
    await org.close()


async def test_checks_tell_each_thing_that_is_wrong_with_what_mends_it(world: World, tmp_path: Path):
    git(tmp_path, "init", "--quiet", "--bare", "empty.git")
    endpoints = [
        {"name": "empty", "kind": "git", "public_url": (tmp_path / "empty.git").as_uri()},
        {"name": "closed", "kind": "git", "public_url": f"http://127.0.0.1:{free_port()}/a.git"},
        {"name": "silent", "kind": "http_api", "public_url": f"http://127.0.0.1:{free_port()}"},
    ]
    assets = [{"name": "browser", "kind": "browser"}, {"name": "unknown", "limits": {"snapshot": "no-such-snapshot"}}]
    org = await world.organization("", endpoints=endpoints, runtime_assets=assets)

    document = "query { onboarding_check { subject_name state detail remedy } }"
    checks = (await (await org.as_("owner")).ask(document))["onboarding_check"]

    failed = {check["subject_name"]: check for check in checks if check["state"] == "failed"}
    assert failed.keys() == {"empty", "closed", "silent", "browser", "unknown"}
    assert all(check["detail"] and check["remedy"] for check in failed.values()), failed
    await org.close()
