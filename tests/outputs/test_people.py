"""Pages of people: a registered one in every language, another only where an edition names the person."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from pressroom.build import examine
from pressroom.commands import builds
from pressroom.ground import clock
from pressroom.model.people import Office
from pressroom.outputs.people import held_in
from tests.outputs.forms import typography, words
from tests.outputs.trees import Built, build_files
from tests.sites import NOW, make_site, put


def test_a_registered_person_has_a_page_in_every_language_by_that_languages_name(odd: Built) -> None:
    names = {"en": "Ana Díaz", "zh-hans": "安娜·迪亚斯", "ar": "آنا دياث"}
    for lang, name in names.items():
        page = odd.pages[f"{lang}/people/ana-diaz/index.html"]
        assert " ".join(page.one("//h1").text_content().split()) == name
        assert set(page.alternates()) == {"en", "zh-Hans", "ar", "x-default"}


def test_an_unregistered_speaker_has_a_page_only_where_an_edition_names_the_person(odd: Built) -> None:
    pages = [path for path in odd.paths if re.search(r"/people/p-[a-z2-7]{8}/", path)]
    assert {path.partition("/")[0] for path in pages} == {"zh-hans"}
    assert not [path for path in pages if path.endswith("feed.xml")]
    page = odd.pages[next(path for path in pages if path.count("/") == 3)]
    assert page.one("//h1").text_content().strip() == "张三"
    assert not [path for path in odd.paths if not path.startswith("zh-hans/") and not path.endswith("/kit.zip") and "张三".encode() in odd.read(path)]


def test_the_other_names_of_an_unregistered_speaker_do_not_hang_on_which_document_gave_them_first(tmp_path: Path) -> None:
    said = "---\ntitle: {title}\n{fields}\n---\nIt rained.\n\n> It poured.\n> — {name}, Pilot\n"
    newer = "releases/2026/newer/index.{}.md"
    files = {newer.format("en"): said.format(title="Newer", fields="date: 2026-03-04", name="Jose Garcia")}
    files |= {newer.format(lang): said.format(title="Newer", fields="translation: official", name="José García") for lang in ("zh-Hans", "ar")}
    older = {"releases/2025/older/index.zh-Hans.md": said.format(title="Older", fields="date: 2025-03-04", name="José García")}
    build_files(tmp_path / "site", files)
    again, anew = build_files(tmp_path / "site", older), build_files(tmp_path / "anew", {**files, **older})
    page = "en/people/jose-garcia/index.html"
    assert again.read(page) == anew.read(page) and anew.pages[page].all("//ul[@class='names']//@lang") == ["zh-Hans"]


def test_a_name_that_gives_the_id_of_somebody_with_other_names_is_told(tmp_path: Path) -> None:
    people = "ana-diaz:\n  names: {{en: Ana Díaz Ruiz, zh-Hans: 安娜, ar: آنا}}\n  aliases: [{}]\n"
    said = "---\ntitle: Said\ndate: 2026-03-04\n---\nIt rained.\n\n> It poured.\n> — {}, Neighbour\n"
    make_site(tmp_path, {"people.yml": people.format("A. Díaz"), "releases/2026/said/index.en.md": said.format("Ana Díaz")})

    def told() -> set[str]:
        return {problem.severity for problem in examine(builds.read(tmp_path), clock.now(NOW)) if problem.code == "RG005"}

    assert told() == {"warning"}
    put(tmp_path, "people.yml", people.format("Ana Díaz"))
    assert told() == set()
    put(tmp_path, "releases/2026/said/index.en.md", said.format("ANA DIAZ"))
    assert told() == set()


def test_names_in_two_scripts_are_one_person_by_the_registry(odd: Built) -> None:
    page = odd.pages["en/people/ana-diaz/index.html"]
    hrefs = {page.resolve(href) for href in page.all("//main//a/@href")}
    said = {passage["id"] for segment in odd.data("zh-hans/transcripts/2024/street/index.json")["segments"] if segment.get("speaker") == "ana-diaz" for passage in segment["passages"]}
    assert said and {("zh-hans/transcripts/2024/street/index.html", id) for id in said} <= hrefs


def test_a_persons_words_stand_with_the_office_and_lead_to_their_passage(odd: Built) -> None:
    page = odd.pages["en/people/ana-diaz/index.html"]
    text = page.text()
    assert "The dam is\u00a0full." in page.root.text_content() and "We measured\u00a0it." in page.root.text_content() and "Director" in text
    assert ("en/transcripts/2025/forum/index.html", odd.data("en/transcripts/2025/forum/index.json")["segments"][1]["passages"][0]["id"]) in {
        page.resolve(href) for href in page.all("//main//a/@href")
    }


def test_words_in_another_language_are_marked_with_it(odd: Built) -> None:
    page = odd.pages["ar/people/ana-diaz/index.html"]
    for quotation in page.all("//main//blockquote"):
        assert quotation.get("lang") in ("en", "zh-Hans") and quotation.get("dir") == "ltr"


def test_question_and_answer_words_are_nobody(demo: Built) -> None:
    assert not [path for path in demo.paths if re.search(r"/people/(q|a|question|answer)/", path)]


def test_every_speaker_of_an_edition_leads_to_a_page_that_is_there(built: Built) -> None:
    for folder, data in built.editions.items():
        lang = folder.partition("/")[0]
        for segment in data.get("segments", []):
            if segment.get("speaker"):
                assert f"{lang}/people/{segment['speaker']}/index.html" in built.paths, (folder, segment["speaker"])


@pytest.mark.parametrize(
    ("lang", "office", "wanted"),
    [
        ("fr", Office(since="2020-11-02"), "depuis le 2 novembre 2020"),
        ("fr", Office(until="2020-11-01"), "jusqu’au 1er novembre 2020"),
        ("fr", Office(until="2020-11"), "jusqu’en novembre 2020"),
        ("es", Office(since="2020-11-02"), "desde el 2 de noviembre de 2020"),
        ("es", Office(since="2020"), "desde 2020"),
        ("en", Office(since="2016", until="2020-11-02"), "2016 to November 2, 2020"),
        ("en", Office(), ""),
    ],
)
def test_an_office_is_held_since_a_day_in_other_words_than_since_a_month(lang: str, office: Office, wanted: str) -> None:
    assert held_in(office, words()[lang], typography(lang)) == wanted
