"""One live read: law 8. What people see move is a row of `harness_projection`, and nothing beside it.

A live document is a subscription anywhere, and in the portal also a query that is asked again by itself: one of the
room `portal/src/harnesses`, one with a name that says so, or one beside a timer.
"""

import re
from collections.abc import Iterator

from graphql import (
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLSyntaxError,
    InlineFragmentNode,
    OperationDefinitionNode,
    OperationType,
    SelectionSetNode,
    parse,
    print_ast,
)

from tests.contract.house_rules.tree import SourceFile, Tree, Violation

LIVE_READ = "harness_projection"
_PORTAL, _OPERATIONS, _MIGRATIONS = "portal/src/", "codegen/operations/", "hasura/migrations/"
# How many rows the one table has is no second summary; whoever holds them all sees by it that some were taken away.
_COUNT = f"{LIVE_READ}_aggregate"
_ROOTS = {LIVE_READ, f"{LIVE_READ}_by_pk", f"{LIVE_READ}_stream", _COUNT}
# The outbox in its order is what the live read is folded from, not a second summary; the portal does not read it.
_ROOTS_OF_CLIENTS = _ROOTS | {"portal_live_events_stream"}
_COUNTS = "{\n  aggregate {\n    count\n  }\n}"
_DOCUMENT = re.compile(r"(?:\bgraphql\(\s*|/\*\s*GraphQL\s*\*/\s*|\bgql)`([^`]*)`")
_BARE = re.compile(r"`\s*((?:query|subscription)\b[^`]*)`")
_LIVE_NAME = re.compile(r"live|poll|watch|follow|stream", re.IGNORECASE)
_TIMER = re.compile(r"\b(?:setInterval|refetchInterval|pollInterval|refreshInterval)\b")
# Comparing a message's kind with the word asks for nothing.
_CHANGES = re.compile(r"(?<![!=]= )['\"`]postgres_changes['\"`]")
_TABLE = re.compile(r"\btable:\s*['\"`](\w+)['\"`]")
_OTHER_WAY = re.compile(
    r"\.on\(\s*['\"`](?:broadcast|presence)['\"`]|\bnew (?:WebSocket|EventSource)\(|['\"]graphql-ws['\"]"
)
_PUBLISHED = re.compile(r"PUBLICATION\s+supabase_realtime\s+(ADD|SET|FOR)\s+([^;]*)", re.IGNORECASE)
# How far behind the word the options of a channel are looked for.
_OPTIONS_CHARACTERS = 300

ONE_READ = f"{LIVE_READ} is the one live read: fold what is missing into it (projections/harness.py) and read that"


def the_portal_follows_one_table(tree: Tree) -> Iterator[Violation]:
    """Realtime is asked for `harness_projection`, and nothing else brings news to the portal."""
    for file in _portal(tree):
        for match in _CHANGES.finditer(file.text):
            options = file.text[match.end() :][:_OPTIONS_CHARACTERS].split("}", 1)[0]
            tables = _TABLE.findall(options)
            if tables != [LIVE_READ]:
                asked = tables[0] if tables else "every table"
                yield file.at(_line(file, match.start()), f"follows {asked}: {ONE_READ}")
        for match in _OTHER_WAY.finditer(file.text):
            yield file.at(_line(file, match.start()), f"brings news by a way of its own: {ONE_READ}")


def live_documents_read_one_table(tree: Tree) -> Iterator[Violation]:
    """Subscriptions, and queries of the portal that are asked again by themselves, select columns of one table."""
    for file in _portal(tree):
        again = file.name.startswith(f"{_PORTAL}harnesses/") or bool(_TIMER.search(file.text))
        documents = list(_documents(file))
        # A fragment may stand in a document of its own beside those that spread it.
        shared = "\n".join(text for _, text in documents if text.lstrip().startswith("fragment "))
        for start, text in documents:
            yield from _read(file, _line(file, start), text, _ROOTS, queries_live=again, shared=shared)
    operations = [f for f in tree.files if f.name.startswith(_OPERATIONS) and f.name.endswith(".graphql")]
    shared = "\n".join(file.text for file in operations)
    for file in operations:
        yield from _read(file, 1, file.text, _ROOTS_OF_CLIENTS, queries_live=None, shared=shared)


