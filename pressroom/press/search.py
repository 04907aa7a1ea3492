"""Search: indexes that a reader's browser searches in, made by Pagefind. Only a bundle whose pages changed is made again.

What Pagefind makes is not kept beside the output that holds it: kept are the digests, by the key of what a bundle was made from. A bundle that
stands is thereby known without being made, and one whose files were lost or tampered with is made once more, with the same bytes.
"""

from __future__ import annotations

import gzip
import json
import os
import re
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from pressroom.ground import digests
from pressroom.ground.problems import Fault
from pressroom.model.artifact import Artifact, Bundle, Entry, Pages
from pressroom.model.site import Copy
from pressroom.press.files import faults, remove_tree, replace_file
from pressroom.press.making import Content, Make, make_here
from pressroom.press.pagefind import Service, refusal, start
from pressroom.press.render import Renderer

ENGINE = "search/engine"
"""The folder of Pagefind's own part in the browser, once for all bundles; they are merged into its index, which is of nothing."""

_TAG = re.compile(r"<[^>]*>")
_LIGATURES = frozenset("œŒæÆ")
# A sign that Pagefind reads, and behind a `&` leaves as it is written, with its marks within: then it has letters that the text has not.
_LESS, _LESS_LETTERS = re.compile("&(\u200b?)lt(\u200b?);"), "\0"
_RECORD, _WORK = "search.json", "search.new"
_ENTRY, _SIGNATURE = "pagefind-entry.json", b"pagefind_dcd"
_OF_THE_ENGINE = ("pagefind.js", "pagefind-worker.js", "wasm.")

Files = Mapping[str, str]
"""The digest (SHA-256) of each file of a bundle, by its path in there."""


@contextmanager
def open_indexes(state: str, renderer: Renderer, make: Make | None = None) -> Iterator[Indexes]:
    """The indexes of a run, of pages that `make` makes. Needs the lock of the state folder; what was made there is gone when the block ends."""
    indexes = Indexes(state, renderer, make)
    try:
        yield indexes
    finally:
        indexes.close()


class Indexes:
    """Bundles as the last build left them, and as this one makes them."""

    def __init__(self, state: str, renderer: Renderer, make: Make | None = None) -> None:
        self._record, self._work = os.path.join(state, _RECORD), os.path.join(state, _WORK)
        self._make_each = make or partial(make_here, renderer)
        self._service: Service | None = None
        self._bundles: dict[str, Bundle] = {}
        self._files: dict[str, Files] = {}
        self._made: set[str] = set()
        with faults(self._work):
            remove_tree(self._work)

    def artifacts(self, bundles: Iterable[Bundle], key_of: Callable[[Entry], str]) -> list[Artifact]:
        """Every file of these bundles and of the engine. What changed is made; what no bundle is made from any more is forgotten.

        `key_of` an entry is the digest of what its artifacts are made from.
        """
        known = _read(self._record)
        found = []
        self._bundles = {
            digests.of((bundle.folder, [(entry.address, key_of(entry)) for entry in bundle.entries])): bundle for bundle in _with_engine(tuple(bundles))
        }
        made = self._made_of([key for key in self._bundles if key not in known])
        for key, bundle in self._bundles.items():
            self._files[key] = known[key] if key in known else next(made)
            for name, digest in self._files[key].items():
                path = f"{bundle.folder}/{name}"
                found.append(Artifact(path, _as_made, (Copy(path, self._place(key, name), digest, "the search"),)))
        if self._files != known and (self._files or known):
            with faults(self._record):
                replace_file(self._record, json.dumps(self._files, separators=(",", ":")).encode())
        return found

    def provide(self, paths: Iterable[str]) -> None:
        """Makes the bundles of which one of these paths has to be written."""
        wanted = set(paths)
        lost = [
            key
            for key, bundle in self._bundles.items()
            if key not in self._made and not wanted.isdisjoint(f"{bundle.folder}/{name}" for name in self._files[key])
        ]
        for key, files in zip(lost, self._made_of(lost), strict=True):
            if files != self._files[key]:
                Path(self._record).unlink(missing_ok=True)
                raise refusal("Pagefind has made other files than before of the same pages")

    @property
    def engine(self) -> frozenset[str]:
        """The digests of the engine's files, in which nothing of any document is."""
        return frozenset(digest for key, bundle in self._bundles.items() if bundle.folder == ENGINE for digest in self._files[key].values())

    def close(self) -> None:
        """Ends Pagefind, and removes what it has made."""
        if self._service:
            self._service.close()
        with faults(self._work):
            remove_tree(self._work)

    def _place(self, key: str, name: str) -> str:
        return os.path.join(self._work, key, *name.split("/"))

    def _made_of(self, keys: list[str]) -> Iterator[Files]:
        """Makes bundles one after the other. While Pagefind has the pages of one, those of the next may be under way."""
        wanted = [[_artifacts(entry.pages()) for entry in self._bundles[key].entries] for key in keys]
        made = self._make_each([artifact for entries in wanted for artifacts in entries for artifact in artifacts])
        for key, entries in zip(keys, wanted, strict=True):
            yield self._make(key, [tuple(_text(*next(made)) for _ in artifacts) for artifacts in entries])

    def _make(self, key: str, texts: list[tuple[str, ...]]) -> Files:
        bundle, folder = self._bundles[key], os.path.join(self._work, key)
        with faults(folder):
            os.makedirs(folder, 0o700)
            if self._service is None:
                self._service = start(self._work)
            pages = {entry.address: text for entry, (text, *_) in zip(bundle.entries, texts, strict=True)}
            files = _of(self._service.index(dict(sorted(pages.items()))), bundle.folder == ENGINE)
            if bundle.folder != ENGINE:
                _add_facts(bundle, texts, files)
            for name, data in files.items():
                os.makedirs(os.path.dirname(self._place(key, name)), exist_ok=True)
                Path(self._place(key, name)).write_bytes(data)
            self._made.add(key)
            return _digests(files)


