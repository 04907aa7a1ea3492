"""Where the links of a text lead, and which files it shows, as far as both languages lead to the same."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from pressroom.ground.languages import in_address
from pressroom.model.document import Edition

LINK, FILE = "link", "file"
_ANY = "*"
_FILE = re.compile(r"/(?:releases|transcripts|pages)/.*\.[a-z0-9]+$", re.IGNORECASE)
_JOINTS = re.compile(r"([/._?&=-])")


@dataclass(frozen=True, slots=True)
class Target:
    """A link or a file: what it is known by in every language, as it is written, and where."""

    what: str
    key: str
    written: str
    line: int
    column: int


def targets(edition: Edition, languages: Iterable[str], offered: Collection[str] = ()) -> list[Target]:
    """The links and files of an edition. Places on the page itself, and addresses of mail, are each language's own; a file that is `offered`
    beside every edition is also where only the text of one leads to it.
    """
    return list(_targets(edition, frozenset(map(in_address, languages)), offered))


def _targets(edition: Edition, languages: frozenset[str], offered: Collection[str]) -> Iterator[Target]:
    for link, href in zip(edition.facts.links, edition.hrefs, strict=True):
        if href.startswith("/"):
            path = href.partition("#")[0]
            if path in offered and not link.image:
                continue
            if link.image or _FILE.fullmatch(path):
                yield Target(FILE, _neutral(path, languages), link.target, link.line, link.column)
            else:
                first, _, rest = path.strip("/").partition("/")
                yield Target(LINK, f"/{rest if first in languages else path.strip('/')}", link.target, link.line, link.column)
        elif href.startswith(("http:", "https:")):
            yield Target(FILE if link.image else LINK, _outside(href, languages), link.target, link.line, link.column)
        elif href.startswith("tel:"):
            yield Target(LINK, re.sub(r"[^\d+]", "", href), link.target, link.line, link.column)


def _outside(href: str, languages: frozenset[str]) -> str:
    """An address without what says its language. Where something does, the rest may be in words of that language: then the host alone counts."""
    try:
        parts = urlsplit(href)
    except ValueError:
        return href
    host = parts.netloc.lower().removeprefix("www.")
    rest = f"{parts.path.rstrip('/')}?{parts.query}" if parts.query else parts.path.rstrip("/")
    neutral_host, neutral_rest = _neutral(host, languages), _neutral(rest, languages)
    if (neutral_host, neutral_rest) != (host, rest):
        return ".".join(label for label in neutral_host.split(".") if label != _ANY)
    return f"{host}{rest}"


def _neutral(text: str, languages: frozenset[str]) -> str:
    """With a sign in the place of each language tag: of the site's languages, in full or their first part."""
    short = {tag.split("-")[0] for tag in languages}
    parts = _JOINTS.split(text)
    found = [_ANY if part.lower() in languages | short else part for part in parts]
    # zh-hans, zh_cn, en-us: what follows a language's sign is part of it.
    return re.sub(r"\*[-_](?:han[st]|[a-z]{2})(?![a-z])", _ANY, "".join(found), flags=re.IGNORECASE)


def apart(mine: list[Target], other: list[Target]) -> tuple[list[Target], list[Target]]:
    """What the one has and the other has not, each once. An address that says no language is matched by one of its host that does."""
    ours, theirs = {target.key: target for target in reversed(mine)}, {target.key: target for target in reversed(other)}
    left = [target for key, target in ours.items() if key not in theirs and not _of_host(key, theirs)]
    right = [target for key, target in theirs.items() if key not in ours and not _of_host(key, ours)]
    return sorted(left, key=_place), sorted(right, key=_place)


def _of_host(key: str, others: Iterable[str]) -> bool:
    return any(key.startswith(f"{other}/") or other.startswith(f"{key}/") for other in others if "/" not in other or "/" not in key)


def _place(target: Target) -> tuple[int, int]:
    return target.line, target.column
