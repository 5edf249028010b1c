"""`python -m entrypoints.cli` is the program `fractalops`."""

from entrypoints.cli.main import main

main()
