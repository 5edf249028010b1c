"""Password hashes, made and checked away from the event loop."""

import asyncio
from concurrent.futures import ThreadPoolExecutor

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

# OWASP's second argon2id profile: 19 MiB, two passes, one lane.
_HASHER = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
_THREADS_MAX = 2


class Passwords:
    """Hashes and checks; an account that does not exist takes as long to refuse as a wrong password."""

    def __init__(self) -> None:
        self._threads = ThreadPoolExecutor(_THREADS_MAX, thread_name_prefix="argon2")
        self._nobody = _HASHER.hash("nobody has this password")

    async def hash(self, password: str) -> str:
        """The argon2id hash of `password`."""
        return await asyncio.get_running_loop().run_in_executor(self._threads, _HASHER.hash, password)

    async def matches(self, hashed: str | None, password: str) -> bool:
        """Whether `password` made `hashed`; None, for no such account, costs the same and is False."""
        loop = asyncio.get_running_loop()
        same = await loop.run_in_executor(self._threads, _matches, hashed or self._nobody, password)
        return same and hashed is not None

    def close(self) -> None:
        """Let the threads go."""
        self._threads.shutdown(wait=False, cancel_futures=True)


def _matches(hashed: str, password: str) -> bool:
    try:
        return _HASHER.verify(hashed, password)
    except (VerificationError, InvalidHashError):
        return False
