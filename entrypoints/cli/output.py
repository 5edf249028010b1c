"""How commands speak: results on standard output, everything else on standard error."""

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

Json = Annotated[bool, typer.Option("--json", help="Print one JSON document instead of text for people.")]

people = Console(highlight=False)
aside = Console(stderr=True, highlight=False)


class Failure(Exception):  # noqa: N818  - the word that the exit codes use
    """A command was refused or failed: one sentence for people, a code for machines, and what to do about it."""

    def __init__(self, message: str, *, code: str = "FAILED", remedy: str | None = None) -> None:
        super().__init__(message)
        self.code = code
        self.remedy = remedy


def say_json(document: object) -> None:
    """Print one JSON document on standard output; rows of the platform as it answered them."""
    print(json.dumps(document, indent=2, default=_plain), flush=True)


def say_table(columns: Sequence[str], rows: Sequence[Sequence[object]], *, empty: str) -> None:
    """Print rows below their column names, or the sentence `empty` if there are none; text is shown as it is."""
    if not rows:
        people.print(Text(empty))
        return
    table = Table(*columns, box=None, pad_edge=False, header_style="bold")
    for row in rows:
        table.add_row(*(Text("" if cell is None else str(cell)) for cell in row))
    people.print(table)


def say_pairs(pairs: Mapping[str, Any]) -> None:
    """Print names and values, one pair a line, never wrapped so that they can be copied."""
    width = max((len(name) for name in pairs), default=0)
    for name, value in pairs.items():
        people.print(Text(f"{name.ljust(width)}  {value}"), soft_wrap=True)


def say_failure(failure: Failure, *, as_json: bool) -> None:
    """Tell of a failure: a JSON document with `error`, or one or two lines on standard error."""
    if as_json:
        say_json({"error": {"code": failure.code, "message": str(failure), "remedy": failure.remedy}})
        return
    aside.print(Text(str(failure), style="red"), soft_wrap=True)
    if failure.remedy:
        aside.print(Text(failure.remedy), soft_wrap=True)


def _plain(value: Any) -> Any:
    # Without importing their base class, which takes a moment and which most commands do not need.
    dump: Callable[..., Any] | None = getattr(value, "model_dump", None)
    return str(value) if dump is None else dump(mode="json", by_alias=True)
