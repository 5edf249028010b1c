"""What is written down, and what must not be."""

import ast
import re
from collections.abc import Iterator

from tests.contract.house_rules.tree import Tree, Violation

STAND_INS = ("postgres", "temporal", "hasura", "supabase", "daytona")
# Put together from pieces, so that this file does not break its own rule.
_LATER = re.compile(r"\b(?:TO" r"DO|FIX" r"ME|XX" r"X|HA" r"CK)\b")
_REGISTRY = re.compile(r"https?://|--(?:extra-)?index-url|--find-links", re.IGNORECASE)
_TEXT_KINDS = (".py", ".ts", ".tsx", ".js", ".sql", ".md", ".yaml", ".yml", ".toml", ".sh", ".css", ".html", ".graphql")
_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


def public_names_are_documented(tree: Tree) -> Iterator[Violation]:
    """Every public function, method and class of the rooms says what it gives."""
    for file in tree.product:
        for node in _public(file.syntax.body):
            if ast.get_docstring(node) is None and not _is_overload(node):
                yield file.at(node.lineno, f"{node.name} has no docstring: say in its first line what comes back")


def nothing_is_left_for_later(tree: Tree) -> Iterator[Violation]:
    """No note in the tree puts work off."""
    for file in tree.files:
        if file.name.endswith(_TEXT_KINDS) or file.name in {"Makefile", ".ci/run"}:
            for number, line in enumerate(file.text.splitlines(), 1):
                if _LATER.search(line):
                    yield file.at(number, "puts work off: do it, or take the note out")


def locks_name_no_registry(tree: Tree) -> Iterator[Violation]:
    """A requirement lock says what, never from where."""
    for file in tree.files:
        if file.room == "requirements":
            for number, line in enumerate(file.text.splitlines(), 1):
                if _REGISTRY.search(line):
                    yield file.at(
                        number, "names a registry: run `make lock`, and keep addresses in the machine's settings"
                    )
        if file.name.endswith("package-lock.json"):
            for number, line in enumerate(file.text.splitlines(), 1):
                if '"resolved": "http' in line:
                    yield file.at(number, "names a registry: write the lock with omit-lockfile-registry-resolved")


def stand_ins_tell_their_differences(tree: Tree) -> Iterator[Violation]:
    """Every stand-in has a page of what it does not do as the real one does."""
    there = {file.name for file in tree.files}
    for name in STAND_INS:
        page = f"embedded/{name}/KNOWN_DIFFERENCES.md"
        if page not in there:
            yield Violation(page, 1, "is missing: list what this stand-in does not do as the real one does")


def _public(body: list[ast.stmt]) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef]:
    for node in body:
        if isinstance(node, (*_FUNCTIONS, ast.ClassDef)) and not node.name.startswith("_"):
            yield node
            if isinstance(node, ast.ClassDef):
                yield from _public(node.body)


def _is_overload(node: ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) -> bool:
    names = {
        decorator.attr if isinstance(decorator, ast.Attribute) else getattr(decorator, "id", "")
        for decorator in node.decorator_list
    }
    return bool(names & {"overload", "setter", "override"})
