"""What one would write without Supabase: NOTIFY from a trigger, LISTEN here, and each row to the sockets of its
organization. Nobody signs in, nothing is checked, every column is sent.
"""

import json
import os
import sys

import asyncpg
import uvloop
from websockets.asyncio.server import ServerConnection, broadcast, serve


async def main() -> None:
    """Serve until the process is ended."""
    by_org: dict[str, set[ServerConnection]] = {}

    async def follow(socket: ServerConnection) -> None:
        org = socket.request.path.rpartition("=")[2] if socket.request is not None else ""
        by_org.setdefault(org, set()).add(socket)
        await socket.wait_closed()
        by_org[org].discard(socket)

    def told(_connection: object, _pid: int, _channel: str, payload: object) -> None:
        text = str(payload)
        broadcast(by_org.get(json.loads(text)["org_id"], set()), text)

    connection = await asyncpg.connect(os.environ["DATABASE_URL"])
    await connection.add_listener("live_row", told)
    async with serve(follow, "127.0.0.1", 0, compression=None, ping_interval=None) as server:
        port = next(iter(server.sockets)).getsockname()[1]
        sys.stdout.write(f"ready ws://127.0.0.1:{port}\n")
        sys.stdout.flush()
        await server.serve_forever()


if __name__ == "__main__":
    uvloop.run(main())
