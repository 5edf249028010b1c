"""The path through the program `fractalops` on the whole stack, and the proof that stays of it."""

import json
from collections.abc import AsyncGenerator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
import pytest_asyncio

from tests.support.command_line import Person, signed_in
from tests.support.world import Organization, World, git, repository


@dataclass
class Played:
    """The path played once through the program, for the claims about what it left."""

    bare: Path
    org: Organization
    operator: Person
    approver: Person
    owner: Person
    harness_id: str
    proof_id: str
    bundle: dict[str, Any]


@pytest_asyncio.fixture(scope="module")
async def played(world: World, tmp_path_factory: pytest.TempPathFactory) -> AsyncGenerator[Played]:
    folder = tmp_path_factory.mktemp("cli")
    bare = repository(folder)
    org = await world.organization(bare.as_uri())
    operator = await signed_in(world, org, "operator", folder / "operator")
    approver = await signed_in(world, org, "approver", folder / "approver")
    owner = await signed_in(world, org, "owner", folder / "owner")

    run = ("--run", "printf 'after\\n' > a.txt", "--verify", "grep after a.txt")
    work = await operator.does("work", "create", "--title", "Say after", *run)
    waiting = await operator.does("work", "launch", work["id"][:8], "--follow")
    assert waiting["phase"] == "awaiting_decision"
    shown = await approver.does("proposals", "show", waiting["proposal_id"][:8])
    assert "+after" in shown["patch"]
    decided = await approver.does("proposals", "approve", shown["id"], "--digest", shown["digest"])
    assert decided["state"] == "approved"
    done = await operator.does("harness", "follow", waiting["harness_id"])
    bundle = await operator.does("proofs", "export", done["proof_id"])
    yield Played(bare, org, operator, approver, owner, waiting["harness_id"], done["proof_id"], bundle)
    await org.close()


async def test_what_an_approver_approved_by_its_digest_is_pushed(played: Played):
    assert git(played.bare, "show", "main:a.txt") == "after"


async def test_a_proof_verifies_online(played: Played):
    ran = await played.approver.run("proofs", "verify", played.proof_id[:8])

    assert ran.code == 0, ran
    assert "The proof holds." in ran.out
    assert [line.split()[1] for line in ran.out.splitlines() if line.startswith("ok")] == [
        *("key", "envelope", "signature", "statement", "checkpoint", "inclusion", "bundle")
    ]


async def test_a_proof_verifies_from_its_file_where_there_is_no_platform(played: Played, tmp_path: Path):
    nobody = Person(tmp_path / "home", {})
    file, key = tmp_path / "bundle.json", tmp_path / "key.pem"
    file.write_text(json.dumps(played.bundle))
    key.write_text(played.bundle["public_key_pem"])

    report = await nobody.does("proof", "verify", "--file", str(file), "--key", str(key))

    assert report["verified"]
    assert report["statement"]["predicate"]["harness"] == played.harness_id
    assert not nobody.home.exists()


async def test_a_log_is_held_against_a_checkpoint_that_was_kept(played: Played, tmp_path: Path):
    kept = tmp_path / "kept.checkpoint"
    kept.write_text((await played.operator.run("proofs", "checkpoint")).out)

    ran = await played.operator.run("proofs", "verify", played.proof_id, "--against", str(kept))
    grown = await played.operator.does("proof", "consistency", "1")

    assert ran.code == 0, ran
    assert "ok    consistency" in ran.out
    assert grown["verified"]


def _cut_envelope(bundle: dict[str, Any]) -> None:
    envelope = json.loads(bundle["envelope"])
    bundle["envelope"] = json.dumps({**envelope, "payload": envelope["payload"][:-8] + "AAAAAAA="})


def _other_outcome(bundle: dict[str, Any]) -> None:
    bundle["outcome"] = "failed"


def _other_leaf(bundle: dict[str, Any]) -> None:
    bundle["leaf_index"] += 1


def _other_key(bundle: dict[str, Any]) -> None:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

    public = Ed25519PrivateKey.generate().public_key()
    bundle["public_key_pem"] = public.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()


