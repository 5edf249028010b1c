"""The main job, end to end on the whole stack."""

import json
from pathlib import Path
from uuid import UUID

import pytest

from contracts.proofs import ProofBundle
from entrypoints import proofs
from entrypoints.platform import RefusedError
from tests.support.waiting import until
from tests.support.world import Organization, World, git, repository

_PROOF = f"query ($input: VerifyProof!) {{ verify_proof(input: $input) {{ {proofs.BUNDLE_FIELDS} }} }}"


async def test_an_approved_change_is_pushed_and_proved(world: World, tmp_path: Path):
    bare = repository(tmp_path)
    org = await world.organization(bare.as_uri())
    assert org.onboarding["phase"] == "succeeded", org.onboarding

    proposal = await org.proposed("printf 'after\\n' > a.txt", "grep after a.txt")
    row = await org.carried_out(proposal)

    assert (row["phase"], row["proposal_state"]) == ("succeeded", "applied"), row["headline"]
    assert git(bare, "show", "main:a.txt") == "after"
    assert git(bare, "rev-parse", "main^") == proposal["payload"]["base_commit"]
    bundle = (await (await org.as_("viewer")).ask(_PROOF, input={"proof_id": row["proof_id"]}))["verify_proof"]
    assert bundle["verified"]
    await org.close()


async def test_a_proof_verifies_after_everything_that_it_speaks_of_was_changed_or_deleted(world: World, tmp_path: Path):
    org = await world.organization(repository(tmp_path).as_uri())
    row = await org.carried_out(await org.proposed("printf 'after\\n' > a.txt"))
    viewer = await org.as_("viewer")
    before = (await viewer.ask(_PROOF, input={"proof_id": row["proof_id"]}))["verify_proof"]

    await world.ask_database("UPDATE work SET title = 'Another' WHERE org_id = $1", org.id)
    await world.ask_database("DELETE FROM endpoint WHERE org_id = $1", org.id)

    left = await world.ask_database(
        "SELECT (SELECT count(*) FROM work WHERE org_id = $1) + (SELECT count(*) FROM proposal WHERE org_id = $1)"
        " + (SELECT count(*) FROM execution WHERE org_id = $1) AS rows",
        org.id,
    )
    after = (await viewer.ask(_PROOF, input={"proof_id": row["proof_id"]}))["verify_proof"]
    assert left[0]["rows"] == 0
    assert after == before
    assert after["verified"]
    assert proofs.verify(ProofBundle.model_validate(after)).ok
    await org.close()


async def test_a_forged_proof_does_not_verify(world: World, tmp_path: Path):
    org = await world.organization(repository(tmp_path).as_uri())
    row = await org.carried_out(await org.proposed("printf 'after\\n' > a.txt"))
    bundle = (await (await org.as_("viewer")).ask(_PROOF, input={"proof_id": row["proof_id"]}))["verify_proof"]

    envelope = json.loads(bundle["envelope"])
    envelope["payload"] = envelope["payload"][:-8] + "AAAAAAA="
    forged = ProofBundle.model_validate({**bundle, "envelope": json.dumps(envelope)})

    assert not proofs.verify(forged).ok
    await org.close()


async def test_a_command_that_changes_nothing_has_nothing_to_propose(world: World, tmp_path: Path):
    org = await world.organization(repository(tmp_path).as_uri())

    row = await org.ended(await org.launch(await org.work("true")))

    assert (row["phase"], row["headline"], row["proposal_id"]) == ("succeeded", "Nothing to propose.", None)
    await org.close()


async def test_a_change_whose_verify_fails_is_not_pushed_and_that_is_proved(world: World, tmp_path: Path):
    bare = repository(tmp_path)
    org = await world.organization(bare.as_uri())
    base = git(bare, "rev-parse", "main")

    row = await org.carried_out(await org.proposed("printf 'after\\n' > a.txt", "echo not good enough; exit 3"))

    assert row["phase"] == "failed"
    assert row["headline"] == "VERIFY ended with exit code 3: not good enough"
    assert git(bare, "rev-parse", "main") == base
    assert row["proof_id"] is not None
    await org.close()


