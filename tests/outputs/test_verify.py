"""The page on which a quotation is verified: found from everywhere, in every language, and honest without a script."""

from __future__ import annotations

import re

from tests.outputs.trees import Built
from tests.sites import REPOSITORY

SCRIPT = (REPOSITORY / "theme" / "static" / "verify.js").read_text(encoding="utf-8")


def test_every_page_with_a_footer_leads_to_it_in_its_language(built: Built) -> None:
    for page in built.pages.values():
        for footer in page.all("//footer[@class='footer']"):
            assert f"{page.lang.lower()}/verify/index.html" in [page.resolve(href)[0] for href in footer.xpath(".//a/@href")], page.path


def test_only_this_page_loads_the_script(built: Built) -> None:
    loading = {path for path, page in built.pages.items() if [src for src in page.all("//script/@src") if src.endswith("verify.js")]}
    assert loading == {f"{lang.lower()}/verify/index.html" for lang in built.settings.languages}


def test_without_a_script_the_form_is_not_there_and_the_way_by_hand_is(built: Built) -> None:
    for lang in built.settings.languages:
        page = built.pages[f"{lang.lower()}/verify/index.html"]
        form = page.one("//div[@class='verify']/form")
        assert "hidden" in form.attrib and "action" not in form.attrib
        assert not page.all("//noscript") and "index.json" in page.text()
        assert {page.resolve(href)[0] for href in page.all("//section[@class='card']//a/@href")} == {
            f"{lang.lower()}/{folder}/index.html" for folder in ("people", "topics", "corrections")
        }


def test_the_field_has_no_name_that_could_be_sent(built: Built) -> None:
    page = built.pages["en/verify/index.html"]
    assert not page.all("//textarea/@name") and page.all("//label/@for") == page.all("//textarea/@id")
    assert page.all("//textarea/@aria-describedby") == page.all("//form/p/@id")


def test_it_may_be_found_by_search_engines(built: Built) -> None:
    page = built.pages["en/verify/index.html"]
    assert not page.all("//meta[@name='robots']") and page.canonical().encode() in built.read("sitemap-pages.xml")


def test_the_page_has_every_word_that_the_script_says(demo: Built) -> None:
    asked = set(re.findall(r"said\.(\w+)|tell\(\"(\w+)\"", SCRIPT)) | {(word, "") for part in re.findall(r"said\[([^\]]*\"[^\]]*)\]|tell\((change[^,]*),", SCRIPT) for word in re.findall(r'"(\w+)"', "".join(part))}
    wanted = {one or other for one, other in asked} - {"few"}
    assert {"exact", "near", "whole", "part", "differs", "searching", "stood", "changed", "older", "failed", "long", "short", "nothing"} <= wanted
    for lang in demo.settings.languages:
        given = {name.removeprefix("data-") for name in demo.pages[f"{lang.lower()}/verify/index.html"].one("//div[@class='verify']").attrib}
        assert wanted <= given, lang


def test_the_figure_has_every_place_that_the_script_fills(demo: Built) -> None:
    places = set(re.findall(r'put\("(\w+)"', SCRIPT))
    assert places <= {name for found in demo.pages["ar/verify/index.html"].all("//template//@class") for name in found.split()}
