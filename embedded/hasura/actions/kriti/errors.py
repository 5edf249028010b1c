"""What is wrong with a template, and where, in the form in which Hasura reports it."""

from dataclasses import dataclass
from typing import Any, Literal

ErrorCode = Literal[
    "Attribute Error", "Function Error", "Index Error", "Lex Error", "Limit Error", "Name Error", "Parse Error",
    "Type Error",
]  # fmt: skip


@dataclass(frozen=True)
class Span:
    """A stretch of a template: lines from 0, columns from 1, the end not included."""

    start_line: int
    start_column: int
    end_line: int
    end_column: int

    def until(self, end: "Span") -> "Span":
        """From the start of this one to the end of another."""
        return Span(self.start_line, self.start_column, end.end_line, end.end_column)


class KritiError(Exception):
    """A template that makes no sense, in itself or with the values it is given."""

    def __init__(self, code: ErrorCode, message: str, span: Span) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.span = span

    def as_json(self) -> dict[str, Any]:
        """The error as an entry of a list of a transform's errors."""
        position = {
            "start_line": self.span.start_line,
            "start_column": self.span.start_column,
            "end_line": self.span.end_line,
            "end_column": self.span.end_column,
        }
        return {"error_code": self.code, "message": self.message, "source_position": position}
