"""The program `fractalops` on the whole stack: who speaks, what they may, and how refusals are told."""

import asyncio
import json
import stat
from collections.abc import AsyncGenerator
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import jwt
import pytest
import pytest_asyncio

from tests.support.command_line import Person, address, signed_in
from tests.support.world import Organization, World, repository


@dataclass
class Members:
    """An organization, its owner and its viewer, both signed in."""

    org: Organization
    owner: Person
    viewer: Person


@pytest_asyncio.fixture(scope="module")
async def members(world: World, tmp_path_factory: pytest.TempPathFactory) -> AsyncGenerator[Members]:
    folder = tmp_path_factory.mktemp("people")
    org = await world.organization(repository(folder).as_uri())
    yield Members(
        org,
        await signed_in(world, org, "owner", folder / "owner"),
        await signed_in(world, org, "viewer", folder / "viewer"),
    )
    await org.close()


async def test_a_session_that_is_over_is_renewed_once_by_commands_at_the_same_time(world: World, members: Members):
    file = members.viewer.home / "session.json"
    kept = json.loads(file.read_text())
    file.write_text(json.dumps({**kept, "expires_at": 1}))

    answers = await asyncio.gather(*(members.viewer.does("whoami") for _ in range(3)))

    renewed = json.loads(file.read_text())
    session_id = jwt.decode(kept["access_token"], options={"verify_signature": False})["session_id"]
    tokens = await world.ask_database("SELECT 1 FROM auth.refresh_tokens WHERE session_id = $1", session_id)
    assert {one["role"] for one in answers} == {"viewer"}
    assert len(tokens) == 2
    assert renewed["refresh_token"] != kept["refresh_token"]
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


async def test_nobody_speaks_after_signing_out(world: World, members: Members, tmp_path: Path):
    viewer = await signed_in(world, members.org, "viewer", tmp_path / "viewer")
    kept = (viewer.home / "session.json").read_text()

    await viewer.does("sign-out")
    after = await viewer.run("whoami", "--json")
    (viewer.home / "session.json").write_text(json.dumps({**json.loads(kept), "expires_at": 1}))
    with_the_old_one = await viewer.run("whoami", "--json")

    assert after.error["code"] == "SIGNED_OUT"
    assert with_the_old_one.error["code"] == "SIGNED_OUT"


async def test_a_wrong_password_signs_nobody_in(world: World, tmp_path: Path):
    stranger = Person(tmp_path, address(world))
    email = world.at["users"]["owner"]["email"]

    ran = await stranger.run("sign-in", email, "--password-stdin", "--json", given="not it\n")

    assert ran.error["code"] == "UNAUTHENTICATED"
    assert not (tmp_path / "session.json").exists()


async def test_a_session_is_not_sent_to_another_platform(members: Members):
    elsewhere = Person(
        members.viewer.home, {**members.viewer.platform, "FRACTALOPS_SUPABASE_URL": "http://127.0.0.1:9"}
    )

    assert (await elsewhere.run("whoami", "--json")).error["code"] == "SIGNED_OUT"


async def test_owners_revise_what_was_declared_and_the_rest_stays(members: Members):
    owner, tag = members.owner, members.org.tag
    before = await owner.does("endpoints", "show", "repository")

    await owner.does("endpoints", "revise", "repository", "--executor-url", before["public_url"])
    await owner.does("runtimes", "revise", "sandbox", "--run-timeout-s", "77", "--capability", "git")
    await owner.does("secrets", "revise", "token", "--reference", f"secret://file/test-{tag}#token")
    after = await owner.does("endpoints", "show", "repository")
    runtime = (await owner.does("runtimes", "list"))[0]
    secret = (await owner.does("secrets", "list"))[0]

    assert after == {
        **before,
        **{name: after[name] for name in ("digest", "updated_at", "readiness_observed")},
        "executor_url": before["public_url"],
        "version": before["version"] + 1,
    }
    assert (runtime["limits"]["run_timeout_s"], runtime["capabilities"]) == (77, ["git"])
    assert (secret["version"], secret["purpose"]) == (2, "To read.")


