"""What only certain rooms may do: read the environment, speak SQL."""

import ast
import re
from collections.abc import Iterator

from tests.contract.house_rules.addresses import texts
from tests.contract.house_rules.tree import Tree, Violation

_ENVIRONMENT = {"environ", "environb", "getenv", "getenvb", "putenv"}
# A statement has a verb at its beginning and, further on, what the verb acts on.
_SQL = re.compile(
    r"^\s*(?:(?:SELECT\b.*\bFROM|INSERT\s+INTO|UPDATE\b.*\bSET|DELETE\s+FROM|WITH\b.*\bAS\s*\()\s"
    r"|(?:CREATE|ALTER|DROP)\s+(?:OR\s+REPLACE\s+)?(?:TABLE|SCHEMA|ROLE|FUNCTION|INDEX|UNIQUE\s+INDEX|TYPE|VIEW"
    r"|TRIGGER|PUBLICATION|DATABASE|EXTENSION|POLICY)\s"
    r"|(?:GRANT|REVOKE)\s+\w+.*\s(?:ON|TO|FROM)\s|NOTIFY\s+\w|LISTEN\s+\w|TRUNCATE\s+\w)",
    re.DOTALL,
)
_SQL_ROOMS = {"ledger", "embedded", "hasura"}
_SQL_FILES = {"entrypoints/migrate.py"}


def only_the_edge_reads_the_environment(tree: Tree) -> Iterator[Violation]:
    """`os.environ` and `os.getenv` stand in entrypoints/ and embedded/*/__main__.py alone."""
    for file in tree.product:
        edge = file.room == "entrypoints" or re.fullmatch(r"embedded/\w+/__main__\.py", file.name)
        if edge:
            continue
        for node in file.nodes:
            names = (
                [node.attr]
                if isinstance(node, ast.Attribute) and _is_name(node.value, "os")
                else [alias.name for alias in node.names]
                if isinstance(node, ast.ImportFrom) and node.module == "os"
                else []
            )
            if _ENVIRONMENT & set(names):
                yield file.at(_line(node), "reads the environment: take the value as an argument from entrypoints/")


def only_the_ledger_speaks_sql(tree: Tree) -> Iterator[Violation]:
    """SQL text stands in ledger/, embedded/, hasura/ and entrypoints/migrate.py alone."""
    for file in tree.product:
        if file.room in _SQL_ROOMS or file.name in _SQL_FILES:
            continue
        for line, text in texts(file):
            if _SQL.search(text):
                yield file.at(line, "speaks SQL: move the statement to ledger/ and call it by name")
    for file in tree.files:
        if file.name.endswith(".sql") and file.room not in {*_SQL_ROOMS, "tests", "deploy"}:
            yield file.at(1, "is SQL outside ledger/, embedded/ and hasura/: move it there")


def _is_name(node: ast.expr, name: str) -> bool:
    return isinstance(node, ast.Name) and node.id == name


def _line(node: ast.AST) -> int:
    return getattr(node, "lineno", 1)
