"""A value that comes sealed, as the page and the command line send it: once for something else, once as it should."""

import base64
from typing import Any
from uuid import UUID

from contracts.secrets import SealedFor
from runtime.secrets import SealingKey, SecretValue
from tests.contract.laws.canary.scene import SENT, Scene
from tests.support.world import Organization

_ASKED = """query ($name: String!) {
  secret_contract(where: {name: {_eq: $name}}) { org_id id version digest }
  sealing_key(order_by: {announced_at: desc}, limit: 1) { key_id public_key }
}"""


async def play(scene: Scene, org: Organization) -> list[str]:
    """The phases in which the two harnesses ended; what was answered is kept for the search."""
    asked = await (await org.as_("owner")).ask(_ASKED, name=SENT)
    contract, key = asked["secret_contract"][0], SealingKey(**asked["sealing_key"][0])
    return [
        await _sent(scene, org, contract, key, version) for version in (contract["version"] + 1, contract["version"])
    ]


async def _sent(scene: Scene, org: Organization, contract: dict[str, Any], key: SealingKey, version: int) -> str:
    bound = SealedFor(
        org_id=UUID(contract["org_id"]),
        secret_contract_id=UUID(contract["id"]),
        version=version,
        digest=contract["digest"],
    )
    sealed = key.seal(SecretValue(scene.canaries.of(SENT).value), bound)
    answered = await org.act(
        "owner",
        "send_secret_value",
        "SendSecretValue",
        secret_contract_id=contract["id"],
        version=contract["version"],
        key_id=key.key_id,
        sealed=base64.b64encode(sealed).decode(),
    )
    scene.answers.append(("send_secret_value by owner", str(answered)))
    sql = "SELECT harness_id::text FROM ledger.command WHERE id = $1"
    ended = await org.ended((await scene.world.ask_database(sql, UUID(answered["command_id"])))[0]["harness_id"])
    return ended["phase"]
