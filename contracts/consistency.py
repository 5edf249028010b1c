"""Whether a log only grew: two signed checkpoints and the hashes that lead from one to the other, checked offline.

Who keeps a checkpoint notices with this that a log was rewritten or cut since.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from contracts import merkle
from contracts.checkpoint import Checkpoint, DocumentError, SignedCheckpoint, load_public_key


class ConsistencyCheck(StrEnum):
    """What is checked between two checkpoints, in this order."""

    EARLIER = "earlier"
    LATER = "later"
    CONSISTENCY = "consistency"


@dataclass(frozen=True)
class Outcome:
    """One thing that was checked; `detail` says why it holds or why it does not."""

    name: ConsistencyCheck
    ok: bool
    detail: str


@dataclass(frozen=True)
class Growth:
    """What a verifier is handed: the earlier and the later signed checkpoint, their keys, and the hashes between them.

    `origin` is the log that both should be of (None: any, but the same).
    """

    earlier: str
    later: str
    earlier_key_pem: str
    later_key_pem: str
    path: Sequence[bytes]
    origin: str | None = None


def verify(growth: Growth) -> tuple[Outcome, ...]:
    """What holds, every check by name; nothing is raised for a bad proof and nothing is fetched."""
    earlier = _head(growth.earlier, growth.earlier_key_pem, growth.origin)
    later = _head(growth.later, growth.later_key_pem, growth.origin)
    fault = _fault(earlier, later, growth.path)
    return (
        _signed(ConsistencyCheck.EARLIER, earlier),
        _signed(ConsistencyCheck.LATER, later),
        Outcome(
            ConsistencyCheck.CONSISTENCY, fault is None, fault or "The later log begins with the whole earlier log."
        ),
    )


def _signed(name: ConsistencyCheck, head: Checkpoint | DocumentError) -> Outcome:
    if isinstance(head, DocumentError):
        return Outcome(name, ok=False, detail=str(head))
    return Outcome(name, ok=True, detail=f"The checkpoint of {head.size} leaves is signed by its key.")


def _head(note: str, public_key_pem: str, origin: str | None) -> Checkpoint | DocumentError:
    try:
        signed = SignedCheckpoint.parse(note)
        if not signed.is_signed_by(load_public_key(public_key_pem)):
            return DocumentError("The checkpoint is not signed by the key in the log's own name.")
    except DocumentError as error:
        return error
    if origin is not None and signed.checkpoint.origin != origin:
        return DocumentError(f"The checkpoint is of the log {signed.checkpoint.origin!r}, not {origin!r}.")
    return signed.checkpoint


def _fault(earlier: Checkpoint | DocumentError, later: Checkpoint | DocumentError, path: Sequence[bytes]) -> str | None:
    if isinstance(earlier, DocumentError) or isinstance(later, DocumentError):
        return "Without two believed checkpoints there is nothing to compare."
    if earlier.origin != later.origin:
        return "The checkpoints are of two logs."
    if earlier.size > later.size:
        return f"The log had {earlier.size} leaves and has {later.size}: leaves were taken away."
    consistent = merkle.verify_consistency(
        first_size=earlier.size, second_size=later.size, first_root=earlier.root, second_root=later.root, proof=path
    )
    return None if consistent else f"The first {earlier.size} leaves of the later log are not those of the earlier one."
