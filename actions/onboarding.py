"""Onboarding an organization, completing it afterwards, and running its checks again."""

from uuid import UUID, uuid4

from actions.call import Call, Outcome
from actions.command import Handler
from contracts.base import Mutation
from contracts.endpoints import EndpointContract
from contracts.harness import HarnessQueued
from contracts.onboarding import (
    AddMember,
    ChangeMember,
    CheckOnboarding,
    DeclareEndpoint,
    DeclareRuntimeAsset,
    DeclareSecretContract,
    EndpointDeclared,
    Member,
    MemberAdded,
    MemberChanged,
    MemberRemoved,
    OnboardOrganization,
    RemoveMember,
    RuntimeAssetDeclared,
    SecretContractDeclared,
    SubjectKind,
)
from contracts.refusals import Code, Refusal
from contracts.runtimes import RuntimeAsset
from contracts.secret_refs import SecretRef
from contracts.secrets import SecretContract
from contracts.states import CheckState, OrganizationState
from contracts.vocabulary import Continuity, Purpose
from ledger import endpoints, harness, organizations, outbox, runtimes, secrets

# What is said of a thing beside the key of the request.
_KEY = {"idempotency_key"}


async def onboard(call: Call, body: OnboardOrganization) -> Outcome:
    """Record an organization with everything it declares, and queue its checks.

    Raises:
        Refusal: UNKNOWN_ENDPOINT_KIND, ALREADY_EXISTS.
    """
    org_id = call.org_id
    await organizations.create(call.tx, org_id, body)
    secret_ids: dict[str | None, UUID] = {}
    for contract in body.secret_contracts:
        secret_ids[contract.name] = secret_id = uuid4()
        await secrets.add(call.tx, org_id, secret_id, contract)
        await _add_check(call, "secret_contract", secret_id, contract.name)
    for asset in body.runtime_assets:
        asset_id = uuid4()
        await runtimes.add(call.tx, org_id, asset_id, asset)
        await _add_check(call, "runtime_asset", asset_id, asset.name)
    for endpoint in body.endpoints:
        endpoint_id = uuid4()
        await endpoints.add(call.tx, org_id, endpoint_id, endpoint, secret_ids.get(endpoint.auth.secret_contract))
        await _add_check(call, "endpoint", endpoint_id, endpoint.name)
    checks = len(body.secret_contracts) + len(body.runtime_assets) + len(body.endpoints)
    await _queue_checks(call, f"Onboard {body.name}", checks)
    return Outcome(org_id, OrganizationState.ONBOARDING)


async def check(call: Call, _body: CheckOnboarding) -> Outcome:
    """Queue every check again.

    Raises:
        Refusal: NOT_FOUND.
    """
    organization = await organizations.find(call.tx, call.org_id)
    if organization is None:
        raise Refusal(Code.NOT_FOUND, "There is no such organization.")
    checks = await organizations.reset_checks(call.tx, call.org_id, call.harness())
    await _queue_checks(call, f"Check {organization.name}", checks)
    return Outcome(call.org_id, organization.state)


async def add_member(call: Call, body: AddMember) -> Outcome:
    """Add a principal with a role to the organization.

    Raises:
        Refusal: NOT_FOUND, ALREADY_EXISTS.
    """
    member = Member.model_validate(_said(body))
    principal_id, name = await organizations.add_member(call.tx, call.org_id, member)
    event = MemberAdded(principal_id=principal_id, name=name, role=body.role)
    await outbox.append(call.tx, call.org_id, event, cause=call.cause("added"), subject=f"principal/{principal_id}")
    return Outcome(principal_id, body.role)


async def change_member(call: Call, body: ChangeMember) -> Outcome:
    """Give a member another role.

    Raises:
        Refusal: NOT_FOUND, LAST_OWNER.
    """
    before = await organizations.change_member(call.tx, call.org_id, body.principal_id, body.role)
    event = MemberChanged(principal_id=body.principal_id, name=before.name, role=body.role, former_role=before.role)
    subject = f"principal/{body.principal_id}"
    await outbox.append(call.tx, call.org_id, event, cause=call.cause("changed"), subject=subject)
    return Outcome(body.principal_id, body.role)


async def remove_member(call: Call, body: RemoveMember) -> Outcome:
    """Take a member out of the organization.

    Raises:
        Refusal: NOT_FOUND, LAST_OWNER.
    """
    before = await organizations.remove_member(call.tx, call.org_id, body.principal_id)
    event = MemberRemoved(principal_id=body.principal_id, name=before.name, role=before.role)
    subject = f"principal/{body.principal_id}"
    await outbox.append(call.tx, call.org_id, event, cause=call.cause("removed"), subject=subject)
    return Outcome(body.principal_id, "removed")


