"""Secret contracts and where the values live. A value is here only sealed, until the command that brought it ends."""

import base64
from dataclasses import dataclass
from uuid import UUID

from contracts.refusals import Code, Refusal
from contracts.secret_refs import Backend
from contracts.secrets import (
    ReviseSecretContract,
    SealedFor,
    SecretContract,
    SecretStatus,
    SendSecretValue,
    secret_contract_digest,
)
from ledger.pool import Pool, Tx
from ledger.statements import load

_sql = load("secrets")


@dataclass(frozen=True)
class Held:
    """A secret contract as it stands; `backend` is all that is told of where its value lives."""

    name: str
    version: int
    backend: Backend | None


@dataclass(frozen=True)
class SealedValue:
    """A value as it was sent, and what it has to be sealed for."""

    key_id: str
    sealed: bytes
    bound: SealedFor


async def add(tx: Tx, org_id: UUID, secret_contract_id: UUID, contract: SecretContract) -> str:
    """The digest of a new secret contract, version 1; where its value lives is kept beside it."""
    digest = secret_contract_digest(contract)
    await _sql.insert_secret_contract(
        tx,
        org_id=org_id,
        id=secret_contract_id,
        digest=digest,
        **contract.model_dump(exclude={"reference"}),
    )
    await _sql.insert_reference(tx, org_id=org_id, id=secret_contract_id, reference=contract.reference)
    return digest


async def id_by_name(tx: Tx, org_id: UUID, name: str) -> UUID:
    """The contract that an auth contract names.

    Raises:
        Refusal: NOT_FOUND.
    """
    found = await _sql.id_by_name(tx, org_id=org_id, name=name)
    if found is None:
        raise Refusal(Code.NOT_FOUND, "There is no secret contract of that name in this organization.")
    return UUID(str(found))


async def revise(tx: Tx, org_id: UUID, body: ReviseSecretContract) -> tuple[str, int, str]:
    """Name, new version and new digest.

    Raises:
        Refusal: NOT_FOUND.
    """
    name = await _sql.name_of(tx, org_id=org_id, id=body.secret_contract_id)
    if name is None:
        raise Refusal(Code.NOT_FOUND, "There is no such secret contract in this organization.")
    contract = SecretContract(name=name, **body.model_dump(exclude={"idempotency_key", "secret_contract_id"}))
    new_digest = secret_contract_digest(contract)
    version = await _sql.revise_secret_contract(
        tx,
        org_id=org_id,
        id=body.secret_contract_id,
        digest=new_digest,
        **contract.model_dump(exclude={"reference", "name"}),
    )
    await _sql.set_reference(tx, org_id=org_id, id=body.secret_contract_id, reference=contract.reference)
    return name, version, new_digest


async def reference(pool: "Pool | Tx", org_id: UUID, secret_contract_id: UUID) -> str | None:
    """Where the value lives; only the execution runtime may read it."""
    return await _sql.reference(pool, org_id=org_id, id=secret_contract_id)


async def record_probe(
    tx: Tx, org_id: UUID, secret_contract_id: UUID, *, status: SecretStatus, detail: str, probed_as: str
) -> None:
    """Keep what a value-free probe said."""
    await _sql.record_probe(tx, org_id=org_id, id=secret_contract_id, status=status, detail=detail, probed_as=probed_as)


async def hold(tx: Tx, org_id: UUID, secret_contract_id: UUID) -> Held:
    """The secret contract, which nobody revises until the transaction ends.

    Raises:
        Refusal: NOT_FOUND.
    """
    row = await _sql.held(tx, org_id=org_id, id=secret_contract_id)
    if row is None:
        raise Refusal(Code.NOT_FOUND, "There is no such secret contract in this organization.")
    return Held(row["name"], row["version"], None if row["backend"] is None else Backend(row["backend"]))


async def keep_sealed(tx: Tx, org_id: UUID, body: SendSecretValue, command_id: UUID) -> None:
    """Keep what was sent until its command ends; one that was sent before and still waits is erased.

    Raises:
        asyncpg.ForeignKeyViolationError: sealed_value_key_fkey, if there is no such sealing key.
    """
    await _sql.keep_sealed(
        tx,
        org_id=org_id,
        id=body.secret_contract_id,
        command_id=command_id,
        version=body.version,
        key_id=body.key_id,
        sealed=base64.b64decode(body.sealed),
    )


async def sealed(tx: Tx, org_id: UUID, secret_contract_id: UUID, command_id: UUID) -> SealedValue:
    """What the command brought; until the transaction ends nobody else puts a value for this contract.

    Raises:
        Refusal: STALE, if another value was sent since, or the contract was revised.
    """
    await _sql.one_at_a_time(tx, org_id=org_id, id=secret_contract_id)
    row = await _sql.sealed(tx, org_id=org_id, id=secret_contract_id, command_id=command_id)
    if row is None:
        raise Refusal(Code.STALE, "Another value was sent for this secret contract since; that one counts.")
    if row["sealed_version"] != row["version"]:
        raise Refusal(Code.STALE, "The secret contract was revised since the value was sealed; send it again.")
    bound = SealedFor(
        org_id=org_id, secret_contract_id=secret_contract_id, version=row["version"], digest=row["digest"]
    )
    return SealedValue(row["key_id"], row["sealed"], bound)


async def announce_sealing_key(tx: Tx, key_id: str, public_key: str) -> None:
    """Say that values are sealed with this key from now on."""
    await _sql.announce_sealing_key(tx, key_id=key_id, public_key=public_key)
