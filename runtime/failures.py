"""The one exception that leaves the runtime's drivers."""


class Failure(Exception):  # noqa: N818  - an expected outcome with a code, not a bug
    """Something outside did not work: a closed code for machines, a sentence for people, whether to try again.

    `retry` is true only if the same call may succeed a moment later without anybody changing anything.
    """

    def __init__(self, code: str, message: str, *, retry: bool = False) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.retry = retry

    def __reduce__(self) -> tuple[object, ...]:
        return _again, (self.code, self.message, self.retry)


def _again(code: str, message: str, retry: bool) -> Failure:  # noqa: FBT001  - called by pickle only
    return Failure(code, message, retry=retry)
