"""The order in which a reader sees what two directions of writing make of one line."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from pressroom.build import build
from pressroom.commands import builds
from tests.sites import make_site

NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)

# A text as it is written, and parts of it from left to right as they must be seen.
ARABIC = [
    ("اتصلوا على +41 22 555 12 12 اليوم", ["اليوم", "+", "41", "22", "555", "12 12", "على"]),
    ("الهاتف: (022) 555-1212، صباحا", ["صباحا", "(022)", "555", "1212", "الهاتف"]),
    ("ارتفع بين 10–12 مترا", ["مترا", "10", "–", "12", "بين"]),
    ("نسبة 3.5% من الماء", ["من", "3.5", "%", "نسبة"]),
    ("درجة −4 °C في الليل", ["في", "−", "4", "°C", "درجة"]),
    ("موسم 2020/2021 انتهى", ["انتهى", "2020", "2021", "موسم"]),
    ("في 2020-11-02 صباحا", ["صباحا", "2020", "11", "-02", "في"]),
    ("من 9:30–11:00 هنا", ["هنا", "9:30", "–", "11:00", "من"]),
    ("منظمة (WHO) هنا", ["هنا", "WHO", "منظمة"]),
    ("مؤتمر World Internet Conference (WIC) هنا", ["هنا", "World", "Internet", "Conference", "(WIC", "مؤتمر"]),
    ("طائرة Boeing 747، ثم حطت", ["حطت", "Boeing", "747", "طائرة"]),
    ("لغة C++ جيدة", ["جيدة", "C", "++", "لغة"]),
    ("الملف report_2020.pdf هنا", ["هنا", "report_2020", ".pdf", "الملف"]),
    ("قال: “Hello, world.” ثم مضى", ["مضى", "Hello", "world", ".", "قال"]),
    ("شركات Google، Apple، Microsoft معا", ["معا", "Microsoft", "Apple", "Google", "شركات"]),
    ("انظر https://example.org/a/?b=c هنا", ["هنا", "https", "example", "?b=c", "انظر"]),
    ("اكتب إلى press@example.org اليوم", ["اليوم", "press", "@", "example.org", "اكتب"]),
    ("حساب @office معنا", ["معنا", "@", "office", "حساب"]),
    ("سعره $5 أو 6 € فقط", ["فقط", "6", "€", "أو", "$", "5", "سعره"]),
    ("قال «إنه ‘Big Ben’» ومضى", ["ومضى", "Big", "Ben", "إنه", "قال"]),
    ("قال John Smith (58)، ثم مضى", ["مضى", "58", "John", "Smith", "قال"]),
    ("سرعة 5 km/h فقط", ["فقط", "5", "km/h", "سرعة"]),
    ("يوم 2 November 2020 كان", ["كان", "2 ", "November", "2020", "يوم"]),
    ("معادلة 5+6=11 صحيحة", ["صحيحة", "5", "+", "6", "=", "11", "معادلة"]),
    ("هذا <a href='https://example.org/'>World <em>Internet</em></a> Conference نعم", ["نعم", "World", "Internet", "Conference", "هذا"]),
    ("الأمر `ls -l /tmp` هنا", ["هنا", "ls", "-l", "/tmp", "الأمر"]),
    ("الدالة `open()` هنا", ["هنا", "open", "()", "الدالة"]),
    ("الخيار `-v` هنا", ["هنا", "-", "v", "الخيار"]),
    ("مفتاحا <kbd>Ctrl</kbd>+<kbd>Del</kbd> هنا", ["هنا", "Ctrl", "+", "Del", "مفتاحا"]),
    ("الأمر `up` أو `down`، ثم `stop`، `go()` هنا", ["هنا", "go", "()", "stop", "ثم", "down", "أو", "up", "الأمر"]),
    ("عام 2020 فقط، و1,234.5 طن", ["طن", "1,234.5", "فقط", "2020", "عام"]),
    ("نسبة ٣٫٥٪ هنا", ["هنا", "٪", "٣٫٥", "نسبة"]),
    ("كلمة [fleuve, quai.]{lang=fr} هنا", ["هنا", "fleuve", "quai", ".", "كلمة"]),
    ("بقيمة US$ 5 مليون", ["مليون", "US", "$", "5", "بقيمة"]),
    ("وفق Art. 5(2) وRes. 2231 (2015) هنا", ["هنا", "Res", "2231", "2015", "Art", "5", "(2)", "وفق"]),
    ("من U.S. إلى هنا", ["هنا", "U.S.", "من"]),
]  # fmt: skip
ENGLISH = [
    ("said أحمد 12 times", ["said", "أحمد", "12", "times"]),
    ("said أحمد (58), who left", ["said", "أحمد", "(58)", "who"]),
    ("called أحمد, حسن and more", ["called", "أحمد", "حسن", "and"]),
    ("said אברהם: 3 or 4", ["said", "אברהם", "3", "or"]),
    ("He cried «مرحبا!» and left", ["cried", "«", "!", "مرحبا", "»", "and"]),
    ("“שלום, עולם.” he said", ["“", ".", "עולם", "שלום", "”", "he"]),
    ("the law المادة ١٢ (2020) holds", ["law", "١٢", "المادة", "2020", "holds"]),
    ("on #عربي today", ["on", "عربي", "#", "today"]),
    ("word [كلمة، أخرى]{lang=ar}, 5 times", ["word", "أخرى", "كلمة", "5", "times"]),
    ("at الجزيرة – 10% more", ["at", "الجزيرة", "10%", "more"]),
]  # fmt: skip

MEASURE = """(element, parts) => {
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT), nodes = [];
  let text = "";
  while (walker.nextNode()) { nodes.push([walker.currentNode, text.length]); text += walker.currentNode.data; }
  const place = (at) => { const [node, from] = nodes.findLast(([, from]) => from <= at); return [node, at - from]; };
  return parts.map((part) => {
    const at = text.indexOf(part), range = document.createRange();
    if (at < 0) return null;
    range.setStart(...place(at)); const [node, offset] = place(at + part.length - 1); range.setEnd(node, offset + 1);
    const all = [...range.getClientRects()].filter(({ width }) => width);
    return [Math.min(...all.map(({ left }) => left)), Math.max(...all.map(({ right }) => right)), Math.min(...all.map(({ top }) => top))];
  });
}"""


@pytest.fixture(scope="module")
def page(browser: Any, serve: Any, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """Every case a paragraph of its own, in Arabic and in English."""
    root = tmp_path_factory.mktemp("bidi")
    written = {lang: "\n\n".join(text for text, _ in cases) for lang, cases in (("en", ENGLISH), ("ar", ARABIC))}
    files = {
        "releases/2026/lines/index.en.md": f"---\ntitle: A speech by أحمد 12\ndate: 2026-03-04\n---\n{written['en']}\n",
        "releases/2026/lines/index.ar.md": f"---\ntitle: نسبة 10–12% عند Boeing 747\ntranslation: official\n---\n{written['ar']}\n",
    }
    make_site(root, files)
    build(builds.read(root), NOW)
    context = browser.new_context(viewport={"width": 1400, "height": 900})
    opened = context.new_page()
    opened.site = serve(root / "output")
    yield opened
    context.close()


def seen(page: Any, element: Any, parts: list[str]) -> list[str]:
    """The parts from left to right; they stand in one line."""
    found = element.evaluate(MEASURE, parts)
    assert None not in found, parts
    return [part for _, part in sorted(zip([(left, right) for left, right, _ in found], parts, strict=True))]


@pytest.mark.parametrize(("lang", "cases"), [("ar", ARABIC), ("en", ENGLISH)])
def test_every_line_is_read_in_the_order_that_it_has(page: Any, lang: str, cases: list[tuple[str, list[str]]]) -> None:
    page.goto(f"{page.site}/{lang}/releases/2026/lines/")
    paragraphs = page.locator(".prose > p[id^='q-']").all()
    assert len(paragraphs) == len(cases)
    wrong = [(text, seen(page, paragraph, parts)) for paragraph, (text, parts) in zip(paragraphs, cases, strict=True) if seen(page, paragraph, parts) != parts]
    assert wrong == []


@pytest.mark.parametrize(("lang", "parts"), [("ar", ["Boeing", "747", "عند", "10", "–", "12", "%", "نسبة"]), ("en", ["by", "أحمد", "12"])])
def test_a_headline_is_read_so_on_its_page_in_a_list_and_beside_another(page: Any, lang: str, parts: list[str]) -> None:
    for path, place in ((f"{lang}/releases/2026/lines/", "h1"), (f"{lang}/", ".headline"), ("ar/releases/2026/lines/with/en/", f"h1 .side[lang={lang}]")):
        page.goto(f"{page.site}/{path}")
        assert seen(page, page.locator(place).first, parts) == parts, path
