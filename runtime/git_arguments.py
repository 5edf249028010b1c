"""What may be handed to git: URLs, branch names and commit ids, checked before any process sees them."""

import re
import urllib.parse

from runtime.failures import Failure

PROTOCOLS = ("https", "http", "ssh", "git")
LOCAL_PROTOCOL = "file"

_COMMIT = re.compile(r"[0-9a-f]{40}|[0-9a-f]{64}")
# What git-check-ref-format forbids in a name: control characters, space, and the letters with a meaning for git.
_NOT_IN_BRANCH = re.compile(r"[\x00-\x20\x7f~^:?*\[\\]|\.\.|@\{|//")
_SSH_SHORTHAND = re.compile(
    r"(?P<user>[A-Za-z0-9_][A-Za-z0-9._-]*)@(?P<host>[A-Za-z0-9][A-Za-z0-9.-]*):(?P<path>[^:\s-][^\s]*)"
)
_PRINTABLE = re.compile(r"[\x21-\x7e]+")
_URL_LENGTH_MAX = 2048
_BRANCH_LENGTH_MAX = 240


def checked_url(url: str, *, allow_local: bool) -> str:
    """The URL as git should get it: `user@host:path` and absolute local paths are written out as URLs.

    Raises:
        Failure: URL_REFUSED, for other protocols, credentials in the URL, and anything that is not a plain URL.
    """
    if shorthand := _SSH_SHORTHAND.fullmatch(url):
        url = f"ssh://{shorthand['user']}@{shorthand['host']}/{shorthand['path'].lstrip('/')}"
    elif url.startswith("/"):
        url = f"{LOCAL_PROTOCOL}://{url}"
    if not _PRINTABLE.fullmatch(url) or len(url) > _URL_LENGTH_MAX or "::" in url:
        raise Failure("URL_REFUSED", "The repository's URL is not a plain URL.")
    parts = urllib.parse.urlsplit(url)
    protocols = (*PROTOCOLS, LOCAL_PROTOCOL) if allow_local else PROTOCOLS
    if parts.scheme not in protocols or not url.startswith(f"{parts.scheme}://"):
        raise Failure("URL_REFUSED", f"A repository is reached by {', '.join(protocols)} here, not by this URL.")
    if parts.password is not None or (parts.username and parts.scheme != "ssh"):
        raise Failure("URL_REFUSED", "A repository's URL holds no credentials; a secret contract gives them.")
    if parts.scheme != LOCAL_PROTOCOL and (not parts.hostname or parts.netloc.startswith("-")):
        raise Failure("URL_REFUSED", "The repository's URL names no host.")
    if (parts.username or "").startswith("-") or (parts.hostname or "").startswith("-"):
        raise Failure("URL_REFUSED", "The repository's URL is not a plain URL.")
    return url


def is_local(url: str) -> bool:
    """Whether a checked URL is a folder of this machine."""
    return url.startswith(f"{LOCAL_PROTOCOL}://")


def checked_branch(branch: str) -> str:
    """The branch's name, if git would take it.

    Raises:
        Failure: BRANCH_REFUSED otherwise.
    """
    parts = branch.split("/")
    refused = (
        not branch
        or len(branch.encode("utf-8", "surrogateescape")) > _BRANCH_LENGTH_MAX
        or branch in {"@", "HEAD"}
        or branch.startswith("-")
        or _NOT_IN_BRANCH.search(branch)
        or any(not part or part.startswith(".") or part.endswith((".lock", ".")) for part in parts)
    )
    if refused:
        raise Failure("BRANCH_REFUSED", f"{branch!r} is not a branch name that git takes.")
    return branch


def checked_commit(commit: str) -> str:
    """The full commit id.

    Raises:
        Failure: COMMIT_REFUSED, if it is not one.
    """
    if not _COMMIT.fullmatch(commit):
        raise Failure("COMMIT_REFUSED", "A commit is named by its full id in lower-case hexadecimal digits.")
    return commit


def checked_line(text: str, what: str) -> str:
    """A name or address as a commit's header takes it: one line, in which `<` and `>` mark the address.

    Raises:
        Failure: COMMIT_REFUSED, if it is empty or would change the header.
    """
    if not text.strip(" .,:;\"'") or any(character in "<>\n\r\0" for character in text):
        raise Failure("COMMIT_REFUSED", f"The {what} of a commit is one line without angle brackets.")
    return text
