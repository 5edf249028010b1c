"""What happens to sandboxes by themselves: idle ones are stopped, stopped ones deleted, when their time has come."""

import asyncio
import logging

from embedded.daytona.refusals import Refusal
from embedded.daytona.sandbox.record import Record, State, seconds_since
from embedded.daytona.sandbox.registry import Registry, Sandbox

logger = logging.getLogger(__name__)

TICK_S = 2.0
_MINUTE_S = 60


async def run(registry: Registry) -> None:
    """Look at every sandbox again and again, until cancelled."""
    while True:
        for sandbox in list(registry.sandboxes.values()):
            try:
                await _attend(registry, sandbox)
            except (Refusal, OSError, TimeoutError) as error:
                logger.warning("sandbox %s: %s", sandbox.record.id, error)
        await asyncio.sleep(TICK_S)


async def _attend(registry: Registry, sandbox: Sandbox) -> None:
    if is_idle(sandbox.record):
        await registry.stop(sandbox, force=False)
    elif is_expired(sandbox.record):
        await registry.delete(sandbox)


def is_idle(record: Record) -> bool:
    """Whether a started sandbox went unused for its auto-stop interval; 0 means never."""
    minutes = record.auto_stop_minutes
    return record.state is State.STARTED and minutes > 0 and seconds_since(record.active_at) >= minutes * _MINUTE_S


def is_expired(record: Record) -> bool:
    """Whether a stopped sandbox has lain for its auto-delete interval."""
    minutes = record.auto_delete_minutes
    return record.state is State.STOPPED and minutes >= 0 and seconds_since(record.stopped_at) >= minutes * _MINUTE_S
