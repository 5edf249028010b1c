"""What is declared: organizations whose checks pass, and one in which every check fails in a way of its own."""

from itertools import product
from typing import Any

from tests.contract.laws.canary import git_side
from tests.contract.laws.canary.far_side import FAILING as FAILING_ANSWERS
from tests.contract.laws.canary.far_side import READY
from tests.contract.laws.canary.paths import WORK, slug
from tests.contract.laws.canary.scene import FAILING, FROM_ENVIRONMENT, SEALED, SENT, USERNAME, WORKING, Scene

# The kinds of auth that a readiness probe can use; the values of all but two may hold more than ASCII.
AUTHS = {"bearer": "ascii", "header": "ascii", "basic": "password", "query": "password"}
_PARAMETERS = {"header": "X-Api-Key", "query": "api_key"}
_READINESS = {"path": "/", "expect_status": 200, "expect_json": {"status": "ok"}, "timeout_ms": 5_000}
_GIT_FAULTS = {
    "denied": git_side.denies,
    "broken": git_side.breaks,
    "sent-away": git_side.sends_away,
    "branch-named-after-it": git_side.names_a_branch_after_it,
}
# One whose value stands in a header, and one whose value stands in the URL and holds more than ASCII.
TELLING = ("bearer", "query")
_NOWHERE = "http://127.0.0.1:9"


def contract(reference: str) -> dict[str, Any]:
    """A secret contract that is named by where its value lives."""
    return {
        "name": reference,
        "purpose": "To be looked for.",
        "username": USERNAME,
        "kind": "password",
        "reference": f"secret://{'env' if reference in FROM_ENVIRONMENT else 'file'}/{reference}",
    }


def git_endpoint(name: str, url: str, secret: str) -> dict[str, Any]:
    auth = {"kind": "bearer" if secret in FROM_ENVIRONMENT else "basic", "secret_contract": secret}
    return {"name": name, "kind": "git", "public_url": url, "auth": auth}


def http_endpoint(name: str, url: str, auth: str, secret: str) -> dict[str, Any]:
    readiness = {**_READINESS, "timeout_ms": 100} if url.endswith("/late") else _READINESS
    named = {"kind": auth, "secret_contract": secret, "parameter": _PARAMETERS.get(auth)}
    return {"name": name, "kind": "http_api", "public_url": url, "auth": named, "readiness": readiness}


def working(scene: Scene) -> dict[str, Any]:
    """Repositories for every way of work, and endpoints that are ready and tell the credential all the same."""
    by_file = [f"{WORKING}/{one}" for one in ("git#password", "later#password", "revised#password", "http#ascii")]
    for reference in by_file:
        scene.put(reference)
    secret_of = {"ascii": f"{WORKING}/http#ascii", "password": f"{WORKING}/git#password"}
    ready = [
        http_endpoint(f"{answer}, {auth}", f"{scene.http_url}/{answer}", auth, secret_of[kind])
        for answer, (auth, kind) in product(READY, AUTHS.items())
    ]
    work = [git_endpoint(path.name, f"{scene.git_url}/{slug(path)}/repository.git", path.secret) for path in WORK]
    return {
        "secret_contracts": [contract(one) for one in (*by_file, f"{WORKING}/git#token")],
        "endpoints": [*work, *ready],
    }


def failing(scene: Scene) -> dict[str, Any]:
    """Secrets that cannot be resolved, and endpoints that do not answer as they should and tell the credential."""
    for reference in (f"{FAILING}/http#password", f"{FAILING}/git#wrong"):
        scene.put(reference)
    scene.expired(f"{FAILING}/over#password")
    scene.canaries.of(f"{FAILING}/nowhere#password")
    secret_of = {"ascii": f"{FAILING}/http#ascii", "password": f"{FAILING}/http#password"}
    names = ("http#password", "git#wrong", "over#password", "nowhere#password", "http#ascii", SENT.partition("/")[2])
    http = [
        http_endpoint(f"{answer}, {auth}", f"{scene.http_url}/{answer}", auth, secret_of[kind])
        for answer, (auth, kind) in product(FAILING_ANSWERS, AUTHS.items())
        if auth in TELLING or answer == "denied"
    ]
    gits = [
        git_endpoint(f"git {name}", f"{scene.git_url}/{name}/repository.git", f"{FAILING}/git#wrong")
        for name in (*_GIT_FAULTS, "elsewhere")
    ]
    lost = [
        git_endpoint("git unreachable", f"{_NOWHERE}/repository.git", f"{FAILING}/git#wrong"),
        git_endpoint("git without a value", f"{scene.git_url}/elsewhere/repository.git", f"{FAILING}/nowhere#password"),
        http_endpoint("over its time", f"{scene.http_url}/ready", "basic", f"{FAILING}/over#password"),
        http_endpoint("unreachable", _NOWHERE, "query", f"{FAILING}/http#password"),
    ]
    return {
        "secret_contracts": [contract(f"{FAILING}/{name}") for name in names],
        "endpoints": [*http, *gits, *lost],
        "runtime_assets": [],
    }


def sealed(scene: Scene) -> dict[str, Any]:
    """One secret and an endpoint that needs it, for when the store cannot be opened."""
    scene.put(f"{SEALED}/http#password")
    return {
        "secret_contracts": [contract(f"{SEALED}/http#password")],
        "endpoints": [http_endpoint("ready", f"{scene.http_url}/ready", "basic", f"{SEALED}/http#password")],
        "runtime_assets": [],
    }


def repositories(scene: Scene) -> None:
    """Every repository behind the git server, before it is served."""
    for path in WORK:
        username = USERNAME
        value = scene.canaries.of(path.secret).value
        path.at_first(scene.git.add(slug(path), f"{username}:{value}"))
    for name, refuses in _GIT_FAULTS.items():
        scene.git.add(name, "").refuses = refuses
    scene.git.add("elsewhere", "somebody:else")
