"""Which running sandbox a toolbox request means."""

from starlette.requests import HTTPConnection

from embedded.daytona.sandbox.registry import Registry
from embedded.daytona.sandbox.running import Running


def running(connection: HTTPConnection) -> Running:
    """The sandbox in the path, its use noted.

    Raises:
        Refusal: if there is none or it is not started.
    """
    registry: Registry = connection.app.state.registry
    return registry.require_running(connection.path_params["sandbox"])
