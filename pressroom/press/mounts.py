"""An output that is a mount point cannot be exchanged for another folder: its files are replaced one by one."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence

from pressroom.press.entries import Stamp
from pressroom.press.files import copy_file, make_folder, open_to_read, remove_tree
from pressroom.press.scans import folders_of, scan
from pressroom.press.tree import Tree, above

_INCOMING = ".incoming"


def replace_files(tree: Tree, wanted: Mapping[str, str], written: Sequence[str], source: Callable[[str], str]) -> dict[str, Stamp]:
    """Makes a tree hold the files that are `wanted` and nothing else; `source` says where the bytes of those to be `written` lie.

    All new bytes are on the tree's own file system before the first of its files changes, so that a full disk changes nothing; deletions
    come last, so that a reader finds the pages that an older page links to. Returns the stamps of all files.
    """
    incoming = tree.place(_INCOMING)
    remove_tree(incoming)
    needed, now = folders_of(wanted), scan(tree.path)
    try:
        make_folder(incoming)
        for number, path in enumerate(written):
            with open_to_read(source(path)) as file:
                copy_file(file, os.path.join(incoming, str(number)))
        unwanted = (now.files.keys() | now.others) - wanted.keys()
        blocking = {path for path in unwanted if path in needed or _lies_in(path, wanted)}
        folders = {folder for folder in now.folders if folder in wanted or _lies_in(folder, wanted)}
        tree.remove(blocking, folders)
        tree.make_folders(needed)
        for number, path in enumerate(written):
            os.replace(os.path.join(incoming, str(number)), tree.place(path))
    finally:
        remove_tree(incoming)
    tree.remove(unwanted - blocking, now.folders - needed - folders)
    return scan(tree.path).files


def _lies_in(path: str, wanted: Mapping[str, str]) -> bool:
    return any(folder in wanted for folder in above(path))
