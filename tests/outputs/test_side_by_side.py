"""A translation beside its original, in the finished tree."""

from __future__ import annotations

import shutil
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from pressroom.build import build, examine
from pressroom.ground import fingerprints
from pressroom.ground.languages import direction
from pressroom.model.settings import PREVIEW, Settings
from tests.outputs.trees import Built, Page, build_files
from tests.sites import REPOSITORY, make_site, put, tree_of
from tests.test_sameness import settings_of

NOW = datetime(2026, 12, 1, 12, tzinfo=UTC)
DAM = "releases/2026/dam"
EN = (
    "---\ntitle: The dam\nsubtitle: It is full\ndate: 2026-03-04\nplace: Geneva\n{more}notes: |\n  Ask the [office](data.csv).\n---\n"
    "First[^a] words.\n\n## Where {{#where}}\n\nSee [above](#where) or [the other](../gate/).\n\n![A dam](dam.png)\n\n1. One\n2. Two\n\n"
    "[^a]: A note.\n"
)
ZH = (
    "---\ntitle: 水坝\nsubtitle: 满了\ntranslation: official\ntranslator: 李\nplace: 日内瓦\nnotes: 请问[办公室](data.csv)。\n---\n"
    '第一[^a]句话 id="x"。\n\n## 哪里 {#where}\n\n见[上文](#where)或[另一篇](../gate/)。\n\n![水坝](dam.png)\n\n1. 一\n2. 二\n\n[^a]: 注。\n'
)
AR = "---\ntitle: السد\ntranslation: unofficial\nplace: جنيف\n---\nكلام أول.\n\n## أين\n\nانظر أعلاه.\n\nوكذلك هنا.\n"
PICTURE = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg=="
FILES = {
    f"{DAM}/index.en.md": EN.format(more=""),
    f"{DAM}/index.zh-Hans.md": ZH,
    f"{DAM}/index.ar.md": AR,
    f"{DAM}/data.csv": "a\n",
    "releases/2026/gate/index.en.md": "---\ntitle: The gate\ndate: 2026-03-05\n---\nOpen. See [both](/zh-hans/releases/2026/dam/with/en/).\n",
    "transcripts/2026/talk/index.en.md": (
        "---\ntitle: Talk\ndate: 2026-03-06\n---\nBefore.\n\n[Narration] The gate is shut.\n\n[Soundbite] Ana Díaz | Director\n\nIt is.\n\n(Laughter.)\n\n"
        "[Narration] Later.\n\nMuch later.\n\nEditor: Li\n"
    ),
    "transcripts/2026/talk/index.ar.md": (
        "---\ntitle: حديث\ntranslation: machine\n---\nقبل.\n\n[Narration] البوابة مغلقة.\n\n[Soundbite] آنا دياث | المديرة\n\nنعم.\n\n[Narration] لاحقًا.\n\nتحرير: لي\n"
    ),
    "releases/2026/alone/index.ar.md": "---\ntitle: وحده\ndate: 2026-03-07\ntranslation: official\nsource: {language: fr}\n---\nكلمات.\n",
    "pages/about/index.en.md": "---\ntitle: About\n---\nUs.\n",
    "pages/about/index.ar.md": "---\ntitle: حول\ntranslation: official\n---\nنحن.\n",
}  # fmt: skip


def make(root: Path, **changed: str) -> Path:
    import base64

    site = make_site(root, {**FILES, **changed})
    (site / "content" / DAM / "dam.png").write_bytes(base64.b64decode(PICTURE))
    if not (site / "theme").exists():
        (site / "theme").symlink_to(REPOSITORY / "theme")
    return site


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Built:
    settings = settings_of(make(tmp_path_factory.mktemp("side") / "site"))
    build(settings, NOW)
    return Built(settings)


def beside(built: Built) -> list[Page]:
    return [page for page in built.pages.values() if "/with/" in page.path]


def parts(page: Page) -> tuple[str, str]:
    """The folder of the edition that a page lies below, and that of the one beside it."""
    folder, _, other = page.path.removesuffix("/index.html").partition("/with/")
    return f"{folder}/", f"{other}/{folder.partition('/')[2]}/"


