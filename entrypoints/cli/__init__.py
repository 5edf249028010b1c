"""The command line: `main` is the hub, `output` how everything is said, `connection` where the platform is.

`calling` and `remote` speak to the platform, `session` keeps who is signed in, `records` finds things by id or name,
`following` watches a harness, `endings` says when a command in the foreground ends. Every other module here is a
feature and exports `app`, a `typer.Typer`; `main.FEATURES` lists them.
"""
