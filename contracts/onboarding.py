"""Onboarding: bringing an organization to the state where work can launch."""

from typing import Annotated, Any, ClassVar, Literal, Self
from uuid import UUID

from pydantic import AfterValidator, Field, StringConstraints, model_validator

from contracts.base import Action, Contract, EventData, Mutation, Name, Recorded
from contracts.endpoints import EndpointContract
from contracts.harness import HarnessQueued
from contracts.refusals import Code
from contracts.runtimes import RuntimeAsset
from contracts.secret_refs import SecretRef
from contracts.secrets import SecretContract
from contracts.states import CheckState
from contracts.vocabulary import PrincipalKind, Role

# More than this in one request belongs into several; the limit bounds the transaction.
ITEMS_MAX = 100

SubjectKind = Literal["endpoint", "secret_contract", "runtime_asset"]


def _given_to_members(role: Role) -> Role:
    if role is Role.AGENT:
        raise ValueError("the role agent comes with the token of a harness; nobody is made a member with it")
    return role


MemberRole = Annotated[Role, AfterValidator(_given_to_members)]
Email = Annotated[
    str, StringConstraints(strip_whitespace=True, to_lower=True, max_length=320, pattern=r"^[^@\s]+@[^@\s]+\.[^@\s]+$")
]


class Member(Contract):
    """A principal with a role in the organization."""

    name: Name
    role: Role
    kind: PrincipalKind = PrincipalKind.PERSON
    email: Email | None = None

    @model_validator(mode="after")
    def _reachable(self) -> Self:
        if self.kind is PrincipalKind.PERSON and self.email is None:
            raise ValueError("a person signs in with an email")
        return self


class AddMember(Member, Mutation):
    """A principal with a role in the organization; one that is known by this email keeps the name it has."""

    role: MemberRole


class ChangeMember(Mutation):
    """Give a member of the organization another role; the token that they have counts until it expires."""

    principal_id: UUID
    role: MemberRole


class RemoveMember(Mutation):
    """Take a principal out of the organization; what they did stays."""

    principal_id: UUID


class DeclareEndpoint(EndpointContract, Mutation):
    """An endpoint more; its check runs."""


class DeclareSecretContract(SecretContract, Mutation):
    """A secret contract more; its check runs. Where the secret lives is said, never the value."""

    # Where the secret lives is for the execution runtime alone to read.
    NOT_RECORDED: ClassVar[dict[str, Any]] = {"idempotency_key": True, "reference": True}


class DeclareRuntimeAsset(RuntimeAsset, Mutation):
    """A runtime asset more; its check runs."""


class Policy(Contract):
    """How proposals are decided on."""

    approvals_required: int = Field(default=1, ge=1, le=10)
    approval_ttl_hours: int = Field(default=168, ge=1, le=8_760)


class OnboardOrganization(Mutation):
    """An organization with its principals, secret contracts, endpoints and runtime assets."""

    # Where secrets live is for the execution runtime alone to read.
    NOT_RECORDED: ClassVar[dict[str, Any]] = {
        "idempotency_key": True,
        "secret_contracts": {"__all__": {"reference": True}},
    }

    slug: Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]{1,62}$")]
    name: Name
    principals: tuple[Member, ...] = Field(min_length=1, max_length=ITEMS_MAX)
    secret_contracts: tuple[SecretContract, ...] = Field(default=(), max_length=ITEMS_MAX)
    endpoints: tuple[EndpointContract, ...] = Field(default=(), max_length=ITEMS_MAX)
    runtime_assets: tuple[RuntimeAsset, ...] = Field(default=(), max_length=ITEMS_MAX)
    policy: Policy = Policy()

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if not any(member.role is Role.OWNER for member in self.principals):
            raise ValueError("an organization has at least one owner")
        groups = {
            "secret contracts": [s.name for s in self.secret_contracts],
            "endpoints": [e.name for e in self.endpoints],
            "runtime assets": [a.name for a in self.runtime_assets],
            "principals": [m.email or m.name for m in self.principals],
        }
        for what, names in groups.items():
            if len(set(names)) != len(names):
                raise ValueError(f"{what} have different names")
        for contract in self.secret_contracts:
            if not SecretRef.parse(contract.reference).lies_under(self.slug):
                raise ValueError(f"the secret contract {contract.name} keeps its secret below {self.slug}")
        known = set(groups["secret contracts"])
        for endpoint in self.endpoints:
            if endpoint.auth.secret_contract is not None and endpoint.auth.secret_contract not in known:
                raise ValueError(f"the endpoint {endpoint.name} names an unknown secret contract")
        return self


class CheckOnboarding(Mutation):
    """Run an organization's checks again, after something was mended."""


class OnboardingCheckFinished(EventData):
    """One check went one way or the other; `remedy` says what to mend when it failed."""

    check_id: UUID
    subject_kind: SubjectKind
    subject_name: str
    state: CheckState
    detail: str
    remedy: str | None = None
    done: int


