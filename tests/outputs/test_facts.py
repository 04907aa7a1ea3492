"""`index.json`: the facts of an edition, each passage with a fingerprint that anybody can compute again."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from pathlib import Path
from typing import Any

import jsonschema
from lxml import html

from pressroom.ground import fingerprints
from pressroom.model.transcript import KINDS
from tests.outputs.trees import Built, build_files

TEXT = {"type": "string", "minLength": 1}
TAG = {"type": "string", "pattern": "^[a-z]{2,3}(-[A-Z][a-z]{3})?(-[A-Z]{2})?$"}
URL = {"type": "string", "pattern": "^https://[^\\s\"<>]+$"}
LINE = {"type": "integer", "minimum": 1}
PASSAGE = {
    "type": "object",
    "required": ["id", "digest", "line", "text"],
    "additionalProperties": False,
    "properties": {
        "id": {"type": "string", "pattern": "^q-[a-z2-7]{8}$"}, "digest": {"type": "string", "pattern": "^[0-9a-f]{64}$"}, "line": LINE, "text": TEXT,
        "group": {"type": "integer", "minimum": 1}, "original": {"type": "string", "pattern": "^q-[a-z2-7]{8}$"},
    },
}  # fmt: skip
SEGMENT = {
    "type": "object",
    "required": ["n", "kind", "line", "passages"],
    "additionalProperties": False,
    "properties": {
        "n": {"type": "integer", "minimum": 1}, "kind": {"enum": list(KINDS)}, "tag": TEXT, "line": LINE, "start": TEXT, "shot": TEXT, "reports": TEXT,
        "speaker": {"type": "string", "pattern": "^[a-z0-9-]+$"}, "name": TEXT, "role": {"type": "string"}, "organisation": {"type": "string"},
        "language": {"type": "string"}, "verbatim": {"type": "boolean"}, "passages": {"type": "array", "items": PASSAGE},
    },
}  # fmt: skip
SCHEMA = {
    "type": "object",
    "required": ["id", "url", "kind", "language", "direction", "title", "version", "languages"],
    "additionalProperties": False,
    "properties": {
        "id": {"type": "string", "pattern": "^tag:[a-z.]+,20\\d\\d:[a-zA-Z0-9/-]+$"}, "url": URL, "kind": {"enum": ["release", "transcript", "page"]},
        "language": TAG, "direction": {"enum": ["ltr", "rtl"]}, "title": TEXT, "subtitle": TEXT, "summary": TEXT, "place": TEXT, "date": TEXT, "day": TEXT, "published": TEXT,
        "original": TAG, "translation": {"enum": ["official", "unofficial", "machine", "interpretation", "derived"]}, "translator": TEXT, "derived_from": TAG, "event": TEXT,
        "source": {"type": "object", "required": ["language"], "properties": {"language": TAG, "url": URL}, "additionalProperties": False},
        "updated": TEXT, "version": {"type": "integer", "minimum": 1},
        "corrections": {
            "type": "array",
            "items": {
                "type": "object", "required": ["version", "type", "at", "passages", "retired"], "additionalProperties": False,
                "properties": {
                    "version": {"type": "integer", "minimum": 2}, "type": {"enum": ["corrected", "clarified", "updated", "refiled", "withdrawn"]}, "at": TEXT,
                    "note": TEXT, "before": URL, "passages": {"type": "array", "items": PASSAGE["properties"]["id"]},
                    "retired": {
                        "type": "array",
                        "items": {"type": "object", "required": ["id"], "properties": {"id": PASSAGE["properties"]["id"], "version": {"type": "integer"}}},
                    },
                },
            },
        },
        "topics": {"type": "array", "items": TEXT}, "contacts": {"type": "array", "items": TEXT}, "organisation": TEXT,
        "languages": {"type": "object", "propertyNames": TAG, "additionalProperties": URL, "minProperties": 1},
        "side_by_side": {"type": "object", "propertyNames": TAG, "additionalProperties": URL, "minProperties": 1},
        "attachments": {
            "type": "array",
            "items": {
                "type": "object", "required": ["name", "url", "bytes", "sha256"], "additionalProperties": False,
                "properties": {
                    "name": TEXT, "url": URL, "bytes": {"type": "integer", "minimum": 0}, "sha256": {"type": "string", "pattern": "^[0-9a-f]{64}$"},
                    "width": {"type": "integer", "minimum": 1}, "height": {"type": "integer", "minimum": 1}, "caption": TEXT, "credit": TEXT, "licence": TEXT,
                },
            },
        },
        "kit": URL,
        "segments": {"type": "array", "items": SEGMENT}, "passages": {"type": "array", "items": PASSAGE},
        "offices": {
            "type": "object", "minProperties": 1,
            "additionalProperties": {
                "type": "object", "required": ["role", "organisation"], "additionalProperties": False, "properties": {"role": TEXT, "organisation": {"type": "string"}},
            },
        },
        "quotations": {
            "type": "array",
            "items": {
                "type": "object", "required": ["speaker", "name", "role", "organisation", "passages", "verbatim"], "additionalProperties": False,
                "properties": {
                    "speaker": TEXT, "name": TEXT, "role": {"type": "string"}, "organisation": {"type": "string"}, "verbatim": {"type": "boolean"},
                    "passages": {"type": "array", "items": PASSAGE["properties"]["id"], "minItems": 1},
                },
            },
        },
        "sign_off": {"type": "object", "required": ["name", "place", "line"], "additionalProperties": False, "properties": {"name": {}, "place": {}, "line": LINE}},
        "credits": {
            "type": "array",
            "items": {
                "type": "object", "required": ["label", "names", "line"], "additionalProperties": False,
                "properties": {"label": TEXT, "names": {"type": "array", "items": TEXT}, "line": LINE},
            },
        },
    },
}  # fmt: skip


def passages(data: dict[str, Any]) -> list[dict[str, Any]]:
    """All passages of an edition in the order of the text."""
    found = [*data.get("passages", []), *(passage for segment in data.get("segments", []) for passage in segment["passages"])]
    return sorted(found, key=lambda passage: passage["line"])


def test_the_data_of_every_edition_has_the_promised_form(built: Built) -> None:
    validator = jsonschema.Draft202012Validator(SCHEMA)
    for folder, data in built.editions.items():
        assert [f"{folder}: {error.json_path} {error.message}" for error in validator.iter_errors(data)] == []


def test_digests_and_ids_follow_from_the_words_that_stand_beside_them(built: Built) -> None:
    seen = Counter[str]()
    for folder, data in built.editions.items():
        found = passages(data)
        # The text is typeset: its digest is that of the source's words, and so is every id made from them.
        for passage, wanted in zip(found, fingerprints.fingerprints([passage["text"] for passage in found]), strict=True):
            assert (passage["digest"], passage["id"]) == (wanted.digest, wanted.id), (folder, passage)
            seen[data["language"]] += 1
    assert set(seen) == set(built.settings.languages)


def test_every_passage_is_an_id_of_the_page_with_its_words(built: Built) -> None:
    for folder, data in built.editions.items():
        page = built.pages[f"{folder}index.html"]
        wanted = {passage["id"]: passage["text"] for passage in passages(data)}
        retired = {gone["id"] for change in data.get("corrections", []) for gone in change["retired"]}
        assert {id for id in page.ids() if id.startswith("q-")} == set(wanted) | retired, folder
        for id, text in wanted.items():
            element = page.one(f"//*[@id='{id}']")
            assert fingerprints.words(_words_of(element)) == fingerprints.words(text), (folder, id)


def _words_of(element: html.HtmlElement) -> str:
    """The words of a passage's element: what stands in it for its own apparatus, or is a passage of its own, left out."""
    copy = html.fromstring(html.tostring(element, encoding="unicode"))
    for other in copy.xpath(
        ".//*[contains(@class, 'dateline')] | .//a[@class='changed'] | .//details | .//sup[starts-with(@id, 'fnref')] | .//*[@id and starts-with(@id, 'q-')] | .//ul | .//ol"
    ):
        if other.getparent() is not None:
            other.drop_tree()
    for line in copy.xpath(".//br"):
        line.tail = "\n" + (line.tail or "")
    return copy.text_content()