@pytest.mark.parametrize(
    ("forge", "check"),
    [
        (_cut_envelope, "signature"),
        (_other_outcome, "bundle"),
        (_other_leaf, "inclusion"),
        (_other_key, "checkpoint"),
    ],
)
async def test_a_forged_file_is_refused_and_says_what_does_not_hold(
    played: Played, tmp_path: Path, forge: Any, check: str
):
    bundle = dict(played.bundle)
    forge(bundle)
    file = tmp_path / "forged.json"
    file.write_text(json.dumps(bundle))

    ran = await Person(tmp_path / "home", {}).run("proofs", "verify", "--file", str(file), "--json")

    assert ran.code == 1, ran
    assert not ran.json["verified"]
    assert check in [one["name"] for one in ran.json["checks"] if not one["holds"]]


async def test_a_key_that_someone_else_holds_does_not_verify(played: Played, tmp_path: Path):
    other = dict(played.bundle)
    _other_key(other)
    key = tmp_path / "key.pem"
    key.write_text(other["public_key_pem"])

    ran = await played.operator.run("proofs", "verify", played.proof_id, "--key", str(key))

    assert ran.code == 1, ran
    assert "FAIL  signature" in ran.out
    assert "The proof does not hold." in ran.out


async def test_an_artifact_is_printed_byte_for_byte(played: Played):
    shown = await played.operator.does("harness", "show", played.harness_id)
    listed = {one["name"]: one for one in await played.operator.does("harness", "artifacts", played.harness_id)}

    ran = await played.operator.run("harness", "artifact", played.harness_id, "commit")

    assert ran.out == f"{shown['executions'][0]['commit_id']}\n"
    assert len(ran.out) == listed["commit"]["size_bytes"]


async def test_the_events_of_a_harness_stand_in_their_order(played: Played):
    events = await played.operator.does("harness", "events", played.harness_id)

    assert (events[0]["type"], events[-1]["type"]) == ("HarnessQueued", "HarnessSucceeded")
    assert [one["position"] for one in events] == sorted(one["position"] for one in events)


async def test_a_decided_proposal_is_refused_with_a_code_and_a_sentence(played: Played):
    listed = await played.approver.does("proposals", "list", "--state", "applied")
    reject = ("proposals", "reject", listed[0]["id"], "--reason", "Too late.")

    told, for_machines = await played.approver.run(*reject), await played.approver.run(*reject, "--json")

    assert told.code == 1
    assert told.out == ""
    assert "(WRONG_STATE)" in told.err
    assert for_machines.error["code"] == "WRONG_STATE"


async def test_another_digest_than_the_proposals_approves_nothing(played: Played):
    proposal = await played.org.proposed("echo c > c.txt")

    ran = await played.approver.run("proposals", "approve", proposal["id"], "--digest", f"sha256:{'0' * 64}", "--json")

    assert ran.error["code"] == "STALE"
    assert (await played.approver.does("proposals", "show", proposal["id"]))["state"] == "submitted"


async def test_a_proposer_withdraws_and_cannot_decide(played: Played):
    work = await played.owner.does(
        "work", "create", "--title", "Withdraw", "--run", "echo b > b.txt", "--verify", "true"
    )
    waiting = await played.owner.does("work", "launch", work["id"], "--follow")

    refused = await played.owner.run("proposals", "approve", waiting["proposal_id"], "--yes", "--json")
    withdrawn = await played.owner.does("proposals", "withdraw", waiting["proposal_id"])

    assert refused.error["code"] == "OWN_PROPOSAL"
    assert withdrawn["state"] == "withdrawn"


async def test_the_same_key_launches_once(played: Played):
    work = await played.operator.does("work", "create", "--title", "Once", "--run", "true", "--verify", "true")
    launch = ("work", "launch", work["id"], "--idempotency-key", str(uuid4()))

    first, second = await played.operator.does(*launch), await played.operator.does(*launch)

    assert first == second
    assert [one["id"] for one in (await played.operator.does("work", "show", "Once"))["harnesses"]] == [first["id"]]


async def test_a_failed_harness_ends_the_command_that_follows_it_with_1(played: Played):
    await played.operator.does("work", "create", "--title", "Fail", "--run", "exit 7", "--verify", "true")

    ran = await played.operator.run("work", "launch", "Fail", "--follow")

    assert ran.code == 1, ran
    assert "7" in ran.out
