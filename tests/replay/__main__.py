"""`python -m tests.replay`: record every history anew, on servers of its own; prints the files that were written.

What cannot be played is not written, and the old histories stay as they are.
"""

import asyncio
import json
from uuid import UUID

from tests.replay.courses import RECORDINGS, Recording
from tests.replay.histories import FOLDER, cleaned, recorded
from tests.support.postgres import scratch_postgres
from tests.support.workshop.shop import Workshop, open_workshop

# Each waits for servers most of the time; more at once would only wait longer.
_AT_ONCE = 4


async def main() -> None:
    """Play every course, then replace the histories."""
    turns = asyncio.Semaphore(_AT_ONCE)
    async with scratch_postgres() as postgres, open_workshop(postgres) as shop:

        async def record(recording: Recording) -> str:
            async with turns:
                return await _history(shop, recording)

        texts = await asyncio.gather(*(record(one) for one in RECORDINGS))
    for stale in (file for files in recorded().values() for file in files):
        stale.unlink()
    for recording, text in zip(RECORDINGS, texts, strict=True):
        file = FOLDER / recording.file
        file.parent.mkdir(exist_ok=True)
        file.write_text(text)
        print(f"tests/replay/{recording.file}")  # noqa: T201  - this is the program's answer


async def _history(shop: Workshop, recording: Recording) -> str:
    command_id = await recording.play(shop, f"{recording.workflow} {recording.what}")
    await _check(shop, recording, command_id)
    history = await shop.client.get_workflow_handle(f"command/{command_id}").fetch_history()
    clean = cleaned(json.loads(history.to_json()), {str(shop.folder): "/repositories"})
    return json.dumps(clean, indent=1, sort_keys=True) + "\n"


async def _check(shop: Workshop, recording: Recording, command_id: UUID) -> None:
    ended = await shop.superuser.fetchval("SELECT state FROM ledger.command WHERE id = $1", command_id)
    if ended != recording.ends:
        raise RuntimeError(f"{recording.file} was to leave its command {recording.ends}, and left it {ended}")


if __name__ == "__main__":
    asyncio.run(main())
