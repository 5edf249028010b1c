"""Pages of sandboxes."""

from collections.abc import Iterator

import pytest
from starlette.datastructures import QueryParams

from embedded.daytona.api.listing import parse, select
from embedded.daytona.launch.disk import Kind
from embedded.daytona.refusals import Refusal
from embedded.daytona.sandbox.record import Record, State


def record(number: int, *, created_at: str = "", labels: dict[str, str] | None = None) -> Record:
    return Record(
        id=f"id-{number}",
        name=f"name-{number}",
        target="local",
        env={},
        labels=labels or {},
        cpus=1,
        memory_mib=1,
        disk_mib=1,
        disk=Kind.FOLDER,
        uid=1,
        auto_stop_minutes=0,
        auto_archive_minutes=0,
        auto_delete_minutes=-1,
        state=State.STARTED,
        created_at=created_at or f"2026-01-01T00:00:{number:02}.000Z",
    )  # pyright: ignore[reportArgumentType]


def pages(records: list[Record], query: str) -> Iterator[list[str]]:
    cursor: str | None = ""
    while cursor is not None:
        shown, cursor = select(records, parse(QueryParams(query + (f"&cursor={cursor}" if cursor else ""))))
        yield [one.id for one in shown]


def test_pages_continue_where_the_last_ended_also_among_equal_times():
    records = [record(number, created_at="2026-01-01T00:00:00.000Z") for number in range(5)]

    assert list(pages(records, "limit=2")) == [["id-4", "id-3"], ["id-2", "id-1"], ["id-0"]]
    assert list(pages(records, "limit=3&order=asc")) == [["id-0", "id-1", "id-2"], ["id-3", "id-4"]]


def test_rows_that_vanish_between_pages_hide_no_others():
    records = [record(number) for number in range(4)]
    first, cursor = select(records, parse(QueryParams("limit=2")))

    second, _ = select(records[:1] + records[3:], parse(QueryParams(f"limit=2&cursor={cursor}")))

    assert [one.id for one in first] == ["id-3", "id-2"]
    assert [one.id for one in second] == ["id-0"]


def test_labels_match_as_a_subset():
    records = [record(1, labels={"a": "1", "b": "2"}), record(2, labels={"a": "1"}), record(3)]

    assert list(pages(records, 'labels={"a": "1"}')) == [["id-2", "id-1"]]
    assert list(pages(records, 'labels={"a": "1", "b": "2"}')) == [["id-1"]]


def test_states_and_ids_narrow_the_list():
    records = [record(1), record(2)]
    records[0].become(State.STOPPED)

    assert list(pages(records, "states=stopped&states=error")) == [["id-1"]]
    assert list(pages(records, "id=id-2")) == [["id-2"]]


@pytest.mark.parametrize(
    "query", ["limit=x", "limit=0", "labels=[]", "labels={", "minCpu=2", "sort=name", "cursor=%00"]
)
def test_a_query_that_cannot_be_answered_rightly_is_refused(query: str):
    with pytest.raises(Refusal) as refused:
        parse(QueryParams(query))
    assert refused.value.status == 400
