"""Plant what a development stack starts with: one organization, one user of each role. Repeating changes nothing."""

import asyncio
import json
import os
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from entrypoints import scenarios
from entrypoints.config import Seed
from entrypoints.platform import Platform, RefusedError, ensure_user

_SCENARIO = "development"


async def seed(config: Seed) -> dict[str, Any]:
    """The organization's id, and email and password by role."""
    organization = scenarios.load(_SCENARIO)["organization"]
    # The key follows from the slug, so a stack that is started again gets the answer of its first start.
    key = uuid5(NAMESPACE_URL, f"fractalops/{_SCENARIO}/{organization['slug']}")
    async with Platform.as_administrator(config.graphql_url, config.admin_secret) as platform:
        answer = await platform.act(
            "onboard_organization", "OnboardOrganization", {**organization, "idempotency_key": str(key)}
        )
    users: dict[str, dict[str, str]] = {}
    for member in organization["principals"]:
        await ensure_user(config.supabase_url, config.service_role_key, member["email"], config.user_password)
        users[member["role"]] = {"email": member["email"], "password": config.user_password}
    return {"org_id": answer["id"], "users": users}


if __name__ == "__main__":
    try:
        print(json.dumps(asyncio.run(seed(Seed.from_environment(os.environ)))), flush=True)
    except RefusedError as refused:
        raise SystemExit(f"seed: {refused.code}: {refused}") from refused
