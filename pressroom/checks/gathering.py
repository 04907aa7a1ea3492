"""From the sources to what is looked for: everything held, less what is cleared, the theme's or the interface's as well."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain
from math import inf

from pressroom.checks.containers import pieces
from pressroom.checks.entries import Entry, attributions, named_entries, of_entry, read_entries
from pressroom.checks.excuses import Excuses
from pressroom.checks.held import HeldSource, SourceFile, Sources
from pressroom.checks.joints import marked
from pressroom.checks.leak_record import KnownRuns, LeakRecord, hashes_of, salted
from pressroom.checks.needles import DIGEST, PART, SEGMENT, Needle, Prose, bare, forms_of, read_source
from pressroom.checks.public import Public, public
from pressroom.checks.runs import FIELD
from pressroom.checks.scripts import Conversions, converted, converted_entries, language_of
from pressroom.checks.sought import Looking, Needles, Unmade, words_of
from pressroom.ground import digests
from pressroom.ground.pool import Pool

# What it takes of a processor's time to look through one source, about, and how many are looked through by one job.
_SECONDS, _RUN = 0.003, 32


class TooMuch(Exception):
    """More work than one process should do that others wait for."""


def gather(
    sources: Sources, common: Iterable[bytes], record: LeakRecord, derivatives: Mapping[str, Iterable[str]] | None = None,
    conversions: Conversions = (), common_digest: str = "", pool: Pool | None = None, most: float = inf, url: str = "",
    files: Iterable[tuple[str, str]] = (), names: Sequence[str] = (), markup: Iterable[bytes] = (), themes: frozenset[str] = frozenset(),
) -> tuple[Needles, LeakRecord]:
    """The needles of everything held, less what a cleared source, the registries' used entries or `common` hold as well.

    `common` are the interface words, and the engine's own files that hold names and words which it writes; `markup` are the theme's other files, which
    have words alone, and no sentences, that are everybody's. Both are looked at once for each `common_digest` (empty: always); `derivatives` are the
    digests of images made from held ones, by document folder; `conversions` make texts in another script of those of a language; `url` is the site's
    own address, `names` are its names, `files` the digests and names of those that go out with the theme, and `themes` the digests of the theme's own: one
    of these beside a held document is no less everybody's. The record that comes back knows the cleared sources. Given a pool, many of them are looked
    through by it; what would take longer than `most` seconds of a processor's time is TooMuch.
    """
    entries = [entry for file in sources.registries for entry in read_entries(file)] if sources.held else []
    root = frozenset([file.digest for file in sources.root])
    as_they_are = (*files, *((file.digest, file.name.rpartition("/")[2]) for file in sources.root))
    images = [Needle(DIGEST, digest, folder, "image") for folder, found in (derivatives or {}).items() for digest in found]
    held = _held(sources.held, entries, conversions, public(url, sources.cleared, as_they_are, [entry.id for entry in entries], themes), names, record, images)
    looking = Looking(held.needles)
    excuses = Excuses(record, looking)
    cleared_files = {f"{file.digest} {file.shown}": file for file in sources.cleared}
    for asker, unasked in excuses.unasked(cleared_files):
        if _SECONDS * len(unasked) > most:
            raise TooMuch
        if pool and pool.pays(_SECONDS * len(unasked)):
            runs = [[cleared_files[name] for name in unasked[first : first + _RUN]] for first in range(0, len(unasked), _RUN)]
            excuses.take(dict(zip(unasked, chain.from_iterable(pool.run(_Asker(asker, conversions), runs)), strict=True)))
    for name, file in cleared_files.items():
        # A folder's name is a cleared source's too: where two documents have one slug, it gives nothing away.
        excuses.ask(name, partial(_texts_of, file, conversions))
    excuses.ask(common_digest, lambda: _texts_in(common))
    excuses.ask(common_digest and f"markup:{common_digest}", lambda: _texts_in(markup), short=True)
    found = excuses.found()
    found |= _excused_by_entries(entries, held, looking, found, conversions)
    found |= _ids_of_names(looking.needles, found)
    found |= held.collected.put_together(found)
    cleared = frozenset([file.digest for file in sources.cleared])
    needles = looking.needles.without(found, cleared)
    if not needles.unmade.runs <= record.searched_for:
        # What nothing excuses any more is new, and has to be looked for everywhere.
        needles = needles.complete()
    renewed = replace(record, asked=excuses.asked, excused=excuses.excused, known=sources.known, runs=held.remembered)
    return replace(needles, cleared=cleared, root=root), renewed


def _texts_in(files: Iterable[bytes]) -> Iterator[str]:
    return (piece.text for data in files for piece in pieces(data) if piece.whole)


class _Asker:
    """A pool's tool: says of each cleared file which of some needles it holds."""

    def __init__(self, looking: Looking, conversions: Conversions) -> None:
        self._looking, self._conversions = looking, conversions

    def __call__(self, files: Sequence[SourceFile]) -> list[set[int]]:
        return [self._looking.find(*_texts_of(file, self._conversions)) for file in files]


