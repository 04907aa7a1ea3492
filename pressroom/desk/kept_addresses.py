"""Addresses that were published: each answers with its document, a redirect page or a notice, or names the file that mends it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field

from pressroom.desk.fates import GONE, HELD, MOVED, STANDS, UNSOUND, Fate, Present, is_draft
from pressroom.ground.languages import in_address
from pressroom.ground.problems import Problem
from pressroom.model.document import Document
from pressroom.model.kinds import BY_FOLDER, BY_NAME, DATED, PAGE
from pressroom.model.published import Published, PublishedEdition
from pressroom.model.site import PEOPLE

_BENEATH = re.compile(r"(?P<edition>/.+/)(?:v/(?P<version>\d+)|with/(?P<other>[^/]+))/")
_OF_AN_EDITION = ("index.html", "index.json", "index.md")
_THEME = "theme/"
_SEARCH = re.compile(r"[^/]+/search/index\.html")
_CONFIGURATION = "pelicanconf.py"


def answering(paths: Collection[str], editions: Collection[PublishedEdition]) -> frozenset[str]:
    """Those of a published tree's paths that readers were given as addresses, but for files of its documents. A search is a tool, and may be switched off."""
    texts = {edition.address[1:] + name for edition in editions for name in _OF_AN_EDITION}
    folders = {edition.folder for edition in editions}
    return frozenset(path for path in paths if path in texts or _is_page(path) or _is_copy(path, folders))


def _is_page(path: str) -> bool:
    return path.endswith(".html") and not path.startswith(_THEME) and not _SEARCH.fullmatch(path)


def _is_copy(path: str, folders: Collection[str]) -> bool:
    """Whether a path lies where files of documents do, and in the folder of none: one that moved has left a copy in the root for it."""
    kind, *names = path.split("/")
    return kind in BY_FOLDER and "/".join((kind, *names[: 2 if BY_FOLDER[kind].dated else 1])) not in folders


def lost_addresses(published: Published, present: Present, fates: tuple[Fate, ...], troubled: Collection[str]) -> list[Problem]:
    """What would not answer any more. `troubled` are the folders of which something else is told already: what hangs on them may be mended with it."""
    lost = _lost(published, present)
    problems = _languages(published, present)
    told = {*troubled, *(fate.folder for fate in fates if fate.what == STANDS and fate.folder in lost.of_folder)}
    fed = frozenset(feed.address for feed in published.feeds)
    of_listings, listed = _listings(lost.others, published, present, fates, told)
    problems += of_listings
    for fate in fates:
        if fate.what == GONE:
            hint = "put the folder back (git log -- finds it); what readers have can be withdrawn, not deleted"
            problems.append(Problem("CO011", f"{fate.folder} is published and would be gone", f"{present.content}/{fate.folder}", hint=hint))
        elif fate.what == STANDS:
            problems += _of_editions(fate, lost.of_folder.get(fate.folder, {}))
        elif fate.what == MOVED:
            problems += _left_behind(fate, present)
        if fate.what in (STANDS, MOVED):
            problems += _to_redirect(fate, lost, listed.get(fate.folder, []), fed)
            problems += _attachments(fate, present)
    problems += _pairs(fates, lost)
    return problems + _feeds(published, present)


@dataclass
class _Lost:
    """The addresses that would not answer, by whose they are: of editions by folder, redirects by the folder they led to, all others by path."""

    of_folder: dict[str, dict[str, PublishedEdition]] = field(default_factory=lambda: defaultdict(dict))
    redirects: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    others: list[str] = field(default_factory=list)


def _lost(published: Published, present: Present) -> _Lost:
    by_address = {edition.address: edition for edition in published.editions}
    silent = _silent_languages(published, present)
    lost = _Lost()
    for path in sorted(answering(published.paths, published.editions) - present.paths):
        address = _address_of(path)
        if address.split("/")[1] in silent:
            continue
        beneath = _BENEATH.fullmatch(address)
        target = published.pages[path].target if path in published.pages else ""
        if edition := by_address.get(_folder_of(address)) or (by_address.get(beneath["edition"]) if beneath else None):
            lost.of_folder[edition.folder][address] = edition
        elif target in by_address:
            lost.redirects[by_address[target].folder].append(address)
        else:
            lost.others.append(path)
    return lost


def _address_of(path: str) -> str:
    return f"/{path.removesuffix('index.html')}"


def _folder_of(address: str) -> str:
    return address[: address.rindex("/") + 1]


def _silent_languages(published: Published, present: Present) -> dict[str, str]:
    """Languages that readers were spoken to in and the site speaks no more: the tag, by what stands in addresses."""
    return {in_address(edition.lang): edition.lang for edition in published.editions if edition.lang not in present.site.languages}


def _languages(published: Published, present: Present) -> list[Problem]:
    return [
        Problem("CO011", f"everything that is published in {lang} would be gone", _CONFIGURATION, hint=f"put {lang} back into LANGUAGES")
        for lang in sorted(_silent_languages(published, present).values())
    ]


