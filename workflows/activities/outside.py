"""What the execution runtime's activities share: the drivers, and the way from an endpoint contract to a credential."""

from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from contracts.endpoints import AuthKind
from contracts.proposals import Bound
from contracts.queue import Queued
from contracts.refusals import Code
from contracts.secret_refs import SecretRef
from contracts.work import LAUNCH_KIND
from ledger import endpoints, kept, organizations, runtimes, secrets, work
from ledger.endpoints import Endpoint
from ledger.pool import Pool, transaction
from ledger.runtimes import Runtime
from ledger.work import Work
from runtime.failures import Failure
from runtime.git import Git
from runtime.git_process import Credential
from runtime.sandboxes import Limits, Sandbox, Sandboxes
from runtime.secrets import Resolver, SealedStore, SecretValue
from runtime.signing import Signer

# What a git server is told as the user name when the contract names none; token logins ignore it.
_DEFAULT_USERNAME = "git"

# What every sandbox of ours carries.
OWN_LABEL = {"fractalops": "command"}

LOST = "The sandbox and what was in it were lost; launch the work again."


@dataclass(frozen=True)
class Drivers:
    """Everything that reaches beyond the ledger; only the execution runtime has it."""

    pool: Pool
    resolver: Resolver
    git: Git
    sandboxes: Sandboxes
    signer: Signer
    sealing: SealedStore
    mirrors: Path

    async def secret(self, org_id: UUID, endpoint: Endpoint) -> SecretValue | None:
        """The value that authenticating against the endpoint needs; None where it needs none.

        Raises:
            Failure: SECRET_MISSING and the like.
        """
        if endpoint.auth_kind == AuthKind.NONE or endpoint.secret_contract_id is None:
            return None
        reference = await secrets.reference(self.pool, org_id, endpoint.secret_contract_id)
        if reference is None:
            raise Failure(Code.SECRET_MISSING, "The endpoint's secret contract says nowhere that its value lives.")
        return await self.resolver.resolve(await self.own_reference(org_id, reference))

    async def own_reference(self, org_id: UUID, reference: str) -> SecretRef:
        """The reference, which must lie where the organization keeps its secrets.

        Raises:
            Failure: SECRET_DENIED, for another organization's secret.
        """
        async with transaction(self.pool) as tx:
            organization = await organizations.find(tx, org_id)
        parsed = SecretRef.parse(reference)
        if organization is None or not parsed.lies_under(organization.slug):
            raise Failure(Code.SECRET_DENIED, "The secret contract points at a place that is not the organization's.")
        return parsed

    async def credential(self, org_id: UUID, endpoint: Endpoint) -> Credential | None:
        """What git is given to authenticate with."""
        value = await self.secret(org_id, endpoint)
        return None if value is None else Credential(endpoint.username or _DEFAULT_USERNAME, value)

    def mirror(self, org_id: UUID, endpoint_id: UUID) -> Path:
        """The bare repository in which an endpoint's commits are kept between steps; always safe to delete."""
        return self.mirrors / str(org_id) / str(endpoint_id)


@dataclass(frozen=True)
class Place:
    """A work item with the endpoint and the runtime asset that it names, as they stand."""

    work: Work
    endpoint: Endpoint
    asset: Runtime


async def place_of(pool: Pool, queued: Queued, work_id: UUID) -> Place:
    """The place where a work item is done.

    Raises:
        Refusal: NOT_FOUND.
    """
    async with transaction(pool) as tx:
        item = await work.find(tx, queued.org_id, work_id)
        endpoint = await endpoints.find(tx, queued.org_id, item.endpoint_id)
        asset = await runtimes.find(tx, queued.org_id, item.runtime_asset_id)
    return Place(item, endpoint, asset)


def check_approved(place: Place, bound: Bound) -> None:
    """Nothing, if the place is the one that an approved proposal binds: an effect is had there and nowhere else.

    Raises:
        Failure: STALE.
    """
    endpoint, asset = place.endpoint, place.asset
    secret = endpoint.secret_contract_digest
    stands = (endpoint.digest, asset.digest, () if secret is None else (secret,))
    approved = (bound.endpoint_digest, bound.runtime_asset_digest, bound.secret_contract_digests)
    if stands != approved or (endpoint.state, asset.state) != ("active", "active"):
        raise Failure(Code.STALE, "What was approved has changed since: endpoint, runtime asset or secret contract.")


async def sandbox_for(drivers: Drivers, queued: Queued, asset: Runtime) -> Sandbox:
    """The command's sandbox, made if there is none yet."""
    return await drivers.sandboxes.ensure(
        sandbox_name(queued), sandbox_labels(queued), Limits(snapshot=asset.limits.snapshot)
    )


async def same_sandbox(drivers: Drivers, queued: Queued) -> Sandbox:
    """The command's sandbox with what earlier steps left in it: the one that its launch takes up, or its own.

    Raises:
        Failure: RUNTIME_LOST, if it is gone and what was in it too.
    """
    left = None
    if queued.kind == LAUNCH_KIND:
        async with transaction(drivers.pool) as tx:
            left = await kept.taken_by(tx, queued.org_id, queued.harness_id)
    name, labels = (left.sandbox_name, left_labels(queued)) if left else (sandbox_name(queued), sandbox_labels(queued))
    sandbox = await drivers.sandboxes.reopen(name, labels)
    if sandbox is None:
        raise Failure(Code.RUNTIME_LOST, LOST)
    return sandbox


def sandbox_name(queued: Queued) -> str:
    """One sandbox for each command, found again by its name whoever made it."""
    return f"fractalops-{queued.command_id}"


def left_labels(queued: Queued) -> dict[str, str]:
    """What a sandbox says about itself that an earlier harness of the same organization left."""
    return {**OWN_LABEL, "organization": str(queued.org_id)}


def sandbox_labels(queued: Queued) -> dict[str, str]:
    """What a sandbox says about itself."""
    return {**OWN_LABEL, "organization": str(queued.org_id), "harness": str(queued.harness_id)}