async def test_a_base_that_moved_is_not_pushed_over(world: World, tmp_path: Path):
    bare = repository(tmp_path)
    org = await world.organization(bare.as_uri())
    proposal = await org.proposed("printf 'after\\n' > a.txt")
    (tmp_path / "work" / "b.txt").write_text("meanwhile\n")
    git(tmp_path / "work", "add", "--all")
    git(tmp_path / "work", "commit", "--quiet", "--message", "Meanwhile")
    git(tmp_path / "work", "push", "--quiet", "origin", "main")
    moved = git(bare, "rev-parse", "main")

    row = await org.carried_out(proposal)

    assert row["phase"] == "failed"
    assert row["headline"].startswith(f"The branch main is at {moved[:12]}")
    assert git(bare, "rev-parse", "main") == moved
    await org.close()


async def test_a_check_that_fails_says_what_to_mend_and_passes_once_it_is_mended(world: World, tmp_path: Path):
    org = await world.organization((tmp_path / "no-such.git").as_uri())
    assert org.onboarding["phase"] == "failed"
    assert "repository" in org.onboarding["headline"]
    work_refused = None
    try:
        await org.launch(await org.work("true"))
    except RefusedError as refused:
        work_refused = refused.code
    endpoint = (await (await org.as_("owner")).ask("query { endpoint { id } }"))["endpoint"][0]["id"]

    await org.act(
        "owner",
        "revise_endpoint",
        "ReviseEndpoint",
        endpoint_id=endpoint,
        public_url=repository(tmp_path / "mended").as_uri(),
    )
    again = await org.act("operator", "check_onboarding", "CheckOnboarding")

    harness = await world.ask_database("SELECT harness_id FROM ledger.command WHERE id = $1", again["command_id"])
    assert (await org.ended(str(harness[0]["harness_id"])))["phase"] == "succeeded"
    assert work_refused == "NOT_ACTIVE"
    await org.close()


async def test_a_revised_endpoint_makes_an_approval_stale(world: World, tmp_path: Path):
    bare = repository(tmp_path)
    org = await world.organization(bare.as_uri())
    proposal = await org.proposed("printf 'after\\n' > a.txt")
    endpoint = (await (await org.as_("owner")).ask("query { endpoint { id } }"))["endpoint"][0]["id"]
    other = repository(tmp_path / "other").as_uri()
    await org.act("owner", "revise_endpoint", "ReviseEndpoint", endpoint_id=endpoint, public_url=other)

    with pytest.raises(RefusedError) as refused:
        await org.approve(proposal)

    assert refused.value.code == "STALE"
    await org.close()


async def test_checks_that_run_at_the_same_time_do_not_spoil_each_other(world: World, tmp_path: Path):
    assets = [{"name": f"sandbox {number}"} for number in range(4)]
    org = await world.organization(repository(tmp_path).as_uri(), runtime_assets=assets)

    first = await checks_of(org)
    await until(lambda: nearly_ended(org, first), within_s=30, what="all but the last check's end")
    second = await checks_of(org)

    assert (await org.ended(first))["phase"] == "succeeded"
    assert (await org.ended(second))["phase"] == "succeeded"
    state = await (await org.as_("viewer")).ask("query { organization { state } }")
    assert state["organization"][0]["state"] == "active"
    await org.close()


async def checks_of(org: Organization) -> str:
    """The harness of a new request to check everything again."""
    answer = await org.act("operator", "check_onboarding", "CheckOnboarding")
    command_id = UUID(answer["command_id"])
    rows = await org.world.ask_database("SELECT harness_id FROM ledger.command WHERE id = $1", command_id)
    return str(rows[0]["harness_id"])


async def nearly_ended(org: Organization, harness_id: str) -> bool:
    """Whether all checks of the harness but the last have ended."""
    row = await org.projection(harness_id)
    return row.get("steps_done", 0) >= row.get("steps_total", 1) - 1
