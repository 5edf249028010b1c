"""A plugin for pytest that collects and prints which refusals the tests say that they produce, instead of running any.

A test says so by `@pytest.mark.refuses(action, code)`; tests/integration/actions/conftest.py holds it to that.
"""

import json

import pytest

SAYS = "refusals that tests produce: "


def pytest_collection_finish(session: pytest.Session) -> None:
    """Print the pairs as one line of JSON."""
    pairs = {tuple(map(str, mark.args)) for item in session.items for mark in item.iter_markers("refuses")}
    print(f"\n{SAYS}{json.dumps(sorted(pairs))}")  # noqa: T201  - this is the plugin's answer
