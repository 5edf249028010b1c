"""The typed methods and models of the Python client, by ariadne-codegen, from `codegen/operations` and the schema.

Inputs are called …Input here: a mutation and its input share a name in GraphQL, and Python has one namespace for both.
"""

import re
import subprocess
import tempfile
from dataclasses import replace
from pathlib import Path

from graphql import InputObjectTypeDefinitionNode, NamedTypeNode, Node, Visitor, parse, print_ast, visit

from codegen.generator import NotGeneratedError

OPERATIONS = "codegen/operations/"
SCHEMA = "codegen/schema/admin.graphql"
PACKAGE = "codegen/clients/python/src/fractalops_client/generated/"
OWNS = (PACKAGE,)
READS = (OPERATIONS, SCHEMA)

_TOOL = Path(__file__).resolve().parent.parent / ".state" / "clients" / "bin" / "ariadne-codegen"
_WITHIN_S = 120
_HEADER = "# Generated from codegen/operations by `make codegen`. Do not edit.\n"
_BASE = "class Connection:\n    pass\n"
# A query's documents are what the engine is sent: its types keep the engine's names.
_DOCUMENTS = "operations.py"
# The base class is written by hand, one folder up.
_LEFT_OUT = {"connection.py", "exceptions.py"}
_SETTINGS = """[tool.ariadne-codegen]
schema_path = "schema.graphql"
queries_path = "operations.graphql"
target_package_name = "generated"
client_name = "FractalOps"
base_client_name = "Connection"
base_client_file_path = "connection.py"
include_comments = "none"
include_all_inputs = false
include_all_enums = false
include_typename = false
convert_to_snake_case = false
multipart_uploads = false
lazy_imports = true
plugins = [
  "ariadne_codegen.contrib.shorter_results.ShorterResultsPlugin",
  "ariadne_codegen.contrib.extract_operations.ExtractOperationsPlugin",
]

[tool.ariadne-codegen.scalars.uuid]
type = "uuid.UUID"

[tool.ariadne-codegen.scalars.timestamptz]
type = "fractalops_client.scalars.Timestamp"

[tool.ariadne-codegen.scalars.bigint]
type = "int"

[tool.ariadne-codegen.scalars.jsonb]
type = "typing.Any"
"""


def files(tree: Path) -> dict[str, str]:
    """The text of every file of the generated package, by its path from the root.

    Raises:
        NotGeneratedError: if the generator is not installed, or refuses an operation.
    """
    operations = [path.read_text() for path in sorted((tree / OPERATIONS).glob("*.graphql"))]
    schema = (tree / SCHEMA).read_text()
    inputs = _inputs(schema)
    with tempfile.TemporaryDirectory(prefix="python-client-") as made:
        folder = Path(made)
        (folder / "schema.graphql").write_text(_renamed(schema, inputs))
        (folder / "operations.graphql").write_text(_renamed("\n".join(operations), inputs))
        (folder / "connection.py").write_text(_BASE)
        (folder / "pyproject.toml").write_text(_SETTINGS)
        _run(folder)
        return {
            PACKAGE + path.name: _finished(path, inputs)
            for path in sorted((folder / "generated").glob("*.py"))
            if path.name not in _LEFT_OUT
        }


def _run(folder: Path) -> None:
    try:
        ran = subprocess.run(  # noqa: S603  - our own tool, on our own files
            [_TOOL], cwd=folder, capture_output=True, text=True, timeout=_WITHIN_S, check=False
        )
    except FileNotFoundError as error:
        raise NotGeneratedError(f"{_TOOL} is missing: run `python3 scripts/setup.py --clients`.") from error
    if ran.returncode != 0:
        raise NotGeneratedError(f"ariadne-codegen refuses the operations: {ran.stdout}{ran.stderr}".strip())


def _finished(path: Path, inputs: set[str]) -> str:
    text = path.read_text()
    if path.name in {"client.py", "__init__.py"}:
        text = text.replace("from .connection import", "from ..connection import")
        text = text.replace('": ".connection"', '": "..connection"')
    if path.name == _DOCUMENTS:
        text = re.sub(rf"\b({'|'.join(sorted(inputs))})Input\b", r"\1", text)
    return _HEADER + text


def _inputs(schema: str) -> set[str]:
    # Hasura's own inputs end in _input, _bool_exp and the like; ours are named as the contracts are.
    return {
        definition.name.value
        for definition in parse(schema).definitions
        if isinstance(definition, InputObjectTypeDefinitionNode) and definition.name.value[0].isupper()
    }


def _renamed(document: str, inputs: set[str]) -> str:
    class Rename(Visitor):
        def leave(self, node: Node, *_: object) -> Node | None:
            if isinstance(node, NamedTypeNode | InputObjectTypeDefinitionNode) and node.name.value in inputs:
                return replace(node, name=replace(node.name, value=f"{node.name.value}Input"))
            return None

    return print_ast(visit(parse(document, no_location=True), Rename()))
