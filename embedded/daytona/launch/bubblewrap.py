"""How a sandbox looks from inside, as bubblewrap's options."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from embedded.daytona.launch import bundle

HOME = "/home/daytona"
USER = "daytona"
UID = 1000

_FROM_ROOT = ("bin", "sbin", "lib", "lib32", "lib64", "libx32")
_FROM_ETC = (
    *("alternatives", "ssl/certs", "ca-certificates", "pki/tls/certs", "pki/ca-trust/extracted"),
    *("ld.so.cache", "ld.so.conf", "ld.so.conf.d", "localtime", "os-release", "mime.types", "magic"),
)
_ETC = {
    "passwd": f"root:x:0:0:root:/root:/usr/sbin/nologin\n{USER}:x:{UID}:{UID}:{USER}:{HOME}:/bin/bash\n"
    "nobody:x:65534:65534:nobody:/nonexistent:/usr/sbin/nologin\n",
    "group": f"root:x:0:\n{USER}:x:{UID}:\nnogroup:x:65534:\n",
    "hosts": "127.0.0.1 localhost sandbox\n::1 localhost\n",
    "nsswitch.conf": "passwd: files\ngroup: files\nhosts: files\n",
    "shells": "/bin/sh\n/bin/bash\n",
    # The home may carry another owner's number than git expects, as in every container.
    "gitconfig": "[safe]\n\tdirectory = *\n[init]\n\tdefaultBranch = main\n",
}
_MEBIBYTE = 1024 * 1024


@dataclass(frozen=True)
class View:
    """What differs between sandboxes: where things lie for bubblewrap, and sizes."""

    home: str
    tools: tuple[tuple[str, str], ...]
    """Pairs of where a tools folder lies and where the sandbox sees it."""
    agent: str
    tmp_mib: int


def search_path(tools: tuple[Path, ...]) -> str:
    """The sandbox's PATH: tools first."""
    return ":".join([*(str(folder / "bin") for folder in tools), "/usr/local/bin", "/usr/bin", "/bin", "/usr/sbin"])


def arguments(view: View, *, filter_fd: int, data: dict[str, int]) -> list[str]:
    """Every option, to be passed through a descriptor because command lines are world-readable.

    `data` are descriptors with the content of `etc_files`.
    """
    return [
        *_namespaces(),
        *("--ro-bind", "/usr", "/usr"),
        *(part for name in _FROM_ROOT for part in _like_host(name)),
        *("--proc", "/proc", "--dev", "/dev"),
        *_memory("/dev/shm", 64),  # noqa: S108  - a path inside the sandbox
        *_memory("/tmp", view.tmp_mib),  # noqa: S108  - the same
        *_memory("/var/tmp", 16),  # noqa: S108  - the same
        *_memory("/run", 16),
        *(part for name in _FROM_ETC for part in ("--ro-bind-try", f"/etc/{name}", f"/etc/{name}")),
        *(part for name, fd in data.items() for part in ("--ro-bind-data", str(fd), f"/etc/{name}")),
        *("--bind", view.home, HOME),
        *("--ro-bind", view.agent, bundle.INSIDE),
        *(part for source, inside in view.tools for part in ("--ro-bind", source, inside)),
        *("--remount-ro", "/dev", "--remount-ro", "/"),
        *("--chdir", HOME, "--seccomp", str(filter_fd)),
    ]


def etc_files() -> dict[str, bytes]:
    """The made-up files of /etc, by name."""
    return {name: content.encode() for name, content in _ETC.items()}


def _namespaces() -> Iterator[str]:
    yield from ("--unshare-user", "--uid", str(UID), "--gid", str(UID))
    yield from ("--unshare-ipc", "--unshare-pid", "--unshare-net", "--unshare-uts", "--unshare-cgroup-try")
    yield from ("--hostname", "sandbox", "--disable-userns", "--die-with-parent", "--new-session", "--clearenv")
    yield from ("--cap-drop", "ALL")


def _like_host(name: str) -> tuple[str, ...]:
    """A link where the host has a link (merged /usr), a read-only view where it has a folder."""
    path = Path("/", name)
    if path.is_symlink():
        return ("--symlink", str(path.readlink()), f"/{name}")
    return ("--ro-bind", str(path), str(path)) if path.is_dir() else ()


def _memory(path: str, size_mib: int) -> tuple[str, ...]:
    mode = "1777" if path != "/run" else "0755"
    return ("--perms", mode, "--size", str(size_mib * _MEBIBYTE), "--tmpfs", path)
