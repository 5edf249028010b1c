"""The two folders of a service: its data, which one service owns at a time, and a short-lived one for mounts."""

import fcntl
import shutil
import tempfile
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

_PREFIX = "fo-sandbox-"
_LOCK = "lock"


@contextmanager
def owned(data_dir: Path) -> Generator[Path]:
    """The runtime folder, removed at the end; mounts are staged in it.

    It is short and open to the sandboxes' users, as the data folder need not be. The lock file holds its path, so that
    what a killed service left is removed by the next one.

    Raises:
        RuntimeError: if another service uses the data folder.
    """
    data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
    with (data_dir / _LOCK).open("a+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise RuntimeError(f"another sandbox service uses {data_dir}") from error
        lock.seek(0)
        _remove(lock.read().strip())
        runtime_dir = Path(tempfile.mkdtemp(prefix=_PREFIX))
        runtime_dir.chmod(0o711)
        lock.truncate(0)
        lock.write(str(runtime_dir))
        lock.flush()
        try:
            yield runtime_dir
        finally:
            shutil.rmtree(runtime_dir, ignore_errors=True)


def _remove(left_behind: str) -> None:
    path = Path(left_behind)
    if left_behind and path.name.startswith(_PREFIX) and not path.is_symlink():
        shutil.rmtree(path, ignore_errors=True)
