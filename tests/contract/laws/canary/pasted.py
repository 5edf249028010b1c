"""What people do by mistake: a value pasted where a reference, a URL or a name belongs."""

from typing import Any
from urllib.parse import quote
from uuid import uuid4

from entrypoints.platform import Platform, RefusedError
from tests.contract.laws.canary.scene import Scene
from tests.support.world import Organization

_NONE = "00000000-0000-4000-8000-000000000000"


def _revised(**auth: Any) -> dict[str, Any]:
    return {"endpoint_id": _NONE, "public_url": "https://host.test/x.git", **auth}


def requests(value: str) -> list[tuple[str, str, dict[str, Any]]]:
    """Action, input type and input; each has to be refused.

    Not among them: where GraphQL itself takes a word of a list only, since Hasura's own refusal names the wrong word.
    """
    secret = {"secret_contract_id": _NONE, "purpose": "To read."}
    work = {"title": "x", "endpoint_id": _NONE, "runtime_asset_id": _NONE, "specification": {"run": "x", "verify": "x"}}
    hosts = ("host.test", "[host.test", "host\u2100.test")
    quoted = quote(value, safe="")
    urls = [
        value,
        *(f"https://user:{one}@{host}/x.git" for one in (value, quoted) for host in hosts),
        *(f"{scheme}://{quoted}@host.test/x.git" for scheme in ("https", "http", "git", "file")),
        # Without its escapes a password ends the host, and stands where a port would.
        f"https://user:{value.translate({ord(' '): None})}@host.test/x.git",
    ]
    return [
        *(("revise_endpoint", "ReviseEndpoint", _revised() | {"public_url": url}) for url in urls),
        ("revise_endpoint", "ReviseEndpoint", _revised() | {"executor_url": urls[1]}),
        ("revise_endpoint", "ReviseEndpoint", _revised(readiness={"path": value})),
        ("revise_secret_contract", "ReviseSecretContract", secret | {"reference": value}),
        ("revise_secret_contract", "ReviseSecretContract", secret | {"reference": f"secret://file/{value}#token"}),
        ("revise_secret_contract", "ReviseSecretContract", secret | {"reference": f"secret://{value}/x#token"}),
        ("revise_secret_contract", "ReviseSecretContract", {"secret_contract_id": value, "purpose": "To read."}),
        ("create_work", "CreateWork", work | {"endpoint_id": value}),
        ("launch_work", "LaunchWork", {"work_id": value}),
        ("approve_proposal", "ApproveProposal", {"proposal_id": _NONE, "digest": value}),
    ]


async def play(scene: Scene, org: Organization) -> list[str]:
    """The codes with which they were refused; an empty one was not. The words are kept with all other answers."""
    value = scene.canaries.of("nothing, pasted by mistake").value
    codes = [await scene.tried("owner", org, action, kind, **given) for action, kind, given in requests(value)]
    declared = {"name": "repository", "kind": "git", "public_url": f"https://user:{value}@host.test/x.git"}
    at = scene.world.at
    given = {
        "idempotency_key": str(uuid4()),
        "slug": "pasted",
        "name": "Pasted",
        "principals": [{"name": "Owner", "role": "owner", "email": "owner@test.example"}],
        "endpoints": [declared],
    }
    async with Platform.as_administrator(at["graphql_url"], at["admin_secret"]) as platform:
        try:
            await platform.act("onboard_organization", "OnboardOrganization", given)
        except RefusedError as refused:
            scene.answers.append(("the refusal of onboard_organization", f"{refused.code} {refused!r}"))
            codes.append(refused.code)
        else:
            codes.append("")
    return codes
