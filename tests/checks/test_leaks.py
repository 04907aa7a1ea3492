"""The leak check on whole rooms: what it must not take for a leak, what it remembers, what it says."""

from __future__ import annotations

import gzip
import pickle
import re
import shutil
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from pressroom.build import build
from pressroom.checks.gathering import gather
from pressroom.checks.held import judge_sources
from pressroom.checks.leak_record import dumps, loads, new_record
from pressroom.checks.leaks import Files, Leak, Searcher, problems_of, search
from pressroom.checks.sieve import Sieve
from tests.checks.rooms import CLEARED, HAN_SECRET, HELD, HELD_FOLDER, NOW, SECRET, URL, gathered, leaks_in, searched, write
from tests.sites import REPOSITORY
from tests.test_sameness import settings_of

BOILERPLATE = "This office measures every river and harbour of the coast, and publishes what it measures."
LANGUAGES = ("en", "zh-Hans", "fr", "es", "ru", "ar")


def held(text: str, header: str = "title: Flags are changed", name: str = f"{HELD_FOLDER}/index.en.md") -> dict[str, str]:
    return {name: f"---\n{header}\ndate: 2030-01-01\n---\n{text}\n"}


def leaks(root: Path, files: dict[str, str], tree: dict[str, bytes | str], *common: bytes) -> list[Leak]:
    return leaks_in(gathered(write(root, files), *common)[0], tree)


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


@pytest.mark.parametrize("text", ["As [we said]({}) before.", "As {} says.", "[{}]({})", "<{}>"])
@pytest.mark.parametrize("place", ["", "#q-l6c2c2y5"])
def test_the_address_of_a_page_that_is_out_is_no_leak(tmp_path: Path, text: str, place: str) -> None:
    address = f"{URL}/en/releases/2026/river-rises/{place}"
    files = {**CLEARED, **held(text.replace("{}", address))}
    page = {"a.html": f'<link rel="canonical" href="{address}"><p>“It rose.” {address}</p>'}
    assert not leaks(tmp_path, files, page)


@pytest.mark.parametrize(
    "address", [f"{URL}/en/releases/2026/quiet-merger-talks/", f"{URL}/fr/releases/2026/river-rises/", f"{URL}/en/releases/2026/river-rises/quiet-merger-talks/", "https://other.example.org/en/releases/2026/river-rises/"]
)  # fmt: skip
def test_an_address_of_no_page_that_is_out_is_held(tmp_path: Path, address: str) -> None:
    assert leaks(tmp_path, {**CLEARED, **held(f"See {address} there.")}, {"a.html": f"<p>{address}</p>"})


@pytest.mark.parametrize("behind", ["#two-harbour-companies-will-merge-under-a-single-flag", "#:~:text=two%20harbour%20companies%20will%20merge%20under%20a%20single", "#quiet-merger-talks", " two harbour companies will merge"])
def test_what_stands_behind_an_address_is_held(tmp_path: Path, behind: str) -> None:
    address = f"{URL}/en/releases/2026/river-rises/"
    files = {**CLEARED, **held(f"See {address}{behind} and so on, all of it.")}
    assert leaks(tmp_path, files, {"a.html": f"<p>{address}{behind} and so on</p>"})
    assert not leaks_in(gathered(tmp_path)[0], {"b.html": f"<p>{address}</p>"})


def withdrawn(title: str, entries: str, more: str = "") -> str:
    return f"---\ntitle: {title}\ndate: 2026-01-01\n{more}corrections:\n{entries}\n---\n{SECRET}\n"


TAKEN_BACK = "  - type: withdrawn\n    at: 2026-05-01T10:00Z\n    note: {}"


@pytest.mark.parametrize(
    ("folder", "title", "more"),
    [
        ("releases/2026/river-rises", "River rises", ""), ("releases/2026/record-low-water-basel", "Record low water, Basel", ""), ("pages/accreditation", "Accreditation", ""),
        ("releases/2026/x1", "Old bridge closed", "aliases: [/en/releases/2019/old-bridge-closed/]\n"),
    ],
)  # fmt: skip
def test_the_address_of_a_withdrawn_document_may_say_its_headline(tmp_path: Path, folder: str, title: str, more: str) -> None:
    files = {f"{folder}/index.en.md": withdrawn(title, TAKEN_BACK.format("Gone"), more)}
    assert not leaks(tmp_path, files, {f"en/{folder}/index.html": f'<a href="/en/{folder}/">x</a>', "en/releases/2019/old-bridge-closed/index.html": "x"} if more else {f"en/{folder}/index.html": "x"})
    assert leaks(tmp_path, files, {"a.html": f"<p>{SECRET}</p>"})


