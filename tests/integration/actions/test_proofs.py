"""Verifying proofs through the action handlers."""

from collections.abc import AsyncGenerator
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
import pytest_asyncio

from contracts import proofs as words
from contracts.checkpoint import Checkpoint
from contracts.dsse import Statement, Subject
from contracts.proofs import ProofBundle, log_origin
from entrypoints import proofs as offline
from ledger import proofs
from ledger.pool import transaction
from runtime.signing import Signer
from tests.support.ledger import Api, Ledger, Onboarded, onboarded
from tests.support.proposals import Workers, planted_proof, workers_of


@pytest_asyncio.fixture(scope="module")
async def workers(ledger: Ledger) -> AsyncGenerator[Workers]:
    async with workers_of(ledger) as pools:
        yield pools


async def recorded(workers: Workers, org: Onboarded, key_file: Path) -> UUID:
    """The id of a signed proof in the organization's log."""
    signer = Signer.open(key_file)
    subject = Subject("patch", "sha256:" + "0" * 64)
    envelope = signer.sign_statement(Statement((subject,), words.EXECUTION_PREDICATE, {"of": str(uuid4())}))
    new = proofs.NewProof(
        execution_id=uuid4(),
        harness_id=uuid4(),
        outcome="succeeded",
        predicate_type=words.EXECUTION_PREDICATE,
        envelope=envelope.text(),
        leaf=envelope.leaf(),
        key_id=signer.key_id,
        public_key_pem=signer.public_key_pem,
    )
    async with transaction(workers.runtime) as tx:
        origin = log_origin(org.id)
        proof_id, _ = await proofs.record(
            tx, org.id, new, lambda size, root: signer.sign_checkpoint(Checkpoint(origin, size, root))
        )
    return proof_id


async def verified(api: Api, org: Onboarded, proof_id: UUID, role: str = "viewer") -> dict[str, Any]:
    body = {
        "action": {"name": "verify_proof"},
        "input": {"input": {"proof_id": str(proof_id)}},
        "session_variables": org.callers[role].session,
    }
    return (await api.http.post("/actions/verify_proof", json=body)).json()


@pytest.mark.parametrize("role", ["viewer", "operator", "approver", "owner"])
async def test_every_member_verifies_a_proof(api: Api, workers: Workers, tmp_path: Path, role: str):
    org = await onboarded(api)
    proof_id = await recorded(workers, org, tmp_path / "key")

    bundle = await verified(api, org, proof_id, role)

    assert bundle["verified"]
    assert offline.verify(ProofBundle.model_validate(bundle)).ok


async def test_every_proof_of_a_growing_log_verifies(api: Api, workers: Workers, tmp_path: Path):
    org = await onboarded(api)
    ids = [await recorded(workers, org, tmp_path / "key") for _ in range(9)]

    bundles = [await verified(api, org, one) for one in ids]

    assert [bundle["leaf_index"] for bundle in bundles] == list(range(9))
    assert {bundle["tree_size"] for bundle in bundles} == {9}
    assert all(offline.verify(ProofBundle.model_validate(bundle)).ok for bundle in bundles)


async def test_proofs_signed_with_an_earlier_key_still_verify(api: Api, workers: Workers, tmp_path: Path):
    org = await onboarded(api)
    earlier = await recorded(workers, org, tmp_path / "earlier")
    later = await recorded(workers, org, tmp_path / "later")

    assert (await verified(api, org, earlier))["verified"]
    assert (await verified(api, org, later))["verified"]


@pytest.mark.refuses("verify_proof", "NOT_FOUND")
async def test_an_unknown_proof_and_one_of_another_organization_are_not_found(
    api: Api, workers: Workers, tmp_path: Path
):
    org, other = await onboarded(api), await onboarded(api)
    theirs = await recorded(workers, other, tmp_path / "key")

    for proof_id in (uuid4(), theirs):
        assert (await verified(api, org, proof_id))["extensions"]["code"] == "NOT_FOUND"


async def test_a_proof_row_that_nobody_signed_is_not_believed(api: Api, workers: Workers, tmp_path: Path):
    org = await onboarded(api)
    await recorded(workers, org, tmp_path / "key")
    planted = await planted_proof(api, org)

    answer = await verified(api, org, planted)

    assert not answer.get("verified")


async def test_proof_input_that_does_not_fit_is_refused(api: Api):
    org = await onboarded(api)

    for given in ({}, {"proof_id": "x"}, {"proof_id": str(uuid4()), "more": 1}, None, []):
        body = {"input": {"input": given}, "session_variables": org.callers["viewer"].session}
        answer = await api.http.post("/actions/verify_proof", json=body)
        assert answer.json()["extensions"]["code"] == "INVALID_INPUT"
