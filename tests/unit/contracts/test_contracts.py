"""What contracts accept and refuse."""

from uuid import uuid4

import pytest
from pydantic import ValidationError

from contracts.endpoints import AuthContract, AuthKind, EndpointContract, ReadinessContract, endpoint_digest
from contracts.onboarding import OnboardOrganization
from contracts.registry import ACTIONS, EVENTS
from contracts.states import TRANSITIONS, Phase
from contracts.work import WorkSpecification


@pytest.mark.parametrize(
    "url",
    [
        "https://user:password@git.example/a.git",
        "https://token@git.example/a.git",
        "git://token@git.example/a.git",
        "https://user:pass/word@git.example/a.git",
        "https://user:password@[git.example/a.git",
        "https://user:password@git\u2100.example/a.git",
        "javascript:alert(1)",
        "ext::sh -c id",
        "https:///a.git",
        "https://git.example/a b",
        "/etc/passwd",
    ],
)
def test_an_endpoint_refuses_a_url_that_carries_a_credential_or_is_none(url: str):
    with pytest.raises(ValidationError) as refused:
        EndpointContract(name="x", kind="git", public_url=url)

    words = str(refused.value.errors(include_input=False, include_context=False))
    assert not any(part in words for part in ("token", "pass", "word"))


def test_the_user_of_ssh_is_no_credential():
    url = "ssh://git@git.example:2222/a.git"

    assert EndpointContract(name="x", kind="git", public_url=url).public_url == url


@pytest.mark.parametrize("branch", ["-x", "a..b", "a b", "a.lock", "/a", "a/", "a~1", "a@{1}", "", "a:b", "a\nb"])
def test_a_branch_that_git_could_take_for_something_else_is_refused(branch: str):
    with pytest.raises(ValidationError):
        WorkSpecification(run="true", verify="true", branch=branch)


@pytest.mark.parametrize("branch", ["main", "release/1.x", "fractalops/ab12cd", "ä"])
def test_an_ordinary_branch_is_accepted(branch: str):
    assert WorkSpecification(run="true", verify="true", branch=branch).branch == branch


def test_null_for_what_has_a_default_means_the_default():
    specification = WorkSpecification.model_validate_json(
        '{"run": "a", "verify": "b", "branch": null, "run_timeout_s": null}'
    )

    assert (specification.branch, specification.run_timeout_s) == (None, 600)


def test_null_for_what_is_required_is_refused():
    with pytest.raises(ValidationError, match="run"):
        WorkSpecification.model_validate_json('{"run": null, "verify": "b"}')


def test_auth_without_a_secret_contract_is_refused():
    with pytest.raises(ValidationError, match="secret contract"):
        AuthContract(kind=AuthKind.BEARER)


def test_an_organization_without_an_owner_is_refused():
    with pytest.raises(ValidationError, match="owner"):
        OnboardOrganization.model_validate(
            {
                "idempotency_key": uuid4(),
                "slug": "acme",
                "name": "Acme",
                "principals": [{"name": "V", "role": "viewer", "email": "v@acme.example"}],
            }
        )


def test_an_endpoint_that_names_an_unknown_secret_contract_is_refused():
    with pytest.raises(ValidationError, match="unknown secret contract"):
        OnboardOrganization.model_validate(
            {
                "idempotency_key": uuid4(),
                "slug": "acme",
                "name": "Acme",
                "principals": [{"name": "O", "role": "owner", "email": "o@acme.example"}],
                "endpoints": [
                    {
                        "name": "api",
                        "kind": "http_api",
                        "public_url": "https://api.example",
                        "auth": {"kind": "bearer", "secret_contract": "token"},
                    }
                ],
            }
        )


def test_an_endpoints_digest_changes_with_each_part_of_its_contract():
    base = {
        "kind": "git",
        "public_url": "https://a.example",
        "executor_url": None,
        "auth": AuthContract(),
        "readiness": ReadinessContract(),
    }
    changes = [
        {"kind": "http_api"},
        {"public_url": "https://b.example"},
        {"executor_url": "https://c.example"},
        {"auth": AuthContract(kind=AuthKind.BEARER, secret_contract="t")},
        {"readiness": ReadinessContract(path="/healthz")},
    ]

    digests = {endpoint_digest(**{**base, **change}) for change in [{}, *changes]}

    assert len(digests) == len(changes) + 1


def test_actions_and_commands_have_names_of_their_own():
    assert len({action.kind for action in ACTIONS.values()}) == len(ACTIONS)
    assert all(name == action.name for name, action in ACTIONS.items())


def test_every_phase_leads_somewhere_or_is_final():
    assert set(TRANSITIONS["harness"]) == {phase.value for phase in Phase if not phase.final}


def test_events_are_in_the_past_tense():
    assert all(name.endswith(("ed", "Taken", "Withdrawn")) for name in EVENTS)


@pytest.mark.parametrize(
    "wrong",
    [
        {"method": "DELETE"},
        {"path": "http://other.example/"},
        {"path": "//other.example/"},
        {"path": "@other.example/"},
        {"timeout_ms": 0},
        {"timeout_ms": 10**9},
    ],
)
def test_a_readiness_contract_that_leads_elsewhere_or_waits_for_ever_is_refused(wrong: dict[str, object]):
    with pytest.raises(ValidationError):
        ReadinessContract.model_validate(wrong)


def test_a_secret_of_another_organization_is_refused():
    with pytest.raises(ValidationError, match="below acme"):
        OnboardOrganization.model_validate(
            {
                "idempotency_key": uuid4(),
                "slug": "acme",
                "name": "Acme",
                "principals": [{"name": "O", "role": "owner", "email": "o@acme.example"}],
                "secret_contracts": [{"name": "t", "purpose": "p", "reference": "secret://file/acme2/git#token"}],
            }
        )
