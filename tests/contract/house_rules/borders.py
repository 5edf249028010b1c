"""What only certain rooms may do: read the environment, speak SQL, know an address."""

import ast
import re
from collections.abc import Iterator

from tests.contract.house_rules.tree import SourceFile, Tree, Violation

_ENVIRONMENT = {"environ", "environb", "getenv", "getenvb", "putenv"}
# A statement has a verb at its beginning and, further on, what the verb acts on.
_SQL = re.compile(
    r"^\s*(?:(?:SELECT\b.*\bFROM|INSERT\s+INTO|UPDATE\b.*\bSET|DELETE\s+FROM|WITH\b.*\bAS\s*\()\s"
    r"|(?:CREATE|ALTER|DROP)\s+(?:OR\s+REPLACE\s+)?(?:TABLE|SCHEMA|ROLE|FUNCTION|INDEX|UNIQUE\s+INDEX|TYPE|VIEW"
    r"|TRIGGER|PUBLICATION|DATABASE|EXTENSION|POLICY)\s"
    r"|(?:GRANT|REVOKE)\s+\w+.*\s(?:ON|TO|FROM)\s|NOTIFY\s+\w|LISTEN\s+\w|TRUNCATE\s+\w)",
    re.DOTALL,
)
_ADDRESS = re.compile(
    r"\blocalhost\b|\b127\.\d+\.\d+\.\d+\b|\b0\.0\.0\.0\b|\[::1?\]|\bhost\.docker\.internal\b"
    r"|\.svc(?:\.cluster\.local)?\b|\.cluster\.local\b|\.internal:\d",
    re.IGNORECASE,
)
_ADDRESS_ROOMS = {"embedded", "deploy", "tests", "seeds"}
_ADDRESS_FILES = {"entrypoints/config.py"}
# Pages and locks tell of addresses without using them.
_ADDRESS_KINDS = (".py", ".ts", ".tsx", ".js", ".sql", ".yaml", ".yml", ".json", ".toml", ".sh", ".graphql")
_SQL_ROOMS = {"ledger", "embedded", "hasura"}
_SQL_FILES = {"entrypoints/migrate.py"}


def only_the_edge_reads_the_environment(tree: Tree) -> Iterator[Violation]:
    """`os.environ` and `os.getenv` stand in entrypoints/ and embedded/*/__main__.py alone."""
    for file in tree.product:
        edge = file.room == "entrypoints" or re.fullmatch(r"embedded/\w+/__main__\.py", file.name)
        if edge:
            continue
        for node in ast.walk(file.syntax):
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
        for node, text in _texts(file):
            if _SQL.search(text):
                yield file.at(node.lineno, "speaks SQL: move the statement to ledger/ and call it by name")
    for file in tree.files:
        if file.name.endswith(".sql") and file.room not in {*_SQL_ROOMS, "tests", "deploy"}:
            yield file.at(1, "is SQL outside ledger/, embedded/ and hasura/: move it there")


def addresses_have_one_source(tree: Tree) -> Iterator[Violation]:
    """No local or cluster host stands outside entrypoints/config.py and the rooms that are such hosts."""
    remedy = "names a local or cluster address: take it from entrypoints/config.py or from an endpoint contract"
    for file in tree.files:
        if file.room in _ADDRESS_ROOMS or file.name in _ADDRESS_FILES or not file.name.endswith(_ADDRESS_KINDS):
            continue
        if file.name.endswith("package-lock.json"):
            continue
        if file.name.endswith(".py"):
            yield from (file.at(node.lineno, remedy) for node, text in _texts(file) if _ADDRESS.search(text))
            continue
        for number, line in enumerate(file.text.splitlines(), 1):
            if _ADDRESS.search(line):
                yield file.at(number, remedy)


def _texts(file: SourceFile) -> Iterator[tuple[ast.Constant | ast.JoinedStr, str]]:
    # Every string that is not a docstring, with the fixed pieces of an f-string put together.
    docstrings = {id(node.value) for node in ast.walk(file.syntax) if isinstance(node, ast.Expr)}
    inside = {id(piece) for node in ast.walk(file.syntax) if isinstance(node, ast.JoinedStr) for piece in node.values}
    for node in ast.walk(file.syntax):
        if isinstance(node, ast.JoinedStr):
            pieces = (piece.value if isinstance(piece, ast.Constant) else "{}" for piece in node.values)
            yield node, "".join(map(str, pieces))
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings | inside:
            yield node, node.value


def _is_name(node: ast.expr, name: str) -> bool:
    return isinstance(node, ast.Name) and node.id == name


def _line(node: ast.AST) -> int:
    return getattr(node, "lineno", 1)
