"""Reading what remotes say: their listing, and their many ways to say no.

Git tells faults in words only. The words below are those that git has in the C locale; what is not known is passed on
as it is.
"""

from runtime.failures import Failure
from runtime.git_process import Finished

_DENIED = (
    "authentication failed",
    "could not read username",
    "could not read password",
    "terminal prompts disabled",
    "permission denied",
    "host key verification failed",
    "returned error: 401",
    "returned error: 403",
    "access denied",
)
_MISSING = (
    "does not appear to be a git repository",
    "repository not found",
    "returned error: 404",
    "does not exist",
    "no such file or directory",
    "not valid: is this a git repository",
)
_UNREACHABLE = (
    "failed to connect",
    "could not connect",
    "connection refused",
    "connection timed out",
    "connection reset",
    "could not resolve host",
    "couldn't connect",
    "unable to connect",
    "operation too slow",
    "returned error: 5",
    "returned error: 429",
    "network is unreachable",
    "no route to host",
    "empty reply from server",
    "unexpectedly",
    "rpc failed",
    "gnutls",
    "early eof",
    "ssl",
    "certificate",
)
# What a porcelain line says when another writer was first.
_OUTRUN = ("stale info", "fetch first", "non-fast-forward", "remote ref updated since checkout")
_RACED = ("cannot lock ref", "failed to update ref", "incorrect old value")


def listed(output: bytes) -> tuple[str | None, dict[str, str]]:
    """The default branch and the commit of each branch, from `ls-remote --symref`.

    A branch whose name is not UTF-8 is shown with its bytes escaped, so that it cannot pass as another.
    """
    default, branches = None, dict[str, str]()
    for line in output.split(b"\n"):
        value, _, reference = line.partition(b"\t")
        if reference == b"HEAD" and value.startswith(b"ref: refs/heads/"):
            default = _name(value.removeprefix(b"ref: refs/heads/"))
        elif reference.startswith(b"refs/heads/"):
            branches[_name(reference.removeprefix(b"refs/heads/"))] = value.decode("ascii")
    return default, branches


def failure(words: str) -> Failure:
    """What a fault in talking to a remote means."""
    said = words.lower()
    if any(one in said for one in _DENIED):
        return Failure("ENDPOINT_DENIED", f"The repository does not accept the credential: {words}")
    if any(one in said for one in _UNREACHABLE):
        return Failure("ENDPOINT_UNREACHABLE", f"The repository could not be reached: {words}", retry=True)
    if any(one in said for one in _MISSING) or ("repository '" in said and "not found" in said):
        return Failure("ENDPOINT_MISSING", f"There is no repository at this address: {words}")
    return Failure("ENDPOINT_FAULT", f"Talking to the repository failed: {words}")


def moved(branch: str, at: str | None, expected: str | None) -> Failure:
    """The branch is not where it was when the change was made."""
    if expected is None:
        return Failure("BASE_MOVED", f"The branch {branch} exists already, at {_short(at)}.")
    return Failure("BASE_MOVED", f"The branch {branch} was expected at {_short(expected)} and is at {_short(at)}.")


def push_failure(finished: Finished) -> Failure:
    """Why a push that ended did not move the branch."""
    reason = _rejection(finished.output)
    if reason is None:
        return failure(finished.words)
    said = reason.lower()
    if any(one in said for one in _OUTRUN):
        return Failure("BASE_MOVED", f"The branch moved while it was pushed: {reason}")
    if any(one in said for one in _RACED):
        return Failure("ENDPOINT_UNREACHABLE", f"The remote was busy with the branch: {reason}", retry=True)
    return Failure("PUSH_REFUSED", f"The remote refused the push: {reason} {finished.words}".strip())


def _rejection(output: bytes) -> str | None:
    for line in output.decode("utf-8", "replace").splitlines():
        if line.startswith("!\t"):
            return line.split("\t", 2)[-1]
    return None


def _name(reference: bytes) -> str:
    return reference.decode("utf-8", "backslashreplace")


def _short(commit: str | None) -> str:
    return commit[:12] if commit else "no commit"
