"""Secret contracts: what is needed, why, and where it lives; never the value."""

from enum import StrEnum
from typing import Annotated, Any, ClassVar
from uuid import UUID

from pydantic import AfterValidator, StringConstraints

from contracts.base import Action, Contract, EventData, LongText, Mutation, Name, Recorded
from contracts.canonical import digest
from contracts.refusals import Code
from contracts.secret_refs import SecretRef
from contracts.vocabulary import Role


def _parsed(value: str) -> str:
    return str(SecretRef.parse(value))


Reference = Annotated[str, StringConstraints(max_length=1_000), AfterValidator(_parsed)]


class SecretKind(StrEnum):
    """What sort of secret is needed."""

    TOKEN = "token"  # noqa: S105  - a kind, not a credential
    PASSWORD = "password"  # noqa: S105  - a kind, not a credential
    KEY = "key"
    CERTIFICATE = "certificate"


class SecretDelivery(StrEnum):
    """How the execution runtime hands the secret on."""

    ENDPOINT_AUTH = "endpoint_auth"
    ENVIRONMENT = "environment"
    FILE = "file"


class SecretStatus(StrEnum):
    """What a value-free probe of a secret contract says."""

    RESOLVABLE = "resolvable"
    MISSING = "missing"
    DENIED = "denied"
    EXPIRED = "expired"
    UNREACHABLE = "unreachable"


class SecretContract(Contract):
    """One secret contract as an organization declares it; `reference` is secret://backend/path#key."""

    name: Name
    purpose: LongText
    kind: SecretKind = SecretKind.TOKEN
    delivery: SecretDelivery = SecretDelivery.ENDPOINT_AUTH
    username: Name | None = None
    reference: Reference


class ReviseSecretContract(Mutation):
    """Say anew where a secret lives or what it is for; approvals bound to the former contract become stale."""

    # Where the secret lives is for the execution runtime alone to read.
    NOT_RECORDED: ClassVar[dict[str, Any]] = {"idempotency_key": True, "reference": True}

    secret_contract_id: UUID
    purpose: LongText
    kind: SecretKind = SecretKind.TOKEN
    delivery: SecretDelivery = SecretDelivery.ENDPOINT_AUTH
    username: Name | None = None
    reference: Reference


class SecretContractRevised(EventData):
    """A secret contract was replaced; where the value lives is not told."""

    secret_contract_id: UUID
    name: str
    version: int
    digest: str


def secret_contract_digest(contract: SecretContract) -> str:
    """The digest that binds a secret contract into a proposal."""
    return digest(contract.model_dump(mode="json"))


EVENTS: tuple[type[EventData], ...] = (SecretContractRevised,)
ACTIONS: tuple[Action, ...] = (
    Action(
        name="revise_secret_contract",
        kind="secrets.revise",
        operation="mutation",
        takes=ReviseSecretContract,
        answers=Recorded,
        roles=(Role.OWNER,),
        says="Say anew where a secret lives or what it is for; never the value.",
        events=(SecretContractRevised,),
        lineage=(),
        refusals=(Code.NOT_FOUND, Code.INVALID_INPUT),
    ),
)