def test_segments_are_numbered_from_one_and_anchored_on_the_page(built: Built) -> None:
    seen = 0
    for folder, data in built.editions.items():
        segments = data.get("segments", [])
        assert [segment["n"] for segment in segments] == list(range(1, len(segments) + 1))
        ids = set(built.pages[f"{folder}index.html"].ids())
        assert {f"s{segment['n']}" for segment in segments if segment["passages"]} <= ids, folder
        seen += len(segments)
    assert seen


def test_the_lines_of_passages_are_those_of_the_source(demo: Built) -> None:
    for folder, data in demo.editions.items():
        lines = _source(demo, data).read_text(encoding="utf-8").split("\n")
        for passage in passages(data):
            # The first letters of the words stand on the line, whatever tag or label precedes them.
            first = fingerprints.words(passage["text"])[:4]
            assert first in fingerprints.words(lines[passage["line"] - 1]) or first[:1] in lines[passage["line"] - 1], (folder, passage)


def test_a_translation_names_its_original_and_every_edition_all_languages(built: Built) -> None:
    for folder, data in built.editions.items():
        assert data["languages"][data["language"]] == data["url"] == f"{built.settings.url}/{folder}"
        for lang, url in data["languages"].items():
            other = built.data(url.removeprefix(f"{built.settings.url}/") + "index.json")
            assert other["language"] == lang and other["languages"] == data["languages"]
        if "translation" in data:
            assert data["original"] != data["language"]
        elif "original" in data:
            assert data["original"] == data["language"], folder