def one_table_is_published(tree: Tree) -> Iterator[Violation]:
    """The publication that Realtime reads holds `harness_projection` alone."""
    for file in tree.files:
        if file.name.startswith(_MIGRATIONS) and file.name.endswith(".sql"):
            for match in _PUBLISHED.finditer(file.text):
                given = " ".join(match[2].split()).upper().removeprefix("TABLE ").removeprefix("ONLY ")
                if given != f"PUBLIC.{LIVE_READ}".upper():
                    yield file.at(_line(file, match.start()), f"publishes {match[2].strip()}: {ONE_READ}")


def _portal(tree: Tree) -> Iterator[SourceFile]:
    for file in tree.files:
        written = file.name.startswith(_PORTAL) and file.name.endswith((".ts", ".tsx"))
        if written and "/__generated__/" not in file.name and ".test." not in file.name:
            yield file


def _documents(file: SourceFile) -> Iterator[tuple[int, str]]:
    found = {match.start(1): match[1] for pattern in (_DOCUMENT, _BARE) for match in pattern.finditer(file.text)}
    yield from sorted(found.items())


def _read(
    file: SourceFile, first_line: int, text: str, roots: set[str], *, queries_live: bool | None, shared: str = ""
) -> Iterator[Violation]:
    # queries_live: whether queries of this file are asked again by themselves; None: only subscriptions count.
    try:
        definitions = parse(text).definitions
        beside = parse(shared).definitions if shared else ()
    except GraphQLSyntaxError:
        # A document put together from pieces cannot be judged, so it must not be live.
        if re.search(r"\bsubscription\b", text) or queries_live:
            yield file.at(first_line, "puts a live document together from pieces: write it whole, as graphql(`…`)")
        return
    fragments = {one.name.value: one for one in (*definitions, *beside) if isinstance(one, FragmentDefinitionNode)}
    for one in definitions:
        if isinstance(one, OperationDefinitionNode) and _is_live(one, queries_live=queries_live):
            for field in one.selection_set.selections:
                yield from _root(file, first_line, field, roots, fragments)


def _is_live(operation: OperationDefinitionNode, *, queries_live: bool | None) -> bool:
    if operation.operation is OperationType.SUBSCRIPTION:
        return True
    if operation.operation is not OperationType.QUERY or queries_live is None:
        return False
    return queries_live or bool(operation.name and _LIVE_NAME.search(operation.name.value))


def _root(
    file: SourceFile, first_line: int, field: object, roots: set[str], fragments: dict[str, FragmentDefinitionNode]
) -> Iterator[Violation]:
    if not isinstance(field, FieldNode):
        yield file.at(first_line, f"hides what it follows in a fragment: {ONE_READ}")
        return
    line = first_line - 1 + (field.loc.start_token.line if field.loc else 1)
    if field.name.value not in roots:
        yield file.at(line, f"follows {field.name.value}: {ONE_READ}")
    selected = field.selection_set
    counts = field.name.value == _COUNT and selected is not None and print_ast(selected) == _COUNTS
    for inner in () if counts else _with_fields(selected, fragments):
        yield file.at(line, f"follows {inner} beside {field.name.value}: {ONE_READ}")


def _with_fields(selected: SelectionSetNode | None, fragments: dict[str, FragmentDefinitionNode]) -> Iterator[str]:
    """Fields that have fields of their own: those are relationships, so rows of other tables."""
    for one in selected.selections if selected else ():
        if isinstance(one, FieldNode) and one.selection_set:
            yield one.name.value
        elif isinstance(one, InlineFragmentNode):
            yield from _with_fields(one.selection_set, fragments)
        elif isinstance(one, FragmentSpreadNode):
            known = fragments.get(one.name.value)
            yield from _with_fields(known.selection_set, fragments) if known else [f"fragment {one.name.value}"]


def _line(file: SourceFile, start: int) -> int:
    return file.text.count("\n", 0, start) + 1
