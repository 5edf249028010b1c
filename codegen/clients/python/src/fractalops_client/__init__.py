"""FractalOps from Python: `FractalOps` is the client, `Refused` and `Unreachable` are what it raises.

`connection` speaks to the platform, `credentials` says as whom, `retry` how often, `streams` how a subscription goes on
after a break; `generated` holds a method for each operation, and its inputs and results. What is named here is loaded
when it is first used, because models take a moment.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from fractalops_client.errors import FractalOpsError, Refused, Unreachable

if TYPE_CHECKING:
    from fractalops_client.credentials import TokenProvider as TokenProvider
    from fractalops_client.generated import *  # noqa: F403  - everything that is generated is public
    from fractalops_client.retry import NO_RETRY as NO_RETRY
    from fractalops_client.retry import Retry as Retry

_HOME = {"TokenProvider": "credentials", "Retry": "retry", "NO_RETRY": "retry"}

__all__ = ["FractalOpsError", "Refused", "Unreachable"]


def __getattr__(name: str) -> Any:
    if name.startswith("_"):
        raise AttributeError(name)
    return getattr(import_module(f"fractalops_client.{_HOME.get(name, 'generated')}"), name)