def test_a_lone_translation_names_what_it_translates(odd: Built) -> None:
    data = odd.data("en/releases/2024/after-the-original/index.json")
    assert data["translation"] == "unofficial" and data["original"] == "de"
    assert data["source"] == {"language": "de", "url": "https://elsewhere.example/text"}
    page = odd.pages["en/releases/2024/after-the-original/index.html"]
    assert page.all("//a[@href='https://elsewhere.example/text'][@hreflang='de']")


def test_ids_are_tag_uris_that_no_two_editions_share(built: Built) -> None:
    ids = [data["id"] for data in built.editions.values()]
    assert len(set(ids)) == len(ids)
    authority = built.settings.feed_authority
    for folder, data in built.editions.items():
        place = folder.partition("/")[2].strip("/") if data["kind"] != "page" else "pages/" + folder.partition("/")[2].strip("/")
        assert data["id"] == f"tag:{authority}:{place}/{data['language']}"


def test_a_published_instant_has_an_offset(built: Built) -> None:
    for data in built.editions.values():
        if data["kind"] != "page":
            assert datetime.fromisoformat(data["published"]).tzinfo is not None


def test_an_instant_in_utc_beside_a_zone_has_its_printed_day(tmp_path: Path) -> None:
    dates = {"utc": "2026-05-02t20:00z[Asia/Shanghai]", "same": "2026-05-02T10:00Z[Asia/Shanghai]", "offset": "2026-05-02T20:00+08:00[Asia/Shanghai]", "day": "2026-05-02"}
    built = build_files(tmp_path / "site", {f"releases/2026/{name}/index.en.md": f"---\ntitle: A\ndate: {date}\n---\nB.\n" for name, date in dates.items()})
    assert {name: built.editions[f"en/releases/2026/{name}/"].get("day") for name in dates} == {"utc": "2026-05-03", "same": None, "offset": None, "day": None}


def test_an_attachment_has_its_size_and_digest(built: Built) -> None:
    import hashlib

    for data in built.editions.values():
        for item in data.get("attachments", []):
            found = built.read(item["url"].removeprefix(f"{built.settings.url}/"))
            assert (len(found), hashlib.sha256(found).hexdigest()) == (item["bytes"], item["sha256"])


def test_a_quotation_of_a_release_has_its_speaker_and_its_words(odd: Built) -> None:
    data = odd.data("en/releases/2026/river-rises/index.json")
    (said,) = data["quotations"]
    assert (said["speaker"], said["name"], said["role"], said["organisation"]) == ("ana-diaz", "Ana Díaz", "Director", "Water Agency")
    texts = {passage["id"]: passage["text"] for passage in data["passages"]}
    assert [texts[id] for id in said["passages"]] == ["We measured\u00a0it."]


def _source(built: Built, data: dict[str, Any]) -> Any:
    from pathlib import Path

    place = data["id"].split(":", 2)[2].rpartition("/")[0]
    return Path(built.settings.content) / place / f"index.{data['language']}.md"
