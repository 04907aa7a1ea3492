"""The folders of the disk, each listed once for all who look at them one after the other; and which of their names an editor has left behind."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from functools import lru_cache

from pressroom.ground import clock

_LEFTOVER = re.compile(r"\.(?!well-known$).*|#.*#|.*~|~\$.*|.*\.(?:swp|swo|tmp|bak|orig)|Thumbs\.db|desktop\.ini", re.IGNORECASE)


@lru_cache(maxsize=4096)
def is_leftover(name: str) -> bool:
    """Whether a file is what an editor or a desktop leaves behind, never meant to be published."""
    return bool(_LEFTOVER.fullmatch(name))


class Disk:
    """One look at the disk, from its beginning on. What was written last before it had `settled` would have another stamp if it was changed since."""

    def __init__(self) -> None:
        self.settled = clock.settled()
        self._listed: dict[str, Sequence[os.DirEntry[str]]] = {}

    def entries(self, folder: str) -> Sequence[os.DirEntry[str]]:
        """What stands in a folder, for who asks first: the next one gets the same, with the stamps that were looked at."""
        self._listed[folder] = _list(folder)
        return self._listed[folder]

    def last_entries(self, folder: str) -> Sequence[os.DirEntry[str]]:
        """The same for who asks last. Of a large content it would be much to hold."""
        return self._listed.pop(folder) if folder in self._listed else _list(folder)

    def forget(self) -> None:
        """Lets go of what nobody has asked for."""
        self._listed.clear()


def _list(folder: str) -> Sequence[os.DirEntry[str]]:
    with os.scandir(folder) as opened:
        return list(opened)
