"""A quotation is verified in the browser: what is found, how it is told, and that nothing that was pasted leaves the page."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from pressroom.ground.sketches import grain_of
from pressroom.outputs import dates, numerals
from tests.browser.conftest import Serve
from tests.browser.test_access import LOOKS, RUN
from tests.outputs.forms import typography
from tests.outputs.trees import Built, build_files
from tests.programs import from_npm
from tests.sites import FILES

LONG = " ".join(f"Sentence number {number} of the long speech is about gauge {number * 7} and nothing else at all." for number in range(40))
ENTRY = "corrections:\n  - {type: corrected, at: 2026-03-05T10:00:00Z, note: {en: It was three., ar: كانوا ثلاثة., zh-Hans: 应为三米。}}\n"
ENGLISH = (
    "The “river” rose by two metres at Geneva during the night, the office said on Wednesday — its highest since 1,911.5 was read in May.\n\n"
    "Boats stay in the harbour until further notice, and the bridge is closed to all traffic.\n\n"
    "> We measured it three times, with three gauges, and every one of them said the same.\n> — Ana Díaz, Director, Water Agency\n\nIt rose.\n"
)
CHINESE = "今年春季的第一场洪水于星期三夜间到达日内瓦，水位在六小时内上升了两米，为1911年以来的最高值。\n\n所有船只留在港内，桥梁禁止通行，直至另行通知。\n"
ARABIC = "ارتفع منسوب النهر بمقدار 412 سنتيمترًا خلال ليلة واحدة في جنيف، وهو أعلى مستوى سُجّل منذ عام 1911.\n\nتبقى القوارب في الميناء حتى إشعار آخر.\n"
EXACT = {"en": "Word for word", "zh-hans": "一字不差", "ar": "حرفيًا"}
RISES = "releases/2026/river-rises"
ROOM = {
    **FILES,
    "root/favicon.svg": '<svg xmlns="http://www.w3.org/2000/svg"/>',
    f"{RISES}/index.en.md": f"---\ntitle: The river rises\ndate: 2026-03-04\nplace: Geneva\nattachments: [data.csv]\n{ENTRY}---\n{ENGLISH.replace('two metres', 'three metres')}",
    f"{RISES}/index.zh-Hans.md": f"---\ntitle: 河水上涨\ntranslation: official\n---\n{CHINESE.replace('两米', '三米')}",
    f"{RISES}/index.ar.md": f"---\ntitle: النهر يرتفع\ntranslation: unofficial\n---\n{ARABIC.replace('412', '413')}",
    f"{RISES}/v/1/index.en.md": f"---\ntitle: The river rises\ndate: 2026-03-04\nplace: Geneva\n---\n{ENGLISH}",
    f"{RISES}/v/1/index.zh-Hans.md": f"---\ntitle: 河水上涨\ntranslation: official\n---\n{CHINESE}",
    f"{RISES}/v/1/index.ar.md": f"---\ntitle: النهر يرتفع\ntranslation: unofficial\n---\n{ARABIC}",
    "releases/2026/watch/index.en.md": "---\ntitle: The watch\ndate: 2026-03-01T20:00Z[Asia/Shanghai]\n---\nEleven lamps burned beyond both locks when watchmen wrote down what each of them had noticed.\n",
    "transcripts/2019/old/index.en.md": f"---\ntitle: <b>An old speech &amp; more</b>\ndate: 2019-05-02\n---\n[Soundbite] Ana Díaz | Director | Water Agency\n\n{LONG}\n\nI thank you.\n",
}  # fmt: skip


@dataclass(frozen=True)
class Verdict:
    """A figure as a reader sees it."""

    answer: str
    how: str
    words: str
    marked: str
    struck: tuple[str, ...]
    underlined: tuple[str, ...]
    notice: str
    who: str
    href: str
    facts: tuple[str, ...]


class Desk:
    """The page in a browser, and everything that it has asked for."""

    def __init__(self, page: Any, address: str) -> None:
        self.page, self.address, self.asked, self.said = page, address, [], []
        page.on("request", lambda request: self.asked.append(request))
        page.on("console", lambda message: self.said.append(message.text))
        page.on("pageerror", lambda error: self.said.append(str(error)))

    def open(self, lang: str) -> None:
        self.page.goto(f"{self.address}/{lang}/verify/")
        self.asked.clear()

    def verify(self, text: str) -> list[Verdict]:
        self.page.fill("textarea", text)
        self.page.click(".verify button")
        self.page.wait_for_selector(".verify[aria-busy=false]")
        assert self.said == []
        return [self._verdict(figure) for figure in self.page.query_selector_all(".verdict")]

    @property
    def status(self) -> str:
        return self.page.inner_text(".verify [role=status]")

    def _verdict(self, figure: Any) -> Verdict:
        def text(css: str) -> str:
            return " ".join(found.inner_text() for found in figure.query_selector_all(css)).strip()

        def each(css: str) -> tuple[str, ...]:
            return tuple(found.text_content().strip() for found in figure.query_selector_all(css))

        href = figure.query_selector(".title").get_attribute("href").removeprefix(self.address)
        return Verdict(text(".answer"), text(".how"), text("blockquote"), text("mark"), each("del"), each("ins"), text(".correction"), text(".who"), href, each("li"))


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Built:
    return build_files(tmp_path_factory.mktemp("verify") / "site", ROOM)


@pytest.fixture(scope="module")
def desk(browser: Any, serve: Serve, room: Built) -> Iterator[Desk]:
    context = browser.new_context()
    context.set_default_timeout(20_000)
    yield Desk(context.new_page(), serve(room.folder))
    context.close()


def test_the_browser_writes_a_day_as_the_house_does(desk: Desk) -> None:
    desk.open("en")
    for lang, style in (("en", ""), ("en", "gb"), ("zh-Hans", ""), ("fr", ""), ("ru", ""), ("ar", ""), ("ar", "arab"), ("ar", "levant"), ("ar", "maghreb")):
        house = typography(lang, style)
        written = desk.page.evaluate("tag => new Date('2026-11-02T12:00').toLocaleDateString(tag, { dateStyle: 'long' })", numerals.locale_tag(house))
        assert re.sub(r"\s", " ", written) == re.sub(r"\s", " ", dates.day(date(2026, 11, 2), house)), (lang, style)


def test_nothing_is_asked_for_before_use_and_nothing_that_is_pasted_ever(desk: Desk) -> None:
    desk.open("en")
    desk.page.fill("textarea", "Boats stay in the harbour until further notice, and the bridge is closed")
    desk.page.wait_for_timeout(100)
    assert [request.url for request in desk.asked if not request.url.endswith((".js", ".css", ".svg"))] == []
    assert len(desk.verify("Boats stay in the harbour until further notice, and the bridge is closed")) == 1
    assert desk.asked and desk.page.url == f"{desk.address}/en/verify/"
    for request in desk.asked:
        assert re.fullmatch(rf"{re.escape(desk.address)}/[a-z0-9/.-]+", request.url) and request.method == "GET" and request.post_data is None
    assert desk.page.evaluate("[document.cookie, localStorage.length, sessionStorage.length, history.length]")[:3] == ["", 0, 0]


def test_a_whole_passage_is_told_as_one_with_who_said_it_where_and_when(desk: Desk) -> None:
    desk.open("en")
    (found,) = desk.verify("“We measured it three times, with three gauges, and every one of them said the same.”")
    assert (found.answer, found.how, found.marked) == ("Word for word", "In full", "")
    assert found.who == "Ana Díaz · Director · Water Agency" and found.facts == ("Press release", "March 4, 2026")
    assert re.fullmatch(rf"/en/{RISES}/#q-[a-z2-7]{{8}}", found.href) and found.notice == ""


def test_a_verdict_tells_the_day_that_the_document_prints(desk: Desk) -> None:
    desk.open("en")
    (found,) = desk.verify("Eleven lamps burned beyond both locks when watchmen wrote down what each of them had noticed.")
    assert found.facts == ("Press release", "March 2, 2026")


def test_a_part_is_marked_in_the_passage_that_it_is_taken_from(desk: Desk) -> None:
    desk.open("en")
    (found,) = desk.verify("stay in the harbour until further notice, and the bridge is")
    assert (found.answer, found.how) == ("Word for word", "Part of a longer text; the words are marked")
    assert found.marked == "stay in the harbour until further notice, and the bridge is" and found.words.startswith("Boats stay")


def test_words_of_two_passages_in_a_row_are_found(desk: Desk) -> None:
    desk.open("en")
    (found,) = desk.verify("the bridge is closed to all traffic.\n\nWe measured it three times, with three gauges")
    assert found.answer == "Word for word" and desk.page.locator(".verdict blockquote p").count() == 2


@pytest.mark.parametrize(("lang", "passages"), [("en", [1]), ("en", [2]), ("en", [1, 2]), ("zh-hans", [1]), ("ar", [0, 1])])
def test_what_copy_quote_gives_is_verified_as_the_words_in_it(desk: Desk, lang: str, passages: list[int]) -> None:
    desk.page.goto(f"{desk.address}/{lang}/{RISES}/")
    copied = desk.page.eval_on_selector_all(".citation .lines", "all => all.map(one => [...one.children].map(line => line.textContent.trim()).join('\\n'))")
    desk.open(lang)
    (found,) = desk.verify("\n\n".join(copied[number] for number in passages))
    assert found.href.startswith(f"/{lang}/{RISES}/#q-") and desk.page.locator(".verdict blockquote p").count() == len(passages)
    # Between the words of two citations stand the marks of both.
    assert not re.search(r"\w", "".join((*found.struck, *found.underlined)))
    assert len(passages) > 1 or (found.answer.split(" (")[0], found.marked, found.struck) == (EXACT[lang], "", ())


def test_a_line_that_begins_with_a_dash_is_verified_where_no_address_follows(desk: Desk) -> None:
    desk.open("en")
    (found,) = desk.verify("Boats stay in the harbour until further notice, and the bridge is closed to all traffic.\n— We never said so.")
    assert found.answer == "Nearly the same words" and "never said so" in "".join(found.struck)


@pytest.mark.parametrize(
    "text",
    [
        'The "river" rose by three metres at Geneva during the night, the office said on Wednesday - its highest since 1,911.5',
        "« The ‘river’ rose\n by\u00a0three\tmetres at Gen\u00adeva during the night, the  office said on Wednesday––its highest since 1,911.5 was read »",
        "Ｔｈｅ “river” rose by three metres at Geneva during the night, the office said on Wednesday ― its highest since ١,٩١١.٥ was read",
    ],
)
def test_how_words_are_set_makes_no_difference(desk: Desk, text: str) -> None:
    desk.open("en")
    (found,) = desk.verify(text)
    assert found.answer == "Word for word" and "changed on March 5, 2026" in found.notice


def test_near_words_are_told_with_what_differs(desk: Desk) -> None:
    desk.open("en")
    (found,) = desk.verify("Most boats stay in the port until further notice, and the bridge is closed to all, she told reporters")
    assert found.answer == "Nearly the same words" and "Struck out" in found.how
    assert found.struck == ("Most boats", "port", ", she told reporters") and found.underlined == ("harbour",)


@pytest.mark.parametrize(
    "text",
    [
        "oats stay in the harbour until further notice, and the bridge is closed to all traffic",
        "its highest since 911.5 was read in May. Boats stay in the harbour until further notice",
        "boats stay in the harbour until further notice, and the bridge is closed to all traffic",
    ],
)
def test_a_word_or_number_cut_short_or_set_otherwise_is_not_word_for_word(desk: Desk, text: str) -> None:
    desk.open("en")
    assert [found.answer for found in desk.verify(text)] == ["Nearly the same words"]


def test_words_that_nobody_said_are_not_found(desk: Desk) -> None:
    desk.open("en")
    assert desk.verify("Nobody in this house has ever said anything that was remotely like this, ever") == []
    assert desk.status == "No match. Nothing that is published here says this, or nearly this."


def test_few_words_are_found_where_they_are_a_passage_and_more_are_asked_for_where_not(desk: Desk) -> None:
    desk.open("en")
    (found,) = desk.verify("It rose.")
    assert (found.answer, found.how) == ("Word for word", "In full")
    assert desk.verify("the harbour until") == [] and "Paste more of them" in desk.status
    assert desk.verify("?!") == [] and "Paste more of them" in desk.status


@pytest.mark.parametrize(
    ("lang", "text", "notice"),
    [
        ("en", "The river rose by two metres at Geneva during the night, the office said on Wednesday".replace("river", '"river"'), "Corrected These words stood in version 1 until March 5, 2026. It was three."),
        ("zh-hans", "水位在六小时内上升了两米，为1911年以来的最高值", "这些文字见于第1版，2026年3月5日"),
        ("ar", "ارتفع منسوب النهر بمقدار ٤١٢ سنتيمترًا خلال ليلة واحدة في جنيف، وهو أعلى مستوى", "وردت هذه الكلمات في النسخة 1 حتى 5 مارس 2026"),
    ],
)  # fmt: skip
def test_words_that_were_corrected_since_are_told_as_such(desk: Desk, lang: str, text: str, notice: str) -> None:
    desk.open(lang)
    (found,) = desk.verify(text)
    assert notice in " ".join(found.notice.split())
    assert re.fullmatch(rf"/{lang}/{RISES}/v/1/#q-[a-z2-7]{{8}}", found.href)
    desk.page.click(".verdict .now")
    desk.page.wait_for_url(f"**/{lang}/{RISES}/#correction-1")
    assert desk.page.locator(":target").count() == 1


def test_an_old_text_is_found_from_a_page_in_another_language_and_shown_as_text(desk: Desk) -> None:
    desk.open("ar")
    (found,) = desk.verify("of the long speech is about gauge 91 and nothing else at all. Sentence number 14 of the long")
    assert found.answer == "حرفيًا" and found.who == "Ana Díaz · Director · Water Agency"
    assert desk.page.inner_text(".verdict .title").replace("\u00a0", " ") == "<b>An old speech &amp; more</b>" and desk.page.locator(".verdict b").count() == 0
    assert "بالإنجليزية" in found.facts and "2 مايو 2019" in found.facts
    assert desk.page.get_attribute(".verdict blockquote", "lang") == "en" and desk.page.get_attribute(".verdict blockquote", "dir") == "ltr"


def test_only_languages_of_the_script_are_read(desk: Desk) -> None:
    desk.open("en")
    (found,) = desk.verify("所有船只留在港内，桥梁禁止通行，直至另行通知。")
    assert (found.answer, found.how) == ("Word for word", "In full") and "Original: English" in found.facts
    assert desk.page.inner_text(".verdict .found") == "Word for word in the official translation In full"
    files = {Path(request.url).name for request in desk.asked if re.search(r"/verify/[0-9p]", request.url)}
    assert files == {"zh-hans.json"}


def test_held_words_are_not_found(desk: Desk) -> None:
    desk.open("en")
    for text in ("Unspeakable words.", "Not yet."):
        assert desk.verify(text) == []


def test_a_paste_without_end_is_refused_and_a_failure_is_told(desk: Desk) -> None:
    desk.open("en")
    assert desk.verify("word " * 4000) == [] and "too long" in desk.status
    desk.page.route("**/verify/index.json", lambda route: route.fulfill(status=503))
    try:
        desk.page.fill("textarea", "anything")
        desk.page.click(".verify button")
        desk.page.wait_for_selector(".verify[aria-busy=false]")
        assert desk.status == "The documents could not be read. Try again."
    finally:
        desk.page.unroute("**/verify/index.json")
        desk.said.clear()


def test_the_keyboard_is_enough(desk: Desk) -> None:
    desk.open("en")
    desk.page.focus("textarea")
    desk.page.keyboard.type("It rose.")
    desk.page.keyboard.press("Control+Enter")
    desk.page.wait_for_selector(".verdict")
    assert desk.page.evaluate("document.activeElement.localName") == "textarea"
    assert desk.page.get_attribute(".answers", "aria-live") == "polite"
    desk.page.keyboard.press("Tab")
    desk.page.keyboard.press("Enter")
    desk.page.wait_for_selector(".verify[aria-busy=false]")


@pytest.mark.parametrize("lang", ["en", "ar"])
def test_nothing_keeps_anybody_from_reading_an_answer(browser: Any, desk: Desk, lang: str) -> None:
    # The page's policy would refuse the checker.
    context = browser.new_context(bypass_csp=True, reduced_motion="reduce")
    context.add_init_script(path=from_npm("axe-core/axe.min.js"))
    reading = Desk(context.new_page(), desk.address)
    reading.open(lang)
    for text in ("The river rose by two metres at Geneva on that night, the office said on Wednesday", "We measured it three times, with three gauges, and every one"):
        assert len(reading.verify(text)) == 1
        for scheme, width in LOOKS:
            reading.page.emulate_media(color_scheme=scheme)
            reading.page.set_viewport_size({"width": width, "height": 900})
            assert reading.page.evaluate(RUN) == [] and reading.page.evaluate("document.scrollingElement.scrollWidth <= innerWidth")
    context.close()


@pytest.mark.parametrize(("lang", "cut"), [("en", str.split), ("zh-hans", list), ("ar", str.split)])
def test_any_stretch_of_the_guaranteed_length_is_found(desk: Desk, room: Built, lang: str, cut: Callable[[str], list[str]]) -> None:
    chance, between = random.Random(lang), "" if cut is list else " "
    desk.open(lang)
    for folder, data in room.editions.items():
        for passage in [*data.get("passages", []), *(found for segment in data.get("segments", []) for found in segment["passages"])]:
            words, length = cut(passage["text"]), grain_of(data["language"]).guaranteed
            length += 12 if cut is list else 0  # Marks are characters here, and do not count.
            if folder.startswith(f"{lang}/") and len(words) >= length:
                start = chance.randrange(len(words) - length + 1)
                found = desk.verify(between.join(words[start : start + length]))
                assert [one.answer for one in found] == [EXACT[lang]] and f"#{passage['id']}" in found[0].href, words
                middle = start + length // 2
                other = [*words[:middle], f"x{words[middle]}", *words[middle + 1 :]]
                assert EXACT[lang] not in [one.answer for one in desk.verify(between.join(other[start : start + length]))]