def _artifacts(pages: Pages) -> tuple[Artifact, ...]:
    """What is made of an entry: its page, its facts, and the page with the words as they are where that is another."""
    return (pages.page, pages.facts, *((pages.shown,) if pages.shown else ()))


def _text(artifact: Artifact, made: Content | Fault) -> str:
    if isinstance(made, Fault):
        raise made
    assert isinstance(made, bytes)
    return made.decode()


def _add_facts(bundle: Bundle, texts: list[tuple[str, ...]], files: dict[str, bytes]) -> None:
    """What is known of each page, by the name that Pagefind gives it in a hit; one file per index. A page without words has none.

    The fragments, which are what is shown, get the words of their pages as they are.
    """
    names, shown = {}, {entry.address: "".join(others) for entry, (_, _, *others) in zip(bundle.entries, texts, strict=True)}
    for path in [path for path in files if path.endswith(".pf_fragment")]:
        fragment = json.loads(gzip.decompress(files[path]).removeprefix(_SIGNATURE))
        names[fragment["url"]] = Path(path).stem
        if text := shown[fragment["url"]]:
            content = unfolded(fragment["content"], _TAG.sub(" ", text))
            if content != fragment["content"]:
                # Not packed, which Pagefind reads too: what packs best is not the same on every machine.
                found = json.dumps({**fragment, "content": content}, ensure_ascii=False, separators=(",", ":"))
                files[path] = _SIGNATURE + found.encode()
    facts: dict[str, dict[str, object]] = {entry.index: {} for entry in bundle.entries}
    for entry, (_, text, *_) in zip(bundle.entries, texts, strict=True):
        if entry.address in names:
            facts[entry.index][names[entry.address]] = json.loads(text)
    for index, of_pages in facts.items():
        files[f"{index}.json"] = json.dumps(of_pages, ensure_ascii=False, separators=(",", ":")).encode()


def engine_digests(languages: Iterable[str]) -> frozenset[str]:
    """The digests of the engine's files where it serves these indexes, made afresh: nothing of any document can be in them."""
    with tempfile.TemporaryDirectory() as folder:
        service = start(folder)
        try:
            files = service.index({f"/{lang}/": _nothing(lang) for lang in sorted(languages)})
        finally:
            service.close()
    return frozenset(_digests(_of(files, of_engine=True)).values())


def _with_engine(bundles: tuple[Bundle, ...]) -> Iterator[Bundle]:
    """The bundles, and the engine where there is any."""
    languages = sorted({entry.index for bundle in bundles for entry in bundle.entries})
    if languages:
        yield Bundle(ENGINE, tuple(_blank(lang) for lang in languages))
    yield from bundles


def _blank(lang: str) -> Entry:
    page = Artifact(f"/{lang}/", _nothing, (lang,))
    return Entry(lang, page.path, "", lambda: Pages(page, page))


def _nothing(lang: str) -> str:
    """A page that no search leads to, so that the engine has an index to merge others into."""
    return f'<!doctype html><html lang="{lang}"><body><p>pagefind</p></body></html>'


def _as_made(copy: Copy) -> Copy:
    return copy


def unfolded(content: str, shown: str) -> str:
    """A content as Pagefind has it, with the letters of the text that is shown, ligatures where it has them, and without the hyphens that this has not.

    Pagefind puts marks between words and stops after paragraphs, and keeps all letters in their order; if ever not, the content stays as it is.
    """
    written = content
    content, shown = (_LESS.sub(rf"&\1{_LESS_LETTERS}\2;", text) for text in (content, shown))
    letters = sum(map(str.isalnum, content))
    for cells in ([*shown], [cell for char in shown for cell in ((char, "") if char in _LIGATURES else char)]):
        if letters == sum(map(_is_letter, cells)):
            break
    else:
        return written
    found: list[str] = []
    at = 0
    for char in content:
        if char.isalnum():
            at = next(n for n in range(at, len(cells)) if _is_letter(cells[n]))
            found.append(cells[at])
            at += 1
        elif char.isspace():
            found.append(char)
        else:
            here = next((n for n in range(at, len(cells)) if not cells[n].isspace()), at)
            stands = cells[here : here + 1] == [char]
            at = here + 1 if stands else at
            found += char if stands or char != "-" else ""
    return "".join(found).replace(_LESS_LETTERS, "lt")


def _is_letter(cell: str) -> bool:
    """Whether it stands for a letter; what is empty stands for the second of a ligature."""
    return not cell or cell.isalnum()


def _of(files: Mapping[str, bytes], of_engine: bool) -> dict[str, bytes]:
    """What belongs there: of each bundle its index, of the engine the browser's part too. Keys are put in order, which Pagefind does not."""
    found = {path: data for path, data in sorted(files.items()) if _belongs(path, of_engine)}
    if _ENTRY in found:
        found[_ENTRY] = json.dumps(json.loads(found[_ENTRY]), sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()
    return found


def _belongs(inside: str, of_engine: bool) -> bool:
    if inside == _ENTRY or inside.endswith((".pf_meta", ".pf_index")):
        return True
    return inside.startswith(_OF_THE_ENGINE) if of_engine else inside.endswith(".pf_fragment")


def _digests(files: Mapping[str, bytes]) -> Files:
    return {path: digests.of_bytes(files[path]) for path in sorted(files)}


def _read(path: str) -> dict[str, Files]:
    """The record of the last build; nothing where it cannot be read, and all is made again."""
    try:
        found = json.loads(Path(path).read_bytes())
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}
