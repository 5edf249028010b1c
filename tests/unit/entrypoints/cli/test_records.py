"""Finding one row among many."""

from datetime import UTC, datetime
from uuid import UUID

import pytest

from entrypoints.cli.output import Failure
from entrypoints.cli.records import pick, short, when
from fractalops_client import EndpointNamesEndpoint

ROWS = [
    EndpointNamesEndpoint(id=UUID("aaaa1111-0000-4000-8000-000000000000"), name="repository", state="active"),
    EndpointNamesEndpoint(id=UUID("aaaa2222-0000-4000-8000-000000000000"), name="staging", state="active"),
    EndpointNamesEndpoint(id=UUID("bbbb3333-0000-4000-8000-000000000000"), name="aaaa1", state="active"),
]


def found(wanted: str, named: str | None = "name") -> UUID:
    return pick(ROWS, wanted, what="endpoint", named=named).id


def test_a_row_is_found_by_its_name():
    assert found("staging") == ROWS[1].id


def test_a_row_is_found_by_a_beginning_of_its_id_in_either_case():
    assert found("BBBB") == ROWS[2].id


def test_a_name_goes_before_a_beginning_of_an_id():
    assert found("aaaa1") == ROWS[2].id
    assert found("aaaa1", named=None) == ROWS[0].id


def test_a_beginning_that_two_ids_have_is_refused_and_both_are_shown():
    with pytest.raises(Failure) as refused:
        found("aaaa")

    assert refused.value.code == "AMBIGUOUS"
    assert str(ROWS[0].id) in str(refused.value)
    assert str(ROWS[1].id) in str(refused.value)


@pytest.mark.parametrize("wanted", ["cccc", "", "repo"])
def test_what_no_row_has_is_not_found(wanted: str):
    with pytest.raises(Failure) as refused:
        found(wanted)

    assert refused.value.code == "NOT_FOUND"


def test_nothing_is_shown_as_nothing():
    assert (short(None), when(None)) == ("", "")


def test_a_time_is_shown_to_the_second():
    assert when(datetime(2026, 11, 22, 16, 55, 40, 123456, UTC)) == "2026-11-22 16:55:40"
