"""Secret contracts and where the values live. The values are never here."""

from uuid import UUID

from contracts.refusals import Code, Refusal
from contracts.secrets import ReviseSecretContract, SecretContract, SecretStatus, secret_contract_digest
from ledger.pool import Pool, Tx
from ledger.statements import load

_sql = load("secrets")


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
