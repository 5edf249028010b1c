"""Secret contracts: what is needed, why, and where it lives; never the value, unless it is sealed."""

import base64
import binascii
from enum import StrEnum
from typing import Annotated, Any, ClassVar
from uuid import UUID

from pydantic import AfterValidator, Field, StringConstraints

from contracts.base import Action, Contract, EventData, Json, LongText, Mutation, Name, Recorded
from contracts.canonical import digest
from contracts.harness import HarnessQueued
from contracts.refusals import Code
from contracts.secret_refs import VALUE_BYTES_MAX, SecretRef
from contracts.vocabulary import Role


def _parsed(value: str) -> str:
    return str(SecretRef.parse(value))


# What sealing adds to a value: the sender's half of the key, and the tag that shows a change.
SEAL_BYTES = 32 + 16
_SEALED_LENGTH_MAX = 4 * ((VALUE_BYTES_MAX + SEAL_BYTES + 2) // 3)
SEND_KIND = "secrets.send"


def _sealed(value: str) -> str:
    try:
        sealed = base64.b64decode(value, validate=True)
    except (binascii.Error, ValueError) as error:
        raise ValueError("a sealed value is written in base64") from error
    if not SEAL_BYTES < len(sealed) <= SEAL_BYTES + VALUE_BYTES_MAX:
        raise ValueError(f"a sealed value holds between 1 and {VALUE_BYTES_MAX} bytes")
    return value


_BASE64 = r"^([A-Za-z0-9+/]{4}){16,}([A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$"
Sealed = Annotated[str, StringConstraints(max_length=_SEALED_LENGTH_MAX, pattern=_BASE64), AfterValidator(_sealed)]
KeyId = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{32}$")]
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


class SendSecretValue(Mutation):
    """The value of a secret contract, sealed for the execution runtime and bound to one version of the contract."""

    # What is sealed is kept apart from the command, and erased when that has ended.
    NOT_RECORDED: ClassVar[dict[str, Any]] = {"idempotency_key": True, "sealed": True}

    secret_contract_id: UUID
    version: int = Field(ge=1, description="The version of the secret contract that the value was sealed for.")
    key_id: KeyId = Field(description="The sealing key that the value was sealed with.")
    sealed: Sealed = Field(description="The value, sealed by HPKE, in base64.")

    @staticmethod
    def contract_of(recorded: Json) -> UUID:
        """The secret contract that a recorded command of this kind is about."""
        return UUID(recorded["secret_contract_id"])


class SecretValueReceived(EventData):
    """A sealed value came for a secret contract; neither the value nor where it lives is told."""

    secret_contract_id: UUID
    name: str
    version: int
    key_id: str


class SealedFor(Contract):
    """What a sealed value is for; sealed for anything else, it does not open.

    The digest binds where the value lives without telling it.
    """

    org_id: UUID
    secret_contract_id: UUID
    version: int
    digest: str

    def info(self) -> bytes:
        """The application's part of the HPKE key schedule, the same in every language: one line for each part."""
        return "\n".join(
            ("fractalops sealed value 1", *map(str, (self.org_id, self.secret_contract_id, self.version, self.digest)))
        ).encode()


def secret_contract_digest(contract: SecretContract) -> str:
    """The digest that binds a secret contract into a proposal."""
    return digest(contract.model_dump(mode="json"))


EVENTS: tuple[type[EventData], ...] = (SecretContractRevised, SecretValueReceived)
KEEP_WORKFLOW = "secrets.keep"
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
    Action(
        name="send_secret_value",
        kind=SEND_KIND,
        operation="mutation",
        takes=SendSecretValue,
        answers=Recorded,
        roles=(Role.OWNER,),
        says="Put a value, sealed for the execution runtime, where its secret contract says; then its check runs.",
        events=(SecretValueReceived, HarnessQueued),
        lineage=(),
        refusals=(Code.NOT_FOUND, Code.WRONG_STATE, Code.STALE, Code.SEAL_KEY_UNKNOWN),
        workflow=KEEP_WORKFLOW,
    ),
)
