"""The search for canaries' values sees each of them, however it is written and wherever it is cut."""

import base64
import gzip
import zlib

import pytest

from tests.contract.laws.canary.finder import finds, finds_in, opened
from tests.contract.laws.canary.values import Canaries, writings

CANARIES = Canaries()
CANARY = CANARIES.of("acme/git#token")
OTHER = CANARIES.of("acme/http#ascii", ascii_only=True)


@pytest.mark.parametrize("how", writings(CANARY.value))
def test_a_value_is_seen_however_it_is_written(how: str):
    written = writings(CANARY.value)[how]

    found = finds(f"before {written} after".encode(), CANARIES)

    assert {one.contract for one in found} <= {CANARY.contract, "a secret contract"}
    assert found, how


@pytest.mark.parametrize(
    "how", [one for one in writings("x") if not one.startswith(("base64", "every", "hexa", "in a URL"))]
)
def test_the_way_in_which_it_is_written_is_told(how: str):
    text = f"before {writings(CANARY.value)[how]} after"

    told = finds(text.encode(), CANARIES)[0]

    assert (told.contract, writings(CANARY.value)[told.form]) == (CANARY.contract, writings(CANARY.value)[how])


@pytest.mark.parametrize("before", ["", "u", "us", "user:", "another:"])
def test_base64_is_seen_at_each_alignment(before: str):
    text = base64.b64encode(f"{before}{CANARY.value}:and more".encode())

    assert next((one.contract, one.form[:6]) for one in finds(text, CANARIES)) == (CANARY.contract, "base64")


def test_several_values_are_told_apart():
    found = finds(f"{CANARY.value}\n{OTHER.value}".encode(), CANARIES)

    assert [(one.contract, one.form) for one in found] == [(CANARY.contract, "plain"), (OTHER.contract, "plain")]


@pytest.mark.parametrize("cut", range(12, len(CANARY.value) - 12))
def test_either_half_of_a_value_is_seen_wherever_it_is_cut(cut: int):
    assert [one.form for one in finds(CANARY.value[:cut].encode(), CANARIES)] == ["a piece of it"]
    assert [one.form for one in finds(CANARY.value[cut:].encode(), CANARIES)] == ["a piece of it"]


@pytest.mark.parametrize("begins", [0, 4_990, 65_530, 69_980])
@pytest.mark.parametrize("size", [64, 5_000, 70_000])
def test_a_value_that_two_pieces_share_is_seen_once(size: int, begins: int):
    data = b"x" * begins + CANARY.value.encode() + b"y" * 90_000

    found = finds_in((data[at : at + size] for at in range(0, len(data), size)), CANARIES)

    assert [(one.at, one.contract, one.form) for one in found] == [(begins, CANARY.contract, "plain")]


@pytest.mark.parametrize("pack", [gzip.compress, zlib.compress])
def test_what_is_packed_is_opened(pack):
    inside = list(opened(pack(CANARY.value.encode())))[1]

    assert finds(inside, CANARIES)


def test_nothing_is_seen_where_nothing_is():
    other_run = Canaries().of("acme/git#token")

    assert finds("\n".join(writings(other_run.value).values()).encode(), CANARIES) == []
    assert CANARIES.head not in str(finds(CANARY.value.encode(), CANARIES))
