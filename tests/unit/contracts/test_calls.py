"""What a call of an endpoint and a procedure in a browser may be."""

import re
from typing import Any

import pytest
from pydantic import ValidationError

from contracts.calls import BODY_CHARACTERS_MAX, EndpointCall
from contracts.procedures import BrowserProcedure
from contracts.proposals import PROPOSAL_KINDS, Bound, ProposalKind, proposal_digest

CALL: dict[str, Any] = {"method": "POST", "path": "/v1/things", "body": {"text": '{"n": 1}'}, "why": "It is needed."}
PROCEDURE: dict[str, Any] = {
    "steps": [
        {"step": "open", "path": "/login"},
        {"step": "fill_secret", "target": {"kind": "label", "name": "Password"}, "secret_contract": "login"},
        {"step": "click", "target": {"kind": "button", "name": "Sign in"}},
    ],
    "observed": [{"step": "expect", "target": {"kind": "heading", "name": "Home"}, "text": "Home"}],
    "why": "To see it.",
}
ID = "00000000-0000-4000-8000-000000000000"
BOUND = Bound.model_validate(
    {
        "endpoint_id": ID,
        "endpoint_digest": "sha256:" + "0" * 64,
        "runtime_asset_id": ID,
        "runtime_asset_digest": "sha256:" + "1" * 64,
        "secret_contract_digests": [],
        "policy_version": 1,
    }
)


def refusal(**changes: Any) -> str:
    with pytest.raises(ValidationError) as refused:
        EndpointCall.model_validate({**CALL, **changes})
    return str(refused.value)


@pytest.mark.parametrize(
    "path",
    [
        *("v1", "//other.example/v1", "https://other.example/", "/..", "/a/../b", "/a/./b", "/%2e%2e/b", "/a%2f..%2fb"),
        *("/%252e%252e/b", "/a\\..\\b", "/a%5c..", "/..;/b", "/a?b=1", "/a#b", "/a b", "/a%00b", "/a%0d%0ab"),
    ],
)
def test_a_path_never_leaves_the_endpoints_url(path: str):
    assert "path" in refusal(path=path)


@pytest.mark.parametrize("path", ["/", "/v1/things", "/v1/things/a%20b", "/v1/things.json", "/a/..b/c"])
def test_a_path_below_the_endpoints_url_is_taken(path: str):
    assert EndpointCall.model_validate({**CALL, "path": path}).path == path


@pytest.mark.parametrize(
    ("name", "value"),
    [
        *(("Authorization", "x"), ("X-Auth-Token", "x"), ("Cookie", "a=b"), ("X-API-Key", "x"), ("x-apikey", "x")),
        *(("X-Note", "Bearer abc"), ("X-Note", "basic YTpi"), ("Host", "other.example"), ("Content-Length", "0")),
        *(("Transfer-Encoding", "chunked"), ("X-Note", "a\r\nX: b"), ("X Note", "a"), ("", "a")),
    ],
)
def test_a_header_carries_neither_a_credential_nor_what_decides_where_a_request_ends(name: str, value: str):
    assert "headers" in refusal(headers=[{"name": name, "value": value}])


@pytest.mark.parametrize("name", ["access_token", "api_key", "password"])
def test_a_parameter_carries_no_credential(name: str):
    assert "query" in refusal(query=[{"name": name, "value": "x"}])


@pytest.mark.parametrize(
    "text",
    ['{"a": 1, "a": 2}', "{", "NaN", '{"a": 1e400}', '{"a": 12345678901234567890}', "[" * 5_000, '{"a": "\\ud800"}'],
)
def test_a_json_body_is_one_that_everybody_reads_alike(text: str):
    assert re.search("no JSON that all read alike", refusal(body={"text": text}))


def test_a_call_keeps_its_limits():
    assert "text" in refusal(body={"text": "x" * (BODY_CHARACTERS_MAX + 1), "media_type": "text/plain"})
    assert "a GET has no body" in refusal(method="GET")
    assert "stands there twice" in refusal(headers=[{"name": "X-A"}, {"name": "x-a"}])
    assert "stands there twice" in refusal(headers=[{"name": "Idempotency-Key"}], idempotency_header="idempotency-key")
    assert "expect_status" in refusal(expect_status=[])
    assert "url" in refusal(url="https://other.example/")


@pytest.mark.parametrize(
    ("method", "header", "repeatable"),
    [
        ("GET", None, True),
        ("PUT", None, True),
        ("POST", None, False),
        ("PATCH", None, False),
        ("POST", "X-Id", True),
        ("POST", "X-Idempotency-Key", True),
    ],
)
def test_only_what_has_its_effect_once_may_be_sent_again(method: str, header: str | None, *, repeatable: bool):
    body = None if method == "GET" else CALL["body"]
    call = EndpointCall.model_validate({**CALL, "method": method, "body": body, "idempotency_header": header})

    assert call.repeatable is repeatable


def test_a_digest_binds_each_kind_with_all_that_it_holds():
    call, procedure = EndpointCall.model_validate(CALL), BrowserProcedure.model_validate(PROCEDURE)
    other = EndpointCall.model_validate({**CALL, "body": {"text": '{"n":1}'}})

    digests = {
        proposal_digest("endpoint_call", call, BOUND),
        proposal_digest("endpoint_call", other, BOUND),
        proposal_digest("endpoint_call", call, BOUND.model_copy(update={"policy_version": 2})),
        proposal_digest("browser_procedure", procedure, BOUND),
    }

    assert len(digests) == 4
    assert set(PROPOSAL_KINDS) == set(ProposalKind)


@pytest.mark.parametrize(
    "changes",
    [
        {"steps": []},
        {"observed": []},
        {"steps": PROCEDURE["steps"][1:]},
        {"steps": [*PROCEDURE["steps"], {"step": "run", "script": "alert(1)"}]},
        {"steps": [{"step": "open", "path": "//other.example"}]},
        {"steps": [PROCEDURE["steps"][0], {**PROCEDURE["steps"][1], "text": "hunter2"}]},
        {"steps": [PROCEDURE["steps"][0], {"step": "click", "target": {"kind": "css", "name": "#a"}}]},
    ],
)
def test_a_procedure_is_made_of_steps_for_people_from_a_page_to_what_is_seen(changes: dict[str, Any]):
    BrowserProcedure.model_validate(PROCEDURE)

    with pytest.raises(ValidationError):
        BrowserProcedure.model_validate({**PROCEDURE, **changes})
