"""One call to the sandbox service: bounded in time, repeated where that is safe, its faults put into our words."""

import asyncio
import random
from collections.abc import Awaitable, Callable
from typing import TypeVar

import aiohttp
from daytona.common.errors import (
    DaytonaAuthenticationError,
    DaytonaBadGatewayError,
    DaytonaConflictError,
    DaytonaConnectionError,
    DaytonaError,
    DaytonaForbiddenError,
    DaytonaInternalServerError,
    DaytonaNotFoundError,
    DaytonaRateLimitError,
    DaytonaServiceUnavailableError,
    DaytonaTimeoutError,
)

from runtime.failures import Failure

T = TypeVar("T")

# The service repeats nothing that was refused, throttled or cut off, and the client library only some of it.
PAUSES_S = (0.2, 0.5, 1.0)

_TRANSIENT = (
    DaytonaConnectionError,
    DaytonaRateLimitError,
    DaytonaBadGatewayError,
    DaytonaServiceUnavailableError,
    DaytonaInternalServerError,
    DaytonaTimeoutError,
    # The library lets these through where it streams.
    aiohttp.ClientConnectionError,
    aiohttp.ClientPayloadError,
    ConnectionError,
)


async def call(what: str, act: Callable[[], Awaitable[T]], *, timeout_s: float, repeat: bool = True) -> T:
    """What `act` gives; `what` names it in failures. Repeated after transient faults unless `repeat` is false.

    Raises:
        Failure: SANDBOX_MISSING, SANDBOX_CONFLICT, SANDBOX_DENIED, SANDBOX_REFUSED, or (worth a retry)
            SANDBOX_UNREACHABLE.
    """
    pauses = iter(PAUSES_S if repeat else ())
    while True:
        try:
            async with asyncio.timeout(timeout_s):
                return await act()
        except TimeoutError as error:
            message = f"The sandbox service did not {what} within {timeout_s:g} s."
            raise Failure("SANDBOX_UNREACHABLE", message, retry=True) from error
        except _TRANSIENT as error:
            pause_s = next(pauses, None)
            if pause_s is None:
                raise failure(what, error) from error
        except (DaytonaError, aiohttp.ClientError) as error:
            raise failure(what, error) from error
        await asyncio.sleep(pause_s * random.uniform(0.8, 1.2))  # noqa: S311  - spreads callers, hides nothing


def failure(what: str, error: Exception) -> Failure:
    """The service's fault in our words."""
    said = f"{error}".strip() or type(error).__name__
    match error:
        case DaytonaNotFoundError():
            return Failure("SANDBOX_MISSING", f"The sandbox service could not {what}: {said}")
        case DaytonaConflictError():
            return Failure("SANDBOX_CONFLICT", f"The sandbox service could not {what}: {said}")
        case DaytonaAuthenticationError() | DaytonaForbiddenError():
            return Failure("SANDBOX_DENIED", f"The sandbox service does not let the runtime {what}: {said}")
        case _ if isinstance(error, _TRANSIENT):
            return Failure("SANDBOX_UNREACHABLE", f"The sandbox service could not {what} now: {said}", retry=True)
        case _:
            return Failure("SANDBOX_REFUSED", f"The sandbox service refused to {what}: {said}")
