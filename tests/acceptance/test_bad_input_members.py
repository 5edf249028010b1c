"""Tokens that are no good, and members of one organization who ask for what is another's."""

import json
import time
from collections.abc import AsyncGenerator
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import httpx
import jwt
import pytest
import pytest_asyncio
import yaml
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key

from entrypoints.platform import Platform, RefusedError
from tests.support.world import Organization, World, repository

_TABLES = Path("hasura/metadata/databases/default/tables")
# What belongs to no organization: everybody reads the same.
_EVERYBODYS = {"endpoint_kind", "sealing_key", "signing_key"}
_CLAIMS = "https://hasura.io/jwt/claims"


@pytest_asyncio.fixture(scope="module")
async def ours(world: World, tmp_path_factory) -> AsyncGenerator[Organization]:
    made = await world.organization(repository(tmp_path_factory.mktemp("ours")).as_uri())
    yield made
    await made.close()


@pytest_asyncio.fixture(scope="module")
async def theirs(world: World, tmp_path_factory) -> AsyncGenerator[Organization]:
    """Another organization, in which the whole path was walked once and a proposal waits."""
    made = await world.organization(repository(tmp_path_factory.mktemp("theirs")).as_uri())
    await made.carried_out(await made.proposed("echo after > a.txt"))
    await made.proposed("echo waiting > b.txt")
    yield made
    await made.close()


def tables() -> dict[str, dict[str, list[str]]]:
    """The columns that each role may select, by table."""
    found: dict[str, dict[str, list[str]]] = {}
    for file in _TABLES.glob("public_*.yaml"):
        told = yaml.safe_load(file.read_text())
        permissions = told.get("select_permissions", [])
        found[told["table"]["name"]] = {one["role"]: one["permission"]["columns"] for one in permissions}
    return found


async def ids_of(world: World, org: Organization) -> set[str]:
    """Every id that belongs to the organization, in any column of any table."""
    columns = await world.ask_database(
        "SELECT c.table_schema || '.' || c.table_name AS name, c.column_name AS id FROM information_schema.columns c"
        " JOIN information_schema.columns o USING (table_schema, table_name) WHERE o.column_name = 'org_id'"
        " AND c.data_type = 'uuid' AND c.table_schema IN ('public', 'ledger')"
    )
    found: set[str] = {org.id}
    for table, column in columns:
        sql = f"SELECT DISTINCT {column}::text AS id FROM {table} WHERE org_id = $1"  # noqa: S608  - names from the catalogue
        found |= {row["id"] for row in await world.ask_database(sql, UUID(org.id)) if row["id"]}
    return found


@pytest.mark.parametrize("role", ["viewer", "operator", "approver", "owner"])
async def test_a_member_sees_nothing_of_another_organization_in_any_table(
    world: World, ours: Organization, theirs: Organization, role: str
):
    platform, foreign = await ours.as_(role), await ids_of(world, theirs)
    assert len(foreign) > 30

    for table, columns_of in tables().items():
        columns = columns_of.get(role)
        if columns is None or table in _EVERYBODYS:
            continue
        where = f'(where: {{org_id: {{_eq: "{theirs.id}"}}}})' if "org_id" in columns else ""
        asked = f"query {{ all: {table} {{ {' '.join(columns)} }} theirs: {table}{where} {{ {columns[0]} }} }}"
        seen = await platform.ask(asked)
        text = json.dumps(seen["all"])
        assert [one for one in foreign if one in text] == [], table
        assert not where or seen["theirs"] == [], table


async def test_a_role_reads_no_table_that_it_is_not_given(ours: Organization):
    for table, columns_of in tables().items():
        for role in ("viewer", "operator", "approver", "owner"):
            if role not in columns_of:
                with pytest.raises(RefusedError) as refused:
                    await (await ours.as_(role)).ask(f"query {{ {table} {{ __typename }} }}")
                assert refused.value.code == "validation-failed", (table, role)


async def test_a_member_changes_nothing_of_another_organization_with_any_action(
    world: World, ours: Organization, theirs: Organization
):
    ids = {
        table: str((await world.ask_database(f"SELECT id FROM {table} WHERE org_id = $1", UUID(theirs.id)))[0]["id"])  # noqa: S608  - tables named below
        for table in ("endpoint", "runtime_asset", "secret_contract", "work", "proof")
    }
    [proposal] = await world.ask_database(
        "SELECT id::text, digest FROM proposal WHERE org_id = $1 AND state = 'submitted'", UUID(theirs.id)
    )
    decision = {"proposal_id": proposal["id"], "digest": proposal["digest"]}
    [slug] = await world.ask_database("SELECT slug FROM organization WHERE id = $1", UUID(ours.id))
    secret = {"purpose": "Mine.", "reference": f"secret://file/{slug['slug']}#token"}
    own = await (await ours.as_("owner")).ask("query { endpoint { id } runtime_asset { id } }")
    work = {"title": "Mine", "specification": {"run": "true", "verify": "true"}}
    before = await told(world, theirs)

    asked: list[tuple[str, str, str, dict[str, Any]]] = [
        ("owner", "revise_endpoint", "ReviseEndpoint", {"endpoint_id": ids["endpoint"], "public_url": "https://x.example"}),
        ("owner", "retire_endpoint", "RetireEndpoint", {"endpoint_id": ids["endpoint"]}),
        ("owner", "revise_runtime_asset", "ReviseRuntimeAsset", {"runtime_asset_id": ids["runtime_asset"]}),
        ("owner", "revise_secret_contract", "ReviseSecretContract",
         {"secret_contract_id": ids["secret_contract"], **secret}),
        ("operator", "launch_work", "LaunchWork", {"work_id": ids["work"]}),
        ("approver", "approve_proposal", "ApproveProposal", decision),
        ("approver", "reject_proposal", "RejectProposal", {**decision, "reason": "Mine."}),
        ("operator", "withdraw_proposal", "WithdrawProposal", {"proposal_id": proposal["id"]}),
        ("operator", "create_work", "CreateWork",
         {**work, "endpoint_id": ids["endpoint"], "runtime_asset_id": own["runtime_asset"][0]["id"]}),
        ("operator", "create_work", "CreateWork",
         {**work, "endpoint_id": own["endpoint"][0]["id"], "runtime_asset_id": ids["runtime_asset"]}),
    ]  # fmt: skip
    for role, action, type_name, given in asked:
        with pytest.raises(RefusedError) as refused:
            await ours.act(role, action, type_name, **given)
        assert refused.value.code == "NOT_FOUND", action
    document = "query ($input: VerifyProof!) { verify_proof(input: $input) { verified } }"
    with pytest.raises(RefusedError) as refused:
        await (await ours.as_("owner")).ask(document, input={"proof_id": ids["proof"]})
    assert refused.value.code == "NOT_FOUND"
    assert await told(world, theirs) == before


