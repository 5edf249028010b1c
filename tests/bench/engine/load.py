"""The load: keep-alive connections that ask one question after another, without any HTTP library.

It shares two cores with all that it measures, so it does as little as can be done: requests are bytes made beforehand,
one epoll waits for all connections, and of an answer only the length is read. That costs about a tenth of what the
quickest peer spends on a request; its own processor time is part of every figure and is reported.

`python -m tests.bench.engine.load` reads an order as JSON from standard input and writes what came of it.
"""

import json
import select
import socket
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from itertools import cycle
from typing import Any

_READ_BYTES = 1 << 16
_HEAD_BYTES_MAX = 1024
_HANGS_S = 30


@dataclass(frozen=True)
class Order:
    """What to ask whom, over how many connections, for how long."""

    port: int
    path: str
    headers: dict[str, str]
    bodies: Sequence[str]
    connections: int
    seconds: float
    host: str = "127.0.0.1"


@dataclass(frozen=True)
class Outcome:
    """Every latency in seconds; `cpu_s` is what the load itself cost."""

    latencies_s: list[float]
    elapsed_s: float
    cpu_s: float


class _Connection:
    def __init__(self, order: Order, buffer: bytearray) -> None:
        self.socket = socket.create_connection((order.host, order.port), timeout=_HANGS_S)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.asked_at = 0.0
        self._buffer = buffer
        self._missing = -1

    def ask(self, request: bytes) -> None:
        self.asked_at = time.perf_counter()
        self.socket.send(request)

    def answered(self) -> bool:
        """Read what is there; whether the answer is complete now."""
        count = self.socket.recv_into(self._buffer)
        if not count:
            raise ConnectionError("the server closed the connection")
        if self._missing < 0:
            # The head is expected in one piece, as every server sends it; its length is added to what is missing.
            end = self._buffer.find(b"\r\n\r\n", 0, min(count, _HEAD_BYTES_MAX))
            if end < 0:
                raise RuntimeError("a head that came in pieces")
            self._missing = end + 4 + _length(bytes(self._buffer[:end]))
        self._missing -= count
        if self._missing > 0:
            return False
        self._missing = -1
        return True


def _length(head: bytes) -> int:
    if b" 200 " not in head[:16]:
        raise RuntimeError(head.decode(errors="replace"))
    lower = head.lower()
    at = lower.find(b"content-length:")
    if at < 0:
        raise RuntimeError("an answer without content-length")
    return int(lower[at + 15 :].split(b"\r\n", 1)[0])


def drive(order: Order) -> Outcome:
    """What came of the order."""
    requests = cycle(_requests(order))
    poll = select.epoll()
    buffer = bytearray(_READ_BYTES)
    connections: dict[int, _Connection] = {}
    for _ in range(order.connections):
        connection = _Connection(order, buffer)
        connections[connection.socket.fileno()] = connection
        poll.register(connection.socket.fileno(), select.EPOLLIN)
    latencies: list[float] = []
    cpu, began = time.process_time(), time.perf_counter()
    for connection in connections.values():
        connection.ask(next(requests))
    _run(poll, connections, requests, began + order.seconds, latencies)
    elapsed = time.perf_counter() - began
    for connection in connections.values():
        connection.socket.close()
    return Outcome(latencies, elapsed, time.process_time() - cpu)


def _run(
    poll: select.epoll,
    connections: dict[int, _Connection],
    requests: Iterator[bytes],
    until: float,
    latencies: list[float],
) -> None:
    """Ask until the time is over, then wait for what was asked: a slow peer's answers count as well."""
    waiting = len(connections)
    while waiting:
        events = poll.poll(_HANGS_S)
        if not events:
            raise TimeoutError("no answer")
        for number, _ in events:
            connection = connections[number]
            if not connection.answered():
                continue
            now = time.perf_counter()
            latencies.append(now - connection.asked_at)
            if now < until:
                connection.ask(next(requests))
            else:
                waiting -= 1


def _requests(order: Order) -> list[bytes]:
    lines = "".join(f"{name}: {value}\r\n" for name, value in order.headers.items())
    made: list[bytes] = []
    for body in order.bodies:
        content = body.encode()
        head = (
            f"POST {order.path} HTTP/1.1\r\nHost: {order.host}:{order.port}\r\nContent-Type: application/json\r\n"
            f"{lines}Content-Length: {len(content)}\r\n\r\n"
        )
        made.append(head.encode() + content)
    return made


if __name__ == "__main__":
    given: dict[str, Any] = json.load(sys.stdin)
    json.dump(asdict(drive(Order(**given))), sys.stdout)