async def test_owners_declare_more_and_change_who_belongs_to_the_organization(members: Members):
    owner, tag = members.owner, members.org.tag
    email = f"ada-{tag}@test.example"

    await owner.does("secrets", "declare", "registry", f"secret://file/test-{tag}/r#token", "--purpose", "To read.")
    sent = await owner.run("secrets", "send", "registry", "--json", given="nobody-sees-this\n")
    await owner.does(
        *("endpoints", "declare", "registry", "nexus", "https://nexus.example"),
        *("--auth", "bearer", "--secret-contract", "registry"),
    )
    declared = await owner.does("runtimes", "declare", "large", "--run-timeout-s", "7200")
    retired = await owner.does("runtimes", "retire", "large")
    await owner.does("members", "add", "Ada", email, "viewer")
    await owner.does("members", "change", email, "approver")
    found = {one["principal"]["email"]: one["role"] for one in await owner.does("members", "list")}
    await owner.does("members", "remove", email)
    alone = await owner.run("members", "remove", f"owner-{tag}@test.example", "--json")

    endpoint = await owner.does("endpoints", "show", "registry")
    assert (sent.code, sent.json["harness"]["projection"]["phase"]) == (0, "succeeded"), sent
    assert "nobody-sees-this" not in sent.out + sent.err
    assert (endpoint["kind"], endpoint["secret_contract"]["name"]) == ("nexus", "registry")
    assert (declared["id"], declared["state"], retired["state"]) == (retired["id"], "pending", "retired")
    assert found[email] == "approver"
    assert alone.error["code"] == "LAST_OWNER"


async def test_the_local_stack_onboards_from_a_file_and_says_what_to_mend(world: World, tmp_path: Path):
    local, tag = Person(world.stack.home, {}), uuid4().hex[:8]
    file = tmp_path / "acme.yaml"
    reference = f"secret://file/cli-{tag}/git#token"
    file.write_text(
        json.dumps(
            {
                "slug": f"cli-{tag}",
                "name": "From a file",
                "principals": [{"name": "Olive", "role": "owner", "email": f"olive-{tag}@cli.example"}],
                "secret_contracts": [{"name": "token", "purpose": "To read.", "reference": reference}],
                "endpoints": [{"name": "repository", "kind": "git", "public_url": repository(tmp_path).as_uri()}],
            }
        )
    )

    began = await local.run("onboarding", "start", str(file), "--json")
    put = await local.run("secrets", "put", reference, given="nobody-sees-this\n")
    signed = await local.does("sign-in", f"olive-{tag}@cli.example")
    checked = await local.does("onboarding", "check")
    status = await local.run("onboarding", "status")
    as_owner = await local.does("whoami", "--as", "owner")
    await local.does("sign-out")

    assert (began.code, began.json["state"]) == (1, "onboarding")
    assert "FAIL  secret_contract token" in began.err
    assert put.code == 0
    assert "nobody-sees-this" not in put.out + put.err
    assert signed["role"] == "owner"
    assert checked["state"] == "active"
    assert f"(cli-{tag}) is active." in status.out
    assert as_owner["email"] == world.at["users"]["owner"]["email"]


async def test_onboarding_is_not_for_people_without_the_administrators_secret(world: World, tmp_path: Path):
    file = tmp_path / "acme.yaml"
    file.write_text("slug: acme\nname: A\nprincipals: [{name: O, role: owner, email: o@a.example}]\n")

    ran = await Person(tmp_path / "home", address(world)).run("onboarding", "start", str(file), "--json")

    assert ran.error["code"] == "FORBIDDEN"


async def test_a_platform_that_does_not_answer_is_one_sentence(members: Members):
    gone = Person(
        members.viewer.home, {**members.viewer.platform, "FRACTALOPS_GRAPHQL_URL": "http://127.0.0.1:9/v1/graphql"}
    )

    ran = await gone.run("work", "list")

    assert ran.code == 1
    assert "(UNREACHABLE)" in ran.err
    assert "Traceback" not in ran.err


async def test_wrong_usage_ends_with_2(world: World, tmp_path: Path):
    nobody = Person(tmp_path, address(world))

    for arguments in (("work",), ("work", "launch"), ("proposals", "approve", "x", "--digets", "y"), ("nothing",)):
        ran = await nobody.run(*arguments)
        assert ran.code == 2, (arguments, ran)


async def test_an_owner_retires_an_endpoint_and_a_viewer_cannot(members: Members):
    refused = await members.viewer.run("endpoints", "retire", "repository")
    before = await members.viewer.does("endpoints", "show", "repository")
    await members.owner.does("endpoints", "retire", "repository")
    after = await members.viewer.does("endpoints", "show", "repository")

    assert refused.code == 1, refused
    assert (before["state"], after["state"]) == ("active", "retired")
