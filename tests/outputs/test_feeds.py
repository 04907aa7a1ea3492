"""Atom feeds, held against the rules of RFC 4287, and the same feeds in JSON, held against those."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path

import jsonschema
from lxml import etree

from tests.outputs.trees import Built, build_files

ATOM = "{http://www.w3.org/2005/Atom}"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
TAG_URI = re.compile(r"tag:[a-z0-9.-]+,20\d\d:[A-Za-z0-9/-]+")
ONCE_IN_A_FEED = {"title": 1, "id": 1, "updated": 1, "subtitle": 0, "generator": 0, "icon": 0, "logo": 0, "rights": 0}
ONCE_IN_AN_ENTRY = {"title": 1, "id": 1, "updated": 1, "published": 0, "summary": 0, "content": 0, "rights": 0, "source": 0}

TEXT = {"type": "string", "minLength": 1}
URL = {"type": "string", "pattern": "^https://[^\\s\"<>]+$"}
INSTANT = {"type": "string", "pattern": "^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(Z|[+-]\\d\\d:\\d\\d)$"}
ITEM = {
    "type": "object",
    "required": ["id", "url", "title", "content_text", "date_published", "date_modified", "tags"],
    "additionalProperties": False,
    "properties": {
        "id": {"type": "string", "pattern": f"^{TAG_URI.pattern}$"}, "url": URL, "title": TEXT, "content_text": TEXT, "summary": TEXT,
        "date_published": INSTANT, "date_modified": INSTANT, "tags": {"type": "array", "items": TEXT, "minItems": 1},
    },
}  # fmt: skip
# Our part of JSON Feed 1.1 (jsonfeed.org), with the fields that it requires.
JSON_FEED = {
    "type": "object",
    "required": ["version", "title", "home_page_url", "feed_url", "authors", "language", "items"],
    "additionalProperties": False,
    "properties": {
        "version": {"const": "https://jsonfeed.org/version/1.1"}, "title": TEXT, "home_page_url": URL, "feed_url": URL, "language": TEXT,
        "authors": {"type": "array", "minItems": 1, "items": {"type": "object", "required": ["name"], "properties": {"name": TEXT}, "additionalProperties": False}},
        "items": {"type": "array", "items": ITEM, "maxItems": 30},
    },
}  # fmt: skip


def feeds(built: Built) -> dict[str, etree._Element]:
    return {path: built.xml(path) for path in sorted(built.paths) if path.endswith("feed.xml")}


def documents(built: Built) -> dict[str, etree._Element]:
    """The feeds whose entries are documents."""
    return {path: feed for path, feed in feeds(built).items() if not path.endswith("/corrections/feed.xml")}


def texts(element: etree._Element, name: str) -> list[str]:
    return [found.text or "" for found in element.findall(ATOM + name)]


def check_element(element: etree._Element, once: dict[str, int], path: str) -> None:
    for name, least in once.items():
        found = element.findall(ATOM + name)
        assert least <= len(found) <= 1, (path, name)
    for child in element:
        assert child.tag.startswith(ATOM), (path, child.tag)
    (id,) = texts(element, "id")
    assert TAG_URI.fullmatch(id), (path, id)
    for name in ("updated", "published"):
        for text in texts(element, name):
            assert datetime.fromisoformat(text).tzinfo is not None and "T" in text, (path, text)
    alternates = [link for link in element.findall(f"{ATOM}link") if link.get("rel", "alternate") == "alternate"]
    assert len(alternates) == 1, path
    for link in element.findall(f"{ATOM}link"):
        assert re.fullmatch(r"https://[^\s]+", link.get("href")), (path, link.get("href"))
    for text in element.findall(f"{ATOM}title") + element.findall(f"{ATOM}summary"):
        assert text.get("type", "text") in ("text", "html") and (text.text or "").strip()
    for category in element.findall(f"{ATOM}category"):
        assert category.get("term")


def test_every_feed_keeps_the_rules_of_atom(built: Built) -> None:
    for path, feed in feeds(built).items():
        assert feed.tag == f"{ATOM}feed"
        check_element(feed, ONCE_IN_A_FEED, path)
        assert texts(feed.find(f"{ATOM}author"), "name") == [built.settings.name_in(feed.get(XML_LANG))], path
        ids = [texts(entry, "id")[0] for entry in feed.findall(f"{ATOM}entry")]
        assert len(set(ids)) == len(ids)
        for entry in feed.findall(f"{ATOM}entry"):
            check_element(entry, ONCE_IN_AN_ENTRY, path)


def test_a_feed_says_where_it_is_and_what_page_it_feeds(built: Built) -> None:
    own = {}
    for path, feed in feeds(built).items():
        links = {link.get("rel"): link.get("href") for link in feed.findall(f"{ATOM}link")}
        assert links["self"] == f"{built.settings.url}/{path}"
        page = built.page_at(links["alternate"])
        assert page.canonical() == links["alternate"] and page.lang == feed.get(XML_LANG)
        assert page.all("//link[@rel='alternate'][@type='application/atom+xml']/@href") == ["feed.xml"]
        assert page.all("//link[@rel='alternate'][@type='application/feed+json']/@href") == ["feed.json"]
        own[texts(feed, "id")[0]] = path
    assert len(own) == len(feeds(built))


def test_a_feed_is_named_as_its_page_names_it_without_a_sign_of_one_language(built: Built) -> None:
    for feed in feeds(built).values():
        (title,) = texts(feed, "title")
        page = built.page_at(next(link.get("href") for link in feed.findall(f"{ATOM}link") if link.get("rel") == "alternate"))
        assert set(page.all("//link[@rel='alternate'][@type='application/atom+xml' or @type='application/feed+json']/@title")) == {title}
        # French has a space before a colon, Chinese a wide one.
        name = built.settings.name_in(feed.get(XML_LANG))
        assert title == name or title.startswith(f"{name} · ")


def test_every_page_that_offers_a_feed_has_it(built: Built) -> None:
    for page in built.pages.values():
        for href in page.all("//link[@type='application/atom+xml' or @type='application/feed+json']/@href"):
            assert page.resolve(href)[0] in built.paths, page.path


def test_each_language_kind_topic_and_registered_person_has_a_feed(odd: Built) -> None:
    assert set(feeds(odd)) == {
        f"{lang}/{place}feed.xml"
        for lang in ("en", "zh-hans", "ar")
        for place in ("", "releases/", "transcripts/", "topics/water/", "topics/ports/", "people/ana-diaz/", "corrections/")
    }


def test_entries_are_editions_in_the_feeds_own_language(built: Built) -> None:
    seen = 0
    for path, feed in documents(built).items():
        for entry in feed.findall(f"{ATOM}entry"):
            url = entry.find(f"{ATOM}link").get("href")
            data = built.data(url.removeprefix(f"{built.settings.url}/") + "index.json")
            assert data["language"] == feed.get(XML_LANG) and texts(entry, "title") == [data["title"]], path
            assert datetime.fromisoformat(texts(entry, "published")[0]) == datetime.fromisoformat(data["published"])
            assert texts(entry, "id") == [data["id"]]
            seen += 1
    assert seen


def test_a_front_pages_feed_holds_every_edition_of_its_language(built: Built) -> None:
    for lang in built.settings.languages:
        feed = built.xml(f"{lang.lower()}/feed.xml")
        found = {link.get("href") for link in feed.findall(f"{ATOM}entry/{ATOM}link")}
        assert found == {data["url"] for data in built.editions.values() if data["language"] == lang and data["kind"] != "page"}


def test_an_id_is_the_folders_name_and_never_the_address(odd: Built) -> None:
    feed = odd.xml("zh-hans/feed.xml")
    assert "tag:press.test,2020:releases/2026/river-rises/zh-Hans" in [texts(entry, "id")[0] for entry in feed.findall(f"{ATOM}entry")]
    assert texts(feed, "id") == ["tag:press.test,2020:zh-hans"]


def test_entries_come_newest_first_and_the_feed_is_as_new_as_its_newest(built: Built) -> None:
    for path, feed in feeds(built).items():
        entries = feed.findall(f"{ATOM}entry")
        published, updated = ([datetime.fromisoformat(texts(entry, name)[0]) for entry in entries] for name in ("published", "updated"))
        assert published == sorted(published, reverse=True), path
        if updated:
            assert datetime.fromisoformat(texts(feed, "updated")[0]) == max(updated)


def test_nothing_in_a_feed_is_markup_that_a_reader_would_run(tmp_path: Path) -> None:
    front = '---\ntitle: "<script>alert(1)</script> & more"\nsummary: "<img src=x onerror=alert(1)>"\ndate: 2026-01-02\n---\nText.\n'
    built = build_files(tmp_path, {"releases/2026/rise/index.en.md": front})
    (entry,) = built.xml("en/feed.xml").findall(f"{ATOM}entry")
    assert entry.find(f"{ATOM}title").get("type", "text") == "text" and "<script>" in texts(entry, "title")[0]
    # Readers show a summary of the type html as HTML.
    assert entry.find(f"{ATOM}summary").get("type", "text") == "text"


def test_thirty_documents_in_other_languages_push_none_out_of_a_feed(tmp_path: Path) -> None:
    files = {f"releases/2026/new-{number}/index.en.md": f"---\ntitle: New {number}\ndate: 2026-03-{number % 28 + 1:02}\n---\nNew.\n" for number in range(31)}
    files["releases/2025/old/index.ar.md"] = "---\ntitle: قديم\ndate: 2025-01-02\n---\nقديم.\n"
    built = build_files(tmp_path, files)
    assert len(built.xml("en/feed.xml").findall(f"{ATOM}entry")) == 30
    assert [texts(entry, "title") for entry in built.xml("ar/feed.xml").findall(f"{ATOM}entry")] == [["قديم"]]


def test_every_feed_is_there_in_json_too_and_keeps_its_rules(built: Built) -> None:
    paths = {path for path in built.paths if path.endswith("feed.json")}
    assert paths == {path.replace("feed.xml", "feed.json") for path in feeds(built)}
    validator = jsonschema.Draft202012Validator(JSON_FEED)
    for path in paths:
        assert list(validator.iter_errors(built.data(path))) == [], path
        # A reader knows it by what it begins with.
        assert built.read(path).startswith(b'{\n "version": "https://jsonfeed.org/version/1.1",\n')


def test_both_forms_of_a_feed_say_the_same(built: Built) -> None:
    for path, atom in feeds(built).items():
        data = built.data(path.replace("feed.xml", "feed.json"))
        links = {link.get("rel"): link.get("href") for link in atom.findall(f"{ATOM}link")}
        assert (data["home_page_url"], data["feed_url"]) == (links["alternate"], links["self"].replace("feed.xml", "feed.json"))
        assert ([data["title"]], data["language"]) == (texts(atom, "title"), atom.get(XML_LANG))
        assert [author["name"] for author in data["authors"]] == texts(atom.find(f"{ATOM}author"), "name")
        entries = [
            (
                *(texts(entry, name)[0] for name in ("id", "title")), entry.find(f"{ATOM}link").get("href"), "".join(texts(entry, "summary")),
                *(datetime.fromisoformat(texts(entry, name)[0]) for name in ("published", "updated")), [found.get("term") for found in entry.findall(f"{ATOM}category")],
            )
            for entry in atom.findall(f"{ATOM}entry")
        ]  # fmt: skip
        assert entries == [
            (
                item["id"], item["title"], item["url"], item.get("summary", ""), datetime.fromisoformat(item["date_published"]),
                datetime.fromisoformat(item["date_modified"]), item["tags"],
            )
            for item in data["items"]
        ]  # fmt: skip


def test_an_item_without_a_summary_has_its_headline_for_content(tmp_path: Path) -> None:
    front = "---\ntitle: '<b>Rise</b> & fall'\ndate: 2026-01-02\n---\nText.\n"
    built = build_files(tmp_path, {"releases/2026/rise/index.en.md": front})
    (item,) = built.data("en/feed.json")["items"]
    assert item["content_text"] == item["title"] == "<b>Rise</b> &\u00a0fall" and "summary" not in item and "content_html" not in item
    assert built.data("ar/feed.json")["items"] == []
