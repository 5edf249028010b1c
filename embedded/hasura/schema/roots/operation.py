"""The three kinds of operations."""

from typing import Literal

OperationKind = Literal["query", "mutation", "subscription"]