def _of_editions(fate: Fate, lost: Mapping[str, PublishedEdition]) -> list[Problem]:
    """Editions whose files are gone, and what stood beside or beneath those that are still there."""
    assert fate.document is not None and fate.known is not None
    problems = []
    slug = fate.document.slug
    for address, edition in lost.items():
        whole = edition.lang in fate.document.editions
        if is_draft(fate.known, edition.lang) or (not whole and address != edition.address):
            continue
        path = f"{fate.known.shown}/index.{edition.lang}.md"
        message = f"{address} is published and would be gone"
        hint = f"put the file back; what readers have can be withdrawn: inv correct {slug} --type withdrawn"
        if beneath := whole and _BENEATH.fullmatch(address):
            if beneath["other"] or not _is_told(fate.document, int(beneath["version"]), edition.lang):
                continue
            path, hint = f"{fate.known.shown}/v/{beneath['version']}/index.{edition.lang}.md", "put the former text back"
        elif edition.derived:
            path, hint = _CONFIGURATION, f"it never had a file: put back the edition that it is converted from, or {edition.lang} into DERIVED"
        problems.append(Problem("CO011", message, path, hint=hint))
    return problems


def _left_behind(fate: Fate, present: Present) -> Iterator[Problem]:
    """Editions and earlier versions that a document has not taken along to where it moved: an alias would answer for them with other words."""
    assert fate.document is not None and fate.known is not None
    if fate.document.fields.withdrawn:
        return
    for edition in fate.editions:
        lang = edition.lang
        if edition.withdrawn or edition.derived or lang not in present.site.languages or is_draft(fate.known, lang):
            continue
        if lang not in fate.document.editions:
            message = f"{fate.folder} has moved, and the words of {edition.address} would be gone"
            hint = f"put the file back; what readers have can be withdrawn: inv correct {fate.document.slug} --type withdrawn"
            yield Problem("CO011", message, f"{fate.known.shown}/index.{lang}.md", hint=hint)
            continue
        for version in sorted(edition.formers.keys() - present.formers.get((fate.document.folder, lang), {}).keys()):
            if _is_told(fate.document, version, lang):
                message = f"{fate.folder} has moved, and the words of {edition.address}v/{version}/ would be gone"
                yield Problem("CO011", message, f"{fate.known.shown}/v/{version}/index.{lang}.md", hint="put the former text back")


def _is_told(document: Document, version: int, lang: str) -> bool:
    """Whether the entry that ended a version concerns a language. Where it does so no longer, that is told, and the text may well be there."""
    entries = document.fields.corrections
    return version > len(entries) or entries[version - 1].concerns(lang)


def _pairs(fates: tuple[Fate, ...], lost: _Lost) -> Iterator[Problem]:
    """Pages side by side, told once for all documents that a setting had made them of. Where an edition is gone, that is told, and not its pages."""
    of_setting: dict[tuple[str, str], list[str]] = defaultdict(list)
    for fate in fates:
        of_original = []
        for address, edition in lost.of_folder.get(fate.folder, {}).items() if fate.what == STANDS else ():
            assert fate.document is not None
            beneath = _BENEATH.fullmatch(address)
            other = next((lang for lang in fate.document.editions if beneath and beneath["other"] == in_address(lang)), "")
            if not other or edition.lang not in fate.document.editions:
                continue
            if fate.document.original in (edition.lang, other):
                of_original.append(address)
            else:
                of_setting[edition.lang, other].append(address)
        if of_original:
            assert fate.document is not None and fate.known is not None
            hint = f"another edition is the original now; add to the front matter: aliases: [{', '.join((*fate.document.fields.aliases, *of_original))}]"
            message = f"published pages side by side would be gone: {', '.join(of_original)}"
            yield Problem("CO011", message, *fate.known.place("aliases", "title"), hint)
    for (lang, other), addresses in of_setting.items():
        more = f" and {len(addresses) - 1} more" if len(addresses) > 1 else ""
        hint = f"put the pair back: SIDE_BY_SIDE = [(\"{lang}\", \"{other}\")]"
        yield Problem("CO011", f"published pages side by side would be gone: {addresses[0]}{more}", _CONFIGURATION, hint=hint)


def _to_redirect(fate: Fate, lost: _Lost, listed: list[str], fed: frozenset[str]) -> Iterator[Problem]:
    """The pages of a moved document, redirects that once led to it, listings that had it: one line of aliases mends them all, but those that had a feed."""
    assert fate.document is not None and fate.known is not None
    # The years of a topic go with it.
    of_feeds = [address for address in listed if address.startswith(tuple(fed.intersection(listed)))]
    followed = [address for address in listed if address not in of_feeds]
    pages = [address for address in lost.of_folder.get(fate.folder, {}) if fate.what == MOVED and address.endswith("/")]
    if addresses := sorted({*pages, *lost.redirects.get(fate.folder, ()), *followed}):
        whole = ", ".join((*fate.document.fields.aliases, *addresses))
        hint = f"{'put back what was listed there, or ' if followed else ''}add to the front matter: aliases: [{whole}]"
        what = f"{fate.folder} has moved, and published addresses" if pages else "published addresses"
        yield Problem("CO011", f"{what} would be gone: {', '.join(addresses)}", *fate.known.place("aliases", "title"), hint)
    if of_feeds:
        hint = f"put back what was listed there, or add the entry that says so: inv correct {fate.document.slug}"
        yield Problem("CO011", f"published addresses would be gone: {', '.join(sorted(of_feeds))}", *fate.known.place("topics", "title"), hint)


