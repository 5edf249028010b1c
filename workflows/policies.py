"""How long steps may take and how often they are tried, by what they do."""

from dataclasses import dataclass
from datetime import timedelta

from temporalio.common import RetryPolicy

from contracts.queue import CONTROL_QUEUE, RUNTIME_QUEUE

# A worker that is killed is noticed when this long passes without a sign of life.
HEARTBEAT_TIMEOUT = timedelta(seconds=8)
HEARTBEAT_INTERVAL_S = 2.0


@dataclass(frozen=True)
class Policy:
    """Where a step runs, how long one try may take, and how it is repeated."""

    queue: str
    timeout: timedelta
    retry: RetryPolicy
    heartbeat: timedelta | None = None

    def lasting(self, seconds: int) -> "Policy":
        """The same policy for a step that itself may take this many seconds."""
        return Policy(self.queue, self.timeout + timedelta(seconds=seconds), self.retry, self.heartbeat)


_PATIENT = RetryPolicy(
    initial_interval=timedelta(milliseconds=200), backoff_coefficient=2.0, maximum_interval=timedelta(seconds=10)
)

# Rows in Postgres: tried until it answers, because nothing is gained by giving up.
LEDGER = Policy(CONTROL_QUEUE, timedelta(seconds=15), _PATIENT)

# Signing and recording: as patient, but only the runtime holds the key.
SIGN = Policy(RUNTIME_QUEUE, timedelta(seconds=15), _PATIENT)

# Sandboxes and endpoints: a few tries, then the reason is told.
EFFECT = Policy(
    RUNTIME_QUEUE,
    timedelta(seconds=180),
    RetryPolicy(
        initial_interval=timedelta(milliseconds=500),
        backoff_coefficient=2.0,
        maximum_interval=timedelta(seconds=10),
        maximum_attempts=5,
    ),
    HEARTBEAT_TIMEOUT,
)

# Putting things away must not keep the story from ending.
CLEAN_UP = Policy(
    RUNTIME_QUEUE,
    timedelta(seconds=30),
    RetryPolicy(initial_interval=timedelta(seconds=1), maximum_attempts=3),
    HEARTBEAT_TIMEOUT,
)
