"""The house's own rules, as functions from a tree of files to what breaks them.

`tree` says which files there are, each other module holds rules of one kind, `rules` is the one list of them all, and
`__main__` runs them without pytest.
"""
