"""Root fields must have one meaning each."""

from typing import Any

import pytest

from embedded.hasura.schema.root_names import refuse_duplicate_roots
from embedded.hasura.schema.tracked import Inconsistency
from tests.unit.embedded.hasura.mutations.world import tracked


def metadata(*tables: dict[str, Any], actions: tuple[dict[str, Any], ...] = ()) -> dict[str, Any]:
    source = {"name": "default", "kind": "postgres", "configuration": {}, "tables": list(tables)}
    return {"version": 3, "sources": [source], "actions": list(actions)}


def called(table: str, name: str | None = None, **roots: str) -> dict[str, Any]:
    return {"table": table, "configuration": {"custom_name": name, "custom_root_fields": roots}}


def action(name: str, **definition: Any) -> dict[str, Any]:
    return {"name": name, "definition": {"handler": "http://h", "output_type": "Int", **definition}}


@pytest.mark.parametrize(
    ("written", "message"),
    [
        (metadata(called("author"), called("book", "author")),
         ("mutation root: insert_author, insert_author_one, update_author, delete_author, update_author_by_pk,"
         " delete_author_by_pk")),
        (metadata(called("author"), called("shelf", "author")), "mutation root: update_author, update_author_by_pk"),
        (metadata(called("author"), actions=(action("insert_author"),)), "mutation root: insert_author"),
        (metadata(called("author"), actions=(action("author", type="query"),)), "query root: author"),
        (metadata(called("author"), actions=(action("author", kind="asynchronous"),)), "query root: author"),
        (metadata(called("author", select="rows"), called("book", select="rows")), "query root: rows"),
        (metadata(called("author", update_many="all"), called("book", delete="all")), "mutation root: all"),
    ],
)  # fmt: skip
def test_two_things_of_one_name_are_refused(written, message):
    with pytest.raises(Inconsistency) as refused:
        refuse_duplicate_roots(tracked(written))

    assert str(refused.value) == f"found duplicate fields in selection set for {message}"


@pytest.mark.parametrize(
    "written",
    [
        metadata(called("author"), called("book"), called("cover"), called("shelf")),
        metadata(called("author", "same", select="a", insert="b"), called("book", "other")),
        metadata(called("author"), actions=(action("author"), action("insert_author", type="query"))),
        metadata(called("author", "no name"), called("book", "no name")),
    ],
)
def test_names_that_differ_or_never_meet_are_fine(written):
    refuse_duplicate_roots(tracked(written))
