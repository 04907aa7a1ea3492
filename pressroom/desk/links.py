"""Links of a text to where they lead: bundles, files of bundles, topics, people, the outside."""

from __future__ import annotations

import ipaddress
import posixpath
import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from urllib.parse import unquote

from pressroom.desk import urls
from pressroom.desk.file_names import nearest_file
from pressroom.ground.problems import Problem
from pressroom.model.kinds import BY_FOLDER
from pressroom.model.media import is_shown
from pressroom.model.people import Registry
from pressroom.model.text import Link

_PELICAN = re.compile(r"[{|](filename|attach|static|index|tag|category|author)[}|](.*)", re.DOTALL)
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
_OUTSIDE = {"http", "https", "mailto", "tel"}
_WEB = re.compile(r"https?:/*(?:[^/?#]*@)?(?P<host>\[[0-9a-f:.]+\]|[^:/?#\[\]]+)(?::(?P<port>[0-9]*))?(?=[/?#]|$)", re.IGNORECASE)
_NOT_OF_A_HOST = re.compile(r"[\x00-\x20#/:<>?@\[\\\]^|%\x7f]")
# Neither names the document: a log may be public.
_NOT_CLEARED, _PUBLISH_TOGETHER = "the link leads to a document that is not cleared", "take the link out, or publish the two together"
_NO_EDITION = "the link leads to an edition that is not there, or is not cleared"
_EDITION = re.compile(r"index\.([^.]+)\.md")


@dataclass(frozen=True, slots=True)
class Known:
    """A folder of the content as links see it: the languages that are cleared, with the original first, and its files."""

    kind: str
    year: int
    slug: str
    languages: tuple[str, ...]
    files: frozenset[str]
    cleared: bool = True

    def address(self, lang: str) -> str:
        return urls.edition(self.kind, self.year, self.slug, lang)


FOLDER, FILE, TOPIC, PERSON, ADDRESS = "folder", "file", "topic", "person", "address"
Question = tuple[str, str]
"""What a link asks an atlas for, and by which name."""


@dataclass(frozen=True)
class Atlas:
    """Everything a link may lead to: documents by folder (`releases/2020/slug`), topics, people with a page, addresses of listings."""

    documents: Mapping[str, Known]
    registry: Registry
    people: frozenset[str]
    all_addresses: Callable[[], frozenset[str]]

    def known(self, folder: str) -> Known | None:
        return self.documents.get(folder)

    def has(self, what: str, name: str) -> bool:
        """Whether there is a file of a bundle (its folder and name), a topic, a person with a page, an address of the site."""
        if what == FILE:
            folder, _, file = name.rpartition("/")
            return file in self.documents[folder].files
        return name in {TOPIC: self.registry.topics, PERSON: self.people, ADDRESS: self.addresses}[what]

    @cached_property
    def addresses(self) -> frozenset[str]:
        """Few links ask for them, and they are many."""
        return self.all_addresses()

    def answer(self, what: str, name: str) -> str:
        """What a link is told, as a word that another answer would not be."""
        if what != FOLDER:
            return "yes" if (what != FILE or self.known(name.rpartition("/")[0])) and self.has(what, name) else ""
        found = self.known(name)
        return f"{' '.join(found.languages)}{'' if found.cleared else ' held'}." if found else ""


class Witness:
    """An atlas that keeps what it was asked, so that links need not be followed again while the answers stand."""

    def __init__(self, atlas: Atlas) -> None:
        self._atlas = atlas
        self.asked: dict[Question, str] = {}

    @property
    def documents(self) -> Mapping[str, Known]:
        """All documents, to guess at what was meant: a link that has a fault is followed each time."""
        return self._atlas.documents

    def known(self, folder: str) -> Known | None:
        self._note(FOLDER, folder)
        return self._atlas.known(folder)

    def has(self, what: str, name: str) -> bool:
        self._note(what, name)
        return self._atlas.has(what, name)

    def _note(self, what: str, name: str) -> None:
        self.asked[what, name] = self._atlas.answer(what, name)


@dataclass(frozen=True, slots=True)
class Resolved:
    """Where a link leads: an address of the site (`/…`), a fragment (`#…`) or an outside one; `mark` names the language if it is another.

    `file` is the folder and the name of the file of a bundle that the link needs published.
    """

    href: str
    mark: str = ""
    file: tuple[str, str] | None = None
    problem: Problem | None = None


_Fault = Callable[..., Resolved]


