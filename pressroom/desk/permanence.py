"""What was published stays: every break of that is a fault, at the file that mends it."""

from __future__ import annotations

import re

from pressroom.desk.fates import HELD, Fate, Present, fates, is_draft
from pressroom.desk.gate import DRAFT
from pressroom.desk.kept_addresses import lost_addresses
from pressroom.desk.kept_words import changed_without_entry
from pressroom.ground.problems import Problem
from pressroom.model.published import Published

_OF_AN_ENTRY = re.compile(r"/corrections/\d+$", re.ASCII)
"""What the id of an entry of corrections has more than that of its edition. An entry without a place on the page leads to the edition's own address."""


def compare(published: Published, present: Present) -> tuple[list[Problem], list[Problem]]:
    """What a build of now would break of what readers have. The second list is of what is held, and named nowhere that anybody may read."""
    found = fates(published, present)
    problems = _changed_ids(published, present)
    held: list[Problem] = []
    troubled = set()
    for fate in found:
        held += _held_again(fate)
        if changed := changed_without_entry(fate, present):
            problems += changed
            troubled.add(fate.folder)
    return [*problems, *lost_addresses(published, present, found, troubled)], held


def _held_again(fate: Fate) -> list[Problem]:
    """A published document, or one of its editions, that the gate would hold now."""
    if fate.known is None or not fate.known.document.judged:
        return []
    slug = fate.known.document.slug
    hint = f"what readers have cannot be held: clear it; then it can be withdrawn: inv correct {slug} --type withdrawn"
    if fate.what == HELD:
        why = "a draft" if fate.known.held == DRAFT else "held until a later date"
        fields = ("status",) if fate.known.held == DRAFT else ("embargo", "date")
        return [Problem("CO012", f"{fate.folder} is published and would be {why} again", *fate.known.place(*fields), hint)]
    problems = []
    for edition in fate.editions:
        source = fate.known.document.sources.get(edition.lang)
        if source and is_draft(fate.known, edition.lang):
            place = source.header.places.get("status", (1, 1))
            problems.append(Problem("CO012", f"{edition.address} is published and would be a draft again", source.path, *place, hint))
    return problems


def _changed_ids(published: Published, present: Present) -> list[Problem]:
    """Ids that readers' programs know, told once: they all hang on one setting."""
    pairs = [(edition.address, edition.id) for edition in published.editions]
    pairs += [(feed.address, feed.id) for feed in published.feeds]
    pairs += [pair for feed in published.feeds for pair in feed.entries.items()]
    changed = [(id, present.ids[address]) for address, id in pairs if present.ids.get(address, id) not in (id, _OF_AN_ENTRY.sub("", id))]
    if not changed:
        return []
    then, now = changed[0]
    message = f"{len(changed)} published id{'s' if len(changed) != 1 else ''} would change: {then} would be {now}"
    return [Problem("CO013", message, "pelicanconf.py", hint="set FEED_AUTHORITY to what it was: every feed reader would show everything as new")]
