"""The execution runtime's side of endpoint calls: looking first, sending what was approved once, saying what is known.

Before anything is sent the harness keeps an artifact that says so; there can be only one. Whoever finds it without an
outcome knows that the request may have arrived, and sends it again only if that has no second effect.
"""

from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, Literal

from temporalio import activity

from contracts.artifacts import Artifact
from contracts.base import Contract
from contracts.calls import EndpointCall
from contracts.canonical import canonical_bytes, digest_of_bytes
from contracts.endpoints import AuthKind, ReadinessContract
from contracts.procedures import BrowserProcedure
from contracts.queue import Queued
from contracts.refusals import Code
from contracts.vocabulary import InteractionPolicy
from contracts.work import LaunchWork
from ledger import harness, proposals
from ledger.endpoints import Endpoint
from ledger.pool import Tx, transaction
from runtime import calls
from runtime.calls import Answered, NotKnown, NotSent
from runtime.endpoints import Auth, probe
from runtime.failures import Failure
from workflows.activities.edge import alive, told
from workflows.activities.outside import Drivers, Place, check_approved, place_of
from workflows.activities.proposals import Carried

REQUEST = "call-request"
ANSWER = "call-answer"
OUTCOME = "call-outcome"
_JSON = "application/json"
_NOTHING_SENT = canonical_bytes({"sent": False})


class Sent(Contract):
    """What became of an approved call; with a code it is not as was expected."""

    outcome: Literal["answered", "not_sent", "not_known"]
    status: int | None = None
    answer_digest: str | None = None
    code: Code | None = None
    reason: str | None = None


@dataclass(frozen=True)
class Calls:
    """Runtime activities of endpoint calls."""

    drivers: Drivers

    @activity.defn(name="calls.look")
    @told
    async def look(self, queued: Queued) -> None:
        """Look at the endpoint as its readiness contract says and keep what was seen; repeating keeps the first.

        Raises:
            Failure: ENDPOINT_UNREACHABLE, ENDPOINT_DENIED or ENDPOINT_FAULT, if it is not ready, and what
                authenticating raises.
        """
        async with alive():
            place = await place_of(self.drivers.pool, queued, LaunchWork.work_id_of(queued.payload))
            endpoint = place.endpoint
            if place.work.interaction_policy == InteractionPolicy.BROWSER_FIRST:
                raise Failure(
                    Code.BROWSER_OBSERVATION_REQUIRED,
                    "Browser-first work may not touch its endpoint before a browser has looked at it in this harness.",
                )
            auth = await self._auth(queued, endpoint)
            seen = await probe(endpoint.machine_url, ReadinessContract.model_validate(endpoint.readiness), auth)
            if not seen.ready:
                raise Failure(_code_of(seen.status), f"{endpoint.name} is not ready: {seen.detail}")
            async with transaction(self.drivers.pool) as tx:
                await harness.observe(
                    tx,
                    queued.org_id,
                    queued.harness_id,
                    kind="endpoint_readiness",
                    subject=endpoint.name,
                    digest=None,
                    detail={"seen": seen.detail, "status": seen.status, "endpoint_digest": endpoint.digest},
                )

    @activity.defn(name="calls.send")
    @told
    async def send(self, carried: Carried) -> Sent:
        """Send exactly the approved call; repeating answers what is known, and sends again only what may be repeated.

        Raises:
            Failure: KIND_NOT_CARRIED_OUT, for a browser procedure; OUTCOME_UNKNOWN, of a call that may be repeated;
                STALE, CONTRACT_REFUSED, and what authenticating raises.
        """
        call = carried.payload
        if isinstance(call, BrowserProcedure):
            raise Failure(
                Code.KIND_NOT_CARRIED_OUT,
                "No browser runtime carries out procedures on this platform: nothing was done.",
            )
        if not isinstance(call, EndpointCall):
            raise TypeError("what is carried out calls no endpoint")
        async with alive():
            if (known := await self._known(carried)) is not None:
                return known
            place = await self._placed(carried)
            auth = await self._auth(carried.queued, place.endpoint)
            request = calls.request_of(place.endpoint.machine_url, call, auth, str(carried.execution_id))
            is_first = await self._begin(carried, call, place.endpoint)
            if not is_first and not call.repeatable:
                return await self._keep(carried, _not_known("An earlier try to send it was lost."))
            hidden = [auth.value] if auth.value else []
            limit_ms = min(call.timeout_ms, place.asset.limits.run_timeout_s * 1000)
            sent = await calls.send(request, timeout_ms=limit_ms, hidden=hidden)
            return await self._judged(carried, call, sent, is_first=is_first)

    @activity.defn(name="calls.find_out")
    @told
    async def find_out(self, carried: Carried) -> Sent | None:
        """What is known of a call whose sending failed or was lost; None if nothing was sent, and nothing will be."""
        if (known := await self._known(carried)) is not None:
            return known
        nothing = Artifact.of(REQUEST, _JSON, _NOTHING_SENT)
        async with transaction(self.drivers.pool) as tx:
            if await harness.keep_first(tx, carried.queued.org_id, carried.queued.harness_id, nothing) is not None:
                return None
            begun = await _kept(tx, carried.queued, REQUEST)
        if begun == _NOTHING_SENT:
            return None
        return await self._keep(carried, _not_known("Its sending was lost."))

    async def _begin(self, carried: Carried, call: EndpointCall, endpoint: Endpoint) -> bool:
        """Whether this try is the first that sends; from here on the request counts as one that may have arrived.

        Raises:
            Failure: RUNTIME_LOST, if it was given up meanwhile.
        """
        artifact = Artifact.of(REQUEST, _JSON, canonical_bytes(described(carried, call, endpoint)))
        queued = carried.queued
        async with transaction(self.drivers.pool) as tx:
            artifact_id = await harness.keep_first(tx, queued.org_id, queued.harness_id, artifact)
            if artifact_id is not None:
                await harness.tie(
                    tx, queued.org_id, (("execution", carried.execution_id), "sent", ("artifact", artifact_id))
                )
                return True
            if await _kept(tx, queued, REQUEST) == _NOTHING_SENT:
                raise Failure(Code.RUNTIME_LOST, "Sending the call was given up before it began.")
        return False

    async def _judged(
        self, carried: Carried, call: EndpointCall, sent: Answered | NotSent | NotKnown, *, is_first: bool
    ) -> Sent:
        match sent:
            case Answered():
                return await self._keep(carried, _answered(call, sent), sent)
            case NotSent(reason) if is_first:
                told_so = Sent(outcome="not_sent", code=Code.ENDPOINT_UNREACHABLE, reason=f"{reason} Nothing was sent.")
                return await self._keep(carried, told_so)
            case NotSent(reason) | NotKnown(reason):
                if call.repeatable:
                    raise Failure(Code.OUTCOME_UNKNOWN, reason, retry=True)
                return await self._keep(carried, _not_known(reason))

    async def _keep(self, carried: Carried, sent: Sent, answered: Answered | None = None) -> Sent:
        """The outcome that stands: this one, or the one that somebody else kept first."""
        queued = carried.queued
        outcome = Artifact.of(OUTCOME, _JSON, canonical_bytes(sent.model_dump(mode="json")))
        async with transaction(self.drivers.pool) as tx:
            if await harness.keep_first(tx, queued.org_id, queued.harness_id, outcome) is None:
                return Sent.model_validate_json(await _kept(tx, queued, OUTCOME) or b"")
            if answered is not None:
                body = Artifact.of(ANSWER, answered.media_type, answered.body, body_bytes_max=calls.ANSWER_BYTES_MAX)
                body = body.model_copy(update={"truncated": answered.truncated})
                body_id = await harness.keep(tx, queued.org_id, queued.harness_id, body)
                await harness.tie(
                    tx, queued.org_id, (("execution", carried.execution_id), "answered", ("artifact", body_id))
                )
        return sent

    async def _known(self, carried: Carried) -> Sent | None:
        async with transaction(self.drivers.pool) as tx:
            kept = await _kept(tx, carried.queued, OUTCOME)
        return None if kept is None else Sent.model_validate_json(kept)

    async def _placed(self, carried: Carried) -> Place:
        async with transaction(self.drivers.pool) as tx:
            proposal = await proposals.find(tx, carried.queued.org_id, carried.proposal_id)
        place = await place_of(self.drivers.pool, carried.queued, proposal.work_id)
        check_approved(place, proposal.bound)
        return place

    async def _auth(self, queued: Queued, endpoint: Endpoint) -> Auth:
        value = await self.drivers.secret(queued.org_id, endpoint)
        return Auth(AuthKind(endpoint.auth_kind), value, endpoint.auth_parameter or endpoint.username or "")


