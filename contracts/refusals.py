"""Expected failures: a closed list of codes for machines, one sentence for people."""

from dataclasses import dataclass
from enum import StrEnum


class Code(StrEnum):
    """Why a request was refused or a harness failed; clients may act on it."""

    # Refusals of a request.
    INVALID_INPUT = "INVALID_INPUT"
    UNKNOWN_ACTION = "UNKNOWN_ACTION"
    UNAUTHENTICATED = "UNAUTHENTICATED"
    FORBIDDEN = "FORBIDDEN"
    NOT_FOUND = "NOT_FOUND"
    UNKNOWN_ENDPOINT_KIND = "UNKNOWN_ENDPOINT_KIND"
    ALREADY_EXISTS = "ALREADY_EXISTS"
    IDEMPOTENCY_CONFLICT = "IDEMPOTENCY_CONFLICT"
    WRONG_STATE = "WRONG_STATE"
    LAST_OWNER = "LAST_OWNER"
    NOT_ACTIVE = "NOT_ACTIVE"
    NOTHING_TO_RESUME = "NOTHING_TO_RESUME"
    OWN_PROPOSAL = "OWN_PROPOSAL"
    STALE = "STALE"
    SEAL_KEY_UNKNOWN = "SEAL_KEY_UNKNOWN"
    EXPIRED = "EXPIRED"
    UNAVAILABLE = "UNAVAILABLE"
    INTERNAL = "INTERNAL"
    # Reasons why a harness or an execution failed: the endpoint and its secret.
    CHECKS_FAILED = "CHECKS_FAILED"
    URL_REFUSED = "URL_REFUSED"
    ENDPOINT_UNREACHABLE = "ENDPOINT_UNREACHABLE"
    ENDPOINT_DENIED = "ENDPOINT_DENIED"
    ENDPOINT_MISSING = "ENDPOINT_MISSING"
    ENDPOINT_FAULT = "ENDPOINT_FAULT"
    CREDENTIAL_REFUSED = "CREDENTIAL_REFUSED"
    CONTRACT_REFUSED = "CONTRACT_REFUSED"
    SECRET_MISSING = "SECRET_MISSING"  # noqa: S105  - a code, not a credential
    SECRET_DENIED = "SECRET_DENIED"  # noqa: S105  - a code, not a credential
    SECRET_EXPIRED = "SECRET_EXPIRED"  # noqa: S105  - a code, not a credential
    SECRET_UNREACHABLE = "SECRET_UNREACHABLE"  # noqa: S105  - a code, not a credential
    SEAL_BROKEN = "SEAL_BROKEN"
    KEY_UNUSABLE = "KEY_UNUSABLE"
    # The repository.
    REPOSITORY_EMPTY = "REPOSITORY_EMPTY"
    BRANCH_MISSING = "BRANCH_MISSING"
    BRANCH_REFUSED = "BRANCH_REFUSED"
    COMMIT_MISSING = "COMMIT_MISSING"
    COMMIT_REFUSED = "COMMIT_REFUSED"
    GIT_FAULT = "GIT_FAULT"
    GIT_TIMEOUT = "GIT_TIMEOUT"
    GIT_OUTPUT_TOO_LARGE = "GIT_OUTPUT_TOO_LARGE"
    CHECKOUT_FAILED = "CHECKOUT_FAILED"
    REPOSITORY_LOST = "REPOSITORY_LOST"
    NESTED_REPOSITORY = "NESTED_REPOSITORY"
    DIFFERENCE_FAILED = "DIFFERENCE_FAILED"
    PATCH_TOO_LARGE = "PATCH_TOO_LARGE"
    PATCH_DOES_NOT_APPLY = "PATCH_DOES_NOT_APPLY"
    BASE_MOVED = "BASE_MOVED"
    PUSH_REFUSED = "PUSH_REFUSED"
    # Calls of an endpoint, and what no runtime carries out.
    ANSWER_UNEXPECTED = "ANSWER_UNEXPECTED"
    OUTCOME_UNKNOWN = "OUTCOME_UNKNOWN"
    KIND_NOT_CARRIED_OUT = "KIND_NOT_CARRIED_OUT"
    # The sandbox and what runs in it.
    BROWSER_OBSERVATION_REQUIRED = "BROWSER_OBSERVATION_REQUIRED"
    LIMITS_REFUSED = "LIMITS_REFUSED"
    SANDBOX_UNREACHABLE = "SANDBOX_UNREACHABLE"
    SANDBOX_DENIED = "SANDBOX_DENIED"
    SANDBOX_REFUSED = "SANDBOX_REFUSED"
    SANDBOX_MISSING = "SANDBOX_MISSING"
    SANDBOX_CONFLICT = "SANDBOX_CONFLICT"
    SANDBOX_CONFLICT_ON_CREATE = "SANDBOX_CONFLICT_ON_CREATE"
    SANDBOX_GOING = "SANDBOX_GOING"
    SANDBOX_BROKEN = "SANDBOX_BROKEN"
    SANDBOX_FAILED = "SANDBOX_FAILED"
    FILE_MISSING = "FILE_MISSING"
    FILE_TOO_LARGE = "FILE_TOO_LARGE"
    RUN_REFUSED = "RUN_REFUSED"
    RUN_LOST = "RUN_LOST"
    RUN_FAILED = "RUN_FAILED"
    RUN_TIMED_OUT = "RUN_TIMED_OUT"
    VERIFY_FAILED = "VERIFY_FAILED"
    VERIFY_TIMED_OUT = "VERIFY_TIMED_OUT"
    RUNTIME_LOST = "RUNTIME_LOST"
    CANCELLED = "CANCELLED"


