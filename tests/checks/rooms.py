"""A press room with one held document, gathered and searched for the tests of the leak check."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from types import MappingProxyType

from pressroom.checks.gathering import Needles, gather
from pressroom.checks.held import judge_sources
from pressroom.checks.leak_record import LeakRecord, new_record
from pressroom.checks.leaks import Files, Leak, search

NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
URL = "https://press.example.org"
HELD_FOLDER = "releases/2026/quiet-merger-talks"
SECRET = "Two harbour companies will merge under a single flag before the winter comes."
HAN_SECRET = "两家港口公司将在冬季到来之前合并为一家公司并更换旗帜"

CLEARED = {
    "releases/2026/river-rises/index.en.md": "---\ntitle: The river rises\ndate: 2026-03-04\nplace: Geneva\ntopics: [water]\n---\nThe river rose by two metres in a night.\n",
    "topics.yml": "water: {names: {en: Water, zh-Hans: 水}}\nmergers: {names: {en: Mergers and sales, zh-Hans: 并购}}\n",
    "people.yml": "ana-diaz:\n  names: {en: Ana Díaz}\n  offices:\n    - role: {en: Chief Gauge Reader}\n      organisation: agency\n",
    "organisations.yml": "agency:\n  names: {en: Gauge Agency}\n",
    "contacts.yml": "",
}
HELD = {
    f"{HELD_FOLDER}/index.en.md": (
        "---\ntitle: Flags are changed\nsubtitle: Unheard\ndate: 2026-05-01\nembargo: 2030-01-01T10:00[Europe/Paris]\nplace: Atlantis\ntopics: [mergers]\n"
        "captions: {bow.jpg: The bow at dawn in fog}\nattachments: [bow.jpg]\n---\n"
        f'{SECRET}\n\n> "It is a long time coming, and we are glad that it has come."\n> — Ana Díaz, Chief Gauge Reader, Gauge Agency\n'
    ),
    f"{HELD_FOLDER}/index.zh-Hans.md": f"---\ntitle: 更换旗帜\ntranslation: official\n---\n{HAN_SECRET}。\n",
    f"{HELD_FOLDER}/bow.jpg": "\x89 the bytes of a picture \x00\x01",
}


def write(root: Path, files: Mapping[str, str]) -> Path:
    for name, content in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
    return root


def gathered(root: Path, *common: bytes, record: LeakRecord | None = None, now: datetime = NOW, names: Sequence[str] = ()) -> tuple[Needles, LeakRecord]:
    record = record or new_record("test")
    return gather(judge_sources([(str(root), "content")], now, "Europe/Paris", record.known), common, record, url=URL, names=names)


def leaks_in(needles: Needles, files: Mapping[str, bytes | str]) -> list[Leak]:
    found, _ = searched(needles, new_record("test"), files)
    return found


def searched(
    needles: Needles, record: LeakRecord, files: Mapping[str, bytes | str], read: list[str] | None = None, former: Mapping[str, str] = MappingProxyType({})
) -> tuple[list[Leak], LeakRecord]:
    """The tree searched, in the place of a `former` one; the paths whose bytes were asked for are put into `read`."""

    tree = {path: data.encode() if isinstance(data, str) else data for path, data in files.items()}

    def read_it(path: str) -> bytes:
        if read is not None:
            read.append(path)
        return tree[path]

    digests = {path: hashlib.sha256(data).hexdigest() for path, data in tree.items()}
    return search(Files(digests, read_it, lambda path: former.get(path, "").encode()), needles, record)


def held(text: str, header: str = "title: Flags are changed", name: str = f"{HELD_FOLDER}/index.en.md") -> dict[str, str]:
    return {name: f"---\n{header}\ndate: 2030-01-01\n---\n{text}\n"}


def leaks(root: Path, files: dict[str, str], tree: dict[str, bytes | str], *common: bytes) -> list[Leak]:
    return leaks_in(gathered(write(root, files), *common)[0], tree)
