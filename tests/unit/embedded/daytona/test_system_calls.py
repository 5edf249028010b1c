"""The system call filter, run by a small interpreter of the kernel's instructions."""

import struct

import pytest

from embedded.daytona.launch.system_calls import program

ALLOWED, KILLED = 0x7FFF0000, 0x80000000
EPERM, ENOSYS, EAFNOSUPPORT = 0x00050001, 0x00050026, 0x00050061
X86_64, AARCH64 = 0xC000003E, 0xC00000B7


def verdict(machine: str, audit: int, number: int, *arguments: int) -> int:
    data = struct.pack("=IIQ6Q", number, audit, 0, *(*arguments, *([0] * (6 - len(arguments)))))
    instructions = list(struct.iter_unpack("=HBBI", program(machine)))
    position = accumulator = 0
    while True:
        code, when_true, when_false, value = instructions[position]
        position += 1
        match code:
            case 0x20:
                (accumulator,) = struct.unpack_from("=I", data, value)
            case 0x06:
                return value
            case _:
                holds = {0x15: accumulator == value, 0x35: accumulator >= value, 0x45: bool(accumulator & value)}[code]
                position += when_true if holds else when_false


@pytest.mark.parametrize(
    ("name", "number", "arguments", "expected"),
    [
        ("read", 0, (), ALLOWED),
        ("execve", 59, (), ALLOWED),
        ("ptrace", 101, (), EPERM),
        ("mount", 165, (), EPERM),
        ("io_uring_setup", 425, (), EPERM),
        ("bpf", 321, (), EPERM),
        ("clone3", 435, (), ENOSYS),
        ("clone as fork", 56, (0x1200011,), ALLOWED),
        ("clone with a user namespace", 56, (0x10000011,), EPERM),
        ("clone with a time namespace", 56, (0x80,), EPERM),
        ("unix socket", 41, (1,), ALLOWED),
        ("netlink socket", 41, (16,), ALLOWED),
        ("vsock socket", 41, (40,), EAFNOSUPPORT),
        ("packet socket", 41, (17,), EAFNOSUPPORT),
        ("TIOCGWINSZ", 16, (0, 0x5413), ALLOWED),
        ("TIOCSTI", 16, (0, 0x5412), EPERM),
        ("TIOCSTI with high bits, which the kernel ignores", 16, (0, 0x1_0000_5412), EPERM),
        ("an x32 call", 0x40000000, (), EPERM),
    ],
)
def test_each_call_gets_its_verdict(name: str, number: int, arguments: tuple[int, ...], expected: int):
    assert verdict("x86_64", X86_64, number, *arguments) == expected, name


def test_another_architectures_calls_end_the_process():
    assert verdict("x86_64", AARCH64, 0) == KILLED
    assert verdict("aarch64", X86_64, 0) == KILLED


@pytest.mark.parametrize(
    ("number", "arguments", "expected"), [(63, (), ALLOWED), (117, (), EPERM), (198, (40,), EAFNOSUPPORT)]
)
def test_aarch64_has_numbers_of_its_own(number: int, arguments: tuple[int, ...], expected: int):
    assert verdict("aarch64", AARCH64, number, *arguments) == expected


def test_an_unknown_architecture_has_no_filter_and_so_no_sandbox():
    with pytest.raises(KeyError):
        program("riscv64")
