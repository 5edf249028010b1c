"""Token buckets, which slow down what comes too often."""

import time
from collections import OrderedDict
from collections.abc import Hashable
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)


class Bucket:
    """Tokens that come back at `per_s` up to `most`."""

    def __init__(self, per_s: float, most: float) -> None:
        self._per_s = per_s
        self._most = most
        self._left = most
        self._at_s = time.monotonic()

    def take(self) -> bool:
        """Whether there was a token to take."""
        now_s = time.monotonic()
        self._left = min(self._most, self._left + (now_s - self._at_s) * self._per_s)
        self._at_s = now_s
        if self._left < 1:
            return False
        self._left -= 1
        return True

    def give_back(self) -> None:
        """Undo one taking."""
        self._left = min(self._most, self._left + 1)


class Buckets(Generic[K]):
    """A bucket for each key; the keys not seen for longest are forgotten, so that strangers cannot fill the memory."""

    def __init__(self, per_s: float, most: float, keys_max: int = 10_000) -> None:
        self._per_s = per_s
        self._most = most
        self._keys_max = keys_max
        self._buckets: OrderedDict[K, Bucket] = OrderedDict()

    def of(self, key: K) -> Bucket:
        """The bucket of `key`, full if the key is new."""
        bucket = self._buckets.get(key)
        if bucket is None:
            bucket = self._buckets[key] = Bucket(self._per_s, self._most)
            if len(self._buckets) > self._keys_max:
                self._buckets.popitem(last=False)
        self._buckets.move_to_end(key)
        return bucket
