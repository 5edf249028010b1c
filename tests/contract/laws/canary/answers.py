"""Everything that can be asked of the running product, asked by everybody who can ask."""

import json
from typing import Any

import httpx

from tests.support.world import Organization, World

ROLES = ("viewer", "operator", "approver", "owner")
_ROWS_MAX = 1_000
_FIELDS = """{ __schema { queryType { fields { name args { name } type { ...of } } }
  types { name kind fields { name args { name } type { ...of } } } } }
fragment of on __Type { kind name ofType { kind name ofType { kind name ofType { kind name } } } }"""

Answers = list[tuple[str, str]]


async def asked(world: World, organizations: list[Organization]) -> Answers:
    """Every table as every role of every organization and as the administrator, and what the other servers tell."""
    at = world.at
    callers: dict[str, dict[str, str]] = {"the administrator": {"x-hasura-admin-secret": at["admin_secret"]}}
    for org in organizations:
        for role in ROLES:
            callers[f"{role} of {org.tag}"] = {"Authorization": f"Bearer {await org.token(role)}"}
    async with httpx.AsyncClient(timeout=30) as http:
        told = [one for who, headers in callers.items() for one in await _tables(http, at["graphql_url"], who, headers)]
        return told + await _others(http, at)


async def _tables(http: httpx.AsyncClient, url: str, who: str, headers: dict[str, str]) -> Answers:
    schema = (await _graphql(http, url, headers, _FIELDS))["data"]["__schema"]
    types = {one["name"]: one for one in schema["types"]}
    told: Answers = []
    for root in schema["queryType"]["fields"]:
        found = types[_innermost(root["type"])]
        if found["kind"] != "OBJECT" or "limit" not in {one["name"] for one in root["args"]}:
            continue
        columns = [
            one["name"] for one in found["fields"] if types[_innermost(one["type"])]["kind"] in {"SCALAR", "ENUM"}
        ]
        if not columns:
            continue
        answer = await _graphql(
            http, url, headers, f"{{ {root['name']}(limit: {_ROWS_MAX}) {{ {' '.join(columns)} }} }}"
        )
        assert "errors" not in answer, (who, root["name"], answer)
        told.append((f"GraphQL {root['name']} as {who}", json.dumps(answer, ensure_ascii=False)))
    return told


async def _graphql(http: httpx.AsyncClient, url: str, headers: dict[str, str], query: str) -> Any:
    return (await http.post(url, json={"query": query}, headers=headers)).json()


def _innermost(kind: dict[str, Any]) -> str:
    while kind.get("ofType"):
        kind = kind["ofType"]
    return kind["name"]


async def _others(http: httpx.AsyncClient, at: dict[str, Any]) -> Answers:
    admin = {"x-hasura-admin-secret": at["admin_secret"]}
    daytona = {"Authorization": f"Bearer {at['daytona_api_key']}"}
    supabase = {"apikey": at["service_role_key"], "Authorization": f"Bearer {at['service_role_key']}"}
    gets: list[tuple[str, dict[str, str]]] = [
        (f"{at['portal_url']}/config.json", {}),
        (f"{at['portal_url']}/", {}),
        (f"{at['daytona_api_url']}/sandbox", daytona),
        (f"{at['daytona_api_url']}/snapshots", daytona),
        (f"{at['supabase_url']}/auth/v1/admin/users?per_page=1000", supabase),
        (f"{at['temporal_ui_url']}/api/v1/namespaces/default/workflows?maximumPageSize=1000", {}),
    ]
    told = [(f"GET {url}", (await http.get(url, headers=headers)).text) for url, headers in gets]
    exported = await http.post(
        f"{at['hasura_url']}/v1/metadata", json={"type": "export_metadata", "args": {}}, headers=admin
    )
    return [*told, ("Hasura's metadata", exported.text)]
