"""The standby tree, one build behind the output: brought to the wanted state by what changed, not by what exists."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterable, Mapping, Set

from pressroom.ground.problems import Fault, Problem
from pressroom.press.entries import Entries, Stamp, stamp_of
from pressroom.press.files import LARGE, clone_file, copy_in_kernel, digest_at, link_file, make_folder, open_to_read, remove_file, remove_folder, shown
from pressroom.press.ledger import Ledger
from pressroom.press.scans import Found, folders_of, look
from pressroom.press.stage import Stage
from pressroom.press.tree import Tree, above


def open_standby(path: str, ledger: Ledger, found: Found | None = None) -> Tree:
    """The standby as it lies on the disk, made where it is missing; `found` if it was looked at before."""
    if os.path.islink(path) or not os.path.isdir(path):
        remove_file(path)
        make_folder(path)
    os.chmod(path, 0o755)
    inode = os.stat(path).st_ino
    return Tree(path, ledger.entries(inode), found if found and found.inode == inode else look(path, ledger))


def bring_up(standby: Tree, output: Tree, stage: Stage, keys: Mapping[str, str], wanted: Mapping[str, str], touched: Set[str]) -> Entries:
    """Makes the standby hold the `wanted` digests by path and nothing else, where no paths but those that are `touched` may be other there.
    Its files come from the stage, else from the output.
    """
    if not output.inode and standby.is_empty and all(map(stage.holds, wanted)):
        # A first build has all of it there, folders and files.
        stage.move_to(standby.path)
        return Entries({path: keys[path] for path in wanted}, wanted, {path: stamp_of(os.lstat(standby.place(path))) for path in wanted})
    needed = {path for path in touched if path in wanted and standby.digest(path) != wanted[path]}
    gone = {path for path in touched if path not in wanted and standby.has(path)}
    empty = {*standby.found.strange, *folders_of(gone), *folders_of(standby.found.missing - wanted.keys())}
    standby.remove({path for path in needed if standby.has(path)} | gone | standby.found.others, empty - folders_of(wanted) if empty else ())
    standby.make_folders(folders_of(needed))
    standby.reopen(wanted)
    placed: dict[str, Stamp] = {}
    for path in sorted(needed):
        if stage.holds(path):
            os.replace(stage.path_of(path), standby.place(path))
            placed[path] = stamp_of(os.lstat(standby.place(path)))
        else:
            placed[path] = _take_over(path, wanted[path], output, standby)
    # The stamps of what has gone are in no question any more.
    return Entries(keys, wanted, lambda: {**standby.stamps, **placed}, {**standby.lately, **placed})


def _take_over(path: str, digest: str, output: Tree, standby: Tree) -> Stamp:
    """A file of the output, to the standby: a page is copied; a large file is cloned, or linked, where the file system can. Returns how it stands there."""
    source, target = output.place(path), standby.place(path)
    if output.stamp(path)[0] >= LARGE:
        if stamp_of(os.lstat(source)) != output.stamp(path):
            raise _changed(source)
        if clone_file(source, target):
            return stamp_of(os.lstat(target))
        if link_file(source, target):
            output.renew(path)
            return output.stamp(path)
    with open_to_read(source) as file:
        copied = copy_in_kernel(file, target)
        stands = stamp_of(os.fstat(file.fileno())) == output.stamp(path)
    # What has its stamp still, behind the copying, had the bytes that are known of it.
    if not stands and digest_at(target) != digest:
        raise _changed(source)
    return stamp_of(copied)


def _changed(source: str) -> Fault:
    return Fault(Problem("FT012", "the output changed while it was being built", shown(source), hint="build again"))


def forget(folder: str, paths: Iterable[str]) -> None:
    """Removes, from the tree that has just become the standby, the files that its successor lacks or has anew, and the folders they leave empty:
    withdrawn words lie nowhere, in names neither.

    The swap is done by then, so what cannot be removed is left to the next build.
    """
    for path in paths:
        with contextlib.suppress(OSError):
            remove_file(os.path.join(folder, path))
            for above_it in above(path):
                remove_folder(os.path.join(folder, above_it))