async def declare_endpoint(call: Call, body: DeclareEndpoint) -> Outcome:
    """Record an endpoint, and queue its check.

    Raises:
        Refusal: NOT_FOUND, UNKNOWN_ENDPOINT_KIND, ALREADY_EXISTS.
    """
    await organizations.lock(call.tx, call.org_id)
    endpoint_id, named = uuid4(), body.auth.secret_contract
    secret_id = None if named is None else await secrets.id_by_name(call.tx, call.org_id, named)
    contract = EndpointContract.model_validate(_said(body))
    digest = await endpoints.add(call.tx, call.org_id, endpoint_id, contract, secret_id)
    await _add_check(call, "endpoint", endpoint_id, body.name)
    await _queue_checks(call, f"Check endpoint {body.name}", 1)
    event = EndpointDeclared(endpoint_id=endpoint_id, name=body.name, kind=body.kind, digest=digest)
    await outbox.append(call.tx, call.org_id, event, cause=call.cause("declared"), subject=f"endpoint/{endpoint_id}")
    return Outcome(endpoint_id, CheckState.PENDING)


async def declare_secret_contract(call: Call, body: DeclareSecretContract) -> Outcome:
    """Record a secret contract and where its value lives, and queue its check.

    Raises:
        Refusal: NOT_FOUND, ALREADY_EXISTS, or INVALID_INPUT for a place that is not the organization's.
    """
    slug = await organizations.lock(call.tx, call.org_id)
    if not SecretRef.parse(body.reference).lies_under(slug):
        raise Refusal(Code.INVALID_INPUT, f"An organization keeps its secrets below {slug}.")
    secret_id = uuid4()
    digest = await secrets.add(call.tx, call.org_id, secret_id, SecretContract.model_validate(_said(body)))
    await _add_check(call, "secret_contract", secret_id, body.name)
    await _queue_checks(call, f"Check secret contract {body.name}", 1)
    event = SecretContractDeclared(secret_contract_id=secret_id, name=body.name, digest=digest)
    subject = f"secret_contract/{secret_id}"
    await outbox.append(call.tx, call.org_id, event, cause=call.cause("declared"), subject=subject)
    return Outcome(secret_id, CheckState.PENDING)


async def declare_runtime_asset(call: Call, body: DeclareRuntimeAsset) -> Outcome:
    """Record a runtime asset, and queue its check.

    Raises:
        Refusal: NOT_FOUND, ALREADY_EXISTS.
    """
    await organizations.lock(call.tx, call.org_id)
    asset_id = uuid4()
    digest = await runtimes.add(call.tx, call.org_id, asset_id, RuntimeAsset.model_validate(_said(body)))
    await _add_check(call, "runtime_asset", asset_id, body.name)
    await _queue_checks(call, f"Check runtime asset {body.name}", 1)
    event = RuntimeAssetDeclared(runtime_asset_id=asset_id, name=body.name, kind=body.kind, digest=digest)
    subject = f"runtime_asset/{asset_id}"
    await outbox.append(call.tx, call.org_id, event, cause=call.cause("declared"), subject=subject)
    return Outcome(asset_id, CheckState.PENDING)


def _said(body: Mutation) -> dict[str, object]:
    return body.model_dump(exclude=_KEY)


async def _add_check(call: Call, kind: SubjectKind, subject_id: UUID, name: str) -> None:
    await organizations.add_check(call.tx, call.org_id, kind, subject_id, name, harness_id=call.harness())


async def _queue_checks(call: Call, title: str, checks: int) -> None:
    event = HarnessQueued(
        purpose=Purpose.ONBOARD,
        title=title,
        continuity=Continuity.FRESH,
        principal_id=call.principal_id,
        steps_total=checks,
    )
    await harness.queue(call.tx, call.org_id, call.harness(), command_id=call.command_id, event=event)


HANDLERS: dict[str, Handler] = {
    "onboard_organization": onboard,
    "check_onboarding": check,
    "add_member": add_member,
    "change_member": change_member,
    "remove_member": remove_member,
    "declare_endpoint": declare_endpoint,
    "declare_secret_contract": declare_secret_contract,
    "declare_runtime_asset": declare_runtime_asset,
}