class MemberAdded(EventData):
    """A principal became a member of the organization."""

    principal_id: UUID
    name: str
    role: Role


class MemberChanged(EventData):
    """A member was given another role."""

    principal_id: UUID
    name: str
    role: Role
    former_role: Role


class MemberRemoved(EventData):
    """A principal is a member no more."""

    principal_id: UUID
    name: str
    role: Role


class EndpointDeclared(EventData):
    """An endpoint was declared after the organization was recorded."""

    endpoint_id: UUID
    name: str
    kind: str
    digest: str


class SecretContractDeclared(EventData):
    """A secret contract was declared after the organization was recorded; where the value lives is not told."""

    secret_contract_id: UUID
    name: str
    digest: str


class RuntimeAssetDeclared(EventData):
    """A runtime asset was declared after the organization was recorded."""

    runtime_asset_id: UUID
    name: str
    kind: str
    digest: str


class OrganizationActivated(EventData):
    """Every check passed: work can launch."""

    checks_passed: int


EVENTS: tuple[type[EventData], ...] = (
    *(OnboardingCheckFinished, OrganizationActivated, MemberAdded, MemberChanged, MemberRemoved),
    *(EndpointDeclared, SecretContractDeclared, RuntimeAssetDeclared),
)
WORKFLOW = "onboarding.check"
ACTIONS: tuple[Action, ...] = (
    Action(
        name="onboard_organization",
        kind="onboarding.onboard",
        operation="mutation",
        takes=OnboardOrganization,
        answers=Recorded,
        roles=(),
        says="Onboard an organization and run its checks; for the platform's administrator.",
        events=(HarnessQueued,),
        lineage=(),
        refusals=(Code.UNKNOWN_ENDPOINT_KIND, Code.ALREADY_EXISTS),
        workflow=WORKFLOW,
    ),
    Action(
        name="check_onboarding",
        kind="onboarding.check",
        operation="mutation",
        takes=CheckOnboarding,
        answers=Recorded,
        roles=(Role.OPERATOR, Role.OWNER),
        says="Run the organization's checks again, after something was mended.",
        events=(HarnessQueued,),
        lineage=(),
        refusals=(Code.NOT_FOUND,),
        workflow=WORKFLOW,
    ),
    Action(
        name="add_member",
        kind="onboarding.add_member",
        operation="mutation",
        takes=AddMember,
        answers=Recorded,
        roles=(Role.OWNER,),
        says="Add a principal with a role to the organization.",
        events=(MemberAdded,),
        lineage=(),
        refusals=(Code.NOT_FOUND, Code.ALREADY_EXISTS),
    ),
    Action(
        name="change_member",
        kind="onboarding.change_member",
        operation="mutation",
        takes=ChangeMember,
        answers=Recorded,
        roles=(Role.OWNER,),
        says="Give a member of the organization another role.",
        events=(MemberChanged,),
        lineage=(),
        refusals=(Code.NOT_FOUND, Code.LAST_OWNER),
    ),
    Action(
        name="remove_member",
        kind="onboarding.remove_member",
        operation="mutation",
        takes=RemoveMember,
        answers=Recorded,
        roles=(Role.OWNER,),
        says="Take a principal out of the organization; what they did stays.",
        events=(MemberRemoved,),
        lineage=(),
        refusals=(Code.NOT_FOUND, Code.LAST_OWNER),
    ),
    Action(
        name="declare_endpoint",
        kind="onboarding.declare_endpoint",
        operation="mutation",
        takes=DeclareEndpoint,
        answers=Recorded,
        roles=(Role.OWNER,),
        says="Declare an endpoint more, and run its check.",
        events=(EndpointDeclared, HarnessQueued),
        lineage=(),
        refusals=(Code.NOT_FOUND, Code.UNKNOWN_ENDPOINT_KIND, Code.ALREADY_EXISTS),
        workflow=WORKFLOW,
    ),
    Action(
        name="declare_secret_contract",
        kind="onboarding.declare_secret_contract",
        operation="mutation",
        takes=DeclareSecretContract,
        answers=Recorded,
        roles=(Role.OWNER,),
        says="Declare a secret contract more, never a value, and run its check.",
        events=(SecretContractDeclared, HarnessQueued),
        lineage=(),
        refusals=(Code.NOT_FOUND, Code.INVALID_INPUT, Code.ALREADY_EXISTS),
        workflow=WORKFLOW,
    ),
    Action(
        name="declare_runtime_asset",
        kind="onboarding.declare_runtime_asset",
        operation="mutation",
        takes=DeclareRuntimeAsset,
        answers=Recorded,
        roles=(Role.OWNER,),
        says="Declare a runtime asset more, and run its check.",
        events=(RuntimeAssetDeclared, HarnessQueued),
        lineage=(),
        refusals=(Code.ALREADY_EXISTS, Code.NOT_FOUND),
        workflow=WORKFLOW,
    ),
)
