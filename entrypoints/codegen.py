"""Write the generated files, or with `--check` tell what is stale: `make codegen` and `make codegen-check`.

What each role sees is asked of the embedded engine, which is started for that over a scratch database.
"""

import argparse
import asyncio
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import httpx
from graphql import IntrospectionQuery, get_introspection_query

from codegen import command
from codegen.generator import NotGeneratedError
from codegen.generators import generators
from entrypoints.config import ROOT
from entrypoints.stack import StartError
from entrypoints.stack.scratch import scratch_stack

_ANSWER_WITHIN_S = 60
_REASONS_TOLD_MAX = 10


def introspect(metadata: Path, roles: Sequence[str]) -> dict[str, IntrospectionQuery]:
    """What an engine that starts with this metadata answers to each role's introspection.

    Raises:
        NotGeneratedError: if the engine does not start, or the metadata does not fit the database.
    """
    print("Asking a scratch engine what each role sees; this takes some seconds.", file=sys.stderr, flush=True)
    try:
        return asyncio.run(_introspect(metadata, roles))
    except StartError as error:
        raise NotGeneratedError(f"The engine does not start with the generated metadata. {error}") from error


async def _introspect(metadata: Path, roles: Sequence[str]) -> dict[str, IntrospectionQuery]:
    async with scratch_stack("hasura", metadata=metadata) as stack, httpx.AsyncClient(timeout=_ANSWER_WITHIN_S) as http:
        http.headers["x-hasura-admin-secret"] = stack.credentials.admin_secret
        await _expect_consistent(http, stack.addresses.hasura_url)
        return {role: await _seen(http, stack.addresses.graphql_url, role) for role in roles}


async def _expect_consistent(http: httpx.AsyncClient, hasura_url: str) -> None:
    # What does not fit the database the engine leaves out, and a snapshot would show it as taken away.
    question: dict[str, Any] = {"type": "get_inconsistent_metadata", "args": {}}
    said: dict[str, Any] = (await http.post(f"{hasura_url}/v1/metadata", json=question)).json()
    if not said.get("is_consistent"):
        wrong = said.get("inconsistent_objects", [])
        reasons = [f"{one.get('name', one.get('type'))}: {one.get('reason')}" for one in wrong[:_REASONS_TOLD_MAX]]
        raise NotGeneratedError("\n  ".join(["hasura/metadata does not fit the database.", *reasons]))


async def _seen(http: httpx.AsyncClient, graphql_url: str, role: str) -> IntrospectionQuery:
    question = {"query": get_introspection_query(descriptions=True)}
    said: dict[str, Any] = (await http.post(graphql_url, json=question, headers={"x-hasura-role": role})).json()
    if "data" not in said:
        raise NotGeneratedError(f"The engine refuses to tell the role {role} what it sees: {said}")
    return said["data"]


def main(arguments: Sequence[str]) -> int:
    """The exit code: 0 when all is well, 1 when a file is not as it should be or cannot be made."""
    parser = argparse.ArgumentParser(
        prog="python -m entrypoints.codegen",
        description="Write every file that follows from the contracts and the metadata.",
    )
    parser.add_argument("--check", action="store_true", help="write nothing; show what is not as it should be and fail")
    return command.run(ROOT, generators(introspect), check=parser.parse_args(arguments).check)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