def _code_of(status: int | None) -> Code:
    """Why an endpoint is not ready that gave this answer to a look; None: it gave none."""
    if status is None:
        return Code.ENDPOINT_UNREACHABLE
    return Code.ENDPOINT_DENIED if status in (HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN) else Code.ENDPOINT_FAULT


def described(carried: Carried, call: EndpointCall, endpoint: Endpoint) -> dict[str, Any]:
    """What is sent, without the credential and without the body, whose digest stands for it."""
    return {
        "sent": True,
        "method": call.method,
        "url": endpoint.machine_url.rstrip("/") + call.path,
        "query": [one.model_dump(mode="json") for one in call.query],
        "headers": [one.model_dump(mode="json") for one in call.headers],
        "idempotency": {"header": call.idempotency_header, "key": str(carried.execution_id)},
        "authenticated": endpoint.auth_kind,
        "body": None
        if call.body is None
        else {"media_type": call.body.media_type, "digest": digest_of_bytes(call.body.text.encode())},
    }


def _answered(call: EndpointCall, answered: Answered) -> Sent:
    sent = Sent(outcome="answered", status=answered.status, answer_digest=digest_of_bytes(answered.body))
    if answered.status in call.expect_status:
        return sent
    expected = " or ".join(str(status) for status in call.expect_status)
    reason = f"The endpoint answered {answered.status}, and {expected} was expected."
    return sent.model_copy(update={"code": Code.ANSWER_UNEXPECTED, "reason": reason})


def _not_known(why: str) -> Sent:
    reason = f"{why} Whether the call had an effect is not known; it is not sent again."
    return Sent(outcome="not_known", code=Code.OUTCOME_UNKNOWN, reason=reason)


async def _kept(tx: Tx, queued: Queued, name: str) -> bytes | None:
    return await harness.artifact_named(tx, queued.org_id, queued.harness_id, name)
