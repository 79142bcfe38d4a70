"""A filter of system calls for the parser's process on Linux: no sockets, no programs, no writing to disk.

It holds for native code too, which Python's audit hooks do not see. Refused calls answer "permission denied"; the
filter cannot be taken off. Numbers: linux/audit.h, asm/unistd_64.h and asm-generic/unistd.h.
"""

from __future__ import annotations

import ctypes
import os
import platform
import struct

_NO_NEW_PRIVILEGES = 38
_SET_SECCOMP, _FILTER = 22, 2
_ALLOW, _DENY = 0x7FFF0000, 0x00050000 | 1  # errno EPERM
_LOAD, _EQUAL, _AT_LEAST, _ANY_BIT, _RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
_NUMBER_AT, _ARCHITECTURE_AT = 0, 4
_WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND

# Of each architecture: its audit number; the calls that are refused; calls that open a file and where their flags are.
_X86 = (
    0xC000003E,
    (
        *(41, 53, 42, 49, 50),  # socket, socketpair, connect, bind, listen
        *(56, 57, 58, 435, 59, 322),  # clone, fork, vfork, clone3, execve, execveat
        *(85, 133, 259, 83, 258, 84),  # creat, mknod, mknodat, mkdir, mkdirat, rmdir
        *(82, 264, 316, 87, 263, 86, 265, 88, 266),  # rename*, unlink*, link*, symlink*
        *(76, 77, 90, 91, 268, 92, 93, 94, 260),  # truncate*, chmod*, chown*
        *(437, 425, 101, 310, 311, 62, 200),  # openat2, io_uring_setup, ptrace, process_vm_*, kill, tkill
        *(165, 166, 272, 308, 248, 250),  # mount, umount2, unshare, setns, add_key, keyctl
    ),
    ((2, 1), (257, 2)),  # open, openat
)
_ARM = (
    0xC00000B7,
    (
        *(198, 199, 203, 200, 201),
        *(220, 435, 221, 281),
        *(33, 34),
        *(38, 276, 35, 37, 36),
        *(45, 46, 52, 53, 54, 55),
        *(437, 425, 117, 270, 271, 129, 130),
        *(40, 39, 97, 268, 217, 219),
    ),
    ((56, 2),),
)
_MACHINES = {"x86_64": _X86, "aarch64": _ARM}


def install() -> bool:
    """Put the filter on this process, for good. False where the kernel or the machine has none."""
    machine = _MACHINES.get(platform.machine())
    if machine is None:
        return False
    program = _program(*machine)
    buffer = ctypes.create_string_buffer(program, len(program))
    header = ctypes.create_string_buffer(struct.pack("HxxxxxxP", len(program) // 8, ctypes.addressof(buffer)))
    prctl = ctypes.CDLL(None, use_errno=True).prctl
    prctl.argtypes = [ctypes.c_int, ctypes.c_ulong, ctypes.c_void_p, ctypes.c_ulong, ctypes.c_ulong]
    if prctl(_NO_NEW_PRIVILEGES, 1, None, 0, 0) != 0:
        return False
    return bool(prctl(_SET_SECCOMP, _FILTER, ctypes.addressof(header), 0, 0) == 0)


def _program(architecture: int, refused: tuple[int, ...], opening: tuple[tuple[int, int], ...]) -> bytes:
    """The filter in the kernel's packet-filter language; jumps count instructions from the next one."""
    allow, deny = _step(_RETURN, _ALLOW), _step(_RETURN, _DENY)
    steps = [
        _step(_LOAD, _ARCHITECTURE_AT),
        _step(_EQUAL, architecture, 1, 0),
        deny,
        _step(_LOAD, _NUMBER_AT),
        _step(_AT_LEAST, 0x40000000, 0, 1),  # the x32 calls, which have numbers of their own
        deny,
    ]
    for number in refused:
        steps += [_step(_EQUAL, number, 0, 1), deny]
    for number, argument in opening:
        steps += [
            _step(_EQUAL, number, 0, 4),
            _step(_LOAD, 16 + 8 * argument),
            _step(_ANY_BIT, _WRITES, 0, 1),
            deny,
            allow,
        ]
    return b"".join([*steps, allow])


def _step(code: int, value: int, if_so: int = 0, if_not: int = 0) -> bytes:
    return struct.pack("HBBI", code, if_so, if_not, value)
