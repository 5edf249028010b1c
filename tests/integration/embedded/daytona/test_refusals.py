"""Who is let in, and how what is left out answers."""

import httpx
import pytest
from daytona import AsyncDaytona, AsyncSandbox, DaytonaAuthenticationError, DaytonaConflictError, DaytonaError

from tests.integration.embedded.daytona.service import API_KEY, Service


async def test_a_wrong_key_opens_nothing(service: Service):
    async with service.client("another-key") as stranger:
        with pytest.raises(DaytonaAuthenticationError):
            await stranger.get("anything")


@pytest.mark.parametrize("path", ["/sandbox", "/sandbox/x", "/nothing", "/../toolbox/x/process/session"])
async def test_every_path_asks_for_the_key(service: Service, path: str):
    async with httpx.AsyncClient(trust_env=False) as http:
        assert (await http.get(service.api_url + path)).status_code == 401


async def test_what_is_left_out_says_so_with_501(service: Service, sandbox: AsyncSandbox):
    with pytest.raises(DaytonaError, match="not supported by the embedded sandbox service") as refused:
        await sandbox.git.status("r")
    assert refused.value.status_code == 501
    with pytest.raises(DaytonaError, match="not supported") as refused:
        await sandbox.get_preview_link(3000)
    assert refused.value.status_code == 501
    async with httpx.AsyncClient(trust_env=False, headers={"Authorization": f"Bearer {API_KEY}"}) as http:
        assert (await http.patch(service.api_url + "/sandbox")).status_code == 501


async def test_a_stopped_sandbox_does_no_work(client: AsyncDaytona, sandbox: AsyncSandbox):
    await sandbox.stop()

    with pytest.raises(DaytonaConflictError, match="stopped"):
        await sandbox.process.exec("true")
    assert (await client.get(sandbox.id)).state == "stopped"
    with pytest.raises(DaytonaError, match="not started"):
        await sandbox.stop()


@pytest.mark.parametrize(
    "body", [b"", b"[]", b"{", b"[" * 100_000, b'{"command": 1}', b'{"command": "x", "timeout": "1"}', b"\xff"]
)
async def test_a_malformed_body_is_refused_with_400(service: Service, sandbox: AsyncSandbox, body: bytes):
    url = service.api_url.removesuffix("/api") + f"/toolbox/{sandbox.id}/process/execute"
    async with httpx.AsyncClient(trust_env=False, headers={"Authorization": f"Bearer {API_KEY}"}) as http:
        answer = await http.post(url, content=body)

    assert (answer.status_code, answer.json()["statusCode"]) == (400, 400)