def rows(page: Page) -> list[tuple[str, str]]:
    """The text of every row of two cells: of the other, of the edition."""
    found = []
    for row in page.all("//*[contains(concat(' ', @class, ' '), ' pair ')]"):
        first, second = row.xpath("./*[contains(concat(' ', @class, ' '), ' side ')]")
        found.append((" ".join(first.text_content().split()), " ".join(second.text_content().split())))
    return found


def passages(data: dict) -> list[dict]:  # type: ignore[type-arg]
    return [*data.get("passages", []), *(passage for segment in data.get("segments", []) for passage in segment["passages"])]


# Every page of the demo and of the odd room


def test_each_translation_of_what_is_here_has_its_page_and_nothing_else_has(built: Built) -> None:
    wanted = {
        f"{folder}with/{data['original'].lower()}/index.html"
        for folder, data in built.editions.items() if data.get("translation") and data["original"] in data["languages"]
    }  # fmt: skip
    assert {page.path for page in beside(built)} == wanted


def test_every_passage_of_both_texts_stands_there_once_in_its_own_column_with_the_way_to_its_home(built: Built) -> None:
    for page in beside(built):
        for folder, column in zip(parts(page), (2, 1), strict=True):
            data = built.editions[folder]
            cells = f"//*[contains(@class, 'pair')]/div[contains(@class, 'side')][@lang='{data['language']}']"
            links = [page.resolve(href) for href in page.all(f"{cells}//a[@class='passage']/@href")]
            assert Counter(links) == Counter((f"{folder}index.html", passage["id"]) for passage in passages(data)), page.path
            said = fingerprints.words(" ".join(page.all(f"{cells}//text()[not(ancestor::sup)]")))
            assert all(fingerprints.words(passage["text"]) in said for passage in passages(data)), page.path
            assert all(len(cell.xpath("preceding-sibling::*[contains(@class, 'side')]")) == column - 1 for cell in page.all(cells))


def test_a_page_side_by_side_has_no_ids_but_the_furniture_s(built: Built) -> None:
    for page in beside(built):
        assert page.ids() == ["main"], page.path
        assert not [href for _, href in page.links() if href.startswith("#") and href != "#main"], page.path


def test_a_page_side_by_side_is_not_indexed_and_points_to_the_translation(built: Built) -> None:
    sitemaps = b"".join(built.read(path) for path in built.paths if "sitemap" in path or path.endswith("feed.xml"))
    assert b"/with/" not in sitemaps
    for page in beside(built):
        assert page.canonical() == f"{built.settings.url}/{parts(page)[0]}"
        assert page.all("//meta[@name='robots']/@content") == ["noindex"] and page.alternates() == {}


def test_each_cell_has_its_language_and_the_direction_of_it(built: Built) -> None:
    for page in beside(built):
        edition, other = (built.editions[folder]["language"] for folder in parts(page))
        for row in page.all("//*[contains(concat(' ', @class, ' '), ' pair ')]"):
            cells = row.xpath("./*[contains(@class, 'side')]")
            said = [(cell.get("lang"), cell.get("dir")) for cell in cells]
            assert all(
                found in ((lang, direction(lang)), (None, None) if "missing" in cell.get("class") else None)
                for found, lang, cell in zip(said, (other, edition), cells, strict=True)
            ), page.path
        assert page.one("//h1").xpath("string(span[1])") == built.editions[parts(page)[1]]["title"]
        assert page.one("//h1").xpath("string(span[2])") == built.editions[parts(page)[0]]["title"]


def test_both_editions_lead_to_the_page_and_the_data_name_it(built: Built) -> None:
    for page in beside(built):
        for folder, others in (parts(page), parts(page)[::-1]):
            edition = built.pages[f"{folder}index.html"]
            links = [element for element, href in edition.links() if element.tag == "a" and edition.resolve(href)[0] == page.path]
            assert len(links) == 1 and links[0].text_content().strip(), (folder, page.path)
            assert built.editions[folder]["side_by_side"][built.editions[others]["language"]] == built.settings.url + page.address


