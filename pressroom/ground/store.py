"""What was read before, kept between builds by name and key: dossiers that are all looked at, facts and bodies that are fetched one by one.

A store is a cache: it may be deleted at any time, and one that cannot be opened is made anew. What is taken out is overwritten on the disk.
SQLite does not tell that the disk has spoiled what it was given, so each content has a check of its own.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Protocol

from pressroom.ground import digests
from pressroom.ground.problems import Fault, Problem

Entry = tuple[str, str, str, bytes]

_LAYOUT = 4
_NO_ENTRY: Entry = ("", "", "", b"")
_ENTRY = "SELECT stamp, digest, key, facts FROM entries WHERE name = ?"
_BODY = "SELECT body FROM bodies WHERE name = ?"


class Texts(Protocol):
    """Where texts that were read before are had from, and those that were read now are put."""

    def entry(self, name: str) -> Entry: ...

    def put(self, name: str, stamp: str, digest: str, key: str, facts: bytes, body: bytes | None = None) -> None: ...

    def body(self, name: str) -> bytes: ...


class Store:
    """Use it as a context; `commit` makes what was put last."""

    def __init__(self, path: str) -> None:
        self.path = path
        self._has_gaps = False
        try:
            os.makedirs(os.path.dirname(path), mode=0o700, exist_ok=True)
            try:
                self._open()
                self._dossiers = self._read()
            except sqlite3.OperationalError:
                raise
            except (sqlite3.DatabaseError, UnicodeDecodeError, _Spoiled):
                self._db.close()
                self._remove()
                self._open()
                self._dossiers = self._read()
        except (OSError, sqlite3.DatabaseError) as error:
            raise Fault(Problem("FT004", f"the store cannot be opened: {error}", path, hint="give the build this folder, or delete it")) from None

    def _remove(self) -> None:
        for path in (self.path, f"{self.path}-journal"):
            if os.path.lexists(path):
                os.unlink(path)

    def _open(self) -> None:
        self._db = sqlite3.connect(self.path, isolation_level=None)
        try:
            self._db.execute("PRAGMA secure_delete = ON")
            self._db.execute("PRAGMA synchronous = OFF")
            if self._db.execute("PRAGMA user_version").fetchone()[0] != _LAYOUT:
                for table in ("entries", "bodies", "dossiers"):
                    self._db.execute(f"DROP TABLE IF EXISTS {table}")
                self._db.execute("CREATE TABLE entries (name TEXT PRIMARY KEY, stamp TEXT, digest TEXT, key TEXT, facts BLOB) WITHOUT ROWID")
                self._db.execute("CREATE TABLE bodies (name TEXT PRIMARY KEY, key TEXT, body BLOB)")
                self._db.execute("CREATE INDEX keys_of_bodies ON bodies (name, key)")
                self._db.execute("CREATE TABLE dossiers (name TEXT PRIMARY KEY, key BLOB, dossier BLOB) WITHOUT ROWID")
                self._db.execute(f"PRAGMA user_version = {_LAYOUT}")
            self._db.execute("BEGIN IMMEDIATE")
        except sqlite3.DatabaseError:
            self._db.close()
            raise

    def __enter__(self) -> Store:
        return self

    def __exit__(self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None) -> None:
        try:
            self.roll_back() if self._db.in_transaction and kind else self.commit()
        finally:
            self._db.close()

    def dossiers(self) -> dict[str, tuple[bytes, bytes]]:
        """All dossiers by name, as they stood when the store was opened: key and content."""
        return self._dossiers

    def _read(self) -> dict[str, tuple[bytes, bytes]]:
        return {name: (key, _whole(dossier)) for name, key, dossier in self._db.execute("SELECT * FROM dossiers")}

    def keep_dossiers(self, new: Mapping[str, tuple[bytes, bytes]], names: Iterable[str]) -> None:
        """Puts the dossiers that are new, and takes out all but these names."""
        gone = [(name,) for name in {name for (name,) in self._execute("SELECT name FROM dossiers")} - set(names)]
        self._execute_each("DELETE FROM dossiers WHERE name = ?", gone)
        self._execute_each("INSERT OR REPLACE INTO dossiers VALUES (?, ?, ?)", [(name, key, digests.sealed(dossier)) for name, (key, dossier) in new.items()])
        self._has_gaps = self._has_gaps or bool(gone)

    def entry(self, name: str) -> Entry:
        """What was put under a name: stamp, content digest, key, facts; all empty where nothing was."""
        found = self._execute(_ENTRY, (name,))
        return (*found[0][:3], self._content(found[0][3])) if found else _NO_ENTRY

    def put(self, name: str, stamp: str, digest: str, key: str, facts: bytes, body: bytes | None = None) -> None:
        self._execute("INSERT OR REPLACE INTO entries VALUES (?, ?, ?, ?, ?)", (name, stamp, digest, key, digests.sealed(facts)))
        if body is not None:
            self._execute("INSERT OR REPLACE INTO bodies VALUES (?, ?, ?)", (name, key, digests.sealed(body)))

    def body(self, name: str) -> bytes:
        """A body that was put. Where the disk has spoiled it, the store must go."""
        found = self._execute(_BODY, (name,))
        if not found:
            raise self._unusable(f"the store has lost {name}")
        return self._content(found[0][0])

    def _content(self, kept: object) -> bytes:
        """A content as it was put. Where one is spoiled, others may be of which nobody has asked yet: all are read anew by the next run."""
        try:
            return _whole(kept)
        except _Spoiled:
            self._remove()
            raise _spoiled(self.path) from None

    def keys(self) -> dict[str, str]:
        """The key of every body, by name."""
        return dict(self._execute("SELECT name, key FROM bodies"))

    def names(self) -> set[str]:
        """What entries there are."""
        return {name for (name,) in self._execute("SELECT name FROM entries")}

    def keep_only(self, names: Iterable[str]) -> None:
        """Every entry and body but these names is taken out."""
        gone = [(name,) for name in self.names() - set(names)]
        self._execute_each("DELETE FROM entries WHERE name = ?", gone)
        self._execute_each("DELETE FROM bodies WHERE name = ?", gone)
        self._has_gaps = self._has_gaps or bool(gone)

    def _execute(self, statement: str, values: tuple[str | bytes | None, ...] = ()) -> list[tuple[Any, ...]]:
        """The rows that a statement gives. What the disk has spoiled may be found out only when they are fetched."""
        try:
            return self._db.execute(statement, values).fetchall()
        except sqlite3.DatabaseError as error:
            raise self._failed(error) from None

    def _execute_each(self, statement: str, values: Sequence[tuple[str | bytes, ...]]) -> None:
        try:
            self._db.executemany(statement, values)
        except sqlite3.DatabaseError as error:
            raise self._failed(error) from None

    def _failed(self, error: sqlite3.DatabaseError) -> Fault:
        """What the disk has refused, most often for want of room, is no reason to throw the store away."""
        is_spoiled = not isinstance(error, sqlite3.OperationalError)
        hint = "" if is_spoiled else "see that the disk has room and may be written to, then build again; else "
        return self._unusable(f"the store cannot be used: {error}", hint)

    def _unusable(self, message: str, hint: str = "") -> Fault:
        return Fault(Problem("FT004", message, self.path, hint=f"{hint}delete this file: the next build makes it anew"))

    def commit(self) -> None:
        if self._db.in_transaction:
            self._execute("COMMIT")
        if self._has_gaps:
            # secure_delete overwrites a row where it lies, not where it lay before the tree of rows was balanced.
            self._execute("VACUUM")
            self._has_gaps = False

    def roll_back(self) -> None:
        """Takes back what was put since it was opened, or since the last commit."""
        self._execute("ROLLBACK")


class _Spoiled(Exception):
    """A content is not what was put."""


def _whole(kept: object) -> bytes:
    """A content without its check."""
    data = digests.unsealed(kept) if isinstance(kept, bytes) else b""
    if not data and kept != digests.sealed(b""):
        raise _Spoiled
    return data


def _spoiled(path: str) -> Fault:
    return Fault(Problem("FT004", "the store is not as the last run left it: the disk has spoiled what lies there", path, hint="build again: it is made anew"))


class Glance:
    """The texts of a store, which is not changed: what is put is there for this look alone. Use it as a context."""

    def __init__(self, path: str) -> None:
        self._path = path
        self._entries: dict[str, Entry] = {}
        self._bodies: dict[str, bytes] = {}

    def __enter__(self) -> Glance:
        self._db = sqlite3.connect(f"{Path(self._path).absolute().as_uri()}?mode=ro", uri=True)
        return self

    def __exit__(self, *_: object) -> None:
        self._db.close()

    def entry(self, name: str) -> Entry:
        if name in self._entries:
            return self._entries[name]
        found = self._db.execute(_ENTRY, (name,)).fetchone()
        return (*found[:3], self._content(found[3])) if found else _NO_ENTRY

    def put(self, name: str, stamp: str, digest: str, key: str, facts: bytes, body: bytes | None = None) -> None:
        self._entries[name] = stamp, digest, key, facts
        if body is not None:
            self._bodies[name] = body

    def body(self, name: str) -> bytes:
        return self._bodies.get(name) or self._content(self._db.execute(_BODY, (name,)).fetchone()[0])

    def _content(self, kept: object) -> bytes:
        try:
            return _whole(kept)
        except _Spoiled:
            raise _spoiled(self._path) from None
