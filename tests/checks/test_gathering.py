"""What is held, and what of it is no leak because a cleared source, the theme or the engine says it as well."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from pressroom.checks.gathering import gather
from pressroom.checks.held import judge_sources
from pressroom.checks.leak_record import new_record
from tests.checks.rooms import CLEARED, HAN_SECRET, HELD, HELD_FOLDER, NOW, SECRET, gathered, held, leaks, leaks_in, write
from tests.sites import REPOSITORY

BOILERPLATE = "This office measures every river and harbour of the coast, and publishes what it measures."


def test_words_that_a_cleared_document_holds_as_well_are_no_leak(tmp_path: Path) -> None:
    cleared = {"pages/about/index.en.md": f"---\ntitle: About\n---\n{BOILERPLATE}\n"}
    tree = {"about.html": f"<p>{BOILERPLATE}</p>"}
    assert not leaks(tmp_path / "a", {**cleared, **held(BOILERPLATE)}, tree)
    assert leaks(tmp_path / "b", held(BOILERPLATE), tree)


def test_words_are_the_same_with_another_link_in_them(tmp_path: Path) -> None:
    linked = "This office [measures every river](../{}/) and *harbour* of the coast, and{{.x}} publishes what it measures."
    files = {"pages/about/index.en.md": f"---\ntitle: About\n---\n{linked.format('one')}\n", **held(linked.format("two"))}
    assert not leaks(tmp_path, files, {"about.html": '<p>This office <a href="../one/">measures every river</a> and <em>harbour</em> of the coast, and publishes what it measures.</p>'})


def test_words_of_the_theme_and_of_the_interface_are_no_leak(tmp_path: Path) -> None:
    words = 'msgid "Press releases"\nmsgstr "Communiqués de presse"\n'.encode()
    files = held("x", "title: Communiqués de presse\nsubtitle: Main")
    tree = {"a.html": '<main class="main"><h1>Communiqués de presse</h1><p>Main</p></main>'}
    assert not leaks(tmp_path / "a", files, tree, words, b'<main class="main">')
    assert leaks(tmp_path / "b", files, tree)


def test_a_short_phrase_is_found_whatever_its_break_has_become(tmp_path: Path) -> None:
    for n, words in enumerate(("Two metres on Thursday", "Two metreson Thursday")):
        assert leaks(tmp_path / str(n), held("Two metres<br>on Thursday"), {"index.json": f'{{"text": "{words}"}}'}), words


def test_a_short_title_that_is_a_common_word_is_no_leak(tmp_path: Path) -> None:
    cleared = {"pages/about/index.en.md": "---\ntitle: About\n---\nAbout the office.\n"}
    tree = {"en/about/index.html": "<h1>About</h1>"}
    assert not leaks(tmp_path, {**cleared, **held("x", "title: About")}, tree)


def test_what_the_engine_itself_names_is_no_leak(tmp_path: Path) -> None:
    files = held("x", "title: Index\nsubtitle: Feed")
    assert not leaks(tmp_path, files, {"en/index.html": "<p>x</p>", "en/feed.xml": "<feed/>"}, b'yield Artifact(f"{lang}/index.html"), "feed.xml"')


def test_dates_and_numbers_are_no_leak(tmp_path: Path) -> None:
    files = held("1 2 3 4 5 6 7 8 9 10 11 12\n\n2026-01-01 2026-01-02 2026-01-03", "title: '2026'\nsubtitle: 12.5 %\nevent: {en: '2026-11-02'}")
    assert not leaks(tmp_path, files, {"a.html": "<h1>2026</h1><p>12.5 %</p><p>1 2 3 4 5 6 7 8 9 10 11 12</p><time>2026-11-02</time><time>2030-01-01</time>"})


def test_the_words_of_the_header_itself_are_no_leak(tmp_path: Path) -> None:
    files = held("x", "title: Flags are changed\nstatus: draft\norder: newest\ntypography: plain\ntranscript: false")
    files |= {f"{HELD_FOLDER}/index.fr.md": "---\ntitle: Drapeaux changés ici\ntranslation: machine\n---\n"}
    assert not leaks(tmp_path, files, {"a.html": "<p>draft</p><p>machine</p><p>plain</p><p>newest</p><p>title</p>"})


def test_a_topic_and_a_person_that_a_cleared_document_has_too_are_no_leak(tmp_path: Path) -> None:
    files = {**CLEARED, **HELD, "releases/2026/sale/index.en.md": "---\ntitle: A sale\ndate: 2026-01-01\ntopics: [mergers]\n---\n> Sold.\n> — Ana Díaz\n"}
    tree = {
        "en/topics/mergers/index.html": "<h1>Mergers and sales</h1>", "zh-hans/topics/mergers/index.html": "<h1>并购</h1>",
        "en/people/ana-diaz/index.html": "<h1>Ana Díaz</h1><p>Chief Gauge Reader, Gauge Agency</p>",
    }  # fmt: skip
    assert not leaks(tmp_path, files, tree)


def test_an_entry_that_a_used_entry_names_is_used(tmp_path: Path) -> None:
    files = {**CLEARED, **HELD, "releases/2026/sale/index.en.md": "---\ntitle: A sale\ndate: 2026-01-01\n---\nAna Díaz is glad.\n"}
    assert not leaks(tmp_path, files, {"a.html": "<p>Gauge Agency</p>", "organisations.json": '{"id": "agency"}'})
    assert leaks(tmp_path, files, {"a.html": "<p>Mergers and sales</p>"})


def test_a_slug_that_a_cleared_document_has_too_is_no_leak_and_its_year_is(tmp_path: Path) -> None:
    files = {"releases/2025/quiet-merger-talks/index.en.md": "---\ntitle: A\ndate: 2025-01-01\n---\nx\n", **HELD}
    assert not leaks(tmp_path, files, {"en/releases/2025/quiet-merger-talks/index.html": '<a href="../quiet-merger-talks/">x</a>'})
    assert leaks(tmp_path, files, {"en/releases/2026/quiet-merger-talks/index.html": "x"})


@pytest.mark.parametrize("name", ["quiet-merger-talks.csv", "quiet-merger-talks.en.vtt"])
def test_a_slug_that_a_file_of_a_cleared_document_is_called_by_is_no_leak(tmp_path: Path, name: str) -> None:
    cleared = {"releases/2026/river-rises/index.en.md": "---\ntitle: The river rises\ndate: 2026-03-04\n---\nIt rose.\n", f"releases/2026/river-rises/{name}": "1,2\n"}
    tree = {f"releases/2026/river-rises/{name}": "1,2\n", "a.html": f'<a href="../../releases/2026/river-rises/{name}">Table</a>'}
    assert not leaks(tmp_path, {**HELD, **cleared}, tree)
    assert leaks(tmp_path, {}, {f"en/{HELD_FOLDER}/index.html": "x"})
    (tmp_path / "releases/2026/river-rises" / name).unlink()
    assert leaks(tmp_path, {}, tree)


def test_a_file_that_is_cleared_too_is_no_leak(tmp_path: Path) -> None:
    logo = "\x89PNG a logo"
    files = {**HELD, f"{HELD_FOLDER}/logo.png": logo, "root/logo.png": logo, f"{HELD_FOLDER}/empty.txt": "", "topics.yml": ""}
    assert not leaks(tmp_path, files, {"logo.png": logo, "x/empty": "", ".nojekyll": ""})


def test_a_file_of_the_root_excuses_nothing_that_it_says(tmp_path: Path) -> None:
    files = {**HELD, "root/quiet-merger-talks/teaser.txt": SECRET, "root/a.txt": "Flags are changed"}
    assert leaks(tmp_path, files, {"quiet-merger-talks/x.txt": "x"}) and leaks_in(gathered(tmp_path)[0], {"x.txt": SECRET}) and leaks_in(gathered(tmp_path)[0], {"a.txt": "Flags are changed"})


def test_a_file_of_the_root_may_be_sealed(tmp_path: Path) -> None:
    shut = gzip.compress(b"x" * 1000)[:-20]
    (write(tmp_path, HELD) / "root").mkdir()
    (tmp_path / "root/a.gz").write_bytes(shut)
    needles, _ = gathered(tmp_path)
    assert not leaks_in(needles, {"a.gz": shut}) and leaks_in(needles, {"a.gz": shut[:-1]})


def test_an_attribution_that_the_site_composes_is_no_leak(tmp_path: Path) -> None:
    line = "Ana Díaz, Chief Gauge Reader of the Northern Coast, Gauge Agency of Harbours"
    people = "ana-diaz:\n  names: {en: Ana Díaz}\n  offices: [{role: {en: Chief Gauge Reader of the Northern Coast}, organisation: agency}]\n"
    files = {"people.yml": people, "organisations.yml": "agency:\n  names: {en: Gauge Agency of Harbours}\n", **held(f"> Good.\n> — {line}")}
    files |= {"releases/2026/sale/index.en.md": "---\ntitle: A sale\ndate: 2026-01-01\n---\n> Sold.\n> — Ana Díaz\n"}
    assert not leaks(tmp_path, files, {"a.html": f"<p>{line}</p>"})


OFFICE = "ana-diaz:\n  names: {{en: Ana Díaz, zh-Hans: 米蕾耶·奥巴内尔}}\n  offices:\n    - role: {{en: Chief Gauge Reader of the Northern Coast, zh-Hans: 总干事}}\n      organisation: agency\n{}"
AGENCY = "agency:\n  names: {en: Gauge Agency of Harbours, zh-Hans: 观测总署}\ntrust:\n  names: {en: Canal Trust of the Upper Towns, zh-Hans: 运河信托基金会}\n"
SAID = "Ana Díaz, Chief Gauge Reader of the Northern Coast, Gauge Agency of Harbours, was there. 观测总署总干事米蕾耶·奥巴内尔表示满意。"
SALE = {"releases/2026/sale/index.en.md": "---\ntitle: A sale\ndate: 2026-01-01\n---\n> Sold.\n> — Ana Díaz\n"}


def test_an_office_that_the_site_puts_beside_a_name_is_no_leak_in_the_text_either(tmp_path: Path) -> None:
    files = {"people.yml": OFFICE.format(""), "organisations.yml": AGENCY, **held(SAID), **SALE}
    page = {"a.html": "<p>Ana Díaz, Chief Gauge Reader of the Northern Coast, Gauge Agency of Harbours</p><p>观测总署总干事米蕾耶·奥巴内尔</p>"}
    assert not leaks(tmp_path / "a", files, page)
    (tmp_path / "a/releases/2026/sale/index.en.md").unlink()
    assert leaks_in(gathered(tmp_path / "a")[0], page)
    assert leaks(tmp_path / "b", files, {"a.html": f"<p>{SAID}</p>"})


@pytest.mark.parametrize("first", [True, False])
def test_each_of_several_offices_may_stand_beside_the_name_with_its_own_organisation(tmp_path: Path, first: bool) -> None:
    second = "    - organisation: trust # since May\n      role:\n        en: Keeper of all the Locks and Weirs\n        zh-Hans: 名誉主席\n      since: 2024-05\n"
    people = OFFICE.format(second) if first else OFFICE.format("").replace("    - role", f"{second}    - role")
    said = "运河信托基金会名誉主席米蕾耶·奥巴内尔在场。Ana Díaz, Keeper of all the Locks and Weirs, Canal Trust of the Upper Towns, was there."
    page = {"a.html": "<p>运河信托基金会名誉主席米蕾耶·奥巴内尔</p><p>Ana Díaz, Keeper of all the Locks and Weirs, Canal Trust of the Upper Towns</p>"}
    for n, (text, tree) in enumerate(((SAID, {"a.html": "<p>观测总署总干事米蕾耶·奥巴内尔</p>"}), (said, page))):
        assert not leaks(tmp_path / str(n), {"people.yml": people, "organisations.yml": AGENCY, **held(text), **SALE}, tree)


def test_an_office_that_the_registry_does_not_tell_is_held_beside_a_name_that_it_tells(tmp_path: Path) -> None:
    second = "    - role: {en: Keeper of all the Locks and Weirs, zh-Hans: 名誉主席}\n      organisation: trust\n"
    text = "Ana Díaz, Chief Gauge Reader of the Northern Coast, Canal Trust of the Upper Towns, was there. 运河信托基金会总干事米蕾耶·奥巴内尔。"
    for n, more in enumerate(("", second)):
        files = {"people.yml": OFFICE.format(more), "organisations.yml": AGENCY, **held(text), **SALE}
        needles = gathered(write(tmp_path / str(n), files))[0]
        assert leaks_in(needles, {"a.html": "<p>Ana Díaz, Chief Gauge Reader of the Northern Coast, Canal Trust of the Upper Towns</p>"})
        assert leaks_in(needles, {"a.html": "<p>运河信托基金会总干事米蕾耶·奥巴内尔</p>"})


def test_a_speaker_whom_only_a_held_transcript_names_is_a_leak(tmp_path: Path) -> None:
    files = held("[Soundbite] Zora Novak | Deputy Lockkeeper | Canal Trust\n\nIt is full.\n\nIVAN PETROV: No.\n\n【同期】 运河公司总经理 卓拉", name="transcripts/2026/talk/index.en.md")
    for page in ("<h1>Zora Novak</h1>", "<p>Deputy Lockkeeper</p>", '<a href="../zora-novak/">x</a>', "<p>Canal Trust</p>", "<h1>Ivan Petrov</h1>", "<h1>卓拉</h1>"):
        assert leaks(tmp_path, files, {"a.html": page}), page


def test_a_slug_that_is_the_id_of_a_public_speaker_is_no_leak(tmp_path: Path) -> None:
    spoken = {"releases/2026/sale/index.en.md": "---\ntitle: A sale\ndate: 2026-01-01\n---\n> Sold.\n> — Carla Nováková\n"}
    files = {**spoken, **held("> Farewell.\n> — Carla Nováková", name="releases/2026/carla-novakova/index.en.md")}
    assert not leaks(tmp_path, files, {"en/people/carla-novakova/index.html": '<a href="/en/people/carla-novakova/">Carla Nováková</a>'})
    assert leaks(tmp_path, files, {"en/releases/2026/carla-novakova/index.html": "x"})


def test_a_slug_whose_words_are_a_headline_that_others_use_is_held(tmp_path: Path) -> None:
    files = {"pages/about/index.en.md": "---\ntitle: About\n---\nThere were quiet talks.\n", **held("x", "title: Quiet talks", "pages/quiet-talks/index.en.md")}
    assert leaks(tmp_path, files, {"en/quiet-talks/index.html": "x"})


def test_a_withdrawn_document_may_be_named_and_its_words_may_not(tmp_path: Path) -> None:
    correction = "corrections:\n  - type: withdrawn\n    at: 2026-05-01T10:00Z\n    note: {en: We take this back in full}"
    files = {f"{HELD_FOLDER}/index.en.md": f"---\ntitle: Flags are changed\ndate: 2026-01-01\n{correction}\n---\n{SECRET}\n"}
    assert not leaks(tmp_path, files, {f"en/{HELD_FOLDER}/index.html": "<p>We take this back in full</p><p>withdrawn</p>"})
    assert leaks(tmp_path, files, {"a.html": f"<p>{SECRET}</p>"}) and leaks(tmp_path, files, {"a.html": "<h1>Flags are changed</h1>"})


def test_the_former_text_of_a_held_document_is_held(tmp_path: Path) -> None:
    assert leaks(tmp_path / "a", {**held("x"), f"{HELD_FOLDER}/v/1/index.en.md": f"---\ntitle: Old\n---\n{SECRET}\n"}, {"a.html": f"<p>{SECRET}</p>"})
    assert leaks(tmp_path / "b", {**held("x"), f"{HELD_FOLDER}/v/1/index.en.md": "---\ntitle: Olden headline\n---\nx\n"}, {"a.html": "<h1>Olden headline</h1>"})


def test_a_draft_translation_is_looked_for_and_its_original_is_not(tmp_path: Path) -> None:
    files = {
        f"{HELD_FOLDER}/index.en.md": f"---\ntitle: Flags are changed\ndate: 2026-01-01\n---\n{SECRET}\n",
        f"{HELD_FOLDER}/index.zh-Hans.md": f"---\ntitle: 更换旗帜\ntranslation: official\nstatus: draft\n---\n{HAN_SECRET}\n",
    }
    assert not leaks(tmp_path, files, {f"en/{HELD_FOLDER}/index.html": f"<h1>Flags are changed</h1><p>{SECRET}</p>"})
    assert leaks(tmp_path, files, {"a.html": "<h1>更换旗帜</h1>"}) and leaks(tmp_path, files, {"a.html": f"<p>{HAN_SECRET}</p>"})


def test_the_text_of_a_held_attachment_is_held(tmp_path: Path) -> None:
    files = {**held("x"), f"{HELD_FOLDER}/captions.en.vtt": f"WEBVTT\n\n00:01.000 --> 00:04.000\n{SECRET}\n"}
    (leak,) = leaks(tmp_path, files, {"a.html": f"<p>{SECRET}</p>"})
    assert leak.what == "text of an attachment"


def test_a_line_of_blanks_without_end_is_read_like_any_other(tmp_path: Path) -> None:
    # So long that a reader which begins again at each blank would not come back.
    blanks = " " * 400_000
    files = {"pages/about/index.en.md": f"---\ntitle: About\n---\nText.\n> {blanks}x\n", **held(f"{blanks}\n\n{blanks}{SECRET}\n\n>{blanks}\u3000Ana Díaz: Yes.")}
    assert leaks(tmp_path, files, {"a.html": f"<p>{SECRET}</p>"})


MADE = (
    '<?xml version="1.0" encoding="UTF-8" standalone="no"?>\n<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">\n'
    "<!-- Generator: Some Draughtsman 25.0.0, SVG Export Plug-In . SVG Version: 6.00 Build 0)  -->\n"
    '<svg xmlns="http://www.w3.org/2000/svg" xmlns:dtd="http://drawings.example.org/namespaces/of/all/DTD/drawings-0.dtd" viewBox="0 0 10 10"'
    ' style="fill-rule:evenodd;clip-rule:evenodd;stroke-linejoin:round;stroke-miterlimit:2;">\n<path d="M3 11c4.3-4 8.7-4 13 0s8.7 4 13 0"/>{}</svg>\n'
)


@pytest.mark.parametrize("drawing", [MADE.format("<text>Quay</text>"), '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10"><rect width="3" height="3"/></svg>'])
def test_the_markup_that_every_drawing_has_is_nobodys_words(tmp_path: Path, drawing: str) -> None:
    files = {**held("x"), f"{HELD_FOLDER}/map.svg": drawing}
    assert not leaks(tmp_path, files, {"favicon.svg": (REPOSITORY / "content/root/favicon.svg").read_bytes(), "logo.svg": MADE.format("<rect/>")})


@pytest.mark.parametrize(
    "said", ["<text>{}</text>", "<title>{}</title>", "<g aria-label='{}'/>", '<g data-note="{}" style="x"/>', '<g id="a"b="{}"/>', "<g {}/>", "<!-- {} -->", "<![CDATA[{}]]>", '<g note="&lt;p&gt;{}&lt;/p&gt;"/>', "<text>Two harbour</text><text> companies will merge under a single flag</text>"]
)  # fmt: skip
def test_what_a_held_drawing_says_is_held_wherever_it_stands(tmp_path: Path, said: str) -> None:
    files = {**held("x"), f"{HELD_FOLDER}/map.svg": MADE.format(said.format(SECRET))}
    assert [leak.what for leak in leaks(tmp_path, files, {"a.html": f"<p>{SECRET}</p>"})] == ["text of an attachment"]


def test_images_made_from_a_held_one_are_known_by_the_digests_given(tmp_path: Path) -> None:
    import hashlib

    root = write(tmp_path, HELD)
    digest = hashlib.sha256(b"smaller").hexdigest()
    needles, _ = gather(judge_sources([(str(root), "content")], NOW, "UTC"), [], new_record("test"), {HELD_FOLDER: [digest]})
    assert [leak.what for leak in leaks_in(needles, {"a.jpg": b"smaller"})] == ["image"]
