"""No control logic for one system: law 9. A system is a row of the catalogue; code knows protocols.

What counts as what is decided here: `git` and HTTP are protocols that the product speaks, so the kinds that mean
nothing but a protocol may be said; every other kind of the catalogue is somebody's product, and so is every name below.
"""

import ast
import re
from collections.abc import Iterator

import yaml

from tests.contract.house_rules.tree import ROOMS, SourceFile, Tree, Violation

CATALOGUE = "seeds/catalogue.yaml"
# Kinds that name a protocol and no product. A kind that is added to the catalogue is a product until it stands here.
PROTOCOL_KINDS = {"git", "http_api", "web_app"}
# Products that organizations run and that somebody might want to treat specially before they stand in the catalogue.
PRODUCTS = (
    *("nexus", "penpot", "dokploy", "headlamp", "github", "gitlab", "gitea", "forgejo", "bitbucket", "gerrit"),
    *("artifactory", "jfrog", "sonarqube", "jenkins", "argocd", "argo-cd", "teamcity", "grafana"),
    *("kibana", "keycloak", "authentik", "jira", "confluence", "redmine", "openproject", "mattermost", "nextcloud"),
    *("figma", "coolify", "portainer", "rancher", "proxmox", "harbor", "minio", "kubernetes", "servicenow"),
)
_ROOMS = {*ROOMS, "portal", "hasura", "scripts", "deploy"}
_KINDS = (".py", ".ts", ".tsx", ".js", ".mjs", ".sql", ".yaml", ".yml", ".graphql", ".css", ".html", ".sh", ".toml")
_NOT_OURS = re.compile(r"package-lock\.json$|^portal/src/__generated__/")
# Where a product's name means something else. A line may go, none may come without a reason.
ALLOWED: dict[tuple[str, str], str] = {
    ("embedded/temporal/server.py", "nexus"): "Temporal's own feature of that name, not the repository manager",
    (
        "embedded/supabase/auth/routes.py",
        "bitbucket",
    ): "the sign-in providers on Supabase's wire, all of them off",
    ("embedded/supabase/auth/routes.py", "github"): "the same list",
    ("embedded/supabase/auth/routes.py", "gitlab"): "the same list",
}
REMEDY = (
    "code knows protocols, not products: say what is different in the endpoint's contract or in seeds/catalogue.yaml"
)


def no_system_is_named(tree: Tree) -> Iterator[Violation]:
    """No identifier, string or comment of the product names an adjacent system."""
    names = sorted({*PRODUCTS, *(kind for kind in kinds(tree) if kind not in PROTOCOL_KINDS)})
    pattern = re.compile("|".join(map(re.escape, names)), re.IGNORECASE)
    for file in _code(tree):
        for number, line in enumerate(file.text.splitlines(), 1):
            for found in dict.fromkeys(match.group().lower() for match in pattern.finditer(line)):
                if (file.name, found) not in ALLOWED:
                    yield file.at(number, f"names the system {found}: {REMEDY}")


def nothing_branches_on_an_endpoints_kind(tree: Tree) -> Iterator[Violation]:
    """No code compares a kind with one of the catalogue's, also not with one that names a protocol."""
    known = {*kinds(tree), *PROTOCOL_KINDS}
    remedy = "branches on an endpoint's kind: ask its `protocol`, which the catalogue says"
    for file in tree.product:
        for node in file.nodes:
            subject, texts = _compared(node)
            if re.search(r"kind\b", subject) and known & texts:
                yield file.at(getattr(node, "lineno", 1), remedy)
    scripts = re.compile(
        rf"kind['\"\])]*\s*[!=]==?\s*['\"](?:{'|'.join(sorted(known))})['\"]|case '(?:http_api|web_app)'"
    )
    for file in tree.files:
        if file.room == "portal" and file.name.endswith((".ts", ".tsx")):
            for number, line in enumerate(file.text.splitlines(), 1):
                if scripts.search(line):
                    yield file.at(number, remedy)


def allowed_names_are_still_there(tree: Tree) -> Iterator[Violation]:
    """The list of what is allowed only shrinks: what no file says any more comes off it."""
    there = {file.name: file.text.lower() for file in tree.files}
    for name, word in ALLOWED:
        if word not in there.get(name, word):
            yield Violation(name, 1, f"says {word} no more: take it out of ALLOWED in tests/contract/house_rules")


def kinds(tree: Tree) -> set[str]:
    """The kinds of endpoints that the tree's catalogue has."""
    for file in tree.files:
        if file.name == CATALOGUE:
            return {row["kind"] for row in yaml.safe_load(file.text)}
    return set()


def _code(tree: Tree) -> Iterator[SourceFile]:
    for file in tree.files:
        if file.room in _ROOMS and file.name.endswith(_KINDS) and not _NOT_OURS.search(file.name):
            yield file


def _compared(node: ast.AST) -> tuple[str, set[str]]:
    # What is asked about, and the strings that it is held against.
    if isinstance(node, ast.Compare):
        sides = [node.left, *node.comparators]
        return " ".join(ast.unparse(side) for side in sides if not isinstance(side, ast.Constant)), _strings(node)
    if isinstance(node, ast.Match):
        return ast.unparse(node.subject), {text for case in node.cases for text in _strings(case.pattern)}
    if isinstance(node, ast.Subscript) and isinstance(node.value, ast.Dict):
        return ast.unparse(node.slice), _strings(node.value)
    return "", set()


def _strings(node: ast.AST) -> set[str]:
    return {one.value for one in ast.walk(node) if isinstance(one, ast.Constant) and isinstance(one.value, str)}
