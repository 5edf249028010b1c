"""How often, and after how long, something is tried again."""

import random
from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True)
class Retry:
    """Delays that double up to a limit, each somewhere between its half and its whole, so that clients spread out."""

    attempts: int = 4
    first_delay_s: float = 0.2
    delay_max_s: float = 5.0

    def delays_s(self) -> Iterator[float]:
        """How long to wait before each attempt but the first."""
        delay_s = self.first_delay_s
        for _ in range(self.attempts - 1):
            yield delay_s * random.uniform(0.5, 1)  # noqa: S311  - spreads load, keeps no secret
            delay_s = min(self.delay_max_s, delay_s * 2)


NO_RETRY = Retry(attempts=1)

# A subscription outlives a restart of the platform: about a minute of failures in a row.
RECONNECT = Retry(attempts=12, delay_max_s=10.0)
