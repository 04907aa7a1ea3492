"""From staged artifacts to the output: the plan of what is dirty and what is stale, and the swap, all or nothing.

Nothing is written into the tree that readers have. The standby beside it is brought up, the ledger is written with the entries of both, and
the two folders change places in one step; only where the output is a mount point are its files replaced one by one.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from msgspec import Raw

from pressroom.ground.problems import INFO, Fault, Problem
from pressroom.press import swap
from pressroom.press.files import faults, remove_tree, shown
from pressroom.press.ledger import Entries, Entry, read_ledger, write_ledger
from pressroom.press.mounts import replace_files
from pressroom.press.stage import Stage
from pressroom.press.standby import bring_up, forget, open_standby
from pressroom.press.tree import Tree, check_paths, folders_of

Source = Callable[[str], str]
Trees = dict[int, Entries | Raw]
INPUTS = "inputs changed"
"""Why a file is made whose key is another: what the inputs are, the ledger does not know."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What has to be made (`dirty`, each with the reason in `why`), and what no artifact claims (`stale`; a folder ends in `/`)."""

    keys: Mapping[str, str]
    dirty: tuple[str, ...]
    stale: tuple[str, ...]
    why: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Receipt:
    """What the swap changed: paths that are new or have other bytes, paths that are gone, how many stayed, and what is to be said."""

    written: tuple[str, ...]
    removed: tuple[str, ...]
    kept: int
    notes: tuple[Problem, ...] = ()


def open_output(path: str, state: str) -> Output:
    """The output at a path, a linked one where the link leads, as it stands now. Needs the lock of the state folder.

    What a crash has left half done is put right first.
    """
    with faults(path):
        output = Output(os.path.realpath(path), os.path.realpath(state))
    return output


