"""The execution runtime's side of onboarding: looking at each thing for real."""

from dataclasses import dataclass
from uuid import uuid5

from temporalio import activity

from contracts.endpoints import AuthKind, ReadinessContract
from contracts.secrets import SecretStatus
from ledger import endpoints, runtimes, secrets
from ledger.endpoints import Endpoint
from ledger.pool import transaction
from runtime.endpoints import Auth, probe
from runtime.failures import Failure
from runtime.sandboxes import Limits
from workflows.activities.edge import alive, told
from workflows.activities.onboarding import Asked, Seen
from workflows.activities.outside import Drivers, sandbox_labels

_LAUNCH_PROBE = "printf ready"
_LAUNCH_PROBE_TIMEOUT_S = 30
_REMEDY_SECRET = "Put the value where the secret contract says it lives, or revise the contract; then check again."  # noqa: S105  - a sentence


@dataclass(frozen=True)
class Checks:
    """Runtime activities of onboarding."""

    drivers: Drivers

    @activity.defn(name="checks.look")
    @told
    async def look(self, asked: Asked) -> Seen:
        """What one check sees now; looking changes nothing, so it may be repeated."""
        async with alive():
            match asked.subject_kind:
                case "secret_contract":
                    return await self._secret(asked)
                case "runtime_asset":
                    return await self._runtime_asset(asked)
                case "endpoint":
                    return await self._endpoint(asked)

    async def _secret(self, asked: Asked) -> Seen:
        reference = await secrets.reference(self.drivers.pool, asked.queued.org_id, asked.subject_id)
        if reference is None:
            return Seen(
                passed=False,
                detail="The secret contract says nowhere that its value lives.",
                remedy=_REMEDY_SECRET,
                secret_status=SecretStatus.MISSING,
            )
        report = await self.drivers.resolver.probe(await self.drivers.own_reference(asked.queued.org_id, reference))
        status = SecretStatus(report.status)
        passed = status is SecretStatus.RESOLVABLE
        return Seen(
            passed=passed,
            detail=report.detail,
            remedy=None if passed else _REMEDY_SECRET,
            secret_status=status,
            probed_as=report.as_whom,
        )

    async def _runtime_asset(self, asked: Asked) -> Seen:
        async with transaction(self.drivers.pool) as tx:
            asset = await runtimes.find(tx, asked.queued.org_id, asked.subject_id)
        if asset.kind != "sandbox":
            return Seen(
                passed=False,
                detail="No browser nodes are attached to this platform.",
                remedy="Remove the browser runtime asset, or attach browser nodes.",
            )
        # The same for every try of this check in this harness, so that none leaves one behind that nobody finds.
        name = f"fractalops-check-{uuid5(asked.queued.command_id, str(asked.check_id))}"
        try:
            sandbox = await self.drivers.sandboxes.ensure(
                name, sandbox_labels(asked.queued), Limits(snapshot=asset.limits.snapshot)
            )
            ran = await sandbox.run(_LAUNCH_PROBE, run_id="probe", timeout_s=_LAUNCH_PROBE_TIMEOUT_S)
        except Failure as failure:
            remedy = f"See that the sandbox service is up and can give what {asset.name} asks for, then check again."
            return Seen(passed=False, detail=failure.message, remedy=remedy)
        finally:
            await self.drivers.sandboxes.destroy(name)
        passed = ran.exit_code == 0
        return Seen(passed=passed, detail="A sandbox launched and ran a command." if passed else ran.output)

    async def _endpoint(self, asked: Asked) -> Seen:
        async with transaction(self.drivers.pool) as tx:
            endpoint = await endpoints.find(tx, asked.queued.org_id, asked.subject_id)
        try:
            return await (self._git(asked, endpoint) if endpoint.protocol == "git" else self._http(asked, endpoint))
        except Failure as failure:
            remedy = (
                f"See that {endpoint.name} answers at its URL and accepts its secret, or revise it; then check again."
            )
            return Seen(passed=False, detail=failure.message, remedy=remedy)

    async def _git(self, asked: Asked, endpoint: Endpoint) -> Seen:
        credential = await self.drivers.credential(asked.queued.org_id, endpoint)
        remote = await self.drivers.git.heads(endpoint.machine_url, credential)
        if remote.empty:
            remedy = "Push a first commit to the repository, then check again."
            return Seen(passed=False, detail="The repository has no branch yet.", remedy=remedy)
        return Seen(passed=True, detail="The repository answers and has branches.")

    async def _http(self, asked: Asked, endpoint: Endpoint) -> Seen:
        value = await self.drivers.secret(asked.queued.org_id, endpoint)
        name = endpoint.auth_parameter or endpoint.username or ""
        auth = Auth(kind=AuthKind(endpoint.auth_kind), value=value, name=name)
        seen = await probe(endpoint.machine_url, ReadinessContract.model_validate(endpoint.readiness), auth)
        remedy = None if seen.ready else f"Mend {endpoint.name} or revise its readiness contract, then check again."
        return Seen(passed=seen.ready, detail=seen.detail, remedy=remedy, latency_ms=seen.latency_ms)
