"""The API as it runs in production, with one handler that breaks law 1: it asks a web server for something."""

import sys

import httpx

from actions import app
from actions.call import Call, Outcome
from contracts.work import CreateWork
from entrypoints import api


async def create(call: Call, body: CreateWork) -> Outcome:
    """Ask outside, whatever comes of it, as a handler may that means well."""
    async with httpx.AsyncClient(trust_env=False, timeout=5) as client:
        await client.get(sys.argv[1])
    return Outcome(call.org_id, body.title)


if __name__ == "__main__":
    app.HANDLERS["create_work"] = create
    api.main()
