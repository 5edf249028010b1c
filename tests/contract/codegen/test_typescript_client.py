"""The TypeScript client: operations of the portal are held to what roles see, and the portal to its operations."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from codegen import typescript_client
from codegen.generator import NotGeneratedError

ROOT = Path(__file__).resolve().parents[3]
SNAPSHOT = Path("portal/src/harnesses/snapshot.ts")
WITHIN_S = 120
APPROVING = """import { graphql } from '@/__generated__'
import type { Ask } from '@/platform/graphql'

const APPROVE = graphql(`
  mutation Approve($input: ApproveProposal!) {
    approve_proposal(input: $input) {
      command_id
    }
  }
`)

export const approve = async (ask: Ask, given: { readonly idempotency_key: string; readonly proposal_id: string }) =>
  (await ask(APPROVE, { input: { ...given, digest: 'sha256:0' } })).approve_proposal.command_id
"""


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A copy of what the generator reads, and of what it takes to check and to build the portal."""
    for name in ("portal", "codegen/schema", "codegen/json_schemas"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("node_modules", "dist"))
    (tmp_path / "portal" / "node_modules").symlink_to(ROOT / "portal" / "node_modules")
    return tmp_path


def generate(tree: Path) -> None:
    for name, text in typescript_client.files(tree).items():
        (tree / name).write_text(text)


def tool(tree: Path, *command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [f"node_modules/.bin/{command[0]}", *command[1:]],
        cwd=tree / "portal",
        capture_output=True,
        text=True,
        timeout=WITHIN_S,
        check=False,
    )


def test_an_operation_that_names_what_the_schema_lacks_is_refused_with_its_file(tree: Path):
    snapshot = tree / SNAPSHOT
    snapshot.write_text(snapshot.read_text().replace("    proof_id\n", "    proof\n"))

    with pytest.raises(
        NotGeneratedError, match=r'Cannot query field "proof" [^\n]*\n *at portal/src/harnesses/snapshot'
    ):
        typescript_client.files(tree)


def test_an_action_can_be_asked_by_the_roles_that_its_permissions_name(tree: Path):
    (tree / "portal/src/approving.ts").write_text(APPROVING)

    roles = typescript_client.files(tree)["portal/src/__generated__/roles.ts"]

    assert "  Approve: ['approver', 'owner'],\n" in roles
    assert "  HarnessesSince: ['viewer', 'operator', 'approver', 'owner'],\n" in roles


def test_what_does_not_fit_its_operation_is_refused_with_file_and_line_and_what_does_is_not(tree: Path):
    wrong_uses = {
        "variable": ("digest: 'sha256:0'", "digest: 0", "'number' is not assignable to type 'string'"),
        "column": (".command_id\n", ".command\n", "Property 'command' does not exist"),
        "name": ("ask(APPROVE, { input:", "ask(APPROVE, { inputs:", "'inputs' does not exist in type"),
    }
    (tree / "portal/src/approving.ts").write_text(APPROVING)
    generate(tree)
    for name, (written, wrong, _) in wrong_uses.items():
        (tree / f"portal/src/{name}.ts").write_text(APPROVING.replace(written, wrong))
    changed_since = tree / "portal/src/changed.ts"
    changed_since.write_text(APPROVING.replace("      command_id\n", "      command_id\n      state\n"))

    said = tool(tree, "tsc", "--noEmit").stdout

    for name, (_, _, words) in wrong_uses.items():
        assert re.search(rf"^src/{name}.ts\(13,.*{words}", said, re.MULTILINE), said
    assert "src/changed.ts(" in said
    assert {line.partition("(")[0] for line in said.splitlines() if line.startswith("src/")} == {
        *(f"src/{name}.ts" for name in wrong_uses),
        "src/changed.ts",
    }


def test_the_page_that_is_built_holds_no_graphql_library(tree: Path):
    built = tool(tree, "vite", "build")

    assert built.returncode == 0, built.stderr
    scripts = "".join(path.read_text() for path in (tree / "portal/dist/assets").glob("*.js"))
    assert "query HarnessesSince($position: bigint!, $limit: Int!)" in scripts
    assert "GraphQLError" not in scripts
