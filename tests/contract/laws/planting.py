"""Trees with a violation planted in them, and what a guard says of them."""

from pathlib import Path

from tests.contract.house_rules.rules import LAWS, Rule
from tests.contract.house_rules.tree import Tree, Violation

ROOT = Path(__file__).resolve().parents[3]
# One for all guards, so that each file is read and parsed once.
THE_TREE = Tree(ROOT)


def planted(root: Path, files: dict[str, str]) -> Tree:
    """A tree of these files."""
    for name, content in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content)
    return Tree(root)


def told(law: int, tree: Tree) -> list[Violation]:
    """What the guards of one law say of a tree, in the order of its files."""
    rules: tuple[Rule, ...] = LAWS[law]
    return sorted({violation for rule in rules for violation in rule(tree)})


def places(law: int, tree: Tree) -> list[str]:
    """Only where."""
    return [f"{violation.file}:{violation.line}" for violation in told(law, tree)]
