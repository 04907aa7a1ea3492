"""Two folders change places: in one step where the system can, so that readers never find nothing."""

from __future__ import annotations

import ctypes
import errno
import os
import platform

_AT_FDCWD, _RENAME_EXCHANGE = -100, 2
_SYSCALLS = {"x86_64": 316, "aarch64": 276}

CANNOT_EXCHANGE = {errno.ENOSYS, errno.EINVAL, errno.ENOTSUP, errno.EPERM}
"""What a system answers that knows no exchange, or has it forbidden."""

CANNOT_MOVE = {errno.EBUSY, errno.EXDEV}
"""What a system answers when one of the two is a mount point."""


def exchange(first: str, second: str) -> None:
    """Exchanges two folders in one step, or raises OSError and leaves both as they were."""
    libc = ctypes.CDLL(None, use_errno=True)
    arguments = (_AT_FDCWD, os.fsencode(first), _AT_FDCWD, os.fsencode(second), _RENAME_EXCHANGE)
    if hasattr(libc, "renameat2"):
        failed = libc.renameat2(*arguments)
    elif hasattr(libc, "syscall") and platform.machine() in _SYSCALLS and platform.system() == "Linux":
        failed = libc.syscall(ctypes.c_long(_SYSCALLS[platform.machine()]), *arguments)
    else:
        raise OSError(errno.ENOSYS, os.strerror(errno.ENOSYS), first, None, second)
    if failed:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number), first, None, second)


def exchange_in_steps(output: str, standby: str, aside: str) -> None:
    """The same in three renames. Between the first and the second there is no output; `mend` puts it back after a crash there."""
    os.rename(output, aside)
    try:
        os.rename(standby, output)
    finally:
        mend(output, standby, aside)


def mend(output: str, standby: str, aside: str) -> None:
    """Ends an exchange in steps, wherever it was left: back where the output is missing, else forward."""
    if os.path.lexists(aside):
        if not os.path.lexists(output):
            os.rename(aside, output)
        elif not os.path.lexists(standby):
            os.rename(aside, standby)
