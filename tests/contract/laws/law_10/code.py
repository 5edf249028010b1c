"""What the text of a handler says that it does: the events that it tells, the edges that it ties, what it refuses."""

import ast
import inspect
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from contracts.base import Edge
from contracts.refusals import Code
from contracts.registry import EVENTS

_WORD = re.compile(r"\b[A-Z][A-Z_]+[A-Z]\b")


@dataclass(frozen=True)
class Said:
    """A handler read from its source, with every function of its own file that it calls."""

    events: frozenset[str]
    lineage: frozenset[Edge]
    refusals: frozenset[str]
    documented: bool


def read(handler: Callable[..., Any]) -> Said:
    """What the handler's code and docstring say."""
    nodes = [node for function in _reached(handler) for node in ast.walk(function)]
    docstring = inspect.getdoc(handler) or ""
    return Said(
        events=frozenset(
            node.func.id
            for node in nodes
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in EVENTS
        ),
        lineage=frozenset(edge for node in nodes for edge in _edges(node)),
        refusals=frozenset(_refusals(docstring)),
        documented=bool(docstring),
    )


def _reached(handler: Callable[..., Any]) -> Iterator[ast.AST]:
    functions = _functions(Path(inspect.getsourcefile(handler) or ""))
    waiting, seen = [handler.__name__], set[str]()
    while waiting:
        name = waiting.pop()
        if name in seen or name not in functions:
            continue
        seen.add(name)
        yield functions[name]
        waiting += [node.id for node in ast.walk(functions[name]) if isinstance(node, ast.Name)]


@cache
def _functions(path: Path) -> dict[str, ast.AST]:
    module = ast.parse(path.read_text())
    return {node.name: node for node in module.body if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))}


def _edges(node: ast.AST) -> Iterator[Edge]:
    # An edge is written as two ends, each a kind with an id, and the relation between them.
    match node:
        case ast.Tuple(
            elts=[
                ast.Tuple(elts=[ast.Constant(value=str(start)), _]),
                ast.Constant(value=str(relation)),
                ast.Tuple(elts=[ast.Constant(value=str(end)), _]),
            ]
        ):
            yield start, relation, end
        case _:
            return


def _refusals(docstring: str) -> list[str]:
    _, _, raises = docstring.partition("Raises:")
    _, _, refusal = raises.partition("Refusal:")
    return [word for word in _WORD.findall(refusal.partition("\n\n")[0]) if word in Code.__members__]
