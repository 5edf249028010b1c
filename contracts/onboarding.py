"""Onboarding: bringing an organization to the state where work can launch."""

from typing import Annotated, Any, ClassVar, Literal, Self
from uuid import UUID

from pydantic import Field, StringConstraints, model_validator

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


class OrganizationActivated(EventData):
    """Every check passed: work can launch."""

    checks_passed: int


EVENTS: tuple[type[EventData], ...] = (OnboardingCheckFinished, OrganizationActivated)
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
)
