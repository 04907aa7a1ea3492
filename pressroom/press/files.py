"""How a file or folder comes to stand on the disk: created, copied, linked, removed; and how the disk's refusals are told."""

from __future__ import annotations

import contextlib
import errno
import fcntl
import hashlib
import os
import shutil
from collections.abc import Iterator
from typing import BinaryIO

from pressroom.ground.problems import Fault, Problem

LARGE = 1_000_000
"""From this size on a file is cloned or linked where the file system can."""

FILE_MODE, FOLDER_MODE = 0o644, 0o755
"""What a web server may read, whatever the umask."""

_FRESH = ".new"
_BLOCK = 1 << 20
_FICLONE = 0x40049409
_HINTS = {
    errno.ENOSPC: "free some space, then build again",
    errno.EDQUOT: "free some space, then build again",
    errno.EROFS: "the file system is mounted read-only",
    errno.EACCES: "this user may not write there",
    errno.EPERM: "this user may not write there",
    errno.ENAMETOOLONG: "give it a shorter name",
}


def shown(path: str | bytes) -> str:
    """A path as people are told of it: from the working folder where it lies there."""
    path = os.fsdecode(path)
    inside = os.path.relpath(path)
    return os.path.abspath(path) if inside.split(os.sep, 1)[0] == os.pardir else inside


@contextlib.contextmanager
def faults(path: str) -> Iterator[None]:
    """The disk's refusals in this block, as a Fault that names the file concerned, or else `path`."""
    try:
        yield
    except OSError as error:
        named = error.filename if isinstance(error.filename, str | bytes) else path
        message = f"output cannot be written: {error.strerror or error}"
        raise Fault(Problem("FT004", message, shown(named), hint=_HINTS.get(error.errno or 0, ""))) from error


def make_folder(path: str) -> None:
    """A folder that the web server may read, whatever the umask."""
    os.mkdir(path, FOLDER_MODE)
    os.chmod(path, FOLDER_MODE)


def create(path: str) -> BinaryIO:
    """A new file that the web server may read, whatever the umask, opened for writing."""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW | os.O_CLOEXEC, FILE_MODE)
    os.fchmod(handle, FILE_MODE)
    return open(handle, "wb")


def replace_file(path: str, *data: bytes) -> None:
    """Writes a private file whole, of pieces: after a crash, of the machine too, it holds its old bytes or its new."""
    fresh = f"{path}{_FRESH}"
    handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
    with open(handle, "wb") as file:
        file.writelines(data)
        file.flush()
        os.fsync(handle)
    os.replace(fresh, path)


def copy_file(source: BinaryIO, target: str) -> str:
    """Copies an open file to a path, cloned where it is large and the file system can. Returns the digest of the bytes that stand there."""
    with create(target) as file:
        if os.fstat(source.fileno()).st_size < LARGE or not _clone(source, file):
            found = hashlib.sha256()
            while block := source.read(_BLOCK):
                found.update(block)
                file.write(block)
            return found.hexdigest()
    return digest_at(target)


def copy_in_kernel(source: BinaryIO, target: str) -> os.stat_result:
    """Copies an open file to a path, its bytes not passing through this process where the system can do without. Returns how the copy stands."""
    with create(target) as file:
        left = os.fstat(source.fileno()).st_size
        with contextlib.suppress(OSError, AttributeError):
            while left and (copied := os.copy_file_range(source.fileno(), file.fileno(), left)):
                left -= copied
        if left:
            shutil.copyfileobj(source, file, _BLOCK)
            file.flush()
        return os.fstat(file.fileno())


def link_file(source: str, target: str) -> bool:
    """Gives a file of one of our own trees a second name in the other, or says that the file system cannot."""
    try:
        os.link(source, target, follow_symlinks=False)
    except OSError:
        return False
    return True


def clone_file(source: str, target: str) -> bool:
    """Makes a file that shares the source's blocks until one of the two is written to, or says that the file system cannot."""
    with open_to_read(source) as original:
        with create(target) as file:
            cloned = _clone(original, file)
    if not cloned:
        os.unlink(target)
    return cloned


def _clone(source: BinaryIO, target: BinaryIO) -> bool:
    try:
        fcntl.ioctl(target.fileno(), _FICLONE, source.fileno())
    except OSError:
        return False
    return True


def open_to_read(path: str, through_links: bool = False) -> BinaryIO:
    """Opens a file of ours, which is no link, or one from outside the site, which may be. A pipe that took its place does not block."""
    follow = 0 if through_links else os.O_NOFOLLOW
    return open(os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC | follow), "rb")


def digest_of(file: BinaryIO) -> str:
    """SHA-256 of an open file, in hexadecimal."""
    return hashlib.file_digest(file, "sha256").hexdigest()


def digest_at(path: str) -> str:
    """SHA-256 of one of our own files, in hexadecimal."""
    with open_to_read(path) as file:
        return digest_of(file)


def remove_file(path: str) -> None:
    """Removes what stands at a path and is no folder; a link is never followed. That it is gone already is no fault."""
    with contextlib.suppress(FileNotFoundError):
        os.unlink(path)


def remove_replaced(path: str) -> None:
    """Removes a private file, and what a build that came to its end has left of its new bytes."""
    remove_file(path)
    remove_file(f"{path}{_FRESH}")


def remove_folder(path: str) -> None:
    """Removes an empty folder. That it is gone already is no fault."""
    with contextlib.suppress(FileNotFoundError):
        os.rmdir(path)


def remove_tree(path: str) -> None:
    """Removes whatever stands at a path, with all that lies in it; links are never followed."""
    if os.path.isdir(path) and not os.path.islink(path):
        shutil.rmtree(path)
    else:
        remove_file(path)
