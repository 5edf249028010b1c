"""The program `fractalops`: puts together what the features export and maps every ending to an exit code."""

import sys
from importlib import import_module

import typer

from entrypoints.cli.output import Failure, say_failure
from entrypoints.config import Misconfigured

# Each is a module of this folder that exports `app`. An app without a name puts its commands at the top.
FEATURES: tuple[str, ...] = (
    *("stack", "logs", "doctor", "sign_in", "onboarding", "members", "endpoints", "secrets", "runtimes"),
    *("work", "calls", "harness", "proposals", "recovery", "proofs", "projection"),
)

_HELP = """
One path from onboarding to work to proposal to proof.

Start with [bold]fractalops doctor[/bold] (is this machine ready?) and [bold]fractalops up[/bold] (run everything here).
Every command takes --json and then prints one JSON document on standard output and nothing else there.

Exit codes: 0 done, 1 refused or failed, 2 wrong usage.
"""


def build() -> typer.Typer:
    """The whole program, from what the features export."""
    # Tracebacks with local variables would print credentials.
    app = typer.Typer(
        name="fractalops",
        help=_HELP,
        no_args_is_help=True,
        add_completion=False,
        rich_markup_mode="rich",
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    for feature in FEATURES:
        app.add_typer(import_module(f"entrypoints.cli.{feature}").app)
    return app


def main() -> None:
    """Run the program; ends the process with 0, 1 or 2."""
    try:
        # However it was started: the wrapper script runs the interpreter with -c.
        build()(prog_name="fractalops")
    except Failure as failure:
        say_failure(failure, as_json="--json" in sys.argv)
        sys.exit(1)
    except Misconfigured as error:
        say_failure(Failure(str(error)), as_json="--json" in sys.argv)
        sys.exit(1)


if __name__ == "__main__":
    main()
