"""Which system calls a sandbox has: a classic BPF program for the kernel's seccomp filter."""

import platform
import struct
from dataclasses import dataclass

_INSTRUCTION = struct.Struct("=HBBI")
_LOAD, _JUMP_EQUAL, _JUMP_ANY_BIT, _JUMP_AT_LEAST, _RETURN = 0x20, 0x15, 0x45, 0x35, 0x06
_NUMBER_OFFSET, _ARCHITECTURE_OFFSET, _ARGUMENT_OFFSET = 0, 4, 16

_ALLOW = 0x7FFF0000
_KILL = 0x80000000
_EPERM = 0x00050000 | 1
_ENOSYS = 0x00050000 | 38
_EAFNOSUPPORT = 0x00050000 | 97

# Every CLONE_NEW* flag: a sandbox makes no namespaces of its own.
_CLONE_NEW_FLAGS = 0x7E020000 | 0x80
# AF_UNIX, AF_INET, AF_INET6, AF_NETLINK. Others, AF_VSOCK above all, are not confined by a network namespace.
_SOCKET_FAMILIES = (1, 2, 10, 16)
# TIOCSTI and TIOCLINUX put keystrokes into a terminal.
_TERMINAL_REQUESTS = (0x5412, 0x541C)
_X32_BIT = 0x40000000


@dataclass(frozen=True)
class _Architecture:
    audit: int
    denied: tuple[int, ...]
    clone: int
    clone3: int
    socket: int
    ioctl: int


# In this order: ptrace, process_vm_readv/writev, kcmp, pidfd_getfd; add_key, request_key, keyctl; mount, umount2,
# pivot_root, chroot, open_tree, move_mount, fsopen, fsconfig, fsmount, fspick, mount_setattr; unshare, setns; swapon,
# swapoff, reboot; init_module, finit_module, delete_module; kexec_load, kexec_file_load; bpf, perf_event_open,
# userfaultfd; name_to_handle_at, open_by_handle_at; io_uring_setup/enter/register; acct, quotactl, quotactl_fd,
# syslog; settimeofday, clock_settime, clock_adjtime, adjtimex; sethostname, setdomainname.
_ARCHITECTURES = {
    "x86_64": _Architecture(
        audit=0xC000003E,
        denied=(
            *(101, 310, 311, 312, 438, 248, 249, 250, 165, 166, 155, 161, 428, 429, 430, 431, 432, 433, 442, 272, 308),
            *(167, 168, 169, 175, 313, 176, 246, 320, 321, 298, 323, 303, 304, 425, 426, 427, 163, 179, 443, 103),
            *(164, 227, 305, 159, 170, 171),
            *(172, 173),  # iopl, ioperm
        ),
        clone=56,
        clone3=435,
        socket=41,
        ioctl=16,
    ),
    "aarch64": _Architecture(
        audit=0xC00000B7,
        denied=(
            *(117, 270, 271, 272, 438, 217, 218, 219, 40, 39, 41, 51, 428, 429, 430, 431, 432, 433, 442, 97, 268),
            *(224, 225, 142, 105, 273, 106, 104, 294, 280, 241, 282, 264, 265, 425, 426, 427, 89, 60, 443, 116),
            *(170, 112, 266, 171, 161, 162),
        ),
        clone=220,
        clone3=435,
        socket=198,
        ioctl=29,
    ),
}


def program(machine: str = platform.machine()) -> bytes:
    """The filter for this machine's architecture.

    Raises:
        KeyError: if the architecture is not known here; a sandbox without a filter is never started.
    """
    architecture = _ARCHITECTURES[machine]
    return b"".join(
        [
            _load(_ARCHITECTURE_OFFSET),
            _unless_equal(architecture.audit, _KILL),
            _load(_NUMBER_OFFSET),
            *([_jump(_JUMP_AT_LEAST, _X32_BIT, 0, 1), _return(_EPERM)] if machine == "x86_64" else []),
            *(_when_equal(number, _EPERM) for number in architecture.denied),
            # The C library falls back to clone, whose flags can be looked at.
            _when_equal(architecture.clone3, _ENOSYS),
            _for_call(architecture.clone, _load(_ARGUMENT_OFFSET) + _when_any_bit(_CLONE_NEW_FLAGS, _EPERM)),
            _for_call(architecture.socket, _load(_ARGUMENT_OFFSET) + _unless_in(_SOCKET_FAMILIES, _EAFNOSUPPORT)),
            _for_call(
                architecture.ioctl,
                _load(_ARGUMENT_OFFSET + 8) + b"".join(_when_equal(request, _EPERM) for request in _TERMINAL_REQUESTS),
            ),
            _return(_ALLOW),
        ]
    )


def _load(offset: int) -> bytes:
    return _INSTRUCTION.pack(_LOAD, 0, 0, offset)


def _jump(kind: int, value: int, when_true: int, when_false: int) -> bytes:
    return _INSTRUCTION.pack(kind, when_true, when_false, value)


def _return(action: int) -> bytes:
    return _INSTRUCTION.pack(_RETURN, 0, 0, action)


def _when_equal(value: int, action: int) -> bytes:
    return _jump(_JUMP_EQUAL, value, 0, 1) + _return(action)


def _unless_equal(value: int, action: int) -> bytes:
    return _jump(_JUMP_EQUAL, value, 1, 0) + _return(action)


def _when_any_bit(bits: int, action: int) -> bytes:
    return _jump(_JUMP_ANY_BIT, bits, 0, 1) + _return(action)


def _unless_in(values: tuple[int, ...], action: int) -> bytes:
    jumps = [_jump(_JUMP_EQUAL, value, len(values) - index, 0) for index, value in enumerate(values)]
    return b"".join(jumps) + _return(action)


def _for_call(number: int, body: bytes) -> bytes:
    """`body`, then allow, for one system call; other calls jump over both with their number still loaded."""
    length = len(body) // _INSTRUCTION.size
    return _jump(_JUMP_EQUAL, number, 0, length + 1) + body + _return(_ALLOW)
