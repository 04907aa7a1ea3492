"""From staged artifacts to the output: the plan of what is dirty and what is stale, and the swap, all or nothing.

Nothing is written into the tree that readers have. The standby beside it is brought up, the ledger is written with the entries of both, and
the two folders change places in one step; only where the output is a mount point are its files replaced one by one.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from pressroom.ground.companion import Companion
from pressroom.ground.problems import INFO, Fault, Problem
from pressroom.press import swap
from pressroom.press.entries import Entries, differing, is_telling
from pressroom.press.files import faults, remove_file, remove_tree, shown
from pressroom.press.ledger import Ledger, checksum_at, read_ledger, write_ledger
from pressroom.press.mounts import replace_files
from pressroom.press.scans import SEEN, Found, Look, Looking, folders_of, is_large, look
from pressroom.press.stage import Stage
from pressroom.press.standby import bring_up, forget, open_standby
from pressroom.press.tree import Tree, check_paths

Source = Callable[[str], str]
Trees = dict[int, Entries]
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


@dataclass(frozen=True, slots=True)
class Former:
    """Gives the bytes of those files of a tree that are known to be there, and of others none."""

    folder: str
    files: frozenset[str]

    def __call__(self, path: str) -> bytes:
        return _bytes_at(os.path.join(self.folder, path)) if path in self.files else b""


def had_large_output(state: str) -> bool:
    """Whether the last build that this state folder knows of left trees so large that it pays to have a companion."""
    return is_large(_ledger_in(state))


def _ledger_in(state: str) -> str:
    return os.path.join(state, "ledger.json")


def open_output(path: str, state: str, companion: Companion | None = None) -> Output:
    """The output at a path, a linked one where the link leads, as it stands now. Needs the lock of the state folder.

    What a crash has left half done is put right first. A companion that is near looks at the tree from now on, and not when there is need of it.
    """
    with faults(path):
        return Output(os.path.realpath(path), os.path.realpath(state), companion or Companion())


class Output:
    """The tree that readers have, from its scan to the swap."""

    def __init__(self, path: str, state: str, companion: Companion) -> None:
        self.path = path
        self._ledger_path = _ledger_in(state)
        self._check(state)
        self._is_mount = os.path.ismount(path)
        folder, name = (state, "output") if self._is_mount else os.path.split(path)
        self._stage, self._standby, self._aside = (os.path.join(folder, f".{name}.{role}") for role in ("stage", "standby", "aside"))
        os.makedirs(folder, exist_ok=True)
        swap.mend(path, self._standby, self._aside)
        remove_tree(self._aside)
        remove_tree(self._stage)
        self._looking = Looking(self._ledger_path, companion)
        self._looking.begin(path)

    def look_ahead(self) -> None:
        """Has a companion that is near look at the standby too: there will be something to write."""
        self._looking.begin(self._standby)

    @cached_property
    def _ledger(self) -> Ledger:
        return read_ledger(self._ledger_path)

    @cached_property
    def _found(self) -> Found:
        with faults(self.path):
            return self._looking.found(self.path) or look(self.path, self._ledger)

    @cached_property
    def _tree(self) -> Tree:
        return Tree(self.path, self._ledger.entries(self._found.inode), self._found)

    @property
    def ledger(self) -> bytes:
        """Which ledger lies on the disk, by its checksum, and which folder stands at the output: the standby's entries are in it too."""
        inode = os.stat(self.path).st_ino if os.path.isdir(self.path) else 0
        return b"%s%d" % (checksum_at(self._ledger_path), inode)

    @property
    def stands(self) -> bool:
        """Whether it is, file by file and folder by folder, as the ledger has it."""
        return self._found.is_as_left

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
        tree = self._tree
        return bool(tree.inode and not self._ledger.knows(tree.inode) and (tree.files or tree.found.others))

    def plan(self, keys: Mapping[str, str]) -> Plan:
        """Compares artifacts, as keys by path, with the ledger and the disk. Paths that cannot stand together are a Fault."""
        tree = self._tree
        known = tree.entries.keys
        # In their order; and where the ledger has a path, it is that very one: what is the same is quickly found equal.
        kept, new = [path for path in known if path in keys], keys.keys() - known.keys()
        keys = {path: keys[path] for path in sorted((*kept, *new))}
        if new:
            check_paths(list(keys), new)
        dirty = {*differing(keys, known)} | ((tree.found.changed.keys() | tree.found.missing) & keys.keys())
        with faults(self.path):
            why = {path: reason for path in sorted(dirty) if (reason := self._why(path, keys[path]))}
        stale = (tree.found.changed.keys() | tree.found.others | (known.keys() if len(kept) < len(known) else set())) - keys.keys()
        bare = {f"{folder}/" for folder in tree.found.bare - folders_of(keys)} if tree.found.bare else set()
        return Plan(keys, tuple(why), tuple(sorted(stale | bare)), why)

    def _why(self, path: str, key: str) -> str:
        tree = self._tree
        if path not in tree.entries.keys:
            return "new"
        if tree.entries.keys[path] != key:
            return INPUTS
        if tree.has(path) or path in tree.found.others or path in tree.found.strange:
            return "" if tree.digest(path) == tree.entries.digests[path] else "changed on disk"
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
        """The bytes that readers have at a path now; none where no file is that can be read."""
        return _bytes_at(self._tree.place(path)) if self._tree.has(path) else b""

    def reader(self, paths: Iterable[str]) -> Former:
        """The same for some paths, as a plain value."""
        return Former(self.path, frozenset(filter(self._tree.has, paths)))

    def digests(self, plan: Plan, stage: Stage) -> dict[str, str]:
        """The digest of every file of the tree to be, by path; those that are dirty and not staged yet are left out."""
        # Nearly all are known, and taken over as a whole: to ask for each takes longer. Whatever is new is dirty, and whatever is gone is stale.
        known = self._tree.entries.digests
        found = {**known, **stage.digests}
        for path in (*plan.stale, *(path for path in plan.dirty if path not in stage.digests)):
            found.pop(path, None)
        return {path: found[path] for path in sorted(found)} if any(path not in known for path in stage.digests) else found

    def swap(self, plan: Plan, stage: Stage) -> Receipt:
        """Makes the output hold exactly the planned artifacts. A Fault on the way leaves it as it was."""
        wanted = self.digests(plan, stage)
        if stage.digests.keys() != {*plan.dirty} or len(wanted) != len(plan.keys):
            raise ValueError("what is staged is not what was planned")
        tree = self._tree
        if not (plan.dirty or plan.stale) and tree.inode and tree.stands and self._ledger.knows(tree.inode):
            return Receipt((), (), len(wanted))
        with faults(self.path):
            written = [path for path in sorted(stage.digests) if tree.digest(path) != wanted[path]]
            removed = [path for path in plan.stale if tree.has(path) or path in tree.found.others or path.endswith("/")]
            tree.reopen(wanted)
            notes: tuple[Problem, ...] = ()
            if not (written or removed) and tree.inode:
                self._keep(plan, wanted)
            elif self._is_mount:
                self._forget_folders()
                notes = self._replace_each(plan, wanted, written, stage.path_of, {})
            else:
                notes = self._replace_all(plan, wanted, written, removed, stage)
        return Receipt(tuple(written), tuple(removed), len(wanted) - len(written), notes)

    def _keep(self, plan: Plan, wanted: Mapping[str, str]) -> None:
        """The tree stays; the ledger learns the new keys and stamps, and keeps what it knows of the standby, but for what nobody wants any more."""
        tree, known = self._tree, self._tree.entries
        if plan.keys != known.keys or wanted != known.digests or tree.found.changed or not self._ledger.knows(tree.inode):
            entries = Entries(plan.keys, wanted, {path: tree.stamp(path) for path in wanted})
            standby = os.stat(self._standby).st_ino if os.path.isdir(self._standby) else 0
            others = {standby: self._ledger.entries(standby).without(plan.stale, {})} if self._ledger.knows(standby) else {}
            write_ledger(self._ledger_path, tree.inode, {**others, tree.inode: entries}, self._ledger, {*plan.dirty, *plan.stale, *tree.found.changed})

    def _forget_folders(self) -> None:
        """Of what is not there any more no name is kept: the next look lists every folder once."""
        remove_file(os.path.join(os.path.dirname(self._ledger_path), SEEN))

    def _replace_all(
        self, plan: Plan, wanted: Mapping[str, str], written: list[str], removed: list[str], stage: Stage
    ) -> tuple[Problem, ...]:
        tree, standby = self._tree, open_standby(self._standby, self._ledger, self._looking.found(self._standby))
        touched = self._touched(plan, standby)
        # The look at the standby has ended by now, and writes no more.
        if any(map(is_telling, {*removed, *(touched - wanted.keys())})):
            self._forget_folders()
        entries = bring_up(standby, tree, stage, plan.keys, wanted, touched)
        # The stage may have come in its place.
        inode = os.stat(self._standby).st_ino
        trees: Trees = {inode: entries}
        if not tree.inode:
            write_ledger(self._ledger_path, inode, trees)
            os.rename(self._standby, self.path)
            return ()
        # What goes out of the older tree, once it is the standby, is not counted on from now on.
        gone = {path for path in (*written, *removed) if tree.has(path) and path in tree.entries.keys}
        write_ledger(self._ledger_path, inode, {**trees, tree.inode: tree.left(gone)}, self._ledger, touched)
        try:
            notes = self._exchange()
        except OSError as error:
            if error.errno not in swap.CANNOT_MOVE:
                raise
            return self._replace_each(plan, wanted, written, standby.place, trees)
        forget(self._standby, gone)
        return notes

    def _touched(self, plan: Plan, standby: Tree) -> Set[str]:
        """The paths at which the two trees and what is planned may differ. All others stand in both as the ledger has them, and as they are wanted."""
        if not (self._ledger.knows(self._tree.inode) and self._ledger.knows(standby.inode)):
            return {*plan.keys, *plan.stale, *standby.files}
        odd = (path for found in (self._tree.found, standby.found) for path in (*found.changed, *found.missing))
        return {*plan.dirty, *plan.stale, *self._ledger.apart, *odd}

    @property
    def is_unprepared(self) -> bool:
        """Whether it is large and has no standby, which else the first change would have to wait for."""
        return not self._is_mount and os.path.isdir(self.path) and not os.path.lexists(self._standby) and is_large(self._ledger_path)

    def prepare(self) -> None:
        """Makes the standby, and has the folders of both trees seen. What hinders it is told when there is need of one."""
        try:
            ledger, inode = read_ledger(self._ledger_path), os.stat(self.path).st_ino
            known = ledger.entries(inode)
            output, standby = Tree(self.path, known, Found(inode)), open_standby(self._standby, Ledger())
            entries = bring_up(standby, output, Stage(self._stage, output), known.keys, known.digests, known.digests.keys())
            write_ledger(self._ledger_path, inode, {inode: output.left(), standby.inode: entries})
            look_at = Look(self._ledger_path)
            for folder in (self.path, self._standby):
                look_at(folder)
        except (OSError, Fault):
            with suppress(OSError):
                remove_tree(self._standby)

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
        write_ledger(self._ledger_path, self._tree.inode, {**trees, self._tree.inode: Entries(plan.keys, wanted, stamps)})
        message = "the output is a mount point, so its files were replaced one by one: readers may have seen old and new together"
        return (Problem("FT009", message, shown(self.path), hint="mount the folder above the output instead"),)


def _bytes_at(path: str) -> bytes:
    """The bytes of a file of the output; none where somebody has closed it to us, and it is made anew."""
    try:
        return Path(path).read_bytes()
    except PermissionError:
        return b""


def _parents(path: str) -> Iterator[str]:
    while (parent := os.path.dirname(path)) != path:
        yield parent
        path = parent
