"""Write the schema as it is now, from the migrations: `make schema` writes `hasura/schema/schema.sql`."""

import asyncio
import os
import re
import subprocess

from embedded.postgres.server import program
from entrypoints.config import ROOT
from entrypoints.stack.scratch import scratch_stack

FILE = ROOT / "hasura" / "schema" / "schema.sql"
_HEADER = "-- The schema as all migrations leave it. Written by `make schema`; a test compares it. Do not edit.\n\n"


async def dump(url: str) -> str:
    """The text of schema.sql for a migrated database, the same for every server and day."""
    command = [program("pg_dump"), "--schema-only", "--schema=public", "--schema=ledger", "--no-owner", url]
    made = await asyncio.create_subprocess_exec(*command, stdout=subprocess.PIPE)
    text = (await made.communicate())[0].decode()
    if made.returncode != 0:
        raise RuntimeError("pg_dump failed; its words are on standard error")
    # Versions, session settings and the random words around a dump say nothing about the schema.
    kept = [line for line in text.splitlines() if not re.match(r"^(--|SET |SELECT pg_catalog|\\(un)?restrict)", line)]
    return _HEADER + re.sub(r"\n{3,}", "\n\n", "\n".join(kept)).strip() + "\n"


async def migrated() -> str:
    """The dump of a fresh server with every migration applied; the server is gone afterwards."""
    async with scratch_stack("migrate") as stack:
        return await dump(stack.addresses.database_url)


if __name__ == "__main__":
    FILE.parent.mkdir(parents=True, exist_ok=True)
    FILE.write_text(asyncio.run(migrated()))
    print(f"wrote {os.path.relpath(FILE, ROOT)}")
