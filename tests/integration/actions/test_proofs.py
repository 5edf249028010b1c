"""Verifying proofs through the action handlers."""

import statistics
import time
from collections.abc import AsyncGenerator, Callable
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
import pytest_asyncio

from contracts import consistency, merkle
from contracts import proofs as words
from contracts.checkpoint import Checkpoint
from contracts.dsse import Statement, Subject
from contracts.proofs import ConsistencyProof, ProofBundle, log_origin
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


async def consistent(api: Api, org: Onboarded, from_size: int, to_size: int, role: str = "viewer") -> dict[str, Any]:
    body = {
        "action": {"name": "log_consistency"},
        "input": {"input": {"from_size": from_size, "to_size": to_size}},
        "session_variables": org.callers[role].session,
    }
    return (await api.http.post("/actions/log_consistency", json=body)).json()


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


def grew(answer: dict[str, Any], org: Onboarded) -> bool:
    """Whether the answer alone shows, without the platform, that this organization's log only grew."""
    return all(
        check.ok for check in consistency.verify(offline.growth(ConsistencyProof.model_validate(answer), org.id))
    )


@pytest.mark.parametrize("role", ["viewer", "operator", "approver", "owner"])
async def test_every_member_sees_that_the_log_only_grew(api: Api, workers: Workers, tmp_path: Path, role: str):
    org = await onboarded(api)
    for _ in range(3):
        await recorded(workers, org, tmp_path / "key")

    answer = await consistent(api, org, 1, 3, role)

    assert answer["verified"]
    assert grew(answer, org)


async def test_every_two_checkpoints_of_a_log_are_shown_to_agree_whichever_key_signed_them(
    api: Api, workers: Workers, tmp_path: Path
):
    org = await onboarded(api)
    for index in range(7):
        await recorded(workers, org, tmp_path / ("earlier" if index < 4 else "later"))

    answers = [await consistent(api, org, first, last) for last in range(1, 8) for first in range(1, last + 1)]

    assert [grew(answer, org) for answer in answers] == [True] * 28
    assert len({answer["from_public_key_pem"] for answer in answers}) == 2


async def test_a_log_that_was_rewritten_below_its_checkpoints_is_noticed(api: Api, workers: Workers, tmp_path: Path):
    org = await onboarded(api)
    for _ in range(3):
        await recorded(workers, org, tmp_path / "key")
    async with api.superuser.acquire() as connection, connection.transaction():
        await connection.execute("SET LOCAL session_replication_role = replica")
        await connection.execute(
            "UPDATE ledger.merkle_node SET hash = sha256('x') WHERE org_id = $1 AND level = 0 AND index = 2", org.id
        )

    answer = await consistent(api, org, 2, 3)

    assert not answer["verified"]
    assert [check["name"] for check in answer["checks"] if not check["holds"]] == ["consistency"]


@pytest.mark.refuses("log_consistency", "NOT_FOUND")
async def test_sizes_that_the_log_never_had_are_refused_also_while_another_log_has_them(
    api: Api, workers: Workers, tmp_path: Path
):
    org, other = await onboarded(api), await onboarded(api)
    await recorded(workers, org, tmp_path / "key")
    for _ in range(3):
        await recorded(workers, other, tmp_path / "key")

    for from_size, to_size in ((1, 2), (2, 3), (1, words.LEAVES_MAX)):
        assert (await consistent(api, org, from_size, to_size))["extensions"]["code"] == "NOT_FOUND"


async def test_sizes_out_of_range_or_order_are_refused(api: Api):
    org = await onboarded(api)

    for from_size, to_size in ((0, 1), (2, 1), (-1, 1), (1, words.LEAVES_MAX + 1)):
        assert (await consistent(api, org, from_size, to_size))["extensions"]["code"] == "INVALID_INPUT"


async def test_a_log_of_a_hundred_thousand_leaves_is_proved_from_few_rows(
    api: Api, workers: Workers, tmp_path: Path, record_property: Callable[[str, object], None]
):
    org, size = await onboarded(api), 100_000
    signer = Signer.open(tmp_path / "key")
    await planted_log(api, org, signer, size, checkpoints=(1, 65_537, 99_999, size))

    took_ms: list[float] = []
    for _ in range(20):
        for from_size in (1, 65_537, 99_999):
            began = time.perf_counter()
            async with transaction(workers.runtime) as tx:
                grown = await proofs.consistency(tx, org.id, from_size=from_size, to_size=size)
            took_ms.append((time.perf_counter() - began) * 1000)
            assert len(grown.path) <= 2 * size.bit_length()

    record_property("consistency_p50_ms", round(statistics.median(took_ms), 2))
    assert statistics.median(took_ms) < 50
    assert grew(await consistent(api, org, 65_537, size), org)


async def planted_log(api: Api, org: Onboarded, signer: Signer, size: int, *, checkpoints: tuple[int, ...]) -> None:
    """A log of that many leaves, with signed checkpoints of these sizes."""
    rows: dict[merkle.Node, bytes] = {}
    for index in range(size):
        rows |= merkle.append(index, merkle.leaf_hash(b"%d" % index), rows)
    await api.superuser.copy_records_to_table(
        "merkle_node",
        schema_name="ledger",
        records=((org.id, node.level, node.index, hash_) for node, hash_ in rows.items()),
    )
    key_id, pem = signer.key_id, signer.public_key_pem
    await api.superuser.execute(
        "INSERT INTO signing_key (key_id, algorithm, public_key_pem) VALUES ($1, 'x', $2)", key_id, pem
    )
    for at in checkpoints:
        root = merkle.root_from(at, rows)
        note = signer.sign_checkpoint(Checkpoint(log_origin(org.id), at, root))
        await api.superuser.execute(
            "INSERT INTO proof_checkpoint (org_id, tree_size, root_hash, note, key_id) VALUES ($1, $2, $3, $4, $5)",
            *(org.id, at, root.hex(), note, key_id),
        )
