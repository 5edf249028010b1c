"""Where the answers of a subscription go."""

from typing import Protocol

from embedded.hasura.errors import EngineError


class Sink(Protocol):
    """The far end of one subscription. Nothing here waits: what cannot be sent yet is kept, or replaced by newer."""

    def ready(self) -> bool:
        """Whether everything handed over before has left."""
        ...

    def data(self, data: str) -> None:
        """Take the JSON text of `data`; a newer one replaces it as long as it has not left."""
        ...

    def failed(self, error: EngineError) -> None:
        """Take an error after which the subscription goes on."""
        ...

    def refused(self, error: EngineError) -> None:
        """Take the error that ends the subscription."""
        ...
