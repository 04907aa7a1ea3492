"""Templates as they were compiled, and what is known of their text: kept in the state folder, so that a build compiles only what has changed."""

from __future__ import annotations

import hashlib
import marshal
import os
import sys
from functools import lru_cache
from importlib.util import MAGIC_NUMBER
from types import CodeType

from jinja2 import BytecodeCache
from jinja2.bccache import Bucket

from pressroom.ground import digests

_PYTHON = (sys.implementation.cache_tag, MAGIC_NUMBER.hex())
_CHECKSUM = hashlib.sha256().digest_size
_MOST = 1000


class Shelf:
    """Bytes by what they were made from, in a folder. What is spoiled there is as if it had never been kept, and so is all where nothing can be kept."""

    def __init__(self, folder: str, engine: str) -> None:
        self._folder, self._engine = folder, engine
        try:
            names = os.listdir(folder) if folder else []
            for name in names if len(names) > _MOST else ():
                os.remove(os.path.join(folder, name))
        except OSError:
            pass

    def get(self, *source: str) -> bytes | None:
        if not self._folder:
            return None
        try:
            with open(self._place(source), "rb") as file:
                checksum, data = file.read(_CHECKSUM), file.read()
        except OSError:
            return None
        return data if hashlib.sha256(data).digest() == checksum else None

    def put(self, data: bytes, *source: str) -> None:
        if not self._folder:
            return
        place = self._place(source)
        # Several processes may put the same at once.
        new = f"{place}.{os.getpid()}.new"
        try:
            os.makedirs(self._folder, mode=0o700, exist_ok=True)
            with open(new, "wb") as file:
                file.write(hashlib.sha256(data).digest() + data)
            os.replace(new, place)
        except OSError:
            pass

    def _place(self, source: tuple[str, ...]) -> str:
        return os.path.join(self._folder, digests.of((self._engine, _PYTHON, source)))


@lru_cache(maxsize=1)
def compiled_here() -> dict[str, tuple[str, CodeType | None]]:
    """Templates that this process has compiled, by place and source: one that builds many sites, as tests do, compiles each once."""
    return {}


class Compiled(BytecodeCache):
    """Where Jinja looks for a template before it compiles one."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf

    def load_bytecode(self, bucket: Bucket) -> None:
        checksum, code = compiled_here().get(bucket.key, ("", None))
        if checksum == bucket.checksum:
            bucket.code = code
        elif data := self._shelf.get(bucket.key, bucket.checksum):
            try:
                bucket.code = marshal.loads(data)
            except (EOFError, TypeError, ValueError):
                return
            compiled_here()[bucket.key] = (bucket.checksum, bucket.code)

    def dump_bytecode(self, bucket: Bucket) -> None:
        compiled_here()[bucket.key] = (bucket.checksum, bucket.code)
        self._shelf.put(marshal.dumps(bucket.code), bucket.key, bucket.checksum)