def resolve(link: Link, folder: str, lang: str, path: str, atlas: Atlas | Witness) -> Resolved:
    """Where a link in the edition `lang` of the document in `folder` leads. What leads nowhere is a Problem with `#` in its place."""

    def fault(code: str, message: str, hint: str = "") -> Resolved:
        return Resolved("#", problem=Problem(code, message, path, link.line, link.column, hint, width=max(1, len(link.target))))

    target = link.target.strip()
    said = _PELICAN.fullmatch(target)
    what, rest = (said[1], said[2]) if said else ("", target)
    if not said and _SCHEME.match(rest):
        scheme = _SCHEME.match(rest)[1].lower()  # type: ignore[index]
        if scheme.startswith("http") and scheme in _OUTSIDE and "\\" not in rest and not _is_web_address(rest):
            return fault("LK003", f"{rest} is no web address", "write https://, the host without spaces, a port of digits if it has one, and the path")
        if scheme in _OUTSIDE and "\\" not in rest:
            return Resolved(rest)
        return fault("LK003", f"a link to {scheme}: is not published", "write https://, mailto: or tel:, or a file of the content")
    if not said and rest.startswith("//"):
        return fault("LK003", f"{rest} names no scheme", f"write https:{rest}")
    rest, hash, fragment = rest.partition("#")
    rest = unquote(rest.partition("?")[0])
    suffix = f"#{unquote(fragment)}" if fragment else ""
    if what == "index":
        return Resolved(urls.front(lang) + suffix)
    if what in ("tag", "category", "author"):
        return _of_register(what, rest.strip("/"), lang, suffix, atlas, fault)
    if not rest:
        return Resolved(suffix or "#") if hash else fault("LK001", "the link is empty", "write where it leads")
    if "\\" in rest or "\x00" in rest:
        return fault("LK003", f"{target} is no path of the content", "write / between folders")
    if rest.startswith("/") and not what:
        return _of_site(rest, suffix, atlas, fault)
    place = rest.lstrip("/") if rest.startswith("/") else f"{folder}/{rest}"
    clean = posixpath.normpath(place)
    if clean.startswith(".."):
        return fault("LK003", f"{rest} leads out of the content", "link to a document or a file of this site")
    found = _of_content(clean, rest, lang, suffix, atlas, fault)
    if link.image and found.file and not is_shown(found.file[1]):
        return fault("FT011", f"browsers do not show {found.file[1]} as a picture", "save it again as JPEG, PNG or WebP; or link to it, without the !")
    return found


def _is_web_address(target: str) -> bool:
    """Whether a browser could ask a host for it: what no host or port can be is a slip, and the page would have no link."""
    found = _WEB.match(re.sub(r"[\t\r\n]", "", target))
    if not found or int(found["port"] or 0) > 65535:
        return False
    host = unquote(found["host"])
    if not host.startswith("["):
        return not _NOT_OF_A_HOST.search(unicodedata.normalize("NFKC", host))
    try:
        return bool(ipaddress.IPv6Address(host[1:-1]))
    except ValueError:
        return False


def repointed(found: Resolved, address: str, derived: Mapping[str, Mapping[str, str]]) -> Resolved:
    """A link to a passage as it leads in a derived edition at an address: to what was made of the passage. `derived` are the passages by address and source."""
    path, _, fragment = found.href.partition("#")
    made = derived.get(path or address, {}).get(fragment)
    return replace(found, href=f"{path}#{made}") if made else found


def _of_content(clean: str, written: str, lang: str, suffix: str, atlas: Atlas | Witness, fault: _Fault) -> Resolved:
    head, _, name = clean.rpartition("/")
    whole = atlas.known(clean)
    document = whole or atlas.known(head)
    if document and not document.cleared:
        return fault("LK002", _NOT_CLEARED, _PUBLISH_TOGETHER)
    if whole is None:
        edition = _EDITION.fullmatch(name)
        if document is None or not (edition or atlas.has(FILE, clean)):
            near = nearest_file(name, document.files) if document else ""
            return fault("LK001", f"{written} leads to nothing", near or _nearest(clean, atlas))
        if edition and edition[1] not in document.languages:
            to = f"{'{filename}' if written.startswith('/') else ''}{written.rpartition('/')[0] or '.'}/"
            return fault("LK002", _NO_EDITION, f"link to {to}, the edition in the page's language or else the original; or publish the two together")
        if edition:
            return Resolved(document.address(edition[1]) + suffix, edition[1] if edition[1] != lang else "")
        return Resolved(urls.attachment(document.kind, document.year, document.slug, name), file=(head, name))
    if not whole.languages:
        # A folder without an edition: that is told where it is.
        return Resolved("#")
    into = lang if lang in whole.languages else whole.languages[0]
    return Resolved(whole.address(into) + suffix, into if into != lang else "")


def _of_register(what: str, id: str, lang: str, suffix: str, atlas: Atlas | Witness, fault: _Fault) -> Resolved:
    if what == "tag" and atlas.has(TOPIC, id):
        address = urls.topic(id, lang)
        return Resolved(address + suffix) if atlas.has(ADDRESS, address) else fault("LK001", f"no document has the topic {id}", "give it to one, or take the link out")
    if what == "author" and atlas.has(PERSON, id):
        return Resolved(urls.person(id, lang) + suffix)
    if what == "category" and id in BY_FOLDER and BY_FOLDER[id].dated:
        return Resolved(urls.kind(BY_FOLDER[id].name, lang) + suffix)
    hint = {"tag": "name a topic of topics.yml", "author": "name a person who is quoted", "category": "name releases or transcripts"}[what]
    return fault("LK001", f"{{{what}}}{id} leads to nothing", hint)


def _of_site(path: str, suffix: str, atlas: Atlas | Witness, fault: _Fault) -> Resolved:
    """A path from the site's root: an address of the site, written with its closing slash or without."""
    for address in (path, f"{path}/"):
        if atlas.has(ADDRESS, address):
            return Resolved(address + suffix)
    hint = "link to a document by its folder, as in ../other-slug/ or {filename}/releases/2020/slug/"
    return fault("LK001", f"{path} is no address of this site", hint)


def _nearest(clean: str, atlas: Atlas | Witness) -> str:
    slug = clean.rstrip("/").rpartition("/")[2]
    for folder, known in atlas.documents.items():
        if known.slug == slug and known.cleared:
            return f"write {{filename}}/{folder}/"
    return "check the path: it counts from this document's folder"
