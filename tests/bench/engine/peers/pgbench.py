"""The bare SQL by pgbench: what Postgres can do when nobody stands between it and the load."""

import asyncio
import math
import os
import re
import tempfile
from pathlib import Path
from urllib.parse import urlsplit

from embedded.postgres.server import program
from tests.bench.engine.load import Outcome
from tests.bench.engine.questions import Question

_MICROSECONDS = 1_000_000

# Its time begins before its connections are made; what it says of its rate does not count that.
_CONNECTED_PER_S = 32
_PER_S = re.compile(r"tps = ([0-9.]+) \(without initial connection time\)")


async def pgbench(database_url: str, question: Question, connections: int, seconds: float) -> Outcome:
    """What came of asking the bare statement for that many seconds, prepared, over so many connections."""
    url = urlsplit(database_url)
    with tempfile.TemporaryDirectory() as folder:
        script = Path(folder) / "question.sql"
        script.write_text(question.pgbench())
        whole = max(1, math.floor(seconds)) + connections // _CONNECTED_PER_S
        process = await asyncio.create_subprocess_exec(
            *(program("pgbench"), "--no-vacuum", "--protocol=prepared", "--log", f"--log-prefix={folder}/log"),
            *(f"--client={connections}", "--jobs=1", f"--time={whole}", f"--file={script}"),
            *("--host", url.hostname or "", "--port", str(url.port), "--username", url.username or "", url.path[1:]),
            env={"PGPASSWORD": url.password or "", "PATH": os.environ["PATH"]},
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
        )
        told, complaint = await process.communicate()
        per_s = _PER_S.search(told.decode())
        if process.returncode != 0 or per_s is None:
            raise RuntimeError(complaint.decode())
        latencies = _latencies_s(Path(folder))
        return Outcome(latencies, len(latencies) / float(per_s[1]), 0.0)


def _latencies_s(folder: Path) -> list[float]:
    """The third word of each line of the logs is a transaction's microseconds."""
    lines = (line for log in folder.glob("log*") for line in log.read_text().splitlines())
    return [int(line.split()[2]) / _MICROSECONDS for line in lines]
