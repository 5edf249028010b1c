"""Generators of clients: they read the schema by introspection, and what they write fits the engine."""

import asyncio
import json
import os
import shutil
import sys
from pathlib import Path

from tests.integration.embedded.hasura.clients.conftest import Library
from tests.integration.embedded.hasura.engine import ADMIN_SECRET

HERE = Path(__file__).parent
ROOT = Path(__file__).resolve().parents[5]
TOOLS = ROOT / ".state" / "clients" / "bin"
HEADERS = {"X-Hasura-Admin-Secret": ADMIN_SECRET}
WITHIN_S = 120


async def output_of(*command: str | Path, cwd: Path, **environment: str) -> str:
    process = await asyncio.create_subprocess_exec(
        *map(str, command),
        cwd=cwd,
        env={**os.environ, **environment},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    said, _ = await asyncio.wait_for(process.communicate(), WITHIN_S)
    assert process.returncode == 0, said.decode()
    return said.decode()


async def test_the_client_that_ariadne_codegen_writes_is_typed_and_works(library: Library, tmp_path: Path):
    shutil.copy(HERE / "books.graphql", tmp_path)
    shutil.copy(HERE / "uses_ariadne.py", tmp_path)
    (tmp_path / "pyproject.toml").write_text(
        "[tool.ariadne-codegen]\n"
        f"remote_schema_url = {json.dumps(library.url)}\n"
        f"remote_schema_headers = {{ X-Hasura-Admin-Secret = {json.dumps(ADMIN_SECRET)} }}\n"
        'queries_path = "books.graphql"\n'
        'target_package_name = "books_client"\n'
        "[tool.ariadne-codegen.scalars.numeric]\n"
        'type = "decimal.Decimal"\n'
    )

    await output_of(TOOLS / "ariadne-codegen", cwd=tmp_path)
    await output_of(
        *(sys.executable, "-m", "pyright", "--pythonpath", sys.executable, "uses_ariadne.py"),
        cwd=tmp_path,
    )
    said = await output_of(
        *(sys.executable, "uses_ariadne.py", library.url, ADMIN_SECRET), cwd=tmp_path, PYTHONPATH=str(tmp_path)
    )

    assert json.loads(said) == {
        "titles": ["Solaris", "The Dispossessed"],
        "pages": [None, 341],
        "count": 2,
        "added": "The Lathe of Heaven",
        "watched": ["The Dispossessed", "Solaris", "The Lathe of Heaven"],
    }


async def test_the_types_that_graphql_codegen_writes_hold_typescript_to_the_schema(library: Library, tmp_path: Path):
    # Packages are found from where the files lie, so the folder stands beside them as a link.
    (tmp_path / "node_modules").symlink_to(HERE / "node" / "node_modules")
    for name in ("codegen.mjs", "uses.ts", "tsconfig.json"):
        shutil.copy(HERE / "node" / name, tmp_path)
    shutil.copy(HERE / "books.graphql", tmp_path)

    await output_of(
        *("node_modules/.bin/graphql-codegen", "--config", "codegen.mjs"),
        cwd=tmp_path,
        ENGINE_URL=library.url,
        ENGINE_HEADERS=json.dumps(HEADERS),
        CI="true",
    )
    await output_of("node_modules/.bin/tsc", "--project", "tsconfig.json", cwd=tmp_path)

    assert "export type Order_By" in (tmp_path / "generated" / "graphql.ts").read_text()
