"""Law 7: public continuity is `fresh` or `resume`, and how a launch came about is for operators and owners."""

import re
from collections.abc import AsyncGenerator
from pathlib import Path
from typing import Any

import asyncpg
import pytest
import pytest_asyncio
from graphql import (
    GraphQLEnumType,
    GraphQLInterfaceType,
    GraphQLObjectType,
    GraphQLSchema,
    build_schema,
    get_named_type,
)
from jsonschema import Draft202012Validator
from typer.testing import CliRunner

from contracts.vocabulary import Continuity, Role
from contracts.work import LaunchWork
from entrypoints.cli.main import build
from fractalops_client.errors import Refused
from tests.contract.laws.planting import ROOT
from tests.support.ledger import Ledger
from tests.support.world import Organization, World, repository

PUBLIC = {"fresh", "resume"}
DIAGNOSTIC = "launch_diagnostic"
MAY_DIAGNOSE = {"operator", "owner", "admin"}
SCHEMAS = {path.stem: path for path in sorted((ROOT / "codegen" / "schema").glob("*.graphql"))}
_QUERY = "query { launch_diagnostic { id origin } }"
_ROUNDABOUT = "query { harness { launch_diagnostics { origin } } }"


def ways_to(schema: GraphQLSchema, wanted: str) -> list[str]:
    """Every field by which a type whose name begins so can be asked for, as `Type.field`."""
    waiting = [kind for kind in (schema.query_type, schema.mutation_type, schema.subscription_type) if kind]
    seen: set[str] = set()
    found: list[str] = []
    while waiting:
        kind = waiting.pop()
        if kind.name in seen:
            continue
        seen.add(kind.name)
        for name, field in kind.fields.items():
            reached = get_named_type(field.type)
            asked = [get_named_type(argument.type).name for argument in field.args.values()]
            if any(one.startswith(wanted) for one in (reached.name, name, *asked)):
                found.append(f"{kind.name}.{name}")
            if isinstance(reached, (GraphQLObjectType, GraphQLInterfaceType)):
                waiting.append(reached)
    return sorted(found)


def leaks(schema: GraphQLSchema, role: str) -> list[str]:
    """What to mend, for a role that may not see how launches came about and could."""
    if role in MAY_DIAGNOSE:
        return []
    remedy = f"take the role {role} out of hasura/metadata/databases/default/tables/public_{DIAGNOSTIC}.yaml"
    return [
        f"codegen/schema/{role}.graphql: {way} leads to launch diagnostics: {remedy}"
        for way in ways_to(schema, DIAGNOSTIC)
    ]


def modes(schema: GraphQLSchema) -> set[str]:
    """The values of the public enum; none, where a role sees no such enum."""
    kind = schema.type_map.get("Continuity")
    return set(kind.values) if isinstance(kind, GraphQLEnumType) else set()


def test_the_contract_has_two_modes():
    assert {mode.value for mode in Continuity} == PUBLIC
    accepted = Draft202012Validator(LaunchWork.model_json_schema()["$defs"]["Continuity"])
    assert [one for one in ("fresh", "resume", "cold", "warm", "hot", "restored", "") if accepted.is_valid(one)] == [
        "fresh",
        "resume",
    ]


@pytest.mark.parametrize("role", SCHEMAS)
def test_what_a_role_sees_has_no_other_mode(role: str):
    schema = build_schema(SCHEMAS[role].read_text(), assume_valid=True)

    assert modes(schema) in (PUBLIC, set())
    assert ("Continuity" in schema.type_map) == (role in {"operator", "owner", "admin"})


@pytest.mark.parametrize("role", SCHEMAS)
def test_launch_diagnostics_are_seen_by_operators_and_owners_alone(role: str):
    schema = build_schema(SCHEMAS[role].read_text(), assume_valid=True)

    assert leaks(schema, role) == []
    assert bool(ways_to(schema, DIAGNOSTIC)) == (role in MAY_DIAGNOSE)


def test_every_role_has_its_schema():
    assert set(SCHEMAS) == {"admin", *(role.value for role in Role)}


