"""Tables and whole pages in Markdown."""

from collections.abc import Iterable, Sequence

_HEADER = "<!-- Generated from the contracts by `make codegen`. Do not edit. -->"


def page(*blocks: str) -> str:
    """A generated page of these blocks."""
    return "\n\n".join([_HEADER, *blocks]) + "\n"


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table; a bar or a line end in a cell does not end the cell."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(_cell(cell) for cell in line)} |" for line in lines)


def code(words: object) -> str:
    """Words as they are typed."""
    return f"`{words}`"


def listed(items: Iterable[object], *, nothing: str = "—") -> str:
    """The items as they are typed, with commas between them; `nothing` if there are none."""
    return ", ".join(code(item) for item in items) or nothing


def _cell(words: str) -> str:
    return " ".join(words.split()).replace("|", "\\|")
