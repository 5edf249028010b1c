"""`python -m tests.contract.house_rules`: every violation, one a line; exit code 1 if there is any."""

import sys
from pathlib import Path

from tests.contract.house_rules.rules import LAWS, RULES
from tests.contract.house_rules.tree import Tree


def main() -> int:
    tree = Tree(Path(__file__).resolve().parents[3])
    rules = (*RULES, *(rule for law in LAWS.values() for rule in law))
    found = sorted(violation for rule in rules for violation in rule(tree))
    for violation in found:
        print(violation)  # noqa: T201  - this is the program's answer
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
