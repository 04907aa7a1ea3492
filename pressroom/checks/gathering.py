"""From the sources to what is looked for: everything held, less what is cleared, the theme's or the interface's as well."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, partial
from itertools import chain
from math import inf

from pressroom.checks.containers import pieces
from pressroom.checks.entries import Entry, attributions, named_entries, of_entry, read_entries
from pressroom.checks.excuses import Excuses
from pressroom.checks.held import HeldSource, SourceFile, Sources
from pressroom.checks.joints import with_dates
from pressroom.checks.leak_record import LeakRecord, hashes
from pressroom.checks.matcher import Matcher
from pressroom.checks.needles import DIGEST, FIELD, PART, SEGMENT, Needle, bare, forms_of, of_source, read_source
from pressroom.checks.public import Public, public
from pressroom.checks.scripts import Conversions, converted, converted_entries, language_of
from pressroom.ground.pool import Pool

# What it takes of a processor's time to look through one source, about, and how many are looked through by one job.
_SECONDS, _RUN = 0.003, 32


class TooMuch(Exception):
    """More work than one process should do that others wait for."""


@dataclass(frozen=True, slots=True)
class Needles:
    """What to look for. `cleared` are digests of files whose whole content is cleared, `root` of those in `root/`: what they say is searched where it can be."""

    needles: tuple[Needle, ...]
    hashes: tuple[int, ...]
    cleared: frozenset[str] = frozenset()
    root: frozenset[str] = frozenset()


def gather(
    sources: Sources, common: Iterable[bytes], record: LeakRecord, derivatives: Mapping[str, Iterable[str]] | None = None,
    conversions: Conversions = (), common_digest: str = "", pool: Pool | None = None, most: float = inf, url: str = "",
    files: Iterable[tuple[str, str]] = (),
) -> tuple[Needles, LeakRecord]:
    """The needles of everything held, less what a cleared source, the registries' used entries or `common` hold as well.

    `common` are the theme's files, the interface words, and the engine's own files that hold names and words which it writes, looked at once
    for each `common_digest` (empty: always); `derivatives` the digests of images made from held ones, by document folder; `conversions` make
    texts in another script of those of a language; `url` is the site's own address, and `files` are the digests and names of those that go out with
    the theme. The record that comes back knows the cleared sources. Given a pool, many of them are looked through by it;
    what would take longer than `most` seconds of a processor's time is TooMuch.
    """
    entries = [entry for file in sources.registries for entry in read_entries(file)] if sources.held else []
    root = frozenset([file.digest for file in sources.root])
    as_they_are = (*files, *((file.digest, file.name.rpartition("/")[2]) for file in sources.root))
    needles, named = _raw_needles(sources.held, entries, conversions, public(url, sources.cleared, as_they_are, [entry.id for entry in entries]))
    needles += [Needle(DIGEST, digest, folder, "image") for folder, found in (derivatives or {}).items() for digest in found]
    matcher = Matcher(enumerate(needles))
    excuses = Excuses(record, hashes(record, (needle.identity for needle in needles)), needles, matcher)
    cleared_files = {f"{file.digest} {file.shown}": file for file in sources.cleared}
    for chosen, names in excuses.unasked(cleared_files):
        if _SECONDS * len(names) > most:
            raise TooMuch
        if pool and pool.pays(_SECONDS * len(names)):
            runs = [[cleared_files[name] for name in names[first : first + _RUN]] for first in range(0, len(names), _RUN)]
            excuses.take(dict(zip(names, chain.from_iterable(pool.run(_Asker(chosen, conversions), runs)), strict=True)))
    for name, file in cleared_files.items():
        # A folder's name is a cleared source's too: where two documents have one slug, it gives nothing away.
        excuses.ask(name, partial(_texts_of, file, conversions))
    excuses.ask(common_digest, lambda: (piece.text for data in common for piece in pieces(data) if piece.whole))
    found = excuses.found()
    found |= _excused_by_entries(needles, entries, named, matcher, found, conversions)
    found |= _ids_of_names(needles, found)
    cleared = frozenset([file.digest for file in sources.cleared])
    found |= _put_together(needles, found)
    kept = [n for n, needle in enumerate(needles) if n not in found and needle.what != PART and not (needle.way == DIGEST and needle.value in cleared)]
    renewed = replace(record, asked=excuses.asked, excused=excuses.excused, known=sources.known)
    looked_for = [replace(needle, parts=()) if (needle := needles[n]).parts else needle for n in kept]
    return Needles(tuple(looked_for), tuple([excuses.hashes[n] for n in kept]), cleared, root), renewed


def _put_together(needles: Sequence[Needle], found: set[int]) -> set[int]:
    """The needles of which every part is excused by itself."""
    excused = {needles[n].identity for n in found}
    return {n for n, needle in enumerate(needles) if needle.parts and excused.issuperset(needle.parts)}


class _Asker:
    """A pool's tool: says of each cleared file which of some needles it holds."""

    def __init__(self, chosen: Sequence[tuple[int, Needle]], conversions: Conversions) -> None:
        self._chosen, self._conversions = chosen, conversions

    def __reduce__(self) -> tuple[type[_Asker], tuple[Sequence[tuple[int, Needle]], Conversions]]:
        return _Asker, (self._chosen, self._conversions)

    @cached_property
    def _matcher(self) -> Matcher:
        return Matcher(self._chosen)

    def __call__(self, files: Sequence[SourceFile]) -> list[set[int]]:
        return [self._matcher.find_anywhere(*_texts_of(file, self._conversions)) for file in files]


