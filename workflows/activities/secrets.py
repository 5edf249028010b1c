"""The execution runtime's side of sealed values: the only place where one is opened."""

from dataclasses import dataclass

from temporalio import activity

from contracts.queue import Queued
from contracts.refusals import Code
from contracts.secret_refs import Backend
from contracts.secrets import SendSecretValue
from ledger import secrets
from ledger.pool import transaction
from runtime.failures import Failure
from workflows.activities.edge import alive, told
from workflows.activities.outside import Drivers


@dataclass(frozen=True)
class Secrets:
    """Runtime activities of sealed values."""

    drivers: Drivers

    @activity.defn(name="secrets.keep")
    @told
    async def keep(self, queued: Queued) -> None:
        """Open what the command brought and put it where the contract says; repeating puts the same value again."""
        contract_id = SendSecretValue.contract_of(queued.payload)
        async with alive():
            reference = await secrets.reference(self.drivers.pool, queued.org_id, contract_id)
            if reference is None:
                raise Failure(Code.SECRET_MISSING, "The secret contract says nowhere that its value lives.")
            place = await self.drivers.own_reference(queued.org_id, reference)
            if place.backend is not Backend.FILE:
                raise Failure(Code.STALE, f"The secret lives in {place.backend} now; put it there by its own tools.")
            # A revision after the reference was read shows in the version that is read here.
            async with transaction(self.drivers.pool) as tx:
                sent = await secrets.sealed(tx, queued.org_id, contract_id, queued.command_id)
                await self.drivers.sealing.put(place, sent.key_id, sent.sealed, sent.bound)