@dataclass(frozen=True)
class Fault:
    """What is wrong at one place of an input; `path` is like `specification.run`, and `input` is the whole."""

    path: str
    says: str


class Refusal(Exception):  # noqa: N818  - a refusal is an answer, not an error
    """An expected failure with a code that a client may act on.

    `retry` says that the same request may pass later; `faults` are the places of the input that are wrong, where the
    input is what is refused.
    """

    def __init__(self, code: Code, message: str, *, retry: bool = False, faults: tuple[Fault, ...] = ()) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.retry = retry
        self.faults = faults


@dataclass(frozen=True)
class Meaning:
    """What a code says to whoever gets it.

    `retry`: the same request, or the same work launched again, may pass later although nobody mended anything. `steps`
    are the activities that end a harness with it; a code without steps comes from actions alone.
    """

    says: str
    retry: bool = False
    steps: tuple[str, ...] = ()


_CHECKOUT = ("work.checkout",)
_READS = ("work.checkout", "effects.prepare")
_REMOTE = ("work.checkout", "effects.prepare", "effects.push")
_KEEP = ("secrets.keep",)
_CALL = ("calls.look", "calls.send")
_OUTSIDE = (*_REMOTE, *_CALL)
_COMMITS = ("effects.prepare", "effects.push")
_DIFFERENCE = ("work.difference",)
_PUSH = ("effects.push",)
_PROOF = ("proofs.record", "proofs.record_repair")
_SANDBOX = ("work.checkout", "work.run", "work.difference", "effects.prepare", "effects.verify")
_RUNS = ("work.run", "effects.verify")
_WORKBENCH = ("work.checkout", "work.run", "work.difference")

