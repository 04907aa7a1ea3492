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
from pressroom.ground.problems import Fault, Problem

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
                yield paths
    finally:
        watch.end()


class _Watch:
    """The project's own folder is watched by itself, and each folder in it that is watched with all that it holds."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._bursts: SimpleQueue[set[tuple[int, str]]] = SimpleQueue()
        self._looks: dict[Path, tuple[Thread, Event]] = {}
        self._fault: Fault | None = None

    def folders(self, names: Iterable[str]) -> list[Path]:
        """Those among these names that are folders of the project."""
        return [self._root / name for name in names if os.sep not in name and not self._is_ignored(name) and (self._root / name).is_dir()]

    def begin(self, folders: list[Path], recursive: bool = True) -> None:
        """Comes back when they are watched, each once: one that has come anew is no longer watched as what was there before.

        One that cannot be watched is a Fault: a preview that no change comes to would look like one that is up to date.
        """
        begun = [Event() for _ in folders]
        self._leave(folders)
        for folder, event in zip(folders, begun, strict=True):
            stop = Event()
            self._looks[folder] = Thread(target=self._look, args=(folder, recursive, event, stop), daemon=True), stop
            self._looks[folder][0].start()
        for event in begun:
            event.wait()
        self._stop_at_fault()

    def _stop_at_fault(self) -> None:
        if self._fault:
            raise self._fault

    def burst(self) -> tuple[str, ...]:
        """The paths of the next burst; none where there was none for a while."""
        from watchfiles import Change

        self._stop_at_fault()
        try:
            found = self._bursts.get(timeout=1)
            while not self._bursts.empty():
                found |= self._bursts.get()
        except Empty:
            return ()
        # That a folder was touched changes nothing in it.
        found = {(kind, path) for kind, path in found if kind != Change.modified or Path(path) not in self._looks}
        self._leave([Path(path) for kind, path in found if kind == Change.deleted])
        kinds = {(kind, os.path.relpath(path, self._root)) for kind, path in found}
        self.begin(self.folders(sorted(path for kind, path in kinds if kind == Change.added)))
        return tuple(sorted({path for _, path in kinds if path.startswith("..") or not self._is_ignored(path.split(os.sep)[0])}))

    def _leave(self, folders: Iterable[Path]) -> None:
        """Watches these no longer: what was there may be elsewhere now, and a watch would follow it."""
        for folder in folders:
            if folder != self._root and (look := self._looks.pop(folder, None)):
                look[1].set()

    def end(self) -> None:
        for _, stop in self._looks.values():
            stop.set()
        for thread, _ in self._looks.values():
            thread.join()

    def _look(self, folder: Path, recursive: bool, begun: Event, stop: Event) -> None:
        from watchfiles import DefaultFilter, watch

        try:
            for burst in watch(
                folder, watch_filter=DefaultFilter(ignore_paths=()), debounce=_LONGEST, step=_QUIET, rust_timeout=_TICK, yield_on_timeout=True,
                stop_event=stop, recursive=recursive,
            ):  # fmt: skip
                begun.set()
                if burst:
                    self._bursts.put(set(burst))
        except (OSError, RuntimeError) as error:
            # One that has gone meanwhile is watched again when it comes back.
            if folder.is_dir():
                self._fault = _unwatched(os.path.relpath(folder, self._root), error)
        finally:
            begun.set()

    def _is_ignored(self, name: str) -> bool:
        return name.startswith(".") or name in _IGNORED


def _unwatched(shown: str, error: Exception) -> Fault:
    hint = "raise what the system allows to one user: sysctl fs.inotify, ulimit -n"
    if isinstance(error, PermissionError):
        hint = "give yourself permission to read it, and every folder in it"
    return Fault(Problem("TX009", f"changes in the folder cannot be watched: {error}", shown, hint=hint))