# One small room


def test_the_other_stands_first_and_blocks_stand_beside_their_like(small: Built) -> None:
    page = small.pages[f"zh-hans/{DAM}/with/en/index.html"]
    assert rows(page) == [
        ("English Original", "简体中文 官方译文"),
        ("The dam", "水坝"),
        ("It is full", "满了"),
        ("GENEVA, March 4, 2026 — First1 words.", '日内瓦3月4日电 第一1句话id=“x”。'),
        ("Where", "哪里"),
        ("See above or the other.", "见上文或另一篇。"),
        ("", ""),
        ("One Two", "一 二"),
        ("A note. ↩", "注。 ↩"),
        ("Notes to editors Ask the office.", "编者须知 请问办公室。"),
    ]
    assert page.one("//title").text_content() == "对照阅读：水坝 · Test Office"


def test_a_link_of_either_text_leads_where_it_led_and_says_which_language_is_there(small: Built) -> None:
    page = small.pages[f"zh-hans/{DAM}/with/en/index.html"]
    links = [
        (page.resolve(link.get("href")), link.get("hreflang"))
        for link in page.all("//div[contains(@class, 'side')]//a[not(@class='passage')]")
    ]  # fmt: skip
    gate, here = "en/releases/2026/gate/index.html", f"{DAM}/index.html"
    assert links == [
        ((f"en/{here}", "fn:a"), "en"), ((f"zh-hans/{here}", "fn:a"), "zh-Hans"),
        ((f"en/{here}", "where"), "en"), ((gate, ""), "en"), ((f"zh-hans/{here}", "where"), "zh-Hans"), ((gate, ""), "en"),
        ((f"en/{here}", "fnref:a"), "en"), ((f"zh-hans/{here}", "fnref:a"), "zh-Hans"),
        ((f"{DAM}/data.csv", ""), None), ((f"{DAM}/data.csv", ""), None),
    ]  # fmt: skip


def test_what_looks_like_an_id_in_the_words_stays(small: Built) -> None:
    assert "id=“x”" in small.pages[f"zh-hans/{DAM}/with/en/index.html"].text()


def test_a_picture_of_both_is_in_both_with_the_words_of_each(small: Built) -> None:
    page = small.pages[f"zh-hans/{DAM}/with/en/index.html"]
    row = page.one("//div[contains(@class, 'picture')]")
    assert row.xpath(".//img/@alt") == ["A dam", "水坝"] and len(set(row.xpath(".//img/@src"))) == 1


def test_a_place_that_differs_stands_as_a_whole_and_what_one_alone_has_says_so(small: Built) -> None:
    page = small.pages[f"ar/{DAM}/with/en/index.html"]
    assert len(page.all("//p[@class='whole']")) == 1
    (whole,) = page.all("//p[@class='whole']/..")
    first, second = whole.xpath("./div")
    assert [len(cell.xpath(".//a[@class='passage']")) for cell in (first, second)] == [3, 2]
    missing = [cell.xpath("string(preceding-sibling::*[1])").split()[:2] for cell in page.all("//p[contains(@class, 'missing')]")]
    assert missing == [["It", "is"], ["A", "note."], ["Notes", "to"]]
    assert {cell.text_content() for cell in page.all("//p[contains(@class, 'missing')]")} == {"لا مقابل بالعربية"}


def test_who_speaks_stands_over_the_words_in_both_languages_own_strings(small: Built) -> None:
    page = small.pages["ar/transcripts/2026/talk/with/en/index.html"]
    assert rows(page)[2:] == [
        ("Before.", "قبل."),
        ("Narration The gate is shut.", "تعليق صوتي البوابة مغلقة."),
        ("Ana Díaz Director Soundbite It is.", "آنا دياث المديرة تصريح نعم."),
        ("(Laughter.)", "لا مقابل بالعربية"),
        ("Narration Later. Much later.", "تعليق صوتي لاحقًا."),
        ("EditorLi", "تحريرلي"),
    ]


