"""Onboarding an organization, and running its checks again."""

from uuid import UUID, uuid4

from actions.call import Call, Outcome
from actions.command import Handler
from contracts.harness import HarnessQueued
from contracts.onboarding import CheckOnboarding, OnboardOrganization
from contracts.refusals import Code, Refusal
from contracts.states import OrganizationState
from contracts.vocabulary import Continuity, Purpose
from ledger import endpoints, harness, organizations, runtimes, secrets


async def onboard(call: Call, body: OnboardOrganization) -> Outcome:
    """Record an organization with everything it declares, and queue its checks.

    Raises:
        Refusal: UNKNOWN_ENDPOINT_KIND, ALREADY_EXISTS.
    """
    org_id = call.org_id
    await organizations.create(call.tx, org_id, body)
    secret_ids: dict[str, UUID] = {}
    for contract in body.secret_contracts:
        secret_ids[contract.name] = secret_id = uuid4()
        await secrets.add(call.tx, org_id, secret_id, contract)
        await organizations.add_check(call.tx, org_id, "secret_contract", secret_id, contract.name)
    for asset in body.runtime_assets:
        asset_id = uuid4()
        await runtimes.add(call.tx, org_id, asset_id, asset)
        await organizations.add_check(call.tx, org_id, "runtime_asset", asset_id, asset.name)
    for endpoint in body.endpoints:
        endpoint_id = uuid4()
        await endpoints.add(call.tx, org_id, endpoint_id, endpoint, secret_ids)
        await organizations.add_check(call.tx, org_id, "endpoint", endpoint_id, endpoint.name)
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
    checks = await organizations.reset_checks(call.tx, call.org_id)
    await _queue_checks(call, f"Check {organization.name}", checks)
    return Outcome(call.org_id, organization.state)


async def _queue_checks(call: Call, title: str, checks: int) -> None:
    event = HarnessQueued(
        purpose=Purpose.ONBOARD,
        title=title,
        continuity=Continuity.FRESH,
        principal_id=call.principal_id,
        steps_total=checks,
    )
    await harness.queue(call.tx, call.org_id, call.harness(), command_id=call.command_id, event=event)


HANDLERS: dict[str, Handler] = {"onboard_organization": onboard, "check_onboarding": check}
