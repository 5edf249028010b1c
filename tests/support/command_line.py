"""The program `fractalops` as people run it: one process for each command, in a folder of its own."""

import asyncio
import json
import os
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from entrypoints.config import ROOT
from tests.support.world import Organization, World

_WITHIN_S = 120


@dataclass
class Ran:
    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)

    @property
    def error(self) -> dict[str, str]:
        assert self.code == 1, self
        return self.json["error"]


@dataclass
class Person:
    """Someone with a folder of their own and nothing else of the environment that concerns us."""

    home: Path
    platform: dict[str, str]

    async def run(self, *arguments: str, given: str = "") -> Ran:
        others = {name: value for name, value in os.environ.items() if not name.startswith("FRACTALOPS_")}
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "entrypoints.cli", *arguments),
            cwd=ROOT,
            env={**others, **self.platform, "FRACTALOPS_HOME": str(self.home), "COLUMNS": "200"},
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
        )
        try:
            async with asyncio.timeout(_WITHIN_S):
                out, err = await process.communicate(given.encode())
        except TimeoutError:
            process.kill()
            await process.wait()
            raise
        return Ran(process.returncode or 0, out.decode(), err.decode())

    async def does(self, *arguments: str, given: str = "") -> Any:
        """What a command prints with --json, where it must go well."""
        ran = await self.run(*arguments, "--json", given=given)
        assert ran.code == 0, ran
        return ran.json


def address(world: World) -> dict[str, str]:
    return {
        "FRACTALOPS_GRAPHQL_URL": world.at["graphql_url"],
        "FRACTALOPS_SUPABASE_URL": world.at["supabase_url"],
        "FRACTALOPS_ANON_KEY": world.at["anon_key"],
    }


async def signed_in(world: World, org: Organization, role: str, home: Path) -> Person:
    person = Person(home, address(world))
    email = f"{role}-{org.tag}@test.example"
    answer = await person.does("sign-in", email, "--password-stdin", given=f"{org.password}\n")
    assert answer == {"email": email, "role": role, "org_id": org.id}
    return person