def test_a_text_may_link_to_a_page_side_by_side(small: Built) -> None:
    page = small.pages["en/releases/2026/gate/index.html"]
    assert "zh-hans/releases/2026/dam/with/en/index.html" in [page.resolve(href)[0] for href in page.all("//main//div[@class='prose']//a/@href")]


def test_a_lone_translation_stands_beside_nothing(small: Built) -> None:
    assert "side_by_side" not in small.data("ar/releases/2026/alone/index.json")
    assert not small.pages["ar/releases/2026/alone/index.html"].all("//a[contains(@href, 'with/')]")


# What a setting adds


def test_a_setting_adds_a_page_of_two_translations_to_which_both_lead(tmp_path: Path) -> None:
    settings = replace(settings_of(make(tmp_path / "site")), side_by_side=(("ar", "zh-Hans"),))
    build(settings, NOW)
    built = Built(settings)
    page = built.pages[f"ar/{DAM}/with/zh-hans/index.html"]
    assert rows(page)[:2] == [("简体中文 官方译文", "العربية ترجمة غير رسمية"), ("水坝", "السد")]
    assert {page.path for page in beside(built)} == {page.path} | {
        f"zh-hans/{DAM}/with/en/index.html", f"ar/{DAM}/with/en/index.html", "ar/transcripts/2026/talk/with/en/index.html", "ar/about/with/en/index.html"
    }
    for lang, others in (("zh-hans", ["ar"]), ("ar", ["zh-Hans"]), ("en", ["zh-Hans", "ar"])):
        card = built.pages[f"{lang}/{DAM}/index.html"].one("//section[contains(@class, 'pairs')]")
        assert card.xpath(".//a/@lang") == others
    assert set(built.data(f"ar/{DAM}/index.json")["side_by_side"]) == {"en", "zh-Hans"}


def test_pairs_stand_in_the_order_of_the_languages_whatever_that_of_the_setting(tmp_path: Path) -> None:
    trees, pairs = [], (("fr", "ar"), ("fr", "zh-Hans"))
    for number, order in enumerate((pairs, pairs[::-1])):
        site = make(tmp_path / str(number), **{f"{DAM}/index.fr.md": "---\ntitle: Le barrage\ntranslation: official\nplace: Genève\n---\nPremiers mots.\n"})
        settings = replace(settings_of(site), languages=("en", "zh-Hans", "ar", "fr"), side_by_side=order)
        build(settings, NOW)
        assert list(Built(settings).data(f"fr/{DAM}/index.json")["side_by_side"]) == ["en", "zh-Hans", "ar"]
        trees.append(tree_of(Path(settings.output)))
    assert trees[0] == trees[1]


# What is held, corrected, or taken back


def test_a_translation_that_is_a_draft_stands_beside_nothing_until_it_is_out(tmp_path: Path) -> None:
    site = make(tmp_path / "site", **{f"{DAM}/index.ar.md": AR.replace("---\n", "---\nstatus: draft\n", 1)})
    settings = settings_of(site)
    build(settings, NOW)
    assert f"ar/{DAM}/with/en/index.html" not in Built(settings).paths and "السد".encode() not in _all(Built(settings))
    preview = replace(settings, audience=PREVIEW, output=str(site / "preview"))
    build(preview, NOW)
    assert f"ar/{DAM}/with/en/index.html" in Built(preview).paths


def test_a_held_document_says_so_in_the_preview(tmp_path: Path) -> None:
    site = make(tmp_path / "site", **{f"{DAM}/index.en.md": EN.format(more="embargo: 2030-01-01T10:00Z\n")})
    put(site, "releases/2026/gate/index.en.md", "---\ntitle: The gate\ndate: 2026-03-05\n---\nOpen.\n")
    settings = settings_of(site)
    build(settings, NOW)
    assert not [path for path in Built(settings).paths if DAM in path]
    preview = replace(settings, audience=PREVIEW, output=str(site / "preview"))
    build(preview, NOW)
    page = Built(preview).pages[f"zh-hans/{DAM}/with/en/index.html"]
    assert "2030" in page.one("//p[contains(@class, 'held')]").text_content()


