"""How the demo tells what happens: one line a step, the pushed phases between them."""

import time

from rich.console import Console
from rich.text import Text

from entrypoints.demo.live import Row

_PHASE_WIDTH = 18


class Show:
    """Prints to people; every line carries the seconds since the start."""

    def __init__(self) -> None:
        self._console = Console(highlight=False, soft_wrap=True)
        self._began = time.monotonic()

    def title(self, text: str) -> None:
        """A step of the path begins."""
        self._line(text, "bold")

    def fact(self, name: str, value: object) -> None:
        """Something with an address or an id."""
        self._console.print(Text(f"          {name.ljust(14)} {value}"))

    def note(self, text: str, style: str = "") -> None:
        """Something that happened."""
        self._line(text, style)

    def pushed(self, row: Row) -> None:
        """A row of harness_projection as it was pushed."""
        steps = f"{row['steps_done']}/{row['steps_total']}"
        self._line(f"  ⇢ {row['phase'].ljust(_PHASE_WIDTH)} {steps.rjust(4)}  {row['headline']}", "cyan")

    def _line(self, text: str, style: str) -> None:
        self._console.print(Text(f"{time.monotonic() - self._began:7.2f}s  {text}", style=style))
