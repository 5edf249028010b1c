"""What commands make of what they are given, before anything is sent."""

from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from entrypoints.cli.calling import failure, given
from entrypoints.cli.endpoints import revised
from entrypoints.cli.harness import body_of
from entrypoints.cli.onboarding import read_organization
from entrypoints.cli.output import Failure
from entrypoints.cli.proposals import patch_line
from fractalops_client import (
    ApproveProposalInput,
    ArtifactBodyArtifact,
    CheckOnboardingInput,
    EndpointRow,
    EndpointRowSecretContract,
    ReviseSecretContractInput,
)

ROW = EndpointRow.model_construct(
    public_url="https://a.example",
    executor_url="https://b.example",
    auth_kind="header",
    auth_parameter="x-token",
    secret_contract=EndpointRowSecretContract(id=uuid4(), name="token"),
    readiness={"path": "/ready", "expect_status": 200},
)
NOTHING: dict[str, Any] = {"public_url": None, "executor_url": None, "auth": {}, "readiness": {}}
ORGANIZATION = """
slug: acme
name: Acme
principals: [{name: Olive, role: owner, email: olive@acme.example}]
"""


def test_what_is_not_revised_of_an_endpoint_stays():
    assert revised(ROW, NOTHING) == {
        "public_url": "https://a.example",
        "executor_url": "https://b.example",
        "auth": {"kind": "header", "parameter": "x-token", "secret_contract": "token"},
        "readiness": {"path": "/ready", "expect_status": 200},
    }


def test_one_part_of_readiness_is_revised_alone():
    made = revised(ROW, {**NOTHING, "readiness": {"expect_status": 204}})

    assert made["readiness"] == {"path": "/ready", "expect_status": 204}


def test_another_kind_of_auth_leaves_nothing_of_the_former():
    assert revised(ROW, {**NOTHING, "auth": {"kind": "none"}})["auth"] == {"kind": "none"}


def test_another_parameter_leaves_the_kind_of_auth():
    made = revised(ROW, {**NOTHING, "auth": {"parameter": "x-key"}})

    assert made["auth"] == {"kind": "header", "parameter": "x-key", "secret_contract": "token"}


def test_an_empty_executor_url_means_the_public_one():
    assert revised(ROW, {**NOTHING, "executor_url": ""})["executor_url"] is None


def test_a_key_is_made_unless_one_is_given():
    key = uuid4()

    assert given(CheckOnboardingInput, key).idempotency_key == key
    assert given(CheckOnboardingInput, None).idempotency_key != given(CheckOnboardingInput, None).idempotency_key


def test_what_was_left_out_is_not_sent():
    made = given(ApproveProposalInput, uuid4(), proposal_id=uuid4(), digest="sha256:0", reason=None)

    assert made.model_dump(exclude_unset=True).keys() == {"idempotency_key", "proposal_id", "digest"}


def test_an_input_that_does_not_fit_is_refused_with_the_place():
    with pytest.raises(Failure) as refused:
        given(ReviseSecretContractInput, None, kind="hunter", purpose="x", reference="y", secret_contract_id=uuid4())

    assert refused.value.code == "INVALID_INPUT"
    assert str(refused.value).startswith("kind: ")


def test_a_failure_shows_its_code_to_people_and_knows_its_remedy():
    told = failure("OWN_PROPOSAL", "Nobody decides on a proposal of their own.")

    assert str(told) == "Nobody decides on a proposal of their own. (OWN_PROPOSAL)"
    assert told.code == "OWN_PROPOSAL"
    assert told.remedy is not None


@pytest.mark.parametrize("head", ["", "organization:"])
def test_an_organization_stands_at_the_top_of_a_file_or_under_its_name(tmp_path: Path, head: str):
    file = tmp_path / "acme.yaml"
    file.write_text(head + (ORGANIZATION.replace("\n", "\n  ") if head else ORGANIZATION))

    assert read_organization(file) == {
        "slug": "acme",
        "name": "Acme",
        "principals": [{"name": "Olive", "role": "owner", "email": "olive@acme.example"}],
    }


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (ORGANIZATION.replace("slug: acme", "slug: A b"), "slug: "),
        (ORGANIZATION.replace("role: owner", "role: boss"), "principals.0.role: "),
        (ORGANIZATION + "color: red", "color: Extra inputs are not permitted"),
        ("[1, 2]", "holds no organization"),
        ("a: [", "is neither YAML nor JSON"),
    ],
)
def test_a_file_that_holds_no_organization_is_refused_with_the_place(tmp_path: Path, text: str, told: str):
    file = tmp_path / "acme.yaml"
    file.write_text(text)

    with pytest.raises(Failure) as refused:
        read_organization(file)

    assert refused.value.code == "INVALID_INPUT"
    assert told in str(refused.value)
    assert "\n" not in str(refused.value)


def test_an_artifact_is_the_same_bytes_in_either_encoding():
    text = ArtifactBodyArtifact(encoding="utf-8", body="é\n", truncated=False)
    binary = ArtifactBodyArtifact(encoding="base64", body="AP8=", truncated=False)

    assert (body_of(text), body_of(binary)) == ("é\n".encode(), b"\x00\xff")


@pytest.mark.parametrize(
    ("line", "style"),
    [
        ("+added", "green"),
        ("-taken", "red"),
        ("@@ -1 +1 @@", "cyan"),
        ("+++ b/a", "bold"),
        ("--- a/a", "bold"),
        (" same", ""),
    ],
)
def test_a_patch_has_its_colors(line: str, style: str):
    told = patch_line(line)

    assert (told.plain, str(told.style)) == (line, style)
