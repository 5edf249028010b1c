"""Several reasons in one sentence, as Hasura writes them."""

from collections.abc import Sequence


def joined(reasons: Sequence[str]) -> str:
    """`because x`, or a list with one reason on each line."""
    if len(reasons) == 1:
        return f"because {reasons[0]}"
    return "for the following reasons:\n" + "".join(f"  • {reason}\n" for reason in reasons)