class Output:
    """The tree that readers have, from its scan to the swap."""

    def __init__(self, path: str, state: str) -> None:
        self.path = path
        self._ledger_path = os.path.join(state, "ledger.json")
        self._check(state)
        self._is_mount = os.path.ismount(path)
        folder, name = (state, "output") if self._is_mount else os.path.split(path)
        self._stage, self._standby, self._aside = (os.path.join(folder, f".{name}.{role}") for role in ("stage", "standby", "aside"))
        os.makedirs(folder, exist_ok=True)
        swap.mend(path, self._standby, self._aside)
        remove_tree(self._aside)
        remove_tree(self._stage)
        self._ledger = read_ledger(self._ledger_path)
        inode = os.stat(path).st_ino if os.path.lexists(path) else 0
        self._tree = Tree(path, inode, self._ledger.entries(inode))

    def _check(self, state: str) -> None:
        if os.path.lexists(self.path) and not os.path.isdir(self.path):
            raise Fault(Problem("FT004", "the output is no folder", shown(self.path), hint="remove it, or set OUTPUT_PATH to another"))
        if os.path.commonpath((self.path, state)) == self.path:
            message = "the build's own records would lie inside the output, which is emptied of all that no artifact claims"
            raise Fault(Problem("FT004", message, shown(self.path), hint="set OUTPUT_PATH to a folder of its own"))
        nearest = next(folder for folder in (self.path, *_parents(self.path)) if os.path.lexists(folder))
        beside = nearest if os.path.ismount(nearest) else os.path.dirname(nearest)
        for folder in (nearest, beside) if nearest == self.path else (nearest,):
            if not os.access(folder, os.W_OK | os.X_OK):
                raise Fault(Problem("FT004", "output cannot be written: this user may not write there", shown(folder)))

    @property
    def is_foreign(self) -> bool:
        """Whether files lie in the folder, and no ledger of ours knows it."""
        return bool(self._tree.inode and (self._tree.files or self._tree.others)) and not self._ledger.knows(self._tree.inode)

    def plan(self, keys: Mapping[str, str]) -> Plan:
        """Compares artifacts, as keys by path, with the ledger and the disk. Paths that cannot stand together are a Fault."""
        check_paths(keys.keys())
        with faults(self.path):
            why = {path: reason for path, key in sorted(keys.items()) if (reason := self._why(path, key))}
        needed = folders_of(keys)
        stale = (self._tree.files.keys() | self._tree.others | self._tree.entries.keys()) - keys.keys()
        bare = {f"{folder}/" for folder in self._tree.bare - needed}
        return Plan(keys, tuple(why), tuple(sorted(stale | bare)), why)

    def _why(self, path: str, key: str) -> str:
        entry = self._tree.entries.get(path)
        if entry is None:
            return "new"
        if entry.key != key:
            return INPUTS
        if path in self._tree.files or path in self._tree.others or path in self._tree.folders:
            return "" if self._tree.digest(path) == entry.digest else "changed on disk"
        return "missing on disk"

    @contextmanager
    def stage(self) -> Iterator[Stage]:
        """A fresh stage, gone when the block ends however it ends; after a crash, at the next build."""
        try:
            with faults(self._stage):
                os.mkdir(self._stage, 0o700)
            yield Stage(self._stage, self._tree)
        finally:
            with suppress(OSError):
                remove_tree(self._stage)

    def read(self, path: str) -> bytes:
        """The bytes that readers have at a path now; none where no file is."""
        return Path(self._tree.place(path)).read_bytes() if path in self._tree.files else b""

    def digests(self, plan: Plan, stage: Stage) -> dict[str, str]:
        """The digest of every file of the tree to be, by path; those that are dirty and not staged yet are left out."""
        clean = plan.keys.keys() - set(plan.dirty) - stage.digests.keys()
        staged = plan.keys.keys() & stage.digests.keys()
        return {path: stage.digests[path] if path in staged else self._tree.entries[path].digest for path in sorted(clean | staged)}

    def swap(self, plan: Plan, stage: Stage) -> Receipt:
        """Makes the output hold exactly the planned artifacts. A Fault on the way leaves it as it was."""
        wanted = self.digests(plan, stage)
        if wanted.keys() != plan.keys.keys() or not stage.digests.keys() <= wanted.keys():
            raise ValueError("what is staged is not what was planned")
        tree = self._tree
        if not (plan.dirty or plan.stale) and tree.inode and tree.stands and self._ledger.knows(tree.inode):
            return Receipt((), (), len(wanted))
        with faults(self.path):
            written = [path for path in sorted(stage.digests) if tree.digest(path) != wanted[path]]
            removed = [path for path in plan.stale if path in tree.files or path in tree.others or path.endswith("/")]
            notes: tuple[Problem, ...] = ()
            if not (written or removed) and tree.inode:
                self._keep(plan, wanted)
            elif self._is_mount:
                notes = self._replace_each(plan, wanted, written, stage.path_of, {})
            else:
                notes = self._replace_all(plan, wanted, written, removed, stage)
        return Receipt(tuple(written), tuple(removed), len(wanted) - len(written), notes)

    def _keep(self, plan: Plan, wanted: Mapping[str, str]) -> None:
        """The tree stays; the ledger learns the new keys and stamps, and keeps what it knows of the standby."""
        inode = self._tree.inode
        entries = {path: Entry(plan.keys[path], digest, self._tree.files[path]) for path, digest in wanted.items()}
        if entries != self._tree.entries or not self._ledger.knows(inode):
            other = os.stat(self._standby).st_ino if os.path.isdir(self._standby) else inode
            write_ledger(self._ledger_path, inode, {other: self._ledger.written(other), inode: entries})

    def _replace_all(
        self, plan: Plan, wanted: Mapping[str, str], written: list[str], removed: list[str], stage: Stage
    ) -> tuple[Problem, ...]:
        tree, standby = self._tree, open_standby(self._standby, self._ledger)
        trees: Trees = {standby.inode: bring_up(standby, tree, stage, plan.keys, wanted)}
        if not tree.inode:
            write_ledger(self._ledger_path, standby.inode, trees)
            os.rename(self._standby, self.path)
            return ()
        write_ledger(self._ledger_path, standby.inode, {**trees, tree.inode: tree.as_left()})
        try:
            notes = self._exchange()
        except OSError as error:
            if error.errno not in swap.CANNOT_MOVE:
                raise
            return self._replace_each(plan, wanted, written, standby.place, trees)
        gone = {path for path in (*written, *removed) if path in tree.files and path in tree.entries}
        forget(self._standby, gone)
        kept = {path: entry for path, entry in tree.as_left().items() if path not in gone}
        write_ledger(self._ledger_path, standby.inode, {**trees, tree.inode: kept})
        return notes

    def _exchange(self) -> tuple[Problem, ...]:
        try:
            swap.exchange(self.path, self._standby)
        except OSError as error:
            if error.errno not in swap.CANNOT_EXCHANGE:
                raise
            swap.exchange_in_steps(self.path, self._standby, self._aside)
            message = "this system cannot exchange two folders in one step: for an instant there was no output"
            return (Problem("FT009", message, shown(self.path), severity=INFO),)
        return ()

    def _replace_each(self, plan: Plan, wanted: Mapping[str, str], written: list[str], source: Source, trees: Trees) -> tuple[Problem, ...]:
        stamps = replace_files(self._tree, wanted, written, source)
        entries = {path: Entry(plan.keys[path], digest, stamps[path]) for path, digest in wanted.items()}
        write_ledger(self._ledger_path, self._tree.inode, {**trees, self._tree.inode: entries})
        message = "the output is a mount point, so its files were replaced one by one: readers may have seen old and new together"
        return (Problem("FT009", message, shown(self.path), hint="mount the folder above the output instead"),)


def _parents(path: str) -> Iterator[str]:
    while (parent := os.path.dirname(path)) != path:
        yield parent
        path = parent
