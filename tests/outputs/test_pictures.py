"""Pictures on finished pages: in several widths and forms, with their size, what is to be said of them, and the whole of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PIL import Image

from pressroom.build import build
from pressroom.ground.problems import Fault
from pressroom.model.document import Attachment
from pressroom.outputs.downloads import deed
from pressroom.outputs.pictures import Picture
from tests.outputs.trees import Built, build_files
from tests.sites import REPOSITORY, make_site, tree_of
from tests.test_sameness import settings_of

FOLDER = "releases/2026/river-rises"
FRONT = "title: The river rises\ndate: 2026-03-04\nattachments: [portrait.jpg, data.csv]\n"
RIGHTS = 'credits: {wide.png: "A & B <Agency>", data.csv: Water Agency, dot.png: In a line, plan.svg: An architect}\nlicences: {wide.png: CC BY-SA 4.0, data.csv: Ask us}\n'
FILES = {
    f"{FOLDER}/index.en.md": (
        f"---\n{FRONT}{RIGHTS}captions: {{wide.png: 'The \"old\" bridge', data.csv: Levels}}\nalts: {{portrait.jpg: The director}}\n---\n"
        '![A <bridge> & "water"](wide.png)\n\nText with ![a dot](dot.png) in it, and ![wide again](wide.png).\n\n![The plan](plan.svg)\n'
    ),
    f"{FOLDER}/index.ar.md": "---\ntitle: النهر\ntranslation: official\n---\n![جسر](wide.png)\n",
    f"{FOLDER}/data.csv": "a,b\n",
    f"{FOLDER}/plan.svg": '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9"/></svg>',
}
SIZES = f"{FOLDER}/sizes"


def put_pictures(root: Path) -> None:
    folder = root / "content" / FOLDER
    folder.mkdir(parents=True)
    Image.linear_gradient("L").resize((1000, 500)).save(folder / "wide.png")
    Image.linear_gradient("L").resize((300, 500)).save(folder / "portrait.jpg")
    Image.new("RGB", (1, 1)).save(folder / "dot.png")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    root = tmp_path_factory.mktemp("pictures")
    put_pictures(root)
    return build_files(root, FILES)


def test_a_picture_is_offered_in_several_widths_and_never_in_more_than_it_has(built: Built) -> None:
    assert {path for path in built.paths if "/sizes/" in path} == {f"{SIZES}/wide.png.{width}.{form}" for width in (480, 800, 1000) for form in ("avif", "webp")}
    for path in built.paths:
        if "/sizes/" in path:
            with Image.open(built.folder / path) as image:
                assert image.size == (int(path.split(".")[-2]), int(path.split(".")[-2]) // 2)


def test_a_picture_has_its_forms_its_size_and_its_words(built: Built) -> None:
    page = built.pages[f"en/{FOLDER}/index.html"]
    picture = page.one("//figure[@class='figure']/picture")
    assert [source.get("type") for source in picture.xpath(".//source")] == ["image/avif", "image/webp"]
    assert picture.xpath(".//source/@srcset")[1].split(", ")[1] == f"../../../../{SIZES}/wide.png.800.webp 800w"
    (image,) = picture.xpath(".//img")
    assert image.get("src") == f"../../../../{FOLDER}/wide.png"
    assert (image.get("width"), image.get("height"), image.get("loading")) == ("1000", "500", "eager")
    assert image.get("alt") == 'A <bridge> & "water"'


def test_only_the_first_picture_of_a_page_is_fetched_at_once(built: Built) -> None:
    page = built.pages[f"en/{FOLDER}/index.html"]
    assert [(image.get("src").rpartition("/")[2], image.get("loading")) for image in page.all("//main//img")] == [
        ("wide.png", "eager"), ("dot.png", "lazy"), ("wide.png", "eager"), ("plan.svg", "lazy"), ("portrait.jpg", "lazy"),
    ]  # fmt: skip


def test_a_figure_says_whose_it_is_and_leads_to_the_whole(built: Built) -> None:
    page = built.pages[f"en/{FOLDER}/index.html"]
    said = " ".join(page.all("//figure[@class='figure']/figcaption")[0].text_content().split())
    assert said.startswith('The “old” bridge Credit: A & B <Agency> Licence: CC BY-SA 4.0 Download the original 1000 × 500')
    whole = page.all("//figure//a[@download]/@href")[0]
    assert whole == f"../../../../{FOLDER}/wide.png"
    assert page.all("//figure//a[@rel='license']/@href") == ["https://creativecommons.org/licenses/by-sa/4.0/"]
    assert "المصدر:" in built.pages[f"ar/{FOLDER}/index.html"].one("//figcaption").text_content()


def test_a_drawing_is_shown_as_it_is_with_what_is_to_be_said_of_it(built: Built) -> None:
    figure = built.pages[f"en/{FOLDER}/index.html"].all("//figure[@class='figure']")[-1]
    assert not figure.xpath(".//source") and figure.xpath(".//img/@src") == [f"../../../../{FOLDER}/plan.svg"]
    assert "Credit: An architect" in " ".join(figure.text_content().split())


def test_the_room_of_a_drawing_is_left_before_it_has_come_and_no_points_are_told_of_it(built: Built) -> None:
    page = built.pages[f"en/{FOLDER}/index.html"]
    assert page.all("//img[contains(@src, 'plan.svg')]/@width") == page.all("//img[contains(@src, 'plan.svg')]/@height") == ["2000"]
    assert "2000" not in " ".join(page.all("//main//text()"))


def test_a_file_that_the_text_does_not_show_is_told_of_among_the_downloads(built: Built) -> None:
    page = built.pages[f"en/{FOLDER}/index.html"]
    items = {item.xpath("string(a)"): " ".join(item.text_content().split()) for item in page.all("//section[contains(@class, 'downloads')]//li")}
    assert items["data.csv"].endswith("Levels Credit: Water Agency Licence: Ask us")
    assert "Credit" not in items["wide.png"], "it is said once, under the picture"
    assert items["dot.png"].endswith("Credit: In a line"), "nothing stands under a picture in a line"
    assert page.all("//section[contains(@class, 'downloads')]//img/@alt") == ["The director"]


def test_files_are_offered_in_the_order_that_the_editor_gives_and_then_by_name(built: Built) -> None:
    page = built.pages[f"en/{FOLDER}/index.html"]
    names = page.all("//section[contains(@class, 'downloads')]//li/a/bdi/text()")
    assert names[:5] == ["portrait.jpg", "data.csv", "dot.png", "plan.svg", "wide.png"]


def test_a_page_that_is_linked_to_is_shown_by_its_first_picture(built: Built) -> None:
    page = built.pages[f"en/{FOLDER}/index.html"]
    found = {meta.get("property"): meta.get("content") for meta in page.all("//meta[@property]")}
    assert (found["og:image"], found["og:image:width"]) == (f"https://press.test/{FOLDER}/wide.png", "1000")


def test_nothing_is_made_again_that_has_not_changed(built: Built, tmp_path: Path) -> None:
    put_pictures(tmp_path)
    again = build_files(tmp_path, FILES)
    assert tree_of(again.folder) == tree_of(built.folder)
    now = datetime(2026, 12, 1, 12, tzinfo=UTC)
    assert build(again.settings, now).written == 0
    text = tmp_path / "content" / FOLDER / "index.en.md"
    text.write_text(text.read_text().replace("Text with", "Words with"))
    assert not [path for path in build(again.settings, now).why if "/sizes/" in path]
    Image.linear_gradient("L").resize((900, 500)).save(text.with_name("wide.png"))
    build(again.settings, now)
    assert {path.name for path in (again.folder / SIZES).iterdir()} == {f"wide.png.{width}.{form}" for width in (480, 800, 900) for form in ("avif", "webp")}


@pytest.mark.parametrize("line", ["status: draft", "embargo: 2030-01-01", "corrections: [{type: withdrawn, at: '2026-06-01T00:00Z', note: {en: So, ar: هكذا}}]"])
def test_nothing_is_made_of_what_is_held_or_withdrawn(tmp_path: Path, line: str) -> None:
    put_pictures(tmp_path)
    files = {**FILES, f"{FOLDER}/index.en.md": FILES[f"{FOLDER}/index.en.md"].replace("title:", f"{line}\ntitle:", 1)}
    assert not [path for path in build_files(tmp_path, files).paths if path.startswith(f"{FOLDER}/")]


@pytest.mark.parametrize("name", ["kit.zip", "Kit.ZIP", "sizes"])
def test_a_file_with_a_name_of_the_sites_own_is_a_fault(tmp_path: Path, name: str) -> None:
    with pytest.raises(Fault) as fault:
        build_files(tmp_path, {f"{FOLDER}/index.en.md": f"---\n{FRONT.replace('portrait.jpg, data.csv', '')}---\nText.\n", f"{FOLDER}/{name}": "x"})
    assert [problem.code for problem in fault.value.problems] == ["TX015"]


def test_an_earlier_version_shows_the_pictures_that_are_still_there(tmp_path: Path) -> None:
    put_pictures(tmp_path)
    entry = "corrections: [{type: updated, at: '2026-06-01T00:00Z'}]\n"
    files = {
        f"{FOLDER}/index.en.md": f"---\n{entry}{FRONT.replace('portrait.jpg', 'wide.png')}---\nNo picture.\n", f"{FOLDER}/data.csv": "a,b\n",
        f"{FOLDER}/v/1/index.en.md": f"---\n{FRONT.replace('portrait.jpg', 'wide.png')}---\n![Bridge](wide.png)\n\n![Gone](gone.png)\n",
    }  # fmt: skip
    built = build_files(tmp_path, files)
    page = built.pages[f"en/{FOLDER}/v/1/index.html"]
    assert page.all("//figure/picture//img/@src") == [f"../../../../../../{FOLDER}/wide.png"]
    assert len(page.all("//figure")) == 2 and "Gone" in page.text()


def test_a_heavy_picture_is_shown_elsewhere_in_a_smaller_one() -> None:
    from pressroom.outputs.pictures import card

    file = Attachment("a.jpg", "/releases/2026/x/a.jpg", "", "", 5_000_000, 4000, 3000, still=True)
    assert card(Picture(file)) == ("/releases/2026/x/sizes/a.jpg.1200.webp", 1200, 900)
    assert card(Picture(replace(file, still=False)))[0] == "/releases/2026/x/a.jpg"


@pytest.mark.parametrize(("link", "named"), [("[the map](map.png)", ""), ("![the map](map.png)", ""), ("[the map](map.png)", "attachments: [map.png]\n")])
def test_a_heavy_picture_stands_for_a_page_in_a_width_only_where_that_is_made(tmp_path: Path, link: str, named: str) -> None:
    folder = tmp_path / "content" / FOLDER
    folder.mkdir(parents=True)
    Image.effect_noise((1300, 1000), 60).save(folder / "map.png")
    assert (folder / "map.png").stat().st_size > 1_000_000
    (folder / "talk.png").write_bytes((folder / "map.png").read_bytes())
    text = f"---\ntitle: The river rises\ndate: 2026-03-04\nmedia: [talk.mp4]\n{named}---\n{link}\n\n[a still](talk.png)\n"
    built = build_files(tmp_path, {f"{FOLDER}/index.en.md": text, f"{FOLDER}/talk.mp4": "a recording"})
    page = built.pages[f"en/{FOLDER}/index.html"]
    card = page.one("//meta[@property='og:image']/@content").removeprefix("https://press.test/")
    poster = f"{FOLDER}/{page.one('//video/@poster').rpartition(f'{FOLDER}/')[2]}"
    assert card == (f"{SIZES}/map.png.1200.webp" if named or link.startswith("!") else f"{FOLDER}/map.png")
    assert poster == f"{FOLDER}/talk.png" and {card, poster} <= built.paths


def test_a_large_picture_is_offered_up_to_a_bound() -> None:
    file = Attachment("a.jpg", "/a.jpg", "", "", 1, 6000, 1, still=True)
    assert Picture(file).widths == (480, 800, 1200, 1600, 2400) and Picture(file).height(480) == 1
    assert Picture(replace(file, width=480)).widths == () and Picture(replace(file, still=False)).widths == ()


def test_a_tall_picture_is_offered_only_where_it_can_be_made(tmp_path: Path) -> None:
    tall = Attachment("a.png", "/a.png", "", "", 1, 1000, 20_000, still=True)
    assert Picture(tall).widths == (480, 800) and Picture(replace(tall, height=100_000)).widths == ()
    folder = tmp_path / "content" / FOLDER
    folder.mkdir(parents=True)
    Image.new("L", (500, 16_384)).save(folder / "tall.png")
    built = build_files(tmp_path, {f"{FOLDER}/index.en.md": "---\ntitle: The river rises\ndate: 2026-03-04\n---\n![A column](tall.png)\n"})
    assert {path for path in built.paths if "/sizes/" in path} == {f"{SIZES}/tall.png.480.{form}" for form in ("avif", "webp")}


@pytest.mark.parametrize(("licence", "href"), [
    ("CC BY 4.0", "by/4.0/"), ("CC BY-NC-ND 3.0", "by-nc-nd/3.0/"), ("Editorial use only", ""), ("CC BY", ""), ("CC0 1.0", "zero/1.0/"),
])  # fmt: skip
def test_a_licence_of_creative_commons_leads_to_its_deed(licence: str, href: str) -> None:
    assert deed(licence).endswith(href) and bool(deed(licence)) == bool(href)


@pytest.mark.parametrize("told_to_all", [False, True])
def test_a_picture_that_cannot_be_read_to_its_end_is_named_where_that_gives_nothing_away(tmp_path: Path, told_to_all: bool) -> None:
    put_pictures(tmp_path)
    wide = tmp_path / "content" / FOLDER / "wide.png"
    wide.write_bytes(wide.read_bytes()[:-800])
    make_site(tmp_path, {**FILES, f"{FOLDER}/index.en.md": FILES[f"{FOLDER}/index.en.md"].replace("title:", "embargo: 2030-01-01\ntitle:", 1)})
    (tmp_path / "theme").symlink_to(REPOSITORY / "theme")
    settings = replace(settings_of(tmp_path), audience="preview", output=str(tmp_path / "preview"))
    with pytest.raises(Fault) as fault:
        build(settings, datetime(2026, 12, 1, 12, tzinfo=UTC), public_log=told_to_all)
    (problem,) = fault.value.problems
    assert (problem.code, problem.path) == (("GT002", "") if told_to_all else ("FT011", f"content/{FOLDER}/wide.png"))
