"""`/llms.txt`: in the form of llmstxt.org, of one length in any archive, and every address in it there."""

from __future__ import annotations

import re
from pathlib import Path

from tests.outputs.trees import Built, build_files

# As the proposal's own reader takes it apart.
WHOLE = re.compile(r"# (?P<title>.+?)\n+> (?P<summary>.+?)\n+(?P<notes>.+?)\n+(?P<lists>## .+)", re.DOTALL)
LINK = re.compile(r"-\s*\[(?P<title>[^\]]+)\]\((?P<url>[^)]+)\)(?::\s*(?P<what>.*))?")


def links(text: str) -> dict[str, list[tuple[str, str]]]:
    found = {}
    for section in re.split(r"^## ", text, flags=re.MULTILINE)[1:]:
        head, *lines = section.strip().split("\n")
        found[head] = [(link["title"], link["url"]) for line in lines if line for link in [LINK.fullmatch(line)] if link]
        assert len(found[head]) == len([line for line in lines if line])
    return found


def test_it_has_a_headline_a_summary_notes_and_lists_of_links(built: Built) -> None:
    text = built.read("llms.txt").decode()
    whole = WHOLE.fullmatch(text)
    assert whole and whole["title"] == built.settings.name_in("en") and whole["title"] in whole["summary"]
    assert len(re.findall("^# ", text, re.MULTILINE)) == 1 and "## " not in whole["notes"]
    for name in ("index.json", "index.md", "feed.xml", "feed.json", "verbatim"):
        assert name in whole["notes"]
    assert list(links(text)) == ["Documents", "Data", "Languages"]


def test_every_address_in_it_is_there(built: Built) -> None:
    found = [url for of_section in links(built.read("llms.txt").decode()).values() for _, url in of_section]
    assert len(set(found)) == len(found)
    for url in found:
        path = url.removeprefix(f"{built.settings.url}/")
        assert (f"{path}index.html" if path.endswith("/") else path) in built.paths, url
    assert {f"{built.settings.url}/{path}" for path in ("people.json", "sitemap.xml", *(f"{lang.lower()}/" for lang in built.settings.languages))} <= set(found)


def test_it_is_of_one_length_in_any_archive_and_names_no_document(built: Built, tmp_path: Path) -> None:
    empty = build_files(tmp_path / "site", {}, name=built.settings.name_in("en"), url=built.settings.url, languages=built.settings.languages)
    assert empty.read("llms.txt") == built.read("llms.txt")


def test_it_speaks_the_default_language(tmp_path: Path) -> None:
    text = build_files(tmp_path / "site", {}, default_language="ar").read("llms.txt").decode()
    assert list(links(text)) == ["الوثائق", "بيانات", "اللغات"] and "https://press.test/ar/corrections/" in text
    assert not re.search(r"\b(the|and|of)\b", text)
