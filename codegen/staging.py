"""The tree that generators read: a copy, into which each one's files are laid for those that come after it."""

import shutil
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from codegen.generator import Generator, NotGeneratedError

# What programs leave beside sources; nobody reads or owns it.
NEVER = {"__pycache__", "node_modules", "build", "dist", ".ruff_cache", ".pytest_cache", ".mypy_cache"}


@dataclass
class Generated:
    """What the generators made: texts by path, `names` of what is left over, and a sentence for each that failed."""

    texts: dict[str, str] = field(default_factory=dict[str, str])
    left_over: list[str] = field(default_factory=list[str])
    failures: list[str] = field(default_factory=list[str])


def generate(root: Path, generators: Sequence[Generator]) -> Generated:
    """All that would be written into `root`, which stays as it is."""
    made = Generated()
    with tempfile.TemporaryDirectory(prefix="codegen-") as folder:
        tree = Path(folder)
        for name in sorted({name for generator in generators for name in generator.reads}):
            _stage(root, tree, name)
        for generator in generators:
            try:
                texts = generator.files(tree)
            except NotGeneratedError as error:
                # Its files stay as they are, so that the generators after it can still tell what they find.
                made.failures.append(f"{generator.name}: {error}")
                continue
            _lay(tree, generator, texts)
            made.texts |= texts
            made.left_over += sorted(set(owned(root, generator)) - texts.keys())
    return made


def owned(root: Path, generator: Generator) -> Iterator[str]:
    """The files in `root` that are the generator's, whether it makes them still or not."""
    for name in generator.owns:
        if not name.endswith("/"):
            if (root / name).is_file():
                yield name
            continue
        for path in sorted((root / name).rglob("*")):
            within = path.relative_to(root)
            if not path.is_dir() and not any(part in NEVER or part.endswith(".egg-info") for part in within.parts):
                yield within.as_posix()


def _stage(root: Path, tree: Path, name: str) -> None:
    source, target = root / name, tree / name
    target.parent.mkdir(parents=True, exist_ok=True)
    if source.is_dir():
        shutil.copytree(source, target, ignore=shutil.ignore_patterns(*NEVER), dirs_exist_ok=True)
    elif source.is_file():
        shutil.copyfile(source, target)


def _lay(tree: Path, generator: Generator, texts: dict[str, str]) -> None:
    for name in texts:
        if not any(name.startswith(mine) if mine.endswith("/") else name == mine for mine in generator.owns):
            raise ValueError(f"The generator {generator.name} made {name}, which it does not own.")
    for name in list(owned(tree, generator)):
        (tree / name).unlink()
    for name, text in texts.items():
        write(tree / name, text)


def write(path: Path, text: str) -> None:
    """Put a text into a file, by the same bytes on every machine."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode())