def test_what_an_earlier_note_said_of_withdrawn_words_is_held(tmp_path: Path) -> None:
    entries = f"  - type: corrected\n    at: 2026-04-01T10:00Z\n    note: '{SECRET}'\n" + TAKEN_BACK.format("Gone")
    assert leaks(tmp_path, {f"{HELD_FOLDER}/index.en.md": withdrawn("Flags are changed", entries)}, {"a.html": f"<p>{SECRET}</p>"})


def test_what_a_withdrawal_tells_of_another_held_document_is_held(tmp_path: Path) -> None:
    files = {f"{HELD_FOLDER}/index.en.md": withdrawn("Flags are changed", TAKEN_BACK.format("Gone; see The bridge is sold")), **held("x", "title: The bridge is sold", "releases/2026/bridge/index.en.md")}
    assert leaks(tmp_path, files, {"a.html": "<p>Gone; see The bridge is sold</p>"})


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


def test_the_name_of_an_old_file_is_looked_at_for_new_needles(tmp_path: Path) -> None:
    needles, record = gathered(write(tmp_path, {**CLEARED, **HELD}))
    tree = {"en/releases/2026/other-thing/index.html": "x"}
    found, record = searched(needles, record, tree)
    assert not found
    write(tmp_path, held("x", name="releases/2026/other-thing/index.en.md"))
    needles, record = gathered(tmp_path, record=record)
    assert [leak.folder for leak in searched(needles, record, tree)[0]] == ["releases/2026/other-thing"]


def test_images_made_from_a_held_one_are_known_by_the_digests_given(tmp_path: Path) -> None:
    import hashlib

    root = write(tmp_path, HELD)
    digest = hashlib.sha256(b"smaller").hexdigest()
    needles, _ = gather(judge_sources([(str(root), "content")], NOW, "UTC"), [], new_record("test"), {HELD_FOLDER: [digest]})
    assert [leak.what for leak in leaks_in(needles, {"a.jpg": b"smaller"})] == ["image"]


# What is remembered.


def test_a_file_that_was_searched_is_not_read_again(tmp_path: Path) -> None:
    needles, record = gathered(write(tmp_path, {**CLEARED, **HELD}))
    tree = {"a.html": "<p>one</p>", "b.html": "<p>two</p>"}
    read: list[str] = []
    _, record = searched(needles, record, tree, read)
    assert read == ["a.html", "b.html"]
    _, record = searched(needles, loads(dumps(record), "test"), {**tree, "c.html": "<p>three</p>"}, read)
    assert read == ["a.html", "b.html", "c.html"]


def test_of_many_files_only_the_changed_and_the_new_ones_are_read_again(tmp_path: Path) -> None:
    needles, record = gathered(write(tmp_path, {**CLEARED, **HELD}))
    tree = {f"en/{number:04}/index.html": f"<p>{number}</p>" for number in range(300)}
    _, record = searched(needles, record, tree)
    read: list[str] = []
    changed = {"en/0150/index.html": "<p>other</p>", "a.html": "", "en/0150/z.html": "<p>new</p>"}
    _, record = searched(needles, loads(dumps(record), "test"), {**tree, **changed}, read)
    assert sorted(read) == sorted(changed)
    gone = {path: data for path, data in {**tree, **changed}.items() if not path.startswith("en/01")}
    assert len(gone) < 250 and searched(needles, loads(dumps(record), "test"), gone, read := [])[1].searched and not set(read) & set(changed)


def test_a_digest_that_is_not_that_of_the_bytes_is_never_relied_upon(tmp_path: Path) -> None:
    needles, record = gathered(write(tmp_path, {**CLEARED, **HELD}))
    for data in (b"<p>one</p>", b"<p>two</p>", f"<p>{SECRET}</p>".encode()):
        found, record = search(Files({"a.html": "0" * 64}, lambda path, data=data: data), needles, record)
    assert [leak.path for leak in found] == ["a.html"]


