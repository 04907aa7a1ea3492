"""Building: Pelican's run with our generator, from here as from plain `pelican`."""

from __future__ import annotations

import logging
import os
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pressroom.build import Receipt
from pressroom.commands.display import displayed
from pressroom.config import mistaken, read_settings
from pressroom.ground.problems import EXIT_OUR_BUG, Fault, Problem
from pressroom.model.kinds import BY_NAME
from pressroom.model.settings import PREVIEW, PUBLIC, Settings
from pressroom.reports import is_public_log, told

CONFIGURATION = "pelicanconf.py"
PREVIEW_FOLDER = "preview"


@dataclass(frozen=True, slots=True)
class Telling:
    """What a build is to say beside what it did: of each file why it was made, where its time went; and what need not be said again."""

    explain: bool = False
    profile: bool = False
    told: Collection[Problem] = ()


def run(root: Path, audience: str = PUBLIC, now: str = "", quiet: bool = False, telling: Telling = Telling()) -> Receipt:
    """One build for an audience, through Pelican. A build that failed is a Fault or a SystemExit; nothing was changed then."""
    receipts: list[Receipt] = []
    given: dict[str, Any] = {"AUDIENCE": audience, "NOW": now, "ON_RECEIPT": receipts.append}
    given |= {name: True for name, wanted in (("EXPLAIN", telling.explain), ("PROFILE", telling.profile)) if wanted}
    if audience == PREVIEW:
        given["OUTPUT_PATH"] = str(root / PREVIEW_FOLDER)
    try:
        with displayed() as progress:
            _pelican(root, given | {"PROGRESS": progress})
    except SystemExit as end:
        # A plugin that ends the process with 0 does not end it well: nothing was built.
        if end.code:
            raise
    if not receipts:
        raise Fault(
            Problem("FT007", "Pelican ran and the press room did not", CONFIGURATION, hint="PLUGINS names pressroom.plugin"),
            code=EXIT_OUR_BUG,
        )
    if not quiet:
        show(receipts[0], root, telling.told)
    return receipts[0]


def settings_of(root: Path, given: Mapping[str, Any] = {}) -> dict[str, Any]:
    """Pelican's settings as the configuration gives them."""
    from pelican.settings import read_settings as read_pelicans

    path = root / CONFIGURATION
    if not path.is_file():
        raise Fault(Problem("FT008", f"there is no {CONFIGURATION}", hint="run the command in the press room's folder"))
    try:
        return read_pelicans(str(path), override=dict(given))
    except (Exception, SystemExit) as error:
        unread = Problem("FT008", f"the settings cannot be read: {error}", CONFIGURATION, hint=f"python {CONFIGURATION} says more")
        raise Fault(*(_misread(path, given) or [unread])) from None


def _misread(path: Path, given: Mapping[str, Any]) -> list[Problem]:
    """What Pelican has failed over, where that is the value of a setting and not the file itself."""
    from pelican.settings import get_settings_from_file

    try:
        return mistaken({**get_settings_from_file(str(path)), **given}, str(path.parent))
    except (Exception, SystemExit):
        return []


def read(root: Path) -> Settings:
    """Our settings as the configuration gives them."""
    from pelican.settings import DEFAULT_CONFIG

    return read_settings(settings_of(root), DEFAULT_CONFIG, str(root))


def _pelican(root: Path, given: Mapping[str, Any]) -> None:
    from pelican import Pelican
    from pelican.log import console
    from pelican.settings import DEFAULT_CONFIG

    logging.getLogger("pelican").setLevel(logging.ERROR)
    # Pelican's own closing line counts articles; it has none.
    console.quiet = True
    settings = settings_of(root, given)
    # What is no plugin's name Pelican would tell with a traceback, and what is no table at all it would trip over.
    read_settings(settings, DEFAULT_CONFIG, str(root))
    Pelican(settings).run()


def show(receipt: Receipt, root: Path, before: Collection[Problem] = ()) -> None:
    """What a build did: its warnings, a table per language, and one line. A preview holds what a public log must not count.

    Of what was told `before` only the number is.
    """
    fresh = [problem for problem in receipt.problems if problem not in before]
    for line in told(fresh, os.environ, root):
        print(line)
    if again := len(receipt.problems) - len(fresh):
        print(f"{again} {'warning is' if again == 1 else 'warnings are'} as before.")
    if receipt.audience == PREVIEW and is_public_log(os.environ):
        print("The preview is built. What it holds is not counted in a log that anybody may read.")
        return
    rows = [
        ("language", *(f"{kind}s" for kind in BY_NAME)),
        *((lang, *(counts[kind] for kind in BY_NAME)) for lang, counts in receipt.editions.items()),
    ]
    wide = max(len(lang) for lang, *_ in rows)
    for lang, *counts in rows:
        print("  ".join([f"{lang:<{wide}}", *(f"{count:>{len(title)}}" for count, title in zip(counts, rows[0][1:], strict=True))]))
    held = "" if receipt.audience == PREVIEW or is_public_log(os.environ) or not receipt.held else f", {receipt.held} held"
    print(f"{receipt.files} files for the {receipt.audience}: {receipt.written} written, {receipt.removed} removed{held}.")
