"""The kernel's part: Landlock refuses the process every TCP port but the database's, and every program.

Landlock knows ports and no addresses, so it stands behind the guard, not in its place. It holds for native code too,
for every thread that is started afterwards, and cannot be taken off again. Where a kernel has none, that is said.
Source: https://docs.kernel.org/userspace-api/landlock.html; its system calls are numbered alike everywhere.
"""

import ctypes
import os
import sys
from collections.abc import Iterable
from contextlib import suppress

_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446
_ASK_VERSION = 1
_SET_NO_NEW_PRIVILEGES = 38
_EXECUTE = 1 << 0
_CONNECT_TCP = 1 << 1
_ABSTRACT_UNIX_SOCKETS = 1 << 0
_NETWORK_RULE = 2
# The versions of the interface from which on ports, and the scope of abstract unix sockets, are known.
_PORTS_SINCE, _SCOPES_SINCE = 4, 6
_SIZE_BEFORE_SCOPES = 16


class _Ruleset(ctypes.Structure):
    _fields_ = (("files", ctypes.c_uint64), ("network", ctypes.c_uint64), ("scopes", ctypes.c_uint64))


class _Port(ctypes.Structure):
    _fields_ = (("allowed", ctypes.c_uint64), ("port", ctypes.c_uint64))


def restrict(ports: Iterable[int]) -> str:
    """What the kernel refuses this thread, and all that come of it, from now on; why nothing, where it cannot."""
    if sys.platform != "linux":
        return "nothing: this is not Linux"
    version = _version()
    if version < _PORTS_SINCE:
        return "nothing: it has no Landlock that knows ports (Linux 6.7 has)"
    allowed = sorted(ports)
    try:
        _apply(version, allowed)
    except OSError as error:
        return f"nothing: Landlock refused ({error.strerror})"
    told = ", ".join(map(str, allowed)) or "none"
    return f"Landlock {version}: no program, and of TCP ports only: {told}"


def _version() -> int:
    with suppress(OSError):
        return _system_call(_CREATE_RULESET, None, 0, _ASK_VERSION)
    return 0


def _apply(version: int, ports: list[int]) -> None:
    scoped = version >= _SCOPES_SINCE
    wanted = _Ruleset(_EXECUTE, _CONNECT_TCP, _ABSTRACT_UNIX_SOCKETS if scoped else 0)
    size = ctypes.sizeof(wanted) if scoped else _SIZE_BEFORE_SCOPES
    ruleset = _system_call(_CREATE_RULESET, ctypes.byref(wanted), size, 0)
    try:
        for port in ports:
            rule = _Port(_CONNECT_TCP, port)
            _system_call(_ADD_RULE, ruleset, _NETWORK_RULE, ctypes.byref(rule), 0)
        # Without this an ordinary user may restrict nothing.
        _checked(ctypes.CDLL(None, use_errno=True).prctl(_SET_NO_NEW_PRIVILEGES, 1, 0, 0, 0))
        _system_call(_RESTRICT_SELF, ruleset, 0)
    finally:
        os.close(ruleset)


def _system_call(number: int, *arguments: object) -> int:
    return _checked(ctypes.CDLL(None, use_errno=True).syscall(number, *arguments))


def _checked(answer: int) -> int:
    if answer < 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))
    return answer
