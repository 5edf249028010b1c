"""Proofs, and the append-only Merkle log that each organization's proofs stand in."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from uuid import UUID, uuid4

from contracts import merkle
from contracts.refusals import Code, Refusal
from ledger.pool import Tx
from ledger.statements import load

_sql = load("proofs")


@dataclass(frozen=True)
class NewProof:
    """A signed statement about to be put into the log; `leaf` is what the log hashes."""

    execution_id: UUID
    harness_id: UUID
    outcome: str
    predicate_type: str
    envelope: str
    leaf: bytes
    key_id: str
    public_key_pem: str


@dataclass(frozen=True)
class StoredProof:
    """A proof with the newest checkpoint that covers it."""

    id: UUID
    execution_id: UUID
    harness_id: UUID
    outcome: str
    envelope: str
    key_id: str
    leaf_index: int
    public_key_pem: str
    tree_size: int
    checkpoint: str


@dataclass(frozen=True)
class Grown:
    """Two checkpoints of a log with the keys that signed them, and the hashes that lead from one to the other."""

    from_checkpoint: str
    to_checkpoint: str
    from_public_key_pem: str
    to_public_key_pem: str
    path: list[bytes]


async def known(tx: Tx, org_id: UUID, execution_id: UUID) -> tuple[UUID, int] | None:
    """Proof id and leaf index of an execution that is proved already."""
    row = await _sql.proof_of_execution(tx, org_id=org_id, execution_id=execution_id)
    return None if row is None else (row["id"], row["leaf_index"])


async def record(tx: Tx, org_id: UUID, new: NewProof, sign: Callable[[int, bytes], str]) -> tuple[UUID, int]:
    """Proof id and leaf index. An execution is proved once; the same again answers the same.

    `sign` makes the signed checkpoint of the log with the given size and root. The log is held until the transaction
    ends, so indexes have no gaps and checkpoints grow.
    """
    await _sql.insert_tree(tx, org_id=org_id)
    size = int(await _sql.lock_tree(tx, org_id=org_id))
    before = await known(tx, org_id, new.execution_id)
    if before is not None:
        return before
    root = await _grow(tx, org_id, size, merkle.leaf_hash(new.leaf))
    proof_id = uuid4()
    await _sql.insert_signing_key(tx, key_id=new.key_id, public_key_pem=new.public_key_pem)
    await _sql.insert_proof(
        tx,
        org_id=org_id,
        id=proof_id,
        execution_id=new.execution_id,
        harness_id=new.harness_id,
        outcome=new.outcome,
        predicate_type=new.predicate_type,
        envelope=new.envelope,
        key_id=new.key_id,
        leaf_index=size,
        leaf_hash=merkle.leaf_hash(new.leaf).hex(),
    )
    note = sign(size + 1, root)
    await _sql.insert_checkpoint(
        tx, org_id=org_id, tree_size=size + 1, root_hash=root.hex(), note=note, key_id=new.key_id
    )
    return proof_id, size


async def find(tx: Tx, org_id: UUID, proof_id: UUID) -> StoredProof:
    """The proof with the newest checkpoint of the same key that covers it.

    Raises:
        Refusal: NOT_FOUND.
    """
    row = await _sql.proof(tx, org_id=org_id, id=proof_id)
    if row is None:
        raise Refusal(Code.NOT_FOUND, "There is no such proof in this organization.")
    return StoredProof(**dict(row))


async def inclusion_path(tx: Tx, org_id: UUID, *, leaf_index: int, tree_size: int) -> list[bytes]:
    """The hashes that lead from a leaf to the root of the first `tree_size` leaves, nearest first."""
    rows = await _nodes(tx, org_id, merkle.inclusion_reads(leaf_index, tree_size))
    return merkle.inclusion_from(leaf_index, tree_size, rows)


async def consistency(tx: Tx, org_id: UUID, *, from_size: int, to_size: int) -> Grown:
    """What shows that the log of `from_size` leaves is the beginning of that of `to_size` leaves; one statement.

    Raises:
        Refusal: NOT_FOUND, if the log has no checkpoint of one of the sizes.
    """
    wanted = merkle.consistency_reads(from_size, to_size)
    row = await _sql.consistency(
        tx,
        org_id=org_id,
        from_size=from_size,
        to_size=to_size,
        levels=[node.level for node in wanted],
        indexes=[node.index for node in wanted],
    )
    if row is None:
        raise Refusal(Code.NOT_FOUND, f"The organization's log has no checkpoints of {from_size} and {to_size} leaves.")
    read = zip(row["levels"], row["indexes"], row["hashes"], strict=True)
    rows = {merkle.Node(level, index): bytes(hash_) for level, index, hash_ in read}
    return Grown(
        from_checkpoint=row["from_checkpoint"],
        to_checkpoint=row["to_checkpoint"],
        from_public_key_pem=row["from_public_key_pem"],
        to_public_key_pem=row["to_public_key_pem"],
        path=merkle.consistency_from(from_size, to_size, rows),
    )


async def _grow(tx: Tx, org_id: UUID, size: int, leaf: bytes) -> bytes:
    added = merkle.append(size, leaf, await _nodes(tx, org_id, merkle.append_reads(size)))
    await _sql.insert_nodes(
        tx,
        org_id=org_id,
        levels=[node.level for node in added],
        indexes=[node.index for node in added],
        hashes=list(added.values()),
    )
    await _sql.grow_tree(tx, org_id=org_id)
    return merkle.root_from(size + 1, await _nodes(tx, org_id, merkle.root_reads(size + 1)))


async def _nodes(tx: Tx, org_id: UUID, wanted: Iterable[merkle.Node]) -> dict[merkle.Node, bytes]:
    nodes = list(wanted)
    rows = _sql.nodes(tx, org_id=org_id, levels=[n.level for n in nodes], indexes=[n.index for n in nodes])
    return {merkle.Node(row["level"], row["index"]): row["hash"] async for row in rows}