def _attachments(fate: Fate, present: Present) -> Iterator[Problem]:
    """Files of a document that is not withdrawn and whose entries do not say that they went."""
    assert fate.document is not None and fate.known is not None
    if fate.document.fields.withdrawn:
        return
    has = {found.name: found.digest for found in fate.document.attachments}
    for name, digest in sorted({name: digest for edition in fate.editions for name, digest in edition.files.items()}.items()):
        address = f"/{fate.folder}/{name}"
        copy = present.copies.get(address[1:]) if fate.what == MOVED else None
        if copy and copy.digest not in (digest, has.get(name) if fate.is_corrected else digest):
            yield Problem("CO010", f"{address} is published and would be another file", copy.shown, hint="keep a copy of the file that readers have")
        if address[1:] in present.paths or (fate.is_corrected and name not in has):
            continue
        path = f"{fate.known.shown}/{name}"
        hint = f"put it back and name it in attachments, or say that it went: inv correct {fate.document.slug}"
        if fate.what == MOVED:
            hint = f"no page can lead on from a file's address: keep a copy in {present.content}/root{address}"
        yield Problem("CO011", f"{address} is published and would be gone", path, hint=hint)


def _listings(
    paths: list[str], published: Published, present: Present, fates: tuple[Fate, ...], told: Collection[str]
) -> tuple[list[Problem], Mapping[str, list[str]]]:
    """Pages that are no document's: faults of other files, and by the folder of a document the listings that an alias of it could answer.

    A listing may go where all that it led to was withdrawn or corrected; where something of that is told of already, it is mended with it.
    """
    languages = {in_address(lang) for lang in (*present.site.languages, *(edition.lang for edition in published.editions))}
    folders = {edition.address: edition.folder for edition in published.editions if edition.kind in DATED}
    by_folder = {fate.folder: fate for fate in fates}
    problems: list[Problem] = []
    people: dict[str, list[str]] = defaultdict(list)
    listed: dict[str, list[str]] = defaultdict(list)
    for path in paths:
        address, (lang, _, rest) = _address_of(path), path.partition("/")
        if lang not in languages:
            if not _may_go(path, present, fates):
                problems.append(Problem("CO011", f"{address} is published and would be gone", f"{present.content}/root/{path}", hint="put the file back"))
            continue
        links = published.pages[path].links if path in published.pages else frozenset[str]()
        linked = [by_folder[folder] for folder in sorted({folders[link] for link in links if link in folders})]
        if any(fate.what in (HELD, UNSOUND, GONE) or fate.folder in told for fate in linked) or (linked and all(fate.is_corrected for fate in linked)):
            continue
        if rest.startswith(f"{PEOPLE}/") and (id := rest.split("/")[1]) not in present.site.registry.people:
            people[id].append(address)
        elif linked:
            listed[next(fate for fate in linked if not fate.is_corrected).folder].append(address)
        else:
            problems.append(Problem("CO011", f"{address} is published and would be gone", _CONFIGURATION, hint="it listed nothing that could be put back"))
    for id, addresses in people.items():
        hint = f"register under {id} who had this id: another spelling of the name gave another"
        problems.append(Problem("CO011", f"published addresses would be gone: {', '.join(addresses)}", f"{present.content}/people.yml", hint=hint))
    return problems, listed


def _may_go(path: str, present: Present, fates: tuple[Fate, ...]) -> bool:
    """Whether a file of the root is the copy of one whose document is withdrawn, or was corrected since: an alias of that leads on from where it was."""
    folder = path.rpartition("/")[0].removeprefix(f"{BY_NAME[PAGE].folder}/")
    led = [document for lang in present.site.languages if (document := present.aliases.get(f"/{in_address(lang)}/{folder}/"))]
    corrected = {fate.document.folder for fate in fates if fate.document and fate.is_corrected}
    return any(document.fields.withdrawn or document.folder in corrected for document in led)


def _feeds(published: Published, present: Present) -> list[Problem]:
    """Feeds whose page is still there."""
    problems = []
    for feed in published.feeds:
        folder = feed.address[1:]
        if f"{folder}feed.xml" not in present.paths and f"{folder}index.html" in present.paths:
            place, hint = ("", 0, 0), ""
            if document := present.aliases.get(feed.address):
                place = present.known[document.folder].place("aliases")
                hint = "no redirect can lead on from a feed: take the alias out, and put back what was listed there"
            elif folder.split("/")[1] == PEOPLE:
                place, hint = (f"{present.content}/people.yml", 0, 0), "only who is registered has a feed: put the entry back"
            problems.append(Problem("CO011", f"{feed.address}feed.xml is published and would be gone", *place, hint))
    return problems
