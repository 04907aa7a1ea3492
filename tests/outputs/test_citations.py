"""What a reporter takes away of a passage, in the page's language and its quotation marks."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from pressroom.ground import fingerprints
from pressroom.model.typography import Typography
from pressroom.outputs.citations import QuotationMarks, marks_of
from tests.outputs.forms import typography
from tests.outputs.trees import Built, Page

ENGLISH = QuotationMarks("“", "”", "‘", "’")
FRENCH = QuotationMarks("«\u202f", "\u202f»", "“", "”")
RUSSIAN = QuotationMarks("«", "»", "„", "“")
SINGLE = QuotationMarks("‘", "’", "“", "”")
CONFERENCE, REPORT = "transcripts/2026/low-water-press-conference/", "releases/2026/low-water-report/"


def citations(page: Page) -> dict[str, list[html.HtmlElement]]:
    """The lines of every citation of a page, by the fingerprint that its address ends in."""
    found = {}
    for details in page.all("//details[@class='citation']"):
        lines = details.xpath("./div/p")
        found[lines[-1].text_content().rpartition("#")[2]] = lines
    return found


@pytest.mark.parametrize(
    ("marks", "words", "quoted"),
    [
        (ENGLISH, "It rose.", "“It rose.”"),
        (ENGLISH, "She said “it rose” twice.", "“She said ‘it rose’ twice.”"),
        (ENGLISH, "“It rose.”", "“It rose.”"),
        (ENGLISH, "“It rose,” she said. “Twice.”", "“‘It rose,’ she said. ‘Twice.’”"),
        (ENGLISH, "The gauge’s mark", "“The gauge’s mark”"),
        (FRENCH, "Le mot «\u202fcrue\u202f» dit tout.", "«\u202fLe mot “crue” dit tout.\u202f»"),
        (FRENCH, "« Elle monte. »", "«\u202fElle monte.\u202f»"),
        (RUSSIAN, "Слово «паводок» говорит всё.", "«Слово „паводок“ говорит всё.»"),
        (SINGLE, "The gauge’s mark says ‘full’.", "‘The gauge’s mark says “full”.’"),
        (SINGLE, "‘It’s full.’", "‘It’s full.’"),
        (ENGLISH, "“It rose, and went on rising.", "“It rose, and went on rising.”"),
        (ENGLISH, "“It rose,” she said. “And it", "“‘It rose,’ she said. ‘And it’”"),
        (ENGLISH, "She called it “a ‘small’ flood”.", "“She called it ‘a “small” flood’.”"),
        (FRENCH, "«\u202fElle dit : “il a dit «\u202fnon\u202f» hier”.\u202f»", "«\u202fElle dit : “il a dit «\u202fnon\u202f» hier”.\u202f»"),
        (FRENCH, "Elle dit : «\u202fc’est “non”\u202f».", "«\u202fElle dit : “c’est «\u202fnon\u202f»”.\u202f»"),
        (QuotationMarks("«", "»", "“", "”"), "»Y sigue la cita»", "«Y sigue la cita»"),
        (ENGLISH, "”", "“’”"),
        (ENGLISH, r"\1 \g<0>", r"“\1 \g<0>”"),
    ],
)  # fmt: skip
def test_words_stand_in_the_marks_of_the_language_and_marks_among_them_give_way(marks: QuotationMarks, words: str, quoted: str) -> None:
    assert marks.quote(words) == quoted


@pytest.mark.parametrize(
    ("lang", "style", "marks"),
    [
        ("en", "", ENGLISH), ("fr", "", FRENCH), ("ru", "", RUSSIAN), ("es", "", ENGLISH), ("zh-Hant", "", QuotationMarks("「", "」", "『", "』")),
        ("es", "angular", QuotationMarks("«", "»", "“", "”")), ("fr", "eu", QuotationMarks("«", "»", "“", "”")), ("ar", "curly", ENGLISH),
        ("fr", "quebec", QuotationMarks("«\u00a0", "\u00a0»", "“", "”")),
    ],
)  # fmt: skip
def test_a_citation_has_the_marks_that_the_text_is_set_with(lang: str, style: str, marks: QuotationMarks) -> None:
    assert marks_of(typography(lang, style)) == marks


def test_a_script_looks_for_the_bare_marks_and_for_no_apostrophe() -> None:
    assert FRENCH.patterns == ("«", "»") and SINGLE.patterns == ("‘", r"’(?!\w)")
    assert not any(re.search(pattern, "”a” ”") for pattern in QuotationMarks("”", "”", "’", "’").patterns)


def test_a_typography_without_marks_cites_in_english_ones_and_one_without_inner_marks_in_its_own() -> None:
    assert marks_of(Typography("it", "")) == ENGLISH
    assert marks_of(Typography("it", "", {"quotes": {"outer": "«»"}})) == QuotationMarks("«", "»", "«", "»")


@given(st.sampled_from([ENGLISH, FRENCH, RUSSIAN]), st.text(st.sampled_from("ab 12“”‘’«»„\u202f.—水،"), min_size=1))
def test_a_quotation_has_the_words_of_its_passage(marks: QuotationMarks, words: str) -> None:
    bare = re.sub(f"[{fingerprints.QUOTATION_MARKS}]", "", fingerprints.words(words))
    assert re.sub(f"[{fingerprints.QUOTATION_MARKS}]", "", fingerprints.words(marks.quote(words))).replace(" ", "") == bare.replace(" ", "")


def test_every_passage_of_every_page_has_one_citation_with_its_words_and_address(built: Built) -> None:
    for folder, data in built.editions.items():
        found = citations(built.pages[f"{folder}index.html"])
        passages = [*data.get("passages", []), *(passage for segment in data.get("segments", []) for passage in segment["passages"])]
        assert set(found) == {passage["id"] for passage in passages}
        for passage in passages:
            lines = found[passage["id"]]
            plain = re.compile(f"[{fingerprints.QUOTATION_MARKS} ]")
            assert plain.sub("", fingerprints.words(lines[0].text_content())) == plain.sub("", fingerprints.words(passage["text"]))
            assert lines[-1].text_content() == f"{data['url']}#{passage['id']}"
            assert lines[-1][0].get("href") == f"#{passage['id']}"


def test_a_speaker_is_cited_with_the_office_held_then_and_the_event(demo: Built) -> None:
    seen = 0
    for folder, data in demo.editions.items():
        found = citations(demo.pages[f"{folder}index.html"])
        for segment in data.get("segments", []):
            if segment.get("role") and data["language"] in ("en", "fr"):
                for passage in segment["passages"]:
                    lines = [line.text_content() for line in found[passage["id"]]]
                    assert lines[1].startswith(f"— {segment['name']}, {segment['role']}") and lines[2].startswith(data.get("event", data["title"]))
                    seen += 1
    assert seen > 5


def test_where_the_text_gives_no_office_the_registry_says_which_was_held_that_day(demo: Built) -> None:
    for lang, said in (("en", "Mireille Aubanel, Director-General, "), ("zh-hans", "——江河与港口观测组织总干事米蕾耶·奥巴内尔"), ("ar", "المديرة العامة، ")):
        data = demo.editions[f"{lang}/{CONFERENCE}"]
        passage = next(s["passages"][0] for s in data["segments"] if s.get("speaker") == "mireille-aubanel")
        assert said in citations(demo.pages[f"{lang}/{CONFERENCE}index.html"])[passage["id"]][1].text_content()


def test_a_question_by_somebody_unnamed_is_never_put_into_the_mouth_of_the_office(demo: Built) -> None:
    for lang, word in (("en", "— Question"), ("zh-hans", "——问"), ("ar", "— سؤال")):
        page, data = demo.pages[f"{lang}/{CONFERENCE}index.html"], demo.editions[f"{lang}/{CONFERENCE}"]
        asked = [p["id"] for segment in data["segments"] if segment["kind"] == "question" and "name" not in segment for p in segment["passages"]]
        assert asked and {citations(page)[id][1].text_content() for id in asked} == {word}


def test_a_translation_is_cited_as_one_with_the_originals_words_marked_with_their_language(demo: Built) -> None:
    page, original = demo.pages[f"ar/{REPORT}index.html"], demo.editions[f"en/{REPORT}"]
    words = {passage["id"]: passage["text"] for passage in original["passages"]}
    assert len(demo.editions[f"ar/{REPORT}"]["passages"]) == len(words)
    for passage in demo.editions[f"ar/{REPORT}"]["passages"]:
        lines = citations(page)[passage["id"]]
        assert lines[3].text_content().startswith("ترجمة رسمية")
        assert lines[-2].get("class") == "original" and (lines[-2].get("lang"), lines[-2].get("dir")) == ("en", "ltr")
        assert lines[-2].text_content() == ENGLISH.quote(words[passage["original"]])


def test_the_original_is_cited_without_a_note(demo: Built) -> None:
    for lines in citations(demo.pages[f"en/{REPORT}index.html"]).values():
        assert len(lines) == 4


def test_a_corrected_passage_and_one_of_an_earlier_version_are_cited_as_such(demo: Built) -> None:
    folder = "en/releases/2026/wuhan-open-gauges/"
    changed = {id for change in demo.editions[folder]["corrections"] for id in change["passages"]}
    found = citations(demo.pages[f"{folder}index.html"])
    assert changed and {id for id, lines in found.items() if any("Corrected" in line.text_content() for line in lines)} == changed
    former = citations(demo.pages[f"{folder}v/1/index.html"])
    for lines in former.values():
        assert any(line.text_content().startswith("Version 1 · Replaced on October ") for line in lines) and "/v/1/#q-" in lines[-1].text_content()


def test_a_correction_is_told_with_the_comma_of_the_language(demo: Built) -> None:
    folder = "zh-hans/releases/2026/wuhan-open-gauges/"
    lines = [line.text_content() for lines in citations(demo.pages[f"{folder}index.html"]).values() for line in lines]
    assert any(line.startswith("更正，2026年10月") for line in lines)
    assert "\n*更正，2026年10月" in demo.read(f"{folder}index.md").decode()
    former = "".join(line.text_content() for lines in citations(demo.pages[f"{folder}v/1/index.html"]).values() for line in lines)
    assert "日，" in former and ", " not in former


@pytest.fixture
def rendered(tmp_path_factory: pytest.TempPathFactory) -> Callable[[dict[str, str]], Built]:
    from pressroom.build import build
    from tests.outputs.conftest import NOW
    from tests.sites import REPOSITORY, make_site
    from tests.test_sameness import settings_of

    def render(files: dict[str, str]) -> Built:
        root = make_site(tmp_path_factory.mktemp("cited") / "site", files)
        (root / "theme").symlink_to(REPOSITORY / "theme")
        settings = settings_of(root)
        build(settings, NOW)
        return Built(settings)

    return render


def test_where_the_texts_are_divided_otherwise_a_translation_is_cited_without_the_originals_words(rendered: Callable[[dict[str, str]], Built]) -> None:
    built = rendered({
        "releases/2026/one/index.en.md": "---\ntitle: One\ndate: 2026-03-04\n---\nFirst.\n\n## More\n\nSecond.\n\nThird.\n",
        "releases/2026/one/index.ar.md": "---\ntitle: واحد\ntranslation: machine\n---\nأولا.\n\n## المزيد\n\nثانيا وثالثا.\n",
    })  # fmt: skip
    first, second = citations(built.pages["ar/releases/2026/one/index.html"]).values()
    assert [line.get("class") for line in first] == ["words", "speaker", None, None, "original", None] and first[4].text_content() == "“First.”"
    assert [line.get("class") for line in second] == ["words", "speaker", None, None, None]
    assert "ترجمة آلية" in second[3].text_content()


def test_list_items_nested_quotations_and_hostile_words_are_cited_once_each_and_escaped(rendered: Callable[[dict[str, str]], Built]) -> None:
    text = "- one & two\n- three\n    - four\n\n1. a\n\n    b\n\n2. c\n\n> q\n>\n> r\n> — A. <b>B</b>, Role\n\nx &lt;script&gt;alert(1)&lt;/script&gt; \"y\"\n"
    built = rendered({"releases/2026/one/index.en.md": f"---\ntitle: One </template> & <script>\ndate: 2026-03-04\n---\n{text}"})
    page = built.pages["en/releases/2026/one/index.html"]
    found = citations(page)
    assert len(found) == len(page.all("//details")) == 9
    assert not page.all("//script[not(@src)][not(@type='application/ld+json')]") and not page.all("//p//details")
    for id in found:
        assert page.one(f"//*[@id='{id}']").tag in ("p", "li")


@pytest.mark.parametrize("lang", ["en", "zh-Hans", "fr", "es", "ru", "ar"])
def test_a_day_that_the_event_says_by_itself_is_not_said_twice(demo: Built, lang: str) -> None:
    data = demo.editions[f"{lang.lower()}/transcripts/2020/internet-development-forum/"]
    lines = citations(demo.pages[f"{lang.lower()}/transcripts/2020/internet-development-forum/index.html"])[data["segments"][0]["passages"][0]["id"]]
    assert lines[2].text_content() == data["event"]
    # The conference was on the day before its transcript came out: both are said.
    later = next(iter(citations(demo.pages[f"{lang.lower()}/{CONFERENCE}index.html"]).values()))[2].text_content()
    assert "18" in later and "19" in later


def test_numbers_that_are_no_day_leave_the_date_where_it_is(rendered: Callable[[dict[str, str]], Built]) -> None:
    titles = {"one": "In 2026, by 4 March men", "two": "In 2026 for 4 days of March", "three": "Seen on 4 March 2026"}
    built = rendered({f"releases/2026/{name}/index.en.md": f"---\ntitle: {title}\ndate: 2026-03-04\n---\nFirst.\n" for name, title in titles.items()})
    works = [next(iter(citations(built.pages[f"en/releases/2026/{name}/index.html"]).values()))[2].text_content().replace("\xa0", " ") for name in titles]
    assert works == ["In 2026, by 4 March men, March 4, 2026", "In 2026 for 4 days of March, March 4, 2026", "Seen on 4 March 2026"]