@pytest.mark.parametrize(
    ("sdl", "way"),
    [
        ("type Query { harness: harness } type harness { diagnosed: launch_diagnostic } ", "harness.diagnosed"),
        ("type Query { a: String } type Subscription { s: [launch_diagnostic!]! } ", "Subscription.s"),
        ("type Query { a(where: launch_diagnostic_bool_exp): String } ", "Query.a"),
    ],
)
def test_a_way_to_launch_diagnostics_is_told_with_the_file_to_mend(sdl: str, way: str):
    rest = "type launch_diagnostic { origin: String } input launch_diagnostic_bool_exp { origin: String }"

    said = leaks(build_schema(sdl + rest), "viewer")

    mend = "take the role viewer out of hasura/metadata/databases/default/tables/public_launch_diagnostic.yaml"
    assert said == [f"codegen/schema/viewer.graphql: {way} leads to launch diagnostics: {mend}"]


def test_a_third_mode_is_seen():
    assert modes(build_schema("type Query { a: Continuity } enum Continuity { fresh resume warm }")) != PUBLIC


def test_the_command_line_and_the_portal_know_two_modes():
    shown = CliRunner().invoke(build(), ["work", "launch", "--help"], terminal_width=200, color=False).output
    refused = CliRunner().invoke(build(), ["work", "launch", "a", "--continuity", "warm"])
    portal = re.search(r"const continuity[^{]*\{([^}]*)\}", (ROOT / "portal/src/texts.ts").read_text())

    assert re.findall(r"--continuity\s+\W*(fresh)\W+(resume)\W", shown) == [("fresh", "resume")]
    assert refused.exit_code == 2
    assert portal is not None
    assert set(re.findall(r"(\w+):", portal.group(1))) == PUBLIC


async def test_the_database_keeps_no_other_mode(ledger: Ledger):
    connection = await asyncpg.connect(ledger.url)
    checks = await connection.fetch(
        "SELECT pg_get_constraintdef(oid) AS says FROM pg_constraint WHERE conrelid = 'public.harness'::regclass"
        " AND contype = 'c' AND pg_get_constraintdef(oid) LIKE '%continuity =%'"
    )
    await connection.close()

    assert [set(re.findall(r"'(\w+)'", row["says"])) for row in checks] == [PUBLIC]


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def org(world: World, tmp_path_factory: pytest.TempPathFactory) -> AsyncGenerator[Organization]:
    """An organization with a harness whose launch was diagnosed."""
    found = await world.organization(repository(tmp_path_factory.mktemp("continuity")).as_uri())
    harness = await world.ask_database("SELECT id FROM harness WHERE org_id = $1 LIMIT 1", found.id)
    await world.ask_database(
        "INSERT INTO launch_diagnostic (org_id, id, harness_id, runtime_kind, runtime_name, origin, duration_ms)"
        " VALUES ($1, gen_random_uuid(), $2, 'sandbox', 'planted', 'created', 1)",
        found.id,
        harness[0]["id"],
    )
    yield found
    await found.close()


@pytest.mark.parametrize("role", ["viewer", "approver"])
@pytest.mark.parametrize("document", [_QUERY, _ROUNDABOUT, "query { launch_diagnostic_aggregate { __typename } }"])
async def test_other_roles_are_not_answered_about_launches(org: Organization, role: str, document: str):
    with pytest.raises(Refused, match="not found in type"):
        await (await org.as_(role)).ask(document)


@pytest.mark.parametrize("role", ["operator", "owner"])
async def test_operators_and_owners_are_answered_about_their_own(org: Organization, role: str):
    rows: list[dict[str, Any]] = (await (await org.as_(role)).ask(_QUERY))["launch_diagnostic"]

    assert "created" in {row["origin"] for row in rows}


async def test_realtimes_role_may_read_no_launch_diagnostic_and_none_is_published(ledger: Ledger):
    connection = await asyncpg.connect(ledger.url)
    for role in ("anon", "authenticated"):
        async with connection.transaction():
            await connection.execute(f"SET LOCAL ROLE {role}")
            with pytest.raises(asyncpg.InsufficientPrivilegeError):
                async with connection.transaction():
                    await connection.fetch("SELECT * FROM public.launch_diagnostic")
    published = await connection.fetch(
        "SELECT tablename FROM pg_publication_tables WHERE pubname = 'supabase_realtime'"
    )
    await connection.close()

    assert DIAGNOSTIC not in {row["tablename"] for row in published}
    assert published, "the publication has tables at all"


def test_the_schemas_of_other_roles_do_not_even_name_them():
    assert [
        role for role in SCHEMAS if role not in MAY_DIAGNOSE and DIAGNOSTIC in Path(SCHEMAS[role]).read_text()
    ] == []