def _ids_of_names(needles: Sequence[Needle], found: set[int]) -> set[int]:
    """The ids of speakers whose names are excused: a person's page is addressed by an id that no text spells.

    A slug or a name that is the same says no more; but what a headline says as well is no speaker's for that.
    """
    excused = [needles[n] for n in found if needles[n].way == FIELD and needles[n].what != PART]
    names = {bare(needle.value) for needle in excused}
    spoken = {bare(needle.value) for needle in excused if needle.what == "speaker"}
    return {n for n, needle in enumerate(needles) if needle.way == SEGMENT and bare(needle.value) in (names if needle.what == "speaker" else spoken)}


def _texts_of(file: SourceFile, conversions: Conversions) -> Iterator[str]:
    forms = forms_of(file)
    yield from (file.name, file.shown.rpartition("/")[0], *forms, *converted(file, forms, conversions))


def _excused_by_entries(
    needles: Sequence[Needle], entries: Iterable[Entry], named: Mapping[str, Sequence[Needle]], matcher: Matcher, found: set[int],
    conversions: Conversions,
) -> set[int]:
    """What the registry entries say that cleared documents use, directly or through one another, or that no held document uses."""
    numbers = {needle.identity: number for number, needle in enumerate(needles)}
    waiting = {entry.name: entry for entry in entries}
    said: set[int] = set()
    public: list[Entry] = []
    while True:
        known = found | said
        used = [name for name in waiting if name not in named or any(n.naming and numbers[n.identity] in known for n in named[name])]
        if not used:
            # What the site puts together of entries says no more than they.
            return said | matcher.find_anywhere(*_attributions([entry for entry in public if entry.name in named], public, conversions))
        for name in used:
            entry = waiting.pop(name)
            public.append(entry)
            said = said.union(*(matcher.find_anywhere(one.text) for one in (entry, *converted_entries(entry, conversions))))
            said.update(numbers[needle.identity] for needle in named.get(name, ()))


def _attributions(named: Iterable[Entry], public: Iterable[Entry], conversions: Conversions) -> Iterator[str]:
    """Persons with the offices that everybody knows, in every script."""
    organisations = {entry.id: (entry, *converted_entries(entry, conversions)) for entry in public if entry.register == "organisations"}
    for person in named:
        if person.register == "people":
            for number, form in enumerate((person, *converted_entries(person, conversions))):
                yield from attributions(form, {id: forms[number] for id, forms in organisations.items()})


def _in_other_scripts(source: HeldSource, texts: Mapping[str, str], conversions: Conversions) -> Iterator[Needle]:
    """The needles of a held source's editions as they would be converted, by as many ways as there are."""
    forms = {file: list(converted(file, [texts[file.name]], conversions)) for file in source.files}
    for number in range(max(map(len, forms.values()), default=0)):
        of_form = {file.name: found[number] for file, found in forms.items() if number < len(found)}
        yield from of_source(replace(source, files=tuple(file for file in source.files if file.name in of_form)), of_form)


def _with_dates(source: HeldSource, texts: Mapping[str, str]) -> dict[str, str]:
    """The texts of a held source with the dates marked: of an edition in its language, of another file in any that the source has."""
    by_name = {file.name: language_of(file) for file in source.files}
    languages = frozenset(filter(None, by_name.values()))
    return {name: with_dates(text, [by_name[name]] if by_name[name] else languages) for name, text in texts.items()}


def _raw_needles(
    held: Sequence[HeldSource], entries: Sequence[Entry], conversions: Conversions, everybodys: Public
) -> tuple[list[Needle], dict[str, list[Needle]]]:  # fmt: skip
    """Every needle of the held sources that is not public, each once, before what is cleared is taken away; and those of each entry that is named there."""
    found: dict[tuple[str, str], Needle] = {}
    named: dict[str, list[Needle]] = {}
    for source in held:
        texts = {file.name: read_source(file) for file in source.files}
        marked = _with_dates(source, {name: everybodys.without_addresses(text) for name, text in texts.items()})
        for needle in everybodys.without(source, texts, [*of_source(source, marked), *_in_other_scripts(source, marked, conversions)]):
            before = found.setdefault(needle.identity, needle)
            if before.parts != needle.parts:
                found[needle.identity] = replace(before, parts=(*before.parts, *needle.parts) if before.parts and needle.parts else ())
        for entry in named_entries(source, texts, entries):
            forms = (entry, *converted_entries(entry, conversions))
            named.setdefault(entry.name, [needle for form in forms for needle in of_entry(form, source.folder)])
    for needles in named.values():
        for needle in needles:
            if found.setdefault(needle.identity, needle).parts:
                found[needle.identity] = needle
    for needle in [needle for needle in found.values() if needle.parts]:
        for way, value in needle.parts:
            found.setdefault((way, value), Needle(way, value, needle.folder, PART))
    return list(found.values()), named
