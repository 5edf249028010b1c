"""Nothing grows too large to be read at one sitting."""

import ast
from collections.abc import Iterator

from tests.contract.house_rules.tree import Tree, Violation

FILE_LINES_MAX = 400
FUNCTION_LINES_MAX = 60
FILE_BYTES_MAX = 1024 * 1024

# Larger than the rule allows, with the size they had when they were let in: they may shrink, never grow, and whoever
# brings one below the limit takes it out. A name is a file, or a file and a function.
ALLOWED: dict[str, int] = {}


def files_can_be_read_at_one_sitting(tree: Tree) -> Iterator[Violation]:
    """A Python file has at most 400 lines."""
    for file in tree.python:
        lines = len(file.text.splitlines())
        if lines > ALLOWED.get(file.name, FILE_LINES_MAX):
            yield file.at(1, f"has {lines} lines, {FILE_LINES_MAX} are allowed: split it by subject")


def functions_can_be_seen_at_once(tree: Tree) -> Iterator[Violation]:
    """A function has at most 60 lines."""
    for file in tree.python:
        for node in ast.walk(file.syntax):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.end_lineno:
                lines = node.end_lineno - node.lineno + 1
                if lines > ALLOWED.get(f"{file.name}::{node.name}", FUNCTION_LINES_MAX):
                    yield file.at(
                        node.lineno, f"{node.name} has {lines} lines, {FUNCTION_LINES_MAX} are allowed: split it"
                    )


def files_are_small(tree: Tree) -> Iterator[Violation]:
    """No file has more than 1 MiB."""
    for file in tree.files:
        size = file.path.stat().st_size
        if size > FILE_BYTES_MAX:
            yield file.at(1, f"has {size} bytes, {FILE_BYTES_MAX} are allowed: make it when it is needed, or ship less")