async def told(world: World, org: Organization) -> tuple[int, int]:
    """How many commands and events the organization has."""
    sql = (
        "SELECT (SELECT count(*) FROM ledger.command WHERE org_id = $1) AS a,"
        " (SELECT count(*) FROM portal_live_events WHERE org_id = $1) AS b"
    )
    return tuple((await world.ask_database(sql, UUID(org.id)))[0])


async def claims_of(org: Organization, role: str) -> dict[str, Any]:
    return jwt.decode(await org.token(role), options={"verify_signature": False})


async def answer_to(world: World, token: str) -> str:
    """The code with which a token is refused, or the number of organizations that it shows."""
    async with Platform.as_bearer(world.at["graphql_url"], token) as platform:
        try:
            return str(len((await platform.ask("query { organization { id } }"))["organization"]))
        except RefusedError as refused:
            return refused.code


async def test_tokens_that_are_no_good_are_refused(world: World, ours: Organization):
    secret, claims = world.at["jwt_secret"], await claims_of(ours, "owner")
    good = jwt.encode(claims, secret, algorithm="HS256")
    header, payload, signature = good.split(".")
    bad = {
        "expired": jwt.encode({**claims, "exp": int(time.time()) - 10}, secret, algorithm="HS256"),
        "signed with another key": jwt.encode(claims, "another-secret-of-32-characters-or-more", algorithm="HS256"),
        "unsigned": jwt.encode(claims, None, algorithm="none"),
        "signed by another kind of key": jwt.encode(claims, generate_private_key(SECP256R1()), algorithm="ES256"),
        "a changed payload": f"{header}.{payload[:-4]}AAAA.{signature}",
        "without its signature": f"{header}.{payload}.",
        "garbage": "garbage",
        "dots": "..",
    }

    assert await answer_to(world, good) == "1"
    for what, token in bad.items():
        assert await answer_to(world, token) == "invalid-jwt", what


async def test_a_token_shows_only_what_its_role_and_organization_may_see(world: World, ours: Organization):
    secret, claims = world.at["jwt_secret"], await claims_of(ours, "viewer")

    def with_claims(**changes: Any) -> str:
        return jwt.encode({**claims, _CLAIMS: {**claims[_CLAIMS], **changes}}, secret, algorithm="HS256")

    nobody = jwt.encode({k: v for k, v in claims.items() if k != _CLAIMS}, secret, algorithm="HS256")
    assert await answer_to(world, with_claims()) == "1"
    assert await answer_to(world, with_claims(**{"x-hasura-org-id": str(uuid4())})) == "0"
    assert await answer_to(world, nobody) in {"invalid-jwt", "jwt-missing-role-claims", "jwt-invalid-claims"}
    unknown = {"x-hasura-default-role": "wizard", "x-hasura-allowed-roles": ["wizard"]}
    assert await answer_to(world, with_claims(**unknown)) == "validation-failed"


async def test_what_a_token_claims_gives_no_power_that_the_ledger_denies(
    world: World, ours: Organization, theirs: Organization
):
    claims = await claims_of(ours, "viewer")
    forged = {
        "x-hasura-default-role": "owner",
        "x-hasura-allowed-roles": ["owner"],
        "x-hasura-user-id": claims[_CLAIMS]["x-hasura-user-id"],
    }

    for org_id in (ours.id, theirs.id):
        mine = {**claims, _CLAIMS: {**forged, "x-hasura-org-id": org_id}}
        token = jwt.encode(mine, world.at["jwt_secret"], algorithm="HS256")
        async with Platform.as_bearer(world.at["graphql_url"], token) as platform:
            with pytest.raises(RefusedError) as refused:
                await platform.act("check_onboarding", "CheckOnboarding", {"idempotency_key": str(uuid4())})
        assert refused.value.code == "FORBIDDEN"


@pytest.mark.parametrize("role", ["viewer", "approver"])
async def test_who_may_not_act_is_not_even_offered_the_action(ours: Organization, role: str):
    with pytest.raises(RefusedError) as refused:
        await ours.act(role, "check_onboarding", "CheckOnboarding")

    assert refused.value.code in {"validation-failed", "FORBIDDEN"}


async def test_a_member_cannot_become_the_administrator(world: World, ours: Organization):
    token = await ours.token("owner")
    headers = {"Authorization": f"Bearer {token}", "x-hasura-role": "admin"}
    async with httpx.AsyncClient(headers=headers) as http:
        answer = await http.post(world.at["graphql_url"], json={"query": "query { organization { id } }"})

    assert answer.json()["errors"][0]["extensions"]["code"] == "access-denied"
