"""Messages that wait to be sent: in order, and never more than a slow reader may make the engine keep.

Who answers queries waits for `room` first. Results of subscriptions do not wait: of each subscription only the newest
is kept, in the place of the one it replaces.
"""

import asyncio
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

# From so many characters on, further answers wait until some have left.
_FULL_CHARACTERS = 1024 * 1024
_FULL_MESSAGES = 256


@dataclass(frozen=True)
class _Entry:
    write: Callable[[], str]
    characters: int


class Outbox:
    """The unsent messages of one socket; one reader takes them."""

    def __init__(self) -> None:
        self._entries: OrderedDict[object, _Entry] = OrderedDict()
        self._characters = 0
        self._finished = False
        self._leaving: object = None
        self._filled = asyncio.Event()
        self._roomy = asyncio.Event()
        self._roomy.set()

    def put(self, text: str) -> None:
        """Add a message."""
        self._add(object(), _Entry(lambda: text, len(text)))

    def put_newest(self, key: object, write: Callable[[], str], characters: int) -> None:
        """Add a message that replaces the one with the same key; its text is written when it is sent."""
        self._add(key, _Entry(write, characters))

    def drop(self, key: object) -> None:
        """Forget the message with that key."""
        entry = self._entries.pop(key, None)
        if entry is not None:
            self._shrunk(entry)

    def holds(self, key: object) -> bool:
        """Whether the message with that key has not left yet."""
        return key in self._entries or key is self._leaving

    async def room(self) -> None:
        """Wait until enough messages have left."""
        await self._roomy.wait()

    def finish(self) -> None:
        """There will be no further message."""
        self._finished = True
        self._filled.set()

    async def take(self) -> str | None:
        """The next message, None if there will be none; the one taken before has left by now."""
        self._leaving = None
        while not self._entries:
            if self._finished:
                return None
            self._filled.clear()
            await self._filled.wait()
        self._leaving, entry = self._entries.popitem(last=False)
        self._shrunk(entry)
        return entry.write()

    def _add(self, key: object, entry: _Entry) -> None:
        if self._finished:
            return
        replaced = self._entries.get(key)
        self._entries[key] = entry
        self._characters += entry.characters - (0 if replaced is None else replaced.characters)
        self._filled.set()
        if self._characters >= _FULL_CHARACTERS or len(self._entries) >= _FULL_MESSAGES:
            self._roomy.clear()

    def _shrunk(self, entry: _Entry) -> None:
        self._characters -= entry.characters
        if self._characters < _FULL_CHARACTERS and len(self._entries) < _FULL_MESSAGES:
            self._roomy.set()
