"""The `path` argument of JSON columns: `a.b[0]`, `$.a`, `a["odd key"]`."""

import re

from embedded.hasura.errors import invalid

_STEP = re.compile(r"""\.?(?P<name>[^\s.\[\]'"]+)|\.?\[(?:(?P<index>\d+)|'(?P<single>[^']*)'|"(?P<double>[^"]*)")\]""")


def json_path(written: str, where: str) -> tuple[str, ...]:
    """The steps of a path, none for the whole value.

    Raises:
        EngineError: validation-failed, if it is no path.
    """
    rest = written.removeprefix("$")
    steps: list[str] = []
    position = 0
    while position < len(rest):
        match = _STEP.match(rest, position)
        if match is None or (match["name"] is not None and position > 0 and rest[position] != "."):
            raise invalid(f"parse json path error: invalid path: {written}", where)
        steps.append(next(group for group in match.groups() if group is not None))
        position = match.end()
    return tuple(steps)