def _ids_of_names(needles: Needles, found: set[int]) -> set[int]:
    """The ids of speakers whose names are excused: a person's page is addressed by an id that no text spells.

    A slug or a name that is the same says no more; but what a headline says as well is no speaker's for that.
    """
    made = list(zip(needles.hashes, needles.needles, strict=True))
    excused = [needle for hash, needle in made if needle.way == FIELD and needle.what != PART and hash in found]
    names = {bare(needle.value) for needle in excused}
    spoken = {bare(needle.value) for needle in excused if needle.what == "speaker"}
    return {hash for hash, needle in made if needle.way == SEGMENT and bare(needle.value) in (names if needle.what == "speaker" else spoken)}


def _texts_of(file: SourceFile, conversions: Conversions) -> Iterator[str]:
    """What a cleared file says: in its name, with what it is called beside its ending, in its folder's, and in its text."""
    forms, name = forms_of(file), file.name.rpartition("/")[2]
    yield from (file.name, name.partition(".")[0], name.rpartition(".")[0], file.shown.rpartition("/")[0], *forms, *converted(file, forms, conversions))


def _excused_by_entries(entries: Iterable[Entry], held: _Held, looking: Looking, found: set[int], conversions: Conversions) -> set[int]:
    """What the registry entries say that cleared documents use, directly or through one another, or that no held document uses."""
    waiting = {entry.name: entry for entry in entries}
    said: set[int] = set()
    public: list[Entry] = []
    while True:
        known = found | said
        used = [name for name in waiting if name not in held.named or any(n.naming and hash in known for hash, n in held.named[name].items())]
        if not used:
            # What the site puts together of entries says no more than they.
            return said | looking.find(*_attributions([entry for entry in public if entry.name in held.named], public, conversions))
        for name in used:
            entry = waiting.pop(name)
            public.append(entry)
            said = said.union(held.named.get(name, ()), *(looking.find(one.text) for one in (entry, *converted_entries(entry, conversions))))


def _attributions(named: Iterable[Entry], public: Iterable[Entry], conversions: Conversions) -> Iterator[str]:
    """Persons with the offices that everybody knows, in every script."""
    organisations = {entry.id: (entry, *converted_entries(entry, conversions)) for entry in public if entry.register == "organisations"}
    for person in named:
        if person.register == "people":
            for number, form in enumerate((person, *converted_entries(person, conversions))):
                yield from attributions(form, {id: forms[number] for id, forms in organisations.items()})


def _marked(source: HeldSource, texts: Mapping[str, str], names: Iterable[str]) -> dict[str, str]:
    """The texts of a held source with the site's names marked, and the dates: of an edition in its language, of another file in any that the source has."""
    by_name = {file.name: language_of(file) for file in source.files}
    languages = frozenset(filter(None, by_name.values()))
    return {name: marked(text, [by_name[name]] if by_name[name] else languages, names) for name, text in texts.items()}


