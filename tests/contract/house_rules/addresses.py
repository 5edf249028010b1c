"""Where things are is said in one place: law 5.

Addresses stand in entrypoints/config.py, in endpoint contracts (seeds/), in deploy/ and in tests. Pages may show what a
program of ours prints on one machine: loopback with a port that entrypoints/config.py prefers, and nothing else.
"""

import ast
import re
from collections.abc import Iterator
from dataclasses import fields

from entrypoints.config import Ports
from tests.contract.house_rules.tree import SourceFile, Tree, Violation

CONFIGURATION = "entrypoints/config.py"
_ROOMS = {"deploy", "tests", "seeds"}
_LINES_OF = (
    ".ts",
    ".tsx",
    ".js",
    ".mjs",
    ".sql",
    ".yaml",
    ".yml",
    ".json",
    ".toml",
    ".sh",
    ".graphql",
    ".html",
    ".css",
)
_LINES_OF_NAMES = {"Makefile", ".ci/run"}
# Written by machines: locks hold no address of ours, and the schema follows from the migrations.
_WRITTEN_BY_MACHINES = re.compile(
    r"package-lock\.json$|^codegen/(?:clients|schema|json_schemas)/|^portal/src/__generated__/"
)

LOCAL = re.compile(
    r"\blocalhost\b|\b127\.\d+\.\d+\.\d+\b|\b0\.0\.0\.0\b|\[::1?\]|(?<![\w:.])::1(?![\w:])"
    r"|\bhost\.docker\.internal\b",
    re.IGNORECASE,
)
PRIVATE = re.compile(
    r"(?<![\d.])(?:10\.\d{1,3}|192\.168|169\.254|172\.(?:1[6-9]|2\d|3[01]))\.\d{1,3}\.\d{1,3}(?![\d.]*\d)"
    r"|(?<![\w:])f[cd][0-9a-f]{2}:[0-9a-f:]+|(?<![\w:])fe80::?[0-9a-f:]*"
    r"|\b[a-z0-9-]+\.(?:local|lan|internal|intranet|home\.arpa|svc|svc\.cluster\.local|cluster\.local)(?=[:/\s\"'`]|$)",
    re.IGNORECASE,
)
# http://hasura:8080 means something only inside one cluster or one compose file.
SERVICE = re.compile(
    r"\b(?:https?|wss?|grpcs?|postgres(?:ql)?|tcp|redis|amqps?|nats)://(?:[^/@\s\"']*@)?[a-z][a-z0-9_-]*(?=[:/?\s\"'`]|$)",
    re.IGNORECASE,
)
PORT = re.compile(r"(?:\b[a-z0-9-]+(?:\.[a-z0-9-]+)+|[{}\])]):\d{2,5}(?![\d:-])", re.IGNORECASE)
PUBLIC = re.compile(r"\b(?:https?|wss?)://(?:[a-z0-9-]+\.)+[a-z]{2,}[^\s\"'`]*", re.IGNORECASE)
_PORT_SETTING = re.compile(r"\bport['\"]?\s*[:=]\s*\d{2,5}\b", re.IGNORECASE)
_PORT_NAME = re.compile(r"(?:^|_)port$", re.IGNORECASE)
_LOOPBACK_WITH_PORT = re.compile(r"(?:127\.0\.0\.1|localhost)(?::(\d+))?")

REMEDY = (
    "take it from entrypoints/config.py, or from an endpoint contract if it is an organization's"
    " (addresses.ALLOWED holds the few that mean no place to speak to; it may only shrink)"
)
# What looks like an address and is none that anybody could move. A line may go, none may come without a reason.
ALLOWED: dict[tuple[str, str], str] = {
    ("contracts/proofs.py", "https://fractalops.dev/attestation/execution/v1"): "the name of a predicate, never asked",
    ("codegen/json_schemas.py", "https://json-schema.org/draft/2020-12/schema"): "the name of a dialect, never asked",
    ("codegen/json_schemas.py", "https://fractalops.dev/schemas/"): "the names of the schemas, never asked",
    ("contracts/dsse.py", "https://in-toto.io/Statement/v1"): "the name that in-toto gave its statements",
    ("hasura/migrations/default/1790000010000_live_read_and_sign_in/up.sql", "https://hasura.io/jwt/claims"): (
        "the name of Hasura's claims in a token"
    ),
    ("hasura/migrations/default/1790000014000_switching_organization/up.sql", "https://hasura.io/jwt/claims"): (
        "the same name, in the function that takes the first one's place"
    ),
    ("hasura/schema/schema.sql", "https://hasura.io/jwt/claims"): "the same name, as the migrations leave it",
    ("embedded/hasura/auth/claims.py", "https://hasura.io/jwt/claims"): "the same name, where the engine reads it",
    ("embedded/hasura/api/admin.py", "https://hasura.io/jwt/claims"): "the same name, where the engine shows it",
    ("embedded/hasura/api/cors.py", "https://a.com"): "an example in a sentence about a wrong setting",
    ("embedded/hasura/settings.py", "127.0.0.1"): "a stand-in listens on this machine alone unless told otherwise",
    ("embedded/hasura/settings.py", "8080"): "the port that Hasura listens on unless told otherwise",
    ("embedded/postgres/__main__.py", "127.0.0.1"): "the same",
    ("embedded/postgres/server.py", "127.0.0.1"): "the same",
    ("embedded/temporal/server.py", "127.0.0.1"): "the same",
    ("embedded/supabase/__main__.py", "127.0.0.1"): "the same",
    ("embedded/daytona/settings.py", "127.0.0.1"): "the same",
    ("embedded/daytona/launch/bubblewrap.py", "127.0.0.1"): "the sandbox's own table of hosts",
    ("embedded/daytona/launch/bubblewrap.py", "localhost"): "the sandbox's own table of hosts",
    ("embedded/daytona/launch/bubblewrap.py", "::1"): "the sandbox's own table of hosts",
}


