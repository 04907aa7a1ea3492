"""The door that Pelican opens. Nothing else in the house knows Pelican; nothing but this generator writes.

Pelican fails open: it goes on without a plugin that does not load, prints tracebacks, and ends well after Ctrl-C. So a run that comes through
this door ends in SystemExit whenever it has failed, with the codes of ground/problems. What other plugins do before that is theirs: one that
ends the process while it is loaded, or when Pelican is initialized, ends it as it likes, and nothing has been written by then.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, nullcontext
from functools import partial
from pathlib import Path
from typing import Any

from pelican import Pelican, signals
from pelican.generators import Generator
from pelican.settings import DEFAULT_CONFIG

from pressroom.build import Receipt, build
from pressroom.config import FILE, read_settings
from pressroom.ground import clock
from pressroom.ground.problems import EXIT_FAULTS, EXIT_INTERRUPTED, EXIT_OUR_BUG, EXIT_TERMINATED, Fault, Problem
from pressroom.ground.progress import SILENT, Watched
from pressroom.model.settings import Settings
from pressroom.profiles import profiled
from pressroom.reports import OURS, explained, is_public_log, reported, told

SEAM = "4.12"
"""The minor version of Pelican whose seams this door was tried on."""

THEIRS = "A plugin, or Pelican,"

_ONLY_WATCH = "take it out of PLUGINS: nothing but the press room writes, and other plugins may watch"


def register() -> None:
    """Called by Pelican when it loads its plugins."""
    signals.initialized.connect(check_host)
    signals.get_generators.connect(generators)
    signals.all_generators_finalized.connect(check_generators)
    if threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGINT, _interrupted)
        signal.signal(signal.SIGTERM, _terminated)


def _interrupted(*_: object) -> None:
    raise SystemExit(EXIT_INTERRUPTED)


def _terminated(*_: object) -> None:
    raise SystemExit(EXIT_TERMINATED)


def check_host(pelican: Pelican) -> None:
    """Before Pelican does anything: it may neither write nor delete by itself, and no plugin may be missing."""
    with _ending(_root(pelican.settings)):
        _settings(pelican.settings)
        _refuse_missing_plugins(pelican)
    pelican.run = partial(_run, pelican, pelican.run)


def _run(pelican: Pelican, run: Callable[[], None]) -> None:
    """Pelican's run, from which nobody but us goes out well: it takes Ctrl-C for good, and so it does a plugin that ends the process with 0."""
    with _ending(_root(pelican.settings), THEIRS):
        _refuse_makers(pelican)
        try:
            run()
        except KeyboardInterrupt:
            raise SystemExit(EXIT_INTERRUPTED) from None
        except SystemExit as end:
            if end.code:
                raise
            raise Fault(Problem("FT007", "a plugin ended the run", FILE, hint="take it out of PLUGINS")) from None


def check_generators(made: list[Generator]) -> None:
    """Before anything is written: nothing is, whatever other plugins have done to the settings and to Pelican's own generators meanwhile."""
    settings, context = made[0].settings, made[0].context
    with _ending(_root(settings)):
        _settings(settings)
        if context["generated_content"] or context["static_content"]:
            raise Fault(Problem("FT007", "a plugin has given Pelican something to write", FILE, hint=_ONLY_WATCH))


def generators(pelican: Pelican) -> type[Generator]:
    return PressGenerator


def _settings(given: Mapping[str, Any]) -> Settings:
    return read_settings(given, DEFAULT_CONFIG, root=_root(given))


def _root(given: Mapping[str, Any]) -> str:
    """The project's folder: where the content's is."""
    return os.path.dirname(os.path.abspath(given["PATH"]))


def _refuse_missing_plugins(pelican: Pelican) -> None:
    """Pelican drops a plugin that does not load or register; a press room is not built with a part missing."""
    loaded = {name.rpartition(".")[2] for name in pelican.settings["PLUGINS"]}
    missing = [name for name in _plugins_wanted() if name.rpartition(".")[2] not in loaded]
    if missing:
        hint = "Pelican's message above says why; mend it, or take it out"
        raise Fault(*(Problem("FT007", f"the plugin {name} does not load", FILE, hint=hint) for name in missing))


def _refuse_makers(pelican: Pelican) -> None:
    """A generator or a writer of another plugin's would write into the output beside us."""
    makers = [*signals.get_generators.receivers_for(pelican), *signals.get_writer.receivers_for(pelican)]
    foreign = sorted({str(getattr(maker, "__module__", maker)) for maker in makers if maker is not generators})
    if foreign:
        raise Fault(*(Problem("FT007", f"the plugin {name} brings a generator or a writer of its own", FILE, hint=_ONLY_WATCH) for name in foreign))


def _plugins_wanted() -> list[str]:
    """The plugins that the configuration names: Pelican overwrites its own setting, so they are read from the module it loaded."""
    for module in list(sys.modules.values()):
        named = getattr(module, "PLUGINS", None)
        if isinstance(named, list | tuple) and __name__ in (names := [str(getattr(plugin, "__name__", plugin)) for plugin in named]):
            return names
    return []


class PressGenerator(Generator):
    """Pelican's run reaches the press room here, once, with everything it has to say in its settings."""

    def generate_output(self, writer: Any) -> None:
        root = _root(self.settings)
        with _ending(root):
            receipt = self._build(_settings(self.settings))
            (self.settings.get("ON_RECEIPT") or partial(tell, root=root))(receipt)
            if self.settings.get("EXPLAIN"):
                print("\n".join(explained(receipt.why, os.environ)))

    def _build(self, settings: Settings) -> Receipt:
        def written(path: str) -> None:
            with _ending(settings.root, THEIRS):
                signals.content_written.send(os.path.join(settings.output, path), context=self.context)

        def profile(path: str) -> None:
            print(f"Where the time went: {os.path.relpath(path, settings.root)}")

        now, watched = clock.now(self.settings.get("NOW", ""), os.environ), Watched(written, self.settings.get("PROGRESS") or SILENT)
        with profiled(settings.state, watched, profile) if self.settings.get("PROFILE") else nullcontext(watched) as progress:
            return build(settings, now, progress, is_public_log(os.environ))


def tell(receipt: Receipt, root: str = ".") -> None:
    """What a plain `pelican` run says at its end."""
    for line in told(receipt.problems, os.environ, root):
        print(line, file=sys.stderr)
    print(f"{receipt.files} files for the {receipt.audience}: {receipt.written} written, {receipt.removed} removed.")


@contextmanager
def _ending(root: str, whose: str = OURS) -> Iterator[None]:
    """Ends the process where the block fails: by a fault with its problems, by a bug with its report. Pelican would show a traceback."""
    try:
        yield
    except Fault as fault:
        for line in told(fault.problems, os.environ, root):
            print(line, file=sys.stderr)
        raise SystemExit(fault.exit_code) from fault
    except Exception as bug:
        print(reported(bug, Path(root), whose), file=sys.stderr)
        raise SystemExit(EXIT_OUR_BUG if whose == OURS else EXIT_FAULTS) from bug