def test_a_correction_is_told_in_the_languages_that_it_concerns(tmp_path: Path) -> None:
    entry = "corrections: [{type: corrected, at: '2026-04-01T10:00Z', note: {en: It was half full.}, languages: [en]}]\n"
    site = make(tmp_path / "site", **{f"{DAM}/index.en.md": EN.format(more=entry), f"{DAM}/v/1/index.en.md": EN.format(more="")})
    settings = settings_of(site)
    build(settings, NOW)
    page = Built(settings).pages[f"zh-hans/{DAM}/with/en/index.html"]
    (note,) = page.all("//div[contains(@class, 'correction')]")
    assert note.xpath("ancestor::div[contains(@class, 'side')]/@lang") == ["en"] and "It was half full." in note.text_content()
    assert page.resolve(note.xpath(".//a/@href")[0]) == (f"en/{DAM}/index.html", "correction-1")
    assert "corrected" not in page.text() and len(page.all("//p[contains(@class, 'missing')]")) == 0


def test_pages_of_a_withdrawn_document_answer_with_its_notice(tmp_path: Path) -> None:
    settings = replace(settings_of(make(tmp_path / "site")), side_by_side=(("ar", "zh-Hans"),))
    build(settings, NOW)
    was = {page.path for page in beside(Built(settings))}
    entry = "corrections: [{type: withdrawn, at: '2026-04-01T10:00Z', note: {en: Not so., zh-Hans: 并非如此。, ar: ليس كذلك.}}]\n"
    put(tmp_path / "site", f"{DAM}/index.en.md", EN.format(more=entry))
    build(settings, NOW)
    built = Built(settings)
    assert was == {page.path for page in beside(built)}
    for path in was:
        if DAM in path:
            page = built.pages[path]
            assert {"zh-Hans": "并非如此。", "ar": "ليس كذلك."}[page.lang] in page.text()
            assert page.canonical() == f"{settings.url}/{parts(page)[0]}"
    assert not [word for word in ("It is full", "满了", "كلام أول") if word.encode() in _all(built)]


def _all(built: Built) -> bytes:
    return b"".join(built.read(path) for path in built.paths)


def test_an_edit_of_either_text_makes_the_page_anew_as_a_clean_build_would(tmp_path: Path) -> None:
    site = make(tmp_path / "site")
    settings = settings_of(site)
    build(settings, NOW)
    for name, old, new in ((f"{DAM}/index.en.md", "First", "Early"), (f"{DAM}/index.ar.md", "وكذلك هنا.\n", ""), (f"{DAM}/index.zh-Hans.md", "official", "machine")):
        text = (site / "content" / name).read_text()
        assert old in text
        put(site, name, text.replace(old, new))
        why = build(settings, NOW).why
        assert f"{'ar' if 'ar.md' in name else 'zh-hans'}/{DAM}/with/en/index.html" in why
    shutil.copytree(site, tmp_path / "anew", ignore=shutil.ignore_patterns("output", ".output*", ".pressroom"), symlinks=True)
    clean = settings_of(tmp_path / "anew")
    build(clean, NOW)
    assert tree_of(Path(clean.output)) == tree_of(Path(settings.output))


def test_a_room_that_speaks_one_language_has_no_such_pages(tmp_path: Path) -> None:
    built = build_files(tmp_path / "site", {"releases/2026/a/index.en.md": "---\ntitle: A\ndate: 2026-03-04\n---\nOne.\n"}, languages=("en",))
    assert beside(built) == []


def test_check_says_nothing_of_it(small: Built) -> None:
    settings: Settings = small.settings
    codes = {problem.code for problem in examine(settings, NOW)}
    # Its texts are made to differ.
    assert codes <= {"AG001", "AG006", "AG007", "RG005", "TR020", "FM017", "RG001"}, codes
