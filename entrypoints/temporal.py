"""Reaching Temporal: for the processes that start or run workflows, and for no other."""

import asyncio

from temporalio.client import Client
from temporalio.contrib.pydantic import pydantic_data_converter

_TEMPORAL_TRIES_MAX = 120
_TEMPORAL_PAUSE_S = 0.5


async def temporal(address: str, namespace: str) -> Client:
    """A client of Temporal that speaks our contracts, once the server answers.

    Raises:
        RuntimeError: if it does not answer within a minute.
    """
    for attempt in range(_TEMPORAL_TRIES_MAX):
        try:
            return await Client.connect(address, namespace=namespace, data_converter=pydantic_data_converter)
        except RuntimeError:
            if attempt == _TEMPORAL_TRIES_MAX - 1:
                raise
            await asyncio.sleep(_TEMPORAL_PAUSE_S)
    raise AssertionError
