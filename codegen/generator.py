"""What a generator is."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path


class NotGeneratedError(Exception):
    """A generator could not make its files; the message says why, and what mends it."""


@dataclass(frozen=True)
class Generator:
    """One maker of files.

    `files` gets a copy of what is named by `reads`, with all that was generated before laid into it, and gives the text
    of every file by its path from the root. `owns` and `reads` name files, or folders by a slash at their end. What
    lies in `owns` and is not made any more is left over and removed.
    """

    name: str
    files: Callable[[Path], dict[str, str]]
    owns: tuple[str, ...]
    reads: tuple[str, ...] = ()
