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


def introspect(metadata: Path, roles: Sequence[str]) -> dict[str, IntrospectionQuery]:
    """What an engine that starts with this metadata answers to each role's introspection.

    Raises:
        NotGeneratedError: if the engine does not start, or answers an error.
    """
    print("Asking a scratch engine what each role sees; this takes some seconds.", file=sys.stderr, flush=True)
    try:
        return asyncio.run(_introspect(metadata, roles))
    except StartError as error:
        raise NotGeneratedError(f"The engine does not start with the generated metadata. {error}") from error


async def _introspect(metadata: Path, roles: Sequence[str]) -> dict[str, IntrospectionQuery]:
    seen: dict[str, IntrospectionQuery] = {}
    async with scratch_stack("hasura", metadata=metadata) as stack, httpx.AsyncClient(timeout=_ANSWER_WITHIN_S) as http:
        for role in roles:
            answer = await http.post(
                stack.addresses.graphql_url,
                json={"query": get_introspection_query(descriptions=True)},
                headers={"x-hasura-admin-secret": stack.credentials.admin_secret, "x-hasura-role": role},
            )
            said: dict[str, Any] = answer.json()
            if "data" not in said:
                raise NotGeneratedError(f"The engine refuses to tell the role {role} its schema: {said}")
            seen[role] = said["data"]
    return seen


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