def addresses_have_one_source(tree: Tree) -> Iterator[Violation]:
    """No raw URL, host or port stands outside the one configuration file, endpoint contracts, deploy/ and tests."""
    for file, line, text in _told(tree):
        for pattern, what in _KINDS:
            for found in pattern.finditer(text):
                if not _allowed(file.name, found.group()):
                    yield file.at(line, f"names {what} ({found.group()}): {REMEDY}")
    for file in tree.product:
        if file.name != CONFIGURATION:
            yield from _port_numbers(file)


def pages_show_only_what_programs_print(tree: Tree) -> Iterator[Violation]:
    """A page shows loopback with a port of entrypoints/config.py, and no other local or private address."""
    known = {str(field.default) for field in fields(Ports)}
    for file in tree.files:
        if not file.name.endswith(".md") or file.room in _ROOMS:
            continue
        for number, line in enumerate(file.text.splitlines(), 1):
            wrong = [found.group() for found in PRIVATE.finditer(line)]
            wrong += [
                found.group()
                for found in _LOOPBACK_WITH_PORT.finditer(line)
                if found.group(1) is not None and found.group(1) not in known
            ]
            for what in wrong:
                yield file.at(
                    number,
                    f"shows {what}: show a placeholder such as https://hasura.example, or a port of {CONFIGURATION}",
                )


def allowed_addresses_are_still_there(tree: Tree) -> Iterator[Violation]:
    """The list of what is allowed only shrinks: what no file says any more comes off it."""
    there = {file.name: file.text for file in tree.files}
    for name, literal in ALLOWED:
        if literal not in there.get(name, literal):
            yield Violation(name, 1, f"says {literal} no more: take it out of ALLOWED in tests/contract/house_rules")


_KINDS = (
    (LOCAL, "this machine"),
    (PRIVATE, "a private or cluster address"),
    (SERVICE, "a host that only one cluster knows"),
    (PORT, "a port"),
    (PUBLIC, "a public address"),
    (_PORT_SETTING, "a port"),
)


def _told(tree: Tree) -> Iterator[tuple[SourceFile, int, str]]:
    # Strings of Python, for its comments reach nobody; every line of the rest.
    for file in tree.files:
        if file.room in _ROOMS or file.name == CONFIGURATION or _WRITTEN_BY_MACHINES.search(file.name):
            continue
        if file.name.endswith(".py"):
            yield from ((file, line, text) for line, text in texts(file))
        elif file.name.endswith(_LINES_OF) or file.name in _LINES_OF_NAMES:
            yield from ((file, number, line) for number, line in enumerate(file.text.splitlines(), 1))


def _port_numbers(file: SourceFile) -> Iterator[Violation]:
    for node in file.nodes:
        named: list[tuple[str, ast.expr | None]] = []
        if isinstance(node, ast.keyword):
            named = [(node.arg or "", node.value)]
        elif isinstance(node, ast.Assign):
            named = [(ast.unparse(target), node.value) for target in node.targets]
        elif isinstance(node, ast.AnnAssign):
            named = [(ast.unparse(node.target), node.value)]
        elif isinstance(node, ast.arguments):
            positional = [*node.posonlyargs, *node.args]
            at_the_end = positional[len(positional) - len(node.defaults) :]
            named = [
                *((one.arg, value) for one, value in zip(at_the_end, node.defaults, strict=True)),
                *((one.arg, value) for one, value in zip(node.kwonlyargs, node.kw_defaults, strict=True)),
            ]
        for name, value in named:
            number = value.value if isinstance(value, ast.Constant) else None
            is_port = _PORT_NAME.search(name) and isinstance(number, int) and number > 0
            if is_port and not _allowed(file.name, str(number)):
                yield file.at(value.lineno if value else 1, f"names a port ({name} = {number}): {REMEDY}")


def texts(file: SourceFile) -> Iterator[tuple[int, str]]:
    """Every string of a Python file that is not a docstring, with the fixed pieces of an f-string put together."""
    docstrings = {id(node.value) for node in file.nodes if isinstance(node, ast.Expr)}
    inside = {id(piece) for node in file.nodes if isinstance(node, ast.JoinedStr) for piece in node.values}
    for node in file.nodes:
        if isinstance(node, ast.JoinedStr):
            pieces = (piece.value if isinstance(piece, ast.Constant) else "{}" for piece in node.values)
            yield node.lineno, "".join(map(str, pieces))
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings | inside:
            yield node.lineno, node.value


def _allowed(name: str, found: str) -> bool:
    return any(name == file and found.rstrip(".,;)") == literal for file, literal in ALLOWED)
