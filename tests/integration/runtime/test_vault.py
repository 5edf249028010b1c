"""Secrets from Vault's KV v2, by the official client."""

import dataclasses
from urllib.parse import unquote

import pytest

from contracts.secret_refs import Backend, SecretRef
from runtime.failures import Failure
from runtime.secrets import Resolver, SecretStatus, SecretValue, VaultBackend
from tests.integration.runtime.wires import served, vault
from tests.support.waiting import free_port

VALUE = "hunter2-hunter2"
LIVE = {"deletion_time": "", "destroyed": False, "version": 3}
GONE = {"deletion_time": "2026-01-02T03:04:05Z", "destroyed": False, "version": 3}


def answers(path: str, token: str) -> tuple[int, object]:
    path = unquote(path).removeprefix("/v1/")
    if token != "right":
        return 403, {"errors": ["permission denied"]}
    match path:
        case "kv/data/acme/git":
            return 200, {"data": {"data": {"token": VALUE, "number": 7}, "metadata": LIVE}}
        case "kv/data/acme/old":
            return 404, {"data": {"data": None, "metadata": GONE}}
        case "kv/data/acme/sealed":
            return 503, {"errors": [f"Vault is sealed, {VALUE}"]}
        case "kv/data/acme/closed":
            return 403, {"errors": ["1 error occurred: permission denied"]}
        case "auth/token/lookup-self":
            return 200, {"data": {"display_name": "approle-runtime"}}
        case _:
            return 404, {"errors": []}


@pytest.fixture
def resolver():
    with served(vault(answers)) as url:
        yield Resolver({Backend.VAULT: VaultBackend(url, SecretValue("right"), mount="kv")})


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("acme/git#token", SecretStatus.RESOLVABLE),
        ("acme/git#other", SecretStatus.MISSING),
        ("acme/git#number", SecretStatus.MISSING),
        ("acme/nothing#token", SecretStatus.MISSING),
        ("acme/old#token", SecretStatus.EXPIRED),
        ("acme/closed#token", SecretStatus.DENIED),
        ("acme/sealed#token", SecretStatus.UNREACHABLE),
    ],
)
async def test_a_probe_tells_apart_what_vault_tells_apart_and_shows_no_value(
    resolver: Resolver, path: str, status: SecretStatus
):
    report = await resolver.probe(SecretRef.parse(f"secret://vault/{path}"))

    assert report.status is status
    assert report.as_whom == "approle-runtime"
    assert VALUE not in repr(dataclasses.asdict(report))


async def test_the_value_is_the_one_in_vault(resolver: Resolver):
    assert (await resolver.resolve(SecretRef.parse("secret://vault/acme/git#token"))).reveal() == VALUE


async def test_a_token_that_vault_does_not_know_is_denied():
    with served(vault(answers)) as url:
        resolver = Resolver({Backend.VAULT: VaultBackend(url, SecretValue("wrong"), mount="kv")})

        report = await resolver.probe(SecretRef.parse("secret://vault/acme/git#token"))

    assert (report.status, report.as_whom) == (SecretStatus.DENIED, "a token that Vault does not name")


async def test_a_vault_that_is_gone_is_unreachable_and_worth_a_retry():
    resolver = Resolver({Backend.VAULT: VaultBackend(f"http://127.0.0.1:{free_port()}", SecretValue("right"))})

    with pytest.raises(Failure) as failed:
        await resolver.resolve(SecretRef.parse("secret://vault/acme/git#token"))

    assert (failed.value.code, failed.value.retry) == ("SECRET_UNREACHABLE", True)