@dataclass(frozen=True, slots=True)
class _Held:
    """Every needle of the held sources that is not public, each once, before what is cleared is taken away; those of each entry that is named there, by their hashes;
    all as they were collected; and what is to be remembered of each source.
    """

    needles: Needles
    named: Mapping[str, Mapping[int, Needle]]
    collected: _Collected
    remembered: Mapping[int, KnownRuns]


class _Collected:
    """Needles by their hashes, each as it is told first, and what those are put together of that stand nowhere in one piece."""

    def __init__(self, salt: bytes) -> None:
        self.parts: dict[int, Needle] = {}
        self._salt, self._known = salt, list[KnownRuns]()

    def take(self, needles: Iterable[Needle], into: dict[int, Needle]) -> KnownRuns:
        """Takes needles, and says what there is to be remembered of them."""
        needles = list(needles)
        hashes = hashes_of(self._salt, (needle.identity for needle in needles))
        whole = {hash for hash, needle in zip(hashes, needles, strict=True) if not needle.parts}
        of_parts = {part: Needle(*part, needle.folder, PART) for needle in needles for part in needle.parts}
        known_as = dict(zip(of_parts, hashes_of(self._salt, of_parts), strict=True))
        joined = array("Q")
        for hash, needle in zip(hashes, needles, strict=True):
            into.setdefault(hash, needle)
            if needle.parts and hash not in whole:
                for part in needle.parts:
                    self.parts.setdefault(known_as[part], of_parts[part])
                    joined.extend((hash, known_as[part]))
        known = KnownRuns(array("Q", hashes), joined)
        self.remember(known)
        return known

    def remember(self, known: KnownRuns) -> None:
        self._known.append(known)

    def put_together(self, found: Set[int]) -> set[int]:
        """Those that stand nowhere in one piece, and of which every part was found."""
        joined, whole, held = set[int](), set[int](), set[int]()
        for known in self._known:
            joined.update(known.joined[::2])
            whole.update(known.whole())
            held.update(run for run, part in known.pairs() if part not in found)
        return joined - whole - held


def _held(
    held: Sequence[HeldSource], entries: Sequence[Entry], conversions: Conversions, everybodys: Public, names: Sequence[str], record: LeakRecord,
    images: Sequence[Needle],
) -> _Held:  # fmt: skip
    """The held sources, of which those that the record knows have no runs made."""
    collected = _Collected(record.salt)
    said, new_runs = dict[int, Needle](), dict[int, Needle]()
    named: dict[str, dict[int, Needle]] = {}
    remembered: dict[int, KnownRuns] = {}
    unmade: dict[int, tuple[HeldSource, dict[str, str]]] = {}
    for source in held:
        texts = {file.name: read_source(file) for file in source.files}
        told = _marked(source, {file.name: everybodys.without_what_is_out(file, texts[file.name]) for file in source.files}, names)
        words = list(words_of(source, told, conversions))
        collected.take(everybodys.without(source, texts, [one for one in words if isinstance(one, Needle)]), said)
        key = salted(record.salt, digests.of((source.folder, source.why, told, conversions)))
        if known := record.runs.get(key):
            unmade[key] = source, told
            collected.remember(known)
        else:
            made = [run for one in words if isinstance(one, Prose) for run in one.runs()]
            known = collected.take(everybodys.without(source, texts, made), new_runs)
        remembered[key] = known
        for entry in named_entries(source, texts, entries):
            if entry.name not in named:
                forms = (entry, *converted_entries(entry, conversions))
                collected.take((needle for form in forms for needle in of_entry(form, source.folder)), named.setdefault(entry.name, {}))
    collected.take(images, said)
    needles: dict[int, Needle] = {}
    for found in (said, *named.values(), new_runs, collected.parts):
        for hash, needle in found.items():
            needles.setdefault(hash, needle)
    runs, parts = (frozenset().union(*found) for found in ([remembered[key].runs for key in unmade], [remembered[key].joined[1::2] for key in unmade]))
    of_unmade = Unmade(tuple(unmade.values()), runs, parts, record.salt, conversions)
    return _Held(Needles(tuple(needles.values()), tuple(needles), unmade=of_unmade), named, collected, remembered)
