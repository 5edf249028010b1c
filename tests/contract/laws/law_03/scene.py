"""Rows that are one step away from each forbidden write: proposals and commands in every state of the path."""

from uuid import UUID, uuid4

from tests.support.ledger import Api, Onboarded, onboarded
from tests.support.proposals import Submitted, Workers, planted_proof, submitted

Scene = dict[str, str]


async def scene_of(api: Api, workers: Workers) -> Scene:
    """The names that the writes use."""
    org = await onboarded(api)
    reviewed, approved = await submitted(api, workers, org), await _approved(api, workers, org)
    await planted_proof(api, org)
    await api.superuser.execute("INSERT INTO ledger.merkle_tree (org_id) VALUES ($1)", org.id)
    await api.superuser.execute("UPDATE ledger.merkle_tree SET size = 1 WHERE org_id = $1", org.id)
    queued, running, carried = [await _approved(api, workers, org) for _ in range(3)]
    queued_apply, running_apply, carried_out = [await _consumed(api, org, one) for one in (queued, running, carried)]
    before = await _approved(api, workers, org)
    consumed_before = await api.superuser.fetchval(
        "INSERT INTO ledger.approval_consumption (id, org_id, proposal_id, digest)"
        " VALUES (gen_random_uuid(), $1, $2, $3) RETURNING id",
        *(org.id, before.id, before.digest),
    )
    for command in (running_apply, carried_out):
        await _moved(api, command, "running")
    execution = await _carried_out(api, org, carried, carried_out)
    return {
        "org": str(org.id),
        "superuser": str(await api.superuser.fetchval("SELECT quote_ident(current_user)")),
        "fresh": str(uuid4()),
        "harness": str(reviewed.harness_id),
        **_named("reviewed", reviewed),
        **_named("approved", approved),
        **_of(queued, "queued"),
        **_of(running, "running"),
        **_of(carried, "carried"),
        **{f"{role}": str(org.callers[role].principal_id) for role in ("approver", "viewer")},
        "proposer": str(org.callers["operator"].principal_id),
        "queued_apply": str(queued_apply),
        "running_apply": str(running_apply),
        "carried_out": str(carried_out),
        "execution": str(execution),
        "consumed_before": str(consumed_before),
        **{
            name: str(await _moved(api, await _other(api, org), *states))
            for name, states in (
                ("leased", ("leased",)),
                ("dispatched", ("leased", "dispatched")),
                ("running_other", ("running",)),
            )
        },
        **await _repairing(api, org),
    }


def _named(name: str, proposal: Submitted) -> Scene:
    return {name: str(proposal.id), f"{name}_digest": proposal.digest}


def _of(proposal: Submitted, name: str) -> Scene:
    return {f"{name}_proposal": str(proposal.id), f"{name}_digest": proposal.digest}


async def _approved(api: Api, workers: Workers, org: Onboarded) -> Submitted:
    proposal = await submitted(api, workers, org)
    await api.superuser.execute(
        "INSERT INTO proposal_decision (org_id, id, proposal_id, principal_id, verdict, digest)"
        " VALUES ($1, gen_random_uuid(), $2, $3, 'approve', $4)",
        *(org.id, proposal.id, org.callers["approver"].principal_id, proposal.digest),
    )
    return proposal


async def _consumed(api: Api, org: Onboarded, proposal: Submitted) -> UUID:
    """The command that was queued together with the consumption of the proposal's approval."""
    async with api.superuser.acquire() as connection, connection.transaction():
        consumption = await connection.fetchval(
            "INSERT INTO ledger.approval_consumption (id, org_id, proposal_id, digest)"
            " VALUES (gen_random_uuid(), $1, $2, $3) RETURNING id",
            *(org.id, proposal.id, proposal.digest),
        )
        return await connection.fetchval(
            "INSERT INTO ledger.command (id, org_id, kind, idempotency_key, input_digest, workflow, payload,"
            " approval_consumption_id, state) VALUES (gen_random_uuid(), $1, 'proposals.apply', gen_random_uuid(), '',"
            " 'proposals.apply', $2, $3, 'queued') RETURNING id",
            *(org.id, {"proposal_id": str(proposal.id), "digest": proposal.digest}, consumption),
        )


async def _carried_out(api: Api, org: Onboarded, proposal: Submitted, command: UUID) -> UUID:
    return await api.superuser.fetchval(
        "INSERT INTO execution (org_id, id, command_id, proposal_id, harness_id, digest)"
        " VALUES ($1, gen_random_uuid(), $2, $3, $4, $5) RETURNING id",
        *(org.id, command, proposal.id, proposal.harness_id, proposal.digest),
    )


async def _other(api: Api, org: Onboarded) -> UUID:
    return UUID((await api.ok("check_onboarding", {}, as_=org.callers["owner"]))["command_id"])


async def _repairing(api: Api, org: Onboarded) -> Scene:
    """A repair that runs."""
    answer = await api.ok("repair_projection", {}, as_=org.callers["owner"])
    command, harness = UUID(answer["command_id"]), UUID(answer["id"])
    await _moved(api, command, "running")
    execution = await api.superuser.fetchval(
        "INSERT INTO execution (org_id, id, command_id, harness_id, digest)"
        " SELECT $1, gen_random_uuid(), id, $3, 'sha256:' || encode(input_digest, 'hex') FROM ledger.command"
        " WHERE id = $2 RETURNING id",
        *(org.id, command, harness),
    )
    return {"running_repair": str(command), "repair_harness": str(harness), "repair_execution": str(execution)}


async def _moved(api: Api, command: UUID, *states: str) -> UUID:
    for state in states:
        await api.superuser.execute("UPDATE ledger.command SET state = $2 WHERE id = $1", command, state)
    return command
