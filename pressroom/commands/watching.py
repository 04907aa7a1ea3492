"""Changes of the files that a preview is made from, told as soon as a burst of them is over."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Event, Thread
from typing import Any

import pressroom
from pressroom.commands.builds import PREVIEW_FOLDER

_IGNORED = ("__pycache__", "node_modules", PREVIEW_FOLDER, "output")
_FOLDERS = ("PATH", "HELD_PATH", "THEME", "OVERRIDES")
_QUIET, _LONGEST, _TICK = 10, 200, 100
"""Milliseconds: how long nothing must happen until a burst is over, the longest burst, and how often it is looked whether to stop."""


def elsewhere(root: Path, settings: Mapping[str, Any]) -> list[Path]:
    """Folders outside the project that its site is made from: where its settings lead, and the engine's own."""
    found = [Path(os.path.abspath(root / str(settings[name]))) for name in _FOLDERS if settings.get(name)]
    found.append(Path(pressroom.__file__).parent)
    return [path for path in dict.fromkeys(found) if path.is_dir() and not path.is_relative_to(os.path.abspath(root))]


def changes(root: Path, others: Iterable[Path] = ()) -> Iterator[tuple[str, ...]]:
    """First nothing, when it has begun to watch, so that no change is missed; then the paths of each burst of changes, in order.

    What is made from the sources is not watched: a large site has many folders, and the system only so many watches.
    """
    watch = _Watch(root)
    try:
        watch.begin([root], recursive=False)
        watch.begin([*watch.folders(os.listdir(root)), *others])
        yield ()
        while True:
            if paths := watch.burst():
                watch.begin(watch.folders(paths))
                yield paths
    finally:
        watch.end()


class _Watch:
    """The project's own folder is watched by itself, and each folder in it that is watched with all that it holds."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._bursts: SimpleQueue[set[str]] = SimpleQueue()
        self._stop = Event()
        self._threads: list[Thread] = []

    def folders(self, names: Iterable[str]) -> list[Path]:
        """Those among these names that are folders of the project."""
        return [self._root / name for name in names if os.sep not in name and not self._is_ignored(name) and (self._root / name).is_dir()]

    def begin(self, folders: list[Path], recursive: bool = True) -> None:
        """Comes back when they are watched."""
        if folders:
            begun = Event()
            self._threads.append(Thread(target=self._look, args=(folders, recursive, begun), daemon=True))
            self._threads[-1].start()
            begun.wait()

    def burst(self) -> tuple[str, ...]:
        """The paths of the next burst; none where there was none for a while."""
        try:
            found = self._bursts.get(timeout=1)
            while not self._bursts.empty():
                found |= self._bursts.get()
        except Empty:
            return ()
        paths = (os.path.relpath(path, self._root) for path in found)
        return tuple(sorted(path for path in paths if path.startswith("..") or not self._is_ignored(path.split(os.sep)[0])))

    def end(self) -> None:
        self._stop.set()
        for thread in self._threads:
            thread.join()

    def _look(self, folders: list[Path], recursive: bool, begun: Event) -> None:
        from watchfiles import DefaultFilter, watch

        try:
            for burst in watch(
                *folders, watch_filter=DefaultFilter(ignore_paths=()), debounce=_LONGEST, step=_QUIET, rust_timeout=_TICK, yield_on_timeout=True,
                stop_event=self._stop, recursive=recursive,
            ):  # fmt: skip
                begun.set()
                if burst:
                    self._bursts.put({path for _, path in burst})
        finally:
            begun.set()

    def _is_ignored(self, name: str) -> bool:
        return name.startswith(".") or name in _IGNORED