def test_of_a_file_that_was_searched_only_what_is_new_is_looked_at(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    looked_at: list[int] = []
    may_hold = Sieve.may_hold
    monkeypatch.setattr(Sieve, "may_hold", lambda sieve, text: looked_at.append(len(text)) or may_hold(sieve, text))
    needles, record = gathered(write(tmp_path, {**CLEARED, **HELD}))
    rows = [f"<li>This is row number {number} of the list of everything</li>" for number in range(300)]
    before = {"a.html": "\n".join(rows)}
    _, record = searched(needles, record, before)
    assert looked_at.pop() > 10_000
    for new in ("<li>One more</li>", f"<li>{SECRET}</li>"):
        found, after = searched(needles, record, {"a.html": "\n".join((*rows[:150], new, *rows[150:]))}, former=before)
        assert max(looked_at) < 500 and bool(found) == (SECRET in new)
        assert not found or found[0].offset == len("\n".join(rows[:150])) + len("\n<li>")


def test_what_stood_before_is_relied_upon_only_where_it_was_searched_for_all(tmp_path: Path) -> None:
    needles, record = gathered(write(tmp_path, {**CLEARED, **HELD}))
    rows = [f"<li>This is row number {number} of the list of everything</li>" for number in range(40)]
    clean, leaking = "\n".join(rows), "\n".join((*rows[:20], f"<li>{SECRET}</li>", *rows[20:]))
    _, record = searched(needles, record, {"a.html": clean, "b.html": "<p>other</p>"})
    now = {"a.html": f"{leaking}\n<li>One more</li>", "b.html": "<p>other</p>"}
    # What lies at the place now was never searched, nor anything where nothing is remembered.
    assert searched(needles, record, now, former={"a.html": leaking})[0]
    assert searched(needles, new_record("test"), now, former={"a.html": leaking})[0]
    # A file of another name was searched under that.
    _, other = searched(needles, record, {"a.html": "<p>x</p>", "b.html": clean})
    assert searched(needles, other, now, former={"a.html": leaking})[0]
    # What became held since stood there already.
    write(tmp_path, held(" ".join(rows[7].removeprefix("<li>").removesuffix("</li>").split()), name="releases/2026/quay/index.en.md"))
    needles, record = gathered(tmp_path, record=loads(dumps(record), "test"))
    found, _ = searched(needles, record, {"a.html": f"{clean}\n<li>One more</li>", "b.html": "<p>other</p>"}, former={"a.html": clean})
    assert [leak.folder for leak in found] == ["releases/2026/quay"]


def test_needles_can_be_sent_to_another_process(tmp_path: Path) -> None:
    needles = pickle.loads(pickle.dumps(gathered(write(tmp_path, {**CLEARED, **HELD}))[0]))
    searcher = Searcher(needles)
    assert [leak.offset for leak in searcher.leaks_in("a.html", f"<p>{SECRET}</p>".encode())] == [3] and not searcher.leaks_in("a.html", b"<p>x</p>")


def test_an_old_file_is_read_for_new_needles(tmp_path: Path) -> None:
    needles, record = gathered(write(tmp_path, {**CLEARED, **HELD}))
    tree = {"a.html": f"<p>{BOILERPLATE}</p>"}
    found, record = searched(needles, record, tree)
    assert not found
    write(tmp_path, held(BOILERPLATE, name="releases/2026/other/index.en.md"))
    needles, record = gathered(tmp_path, record=loads(dumps(record), "test"))
    found, record = searched(needles, record, tree)
    assert [leak.folder for leak in found] == ["releases/2026/other"]
    assert searched(needles, record, tree)[0] == found


def test_what_a_cleared_source_excused_is_looked_for_again_when_that_is_gone(tmp_path: Path) -> None:
    about = {"pages/about/index.en.md": f"---\ntitle: About\n---\n{BOILERPLATE}\n"}
    needles, record = gathered(write(tmp_path, {**about, **held(BOILERPLATE)}))
    tree = {"a.html": f"<p>{BOILERPLATE}</p>"}
    found, record = searched(needles, record, tree)
    assert not found
    (tmp_path / "pages/about/index.en.md").unlink()
    needles, record = gathered(tmp_path, record=loads(dumps(record), "test"))
    assert searched(needles, record, tree)[0]


def test_a_document_that_is_lifted_and_held_again_is_looked_for_again(tmp_path: Path) -> None:
    root = write(tmp_path, {**CLEARED, **HELD})
    tree = {"a.html": f"<p>{SECRET}</p>"}
    needles, record = gathered(root, now=datetime(2031, 1, 1, tzinfo=UTC))
    found, record = searched(needles, record, tree)
    assert not found and not needles.needles
    needles, record = gathered(root, record=record)
    assert searched(needles, record, tree)[0]


def test_the_record_is_bytes_that_hold_no_needle_in_clear(tmp_path: Path) -> None:
    import zlib

    needles, record = gathered(write(tmp_path, {**CLEARED, **HELD}))
    _, record = searched(needles, record, {"a.html": "x"})
    data = dumps(record)
    clear = zlib.decompress(data)
    for word in ("merger", "Flags", "flags", "bow", "mergers", "Atlantis", HAN_SECRET[:2]):
        assert word.encode() not in clear
    assert loads(data, "test") == record
    assert hash(dumps(gathered(tmp_path)[1])) != hash(dumps(gathered(tmp_path)[1]))


@pytest.mark.parametrize("data", [b"", b"x", b"\x78\x9c", dumps(new_record("other engine"))], ids=["empty", "short", "cut", "other engine"])
def test_a_record_that_cannot_be_read_knows_nothing(data: bytes) -> None:
    record = loads(data, "test")
    assert not record.searched and not record.searched_for and record.salt


# What is said.


def test_a_leak_names_the_file_the_byte_and_the_document(tmp_path: Path) -> None:
    (leak,) = leaks(tmp_path, HELD, {"a.html": f"<p>{SECRET}</p>"})
    (problem,) = problems_of([leak])
    assert (problem.code, problem.path) == ("GT004", "output a.html")
    assert "at byte 3" in problem.message and HELD_FOLDER in problem.message


def test_in_a_public_log_nothing_names_the_document(tmp_path: Path) -> None:
    tree = {"a.html": f"<p>{SECRET}</p>", f"en/{HELD_FOLDER}/index.html": "<h1>Flags are changed</h1>"}
    problems = problems_of(leaks(tmp_path, HELD, tree), public_log=True)
    assert {problem.path for problem in problems} == {"output a.html", "output"}
    for problem in problems:
        said = f"{problem.path} {problem.message} {problem.hint}"
        assert "GT004" == problem.code and not any(word in said for word in ("quiet", "merger", "Flags", "title", "slug"))


# The room of this repository.


def test_the_repositorys_own_room_holds_no_leak_and_one_copied_sentence_is_found(tmp_path: Path) -> None:
    for name in ("content", "theme"):
        shutil.copytree(REPOSITORY / name, tmp_path / name, ignore=shutil.ignore_patterns("v"))
    # At this instant most of it is held, so that nothing of it can have been corrected.
    for path in (tmp_path / "content").rglob("index.*.md"):
        path.write_text(re.sub(r"\ncorrections:\n(?: .*\n)+", "\n", path.read_text()))
    build(replace(settings_of(tmp_path), languages=LANGUAGES), NOW)
    output = tmp_path / "output"

    def found() -> list[Leak]:
        common = [path.read_bytes() for path in (tmp_path / "theme").rglob("*") if path.is_file()]
        needles, record = gather(judge_sources([(str(tmp_path / "content"), "content")], NOW, "Europe/Paris"), common, new_record("test"))
        assert len({needle.folder for needle in needles.needles}) > 5
        files = {path.relative_to(output).as_posix(): "" for path in output.rglob("*") if path.is_file()}
        return search(Files(files, lambda path: (output / path).read_bytes()), needles, record)[0]

    assert not found()
    page = output / "fr" / "index.html"
    text = page.read_text().replace("</body>", "<p>The cheapest remedy turns out to be the oldest: forty centimetres of masonry.</p></body>")
    page.write_text(text)
    (leak,) = found()
    assert (leak.path, leak.folder) == ("fr/index.html", "releases/2031/state-of-the-harbours")
    assert leak.offset == text.encode().index(b"The cheapest")
