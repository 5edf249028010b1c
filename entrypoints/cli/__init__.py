"""The command line: `main` is the hub, `output` how everything is said, `connection` where the platform is.

Every other module here is a feature and exports `app`, a `typer.Typer`; `main.FEATURES` lists them.
"""
