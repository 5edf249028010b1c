"""The program `fractalops` with tiny parts in place of the real ones."""

from entrypoints.cli import stack
from entrypoints.cli.main import main
from tests.integration.stack.tiny import seeded

stack.all_parts = seeded
main()