MEANINGS: dict[Code, Meaning] = {
    Code.INVALID_INPUT: Meaning("The input is not as its contract asks; the message names every place that is wrong."),
    Code.UNKNOWN_ACTION: Meaning(
        "The API has no action of this name; only who posts to it past the engine meets this."
    ),
    Code.UNAUTHENTICATED: Meaning("The request does not say, or does not prove, who asks and for which organization."),
    Code.FORBIDDEN: Meaning("The principal's role in the organization does not allow this."),
    Code.NOT_FOUND: Meaning("There is no such thing in this organization; another organization's does not count."),
    Code.UNKNOWN_ENDPOINT_KIND: Meaning("The catalogue has no endpoint kind of this name."),
    Code.ALREADY_EXISTS: Meaning("A name that stands for one thing only is taken already."),
    Code.IDEMPOTENCY_CONFLICT: Meaning("The idempotency key was used before, with other input; choose a new one."),
    Code.WRONG_STATE: Meaning(
        "The thing is in a state that does not allow this; read it again.",
        steps=("proposals.submit", "proposals.submit_call"),
    ),
    Code.LAST_OWNER: Meaning("An organization keeps at least one owner; make somebody else an owner first."),
    Code.NOT_ACTIVE: Meaning("The organization's onboarding checks have not all passed, so no work launches."),
    Code.NOTHING_TO_RESUME: Meaning("Nothing that an earlier harness of this work left is kept; launch it fresh."),
    Code.OWN_PROPOSAL: Meaning("Nobody decides on a proposal of their own."),
    Code.STALE: Meaning(
        "What this was about has changed since: what it was decided or sealed for is not what stands.",
        steps=("proposals.recheck", "effects.prepare", "effects.push", "calls.send", *_KEEP),
    ),
    Code.SEAL_KEY_UNKNOWN: Meaning(
        "The execution runtime has no sealing key of this id; read which one it has, and seal the value again.",
        steps=_KEEP,
    ),
    Code.EXPIRED: Meaning("The proposal waited longer than the policy allows; launch the work again for a new one."),
    Code.UNAVAILABLE: Meaning("The database is busy or away; nothing was recorded.", retry=True),
    Code.INTERNAL: Meaning(
        "A fault of the platform's own; its logs say which, and a request that met it recorded nothing.",
        retry=True,
        steps=("every step",),
    ),
    Code.CHECKS_FAILED: Meaning(
        "Some onboarding checks failed; each says what to mend, then the checks are run again.",
        steps=("onboarding.conclude",),
    ),
    Code.URL_REFUSED: Meaning("The repository's URL is not of a kind that the runtime reaches.", steps=_REMOTE),
    Code.ENDPOINT_UNREACHABLE: Meaning("The endpoint did not answer.", retry=True, steps=_OUTSIDE),
    Code.ENDPOINT_DENIED: Meaning("The endpoint does not accept the credential.", steps=(*_REMOTE, "calls.look")),
    Code.ENDPOINT_MISSING: Meaning("There is nothing at the endpoint's URL.", steps=_REMOTE),
    Code.ENDPOINT_FAULT: Meaning("Talking to the endpoint failed in a way that it does not explain.", steps=_OUTSIDE),
    Code.CREDENTIAL_REFUSED: Meaning("The secret's value cannot be used as a git credential.", steps=_REMOTE),
    Code.CONTRACT_REFUSED: Meaning("The endpoint contract asks for what the runtime cannot send.", steps=_OUTSIDE),
    Code.SECRET_MISSING: Meaning("The secret's value is not where its contract says that it lives.", steps=_OUTSIDE),
    Code.SECRET_DENIED: Meaning(
        "The runtime may not read or put the secret, or it lies outside the organization's place.",
        steps=(*_OUTSIDE, *_KEEP),
    ),
    Code.SECRET_EXPIRED: Meaning("The secret's value has expired; put a new one in its place.", steps=_OUTSIDE),
    Code.SECRET_UNREACHABLE: Meaning("What keeps the secret did not answer.", retry=True, steps=(*_OUTSIDE, *_KEEP)),
    Code.SEAL_BROKEN: Meaning(
        "The sealed value does not open for this secret contract and its version, or holds no text.", steps=_KEEP
    ),
    Code.KEY_UNUSABLE: Meaning(
        "The key that signs proofs, or one that opens sealed values, cannot be read or is no such key.",
        steps=(*_PROOF, *_KEEP),
    ),
    Code.REPOSITORY_EMPTY: Meaning("The repository has no commit yet; push a first one.", steps=_CHECKOUT),
    Code.BRANCH_MISSING: Meaning("The repository has no such branch.", steps=_REMOTE),
    Code.BRANCH_REFUSED: Meaning("The branch's name is not one that git takes.", steps=_REMOTE),
    Code.COMMIT_MISSING: Meaning(
        "A commit that the change is based on is not in the repository any more.", steps=_COMMITS
    ),
    Code.COMMIT_REFUSED: Meaning("A commit cannot be named or made like this.", steps=_COMMITS),
    Code.GIT_FAULT: Meaning("Git failed; its words are in the message.", steps=_REMOTE),
    Code.GIT_TIMEOUT: Meaning("Git did not end in time.", retry=True, steps=_REMOTE),
    Code.GIT_OUTPUT_TOO_LARGE: Meaning("Git answered with more than the runtime reads.", steps=_REMOTE),
    Code.CHECKOUT_FAILED: Meaning("The repository could not be checked out in the sandbox.", steps=_READS),
    Code.REPOSITORY_LOST: Meaning("The command removed the repository that it worked in.", steps=_DIFFERENCE),
    Code.NESTED_REPOSITORY: Meaning("The command left a repository inside the repository.", steps=_DIFFERENCE),
    Code.DIFFERENCE_FAILED: Meaning("Git could not tell what the command changed.", steps=_DIFFERENCE),
    Code.PATCH_TOO_LARGE: Meaning("The change is larger than a proposal may be.", steps=_DIFFERENCE),
    Code.PATCH_DOES_NOT_APPLY: Meaning("The approved patch does not apply to its base.", steps=_COMMITS),
    Code.BASE_MOVED: Meaning(
        "The branch has moved since the change was made; launch the work again.", steps=(*_DIFFERENCE, *_COMMITS)
    ),
    Code.PUSH_REFUSED: Meaning("The repository refused the push; its words are in the message.", steps=_PUSH),
    Code.ANSWER_UNEXPECTED: Meaning(
        "The endpoint answered the call otherwise than was approved; the answer is kept.", steps=("calls.send",)
    ),
    Code.OUTCOME_UNKNOWN: Meaning(
        "The call may have reached the endpoint and nothing came back; it is not sent again. Look at the endpoint.",
        steps=("calls.send", "calls.find_out"),
    ),
    Code.KIND_NOT_CARRIED_OUT: Meaning("No runtime carries out proposals of this kind.", steps=("calls.send",)),
    Code.BROWSER_OBSERVATION_REQUIRED: Meaning(
        "Browser-first work touches its endpoint only after a browser has looked at it.",
        steps=(*_CHECKOUT, "calls.look"),
    ),
    Code.LIMITS_REFUSED: Meaning("The sandbox service cannot give what the runtime asset asks for.", steps=_READS),
    Code.SANDBOX_UNREACHABLE: Meaning("The sandbox service did not answer.", retry=True, steps=_SANDBOX),
    Code.SANDBOX_DENIED: Meaning("The sandbox service does not accept the runtime's key.", steps=_SANDBOX),
    Code.SANDBOX_REFUSED: Meaning("The sandbox service refused; its words are in the message.", steps=_SANDBOX),
    Code.SANDBOX_MISSING: Meaning("The sandbox is not there any more.", steps=_SANDBOX),
    Code.SANDBOX_CONFLICT: Meaning("A sandbox of this name is somebody else's.", steps=_READS),
    Code.SANDBOX_CONFLICT_ON_CREATE: Meaning("A sandbox of this name appeared while one was made.", steps=_READS),
    Code.SANDBOX_GOING: Meaning("A former sandbox of this name is still being removed.", retry=True, steps=_READS),
    Code.SANDBOX_BROKEN: Meaning("The sandbox service reports the sandbox as broken.", steps=_READS),
    Code.SANDBOX_FAILED: Meaning("Working in the sandbox failed in a way that has no code of its own.", steps=_SANDBOX),
    Code.FILE_MISSING: Meaning("A file that the step needs is not in the sandbox.", steps=_SANDBOX),
    Code.FILE_TOO_LARGE: Meaning("A file in the sandbox is larger than the runtime reads.", steps=_SANDBOX),
    Code.RUN_REFUSED: Meaning("The command cannot be started like this.", steps=_RUNS),
    Code.RUN_LOST: Meaning(
        "The sandbox lost the command while it ran; launch the work again.", retry=True, steps=_RUNS
    ),
    Code.RUN_FAILED: Meaning("RUN ended with another exit code than 0.", steps=("work.run",)),
    Code.RUN_TIMED_OUT: Meaning("RUN did not end within its limit and was stopped.", steps=("work.run",)),
    Code.VERIFY_FAILED: Meaning(
        "VERIFY ended with another exit code than 0; nothing was pushed.", steps=("effects.verify",)
    ),
    Code.VERIFY_TIMED_OUT: Meaning(
        "VERIFY did not end within its limit; nothing was pushed.", steps=("effects.verify",)
    ),
    Code.RUNTIME_LOST: Meaning(
        "The execution runtime or its sandbox went away in the middle of a step; launch the work again.",
        retry=True,
        steps=("every step",),
    ),
    Code.CANCELLED: Meaning(
        "Somebody cancelled the harness; what was under way was stopped.",
        steps=("harness.launch", "harness.step", "proposals.submit", "proposals.submit_call", *_WORKBENCH),
    ),
}
