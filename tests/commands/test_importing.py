"""`inv import`: front matter in front of a text that somebody else has written, the text itself untouched."""

from __future__ import annotations

import codecs
import os
from dataclasses import replace
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pressroom.commands.encodings import decoded
from pressroom.commands.imports import front_matter, run
from pressroom.commands.wanted import Wanted
from pressroom.ground.problems import Fault
from pressroom.reading.fields import read_header
from pressroom.reading.forms import Place
from pressroom.reading.front_matter import read_front_matter
from pressroom.reading.texts import read_text, unseen
from tests.commands.rooms import inv, make_room, typed
from tests.sites import put

WANTED = Wanted("release", "river-rises", "en", "The river rises", "2020-11-02")
WORDS = ("--slug", "river-rises", "--lang", "en", "--title", "The river rises", "--date", "2020-11-02")
FRONT = b'---\ntitle: "The river rises"\ndate: 2020-11-02\n---\n'
TARGET = "content/releases/2020/river-rises/index.en.md"
CHINESE = "解说：十一月二日，国务院新闻办公室举行新闻发布会。\n\n会议在北京举行。\n"


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_room(tmp_path_factory.mktemp("importing") / "room", {})


@pytest.fixture
def room(tmp_path: Path) -> Path:
    return make_room(tmp_path / "room", {})


def source(tmp_path: Path, data: bytes) -> str:
    path = tmp_path / "text.txt"
    path.write_bytes(data)
    return str(path)


def refused(room: Path, path: str, wanted: Wanted = WANTED) -> Fault:
    with pytest.raises(Fault) as raised:
        run(room, path, wanted)
    return raised.value


def said(fault: Fault) -> str:
    return "\n".join(f"{problem.code} {problem.message} | {problem.hint}" for problem in fault.problems)


def test_the_text_is_untouched_and_its_folder_made(room: Path, tmp_path: Path) -> None:
    text = b"One \t line.  \r\n\r\nAnother\x20\r\nwithout an end"
    done = inv(room, "import", source(tmp_path, text), *WORDS, cwd=tmp_path)
    assert (done.returncode, done.stdout, done.stderr) == (0, f"{TARGET} is written.\n", "")
    assert (room / TARGET).read_bytes() == FRONT + text
    assert inv(room, "build").returncode == 0
    assert (room / "output/en/releases/2020/river-rises/index.html").is_file()
    assert [path.name for path in (room / TARGET).parent.iterdir()] == ["index.en.md"]


def test_a_path_is_read_from_where_the_command_istyped(room: Path, tmp_path: Path) -> None:
    source(tmp_path, b"Text.\n")
    assert inv(room, "import", "text.txt", *WORDS, cwd=tmp_path).returncode == 0


@pytest.mark.parametrize(
    ("data", "text", "name"),
    [
        (CHINESE.encode(), CHINESE, "UTF-8"),
        (codecs.BOM_UTF8 + CHINESE.encode(), CHINESE, "UTF-8"),
        (codecs.BOM_UTF16_LE + CHINESE.encode("utf-16-le"), CHINESE, "UTF-16"),
        (codecs.BOM_UTF16_BE + CHINESE.encode("utf-16-be"), CHINESE, "UTF-16"),
        (codecs.BOM_UTF32_LE + CHINESE.encode("utf-32-le"), CHINESE, "UTF-32"),
        (CHINESE.encode("gb18030"), CHINESE, "GB18030"),
        ("腾讯Tencent和5G网络：A股上涨。".encode("gb18030"), "腾讯Tencent和5G网络：A股上涨。", "GB18030"),
        ("Он сказал: “Да” — и ушёл.".encode("gb18030"), "Он сказал: “Да” — и ушёл.", "GB18030"),
        (b"", "", "UTF-8"),
    ],
)
def test_what_a_text_is_encoded_in_is_seen_by_its_mark_or_its_bytes(tmp_path: Path, data: bytes, text: str, name: str) -> None:
    assert decoded(source(tmp_path, data)) == (text, name)


# FF FE 00 00 is the mark of UTF-32, and no text begins with NUL.
@given(st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\ufeff\x00")))
@settings(max_examples=100, deadline=None)
def test_every_text_comes_through_with_every_character(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    folder = tmp_path_factory.mktemp("decoded")
    assert decoded(source(folder, text.encode()))[0] == text
    assert decoded(source(folder, codecs.BOM_UTF16_LE + text.encode("utf-16-le")))[0] == text


@pytest.mark.parametrize(
    ("data", "why"),
    [
        ("déjà vu, café ".encode("latin-1"), "byte 1 (0xE9) is neither UTF-8 nor GB18030"),
        (b"good\xff", "byte 4 (0xFF) is neither UTF-8 nor GB18030"),
        ("El Ayuntamiento abre 12 fuentes públicas: ¿cuándo? El año próximo.".encode("cp1252"), "byte 33 (0xFA) is neither UTF-8 nor GB18030"),
        (codecs.BOM_UTF16_LE + b"a", "is not UTF-16, as the file's first bytes say it is"),
        (codecs.BOM_UTF16_LE + b"\x00\xd8a\x00", "byte 2 (0x00) is not UTF-16"),
        (codecs.BOM_UTF8 + b"abc\xff", "byte 6 (0xFF) is not UTF-8"),
        (b"\xaa\xa1 private", "neither UTF-8 nor GB18030"),
    ],
)
def test_another_encoding_is_refused_by_the_byte_and_nothing_is_written(room: Path, tmp_path: Path, data: bytes, why: str) -> None:
    fault = refused(room, source(tmp_path, data))
    assert why in said(fault) and "save the file as UTF-8" in said(fault) and fault.problems[0].code == "FM001"
    assert not (room / "content" / "releases").exists()


@pytest.mark.parametrize("data", [b"PK\x03\x04\x14\x00", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"{\\rtf1\\ansi El a\\'f1o}", b"%PDF-1.7\n"])
def test_what_a_text_processor_writes_is_refused_with_the_way_to_save_it(room: Path, tmp_path: Path, data: bytes) -> None:
    fault = refused(room, source(tmp_path, data))
    assert "no plain text" in said(fault) and "save it there as plain text, in UTF-8" in said(fault) and fault.problems[0].code == "FM001"
    assert not (room / "content" / "releases").exists()


def test_another_encoding_than_utf_8_is_said_aloud_with_its_first_words(room: Path, tmp_path: Path) -> None:
    path = source(tmp_path, CHINESE.encode("gb18030"))
    done = inv(room, "import", path, *WORDS)
    assert done.returncode == 0
    assert done.stdout.startswith(f"{TARGET} is written. {path} was GB18030 and is UTF-8 here; it begins: 解说：十一月二日")
    assert (room / TARGET).read_bytes() == FRONT + CHINESE.encode()


def test_a_file_that_cannot_be_read_is_wrong_use(room: Path, tmp_path: Path) -> None:
    for path in (tmp_path / "nowhere.txt", tmp_path):
        done = inv(room, "import", str(path), *WORDS)
        assert done.returncode == 2 and "TX009: the file cannot be read" in done.stderr and "Traceback" not in done.stderr
    assert not (room / "content" / "releases").exists()


def test_a_file_that_is_not_there_is_not_told_to_give_no_title(room: Path, tmp_path: Path) -> None:
    done = inv(room, "import", str(tmp_path / "nowhere.txt"), "--slug", "river-rises")
    assert done.returncode == 2 and "TX009: the file cannot be read" in done.stderr and "the text gives" not in done.stderr


def test_a_document_that_is_there_already_is_never_written_over(room: Path, tmp_path: Path) -> None:
    path = source(tmp_path, b"First.\n")
    run(room, path, WANTED)
    fault = refused(room, source(tmp_path, b"Second.\n"))
    assert said(fault) == "TX011 the file is there already | choose another slug, or another language"
    assert fault.problems[0].path == TARGET and (room / TARGET).read_bytes() == FRONT + b"First.\n"


APART = "held/releases/2020/river-rises/"
ARABIC = replace(WANTED, lang="ar", title="النهر", translation="official")


@pytest.fixture
def parted(room: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A press room with a second content root, on an editor's machine."""
    (room / "pelicanconf.py").write_text((room / "pelicanconf.py").read_text() + 'HELD_PATH = "held"\n')
    (room / "held").mkdir()
    monkeypatch.setenv("CI", "")
    return room


def test_a_translation_of_what_lies_apart_goes_beside_it_and_not_among_what_is_public(parted: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(parted, f"../{APART}index.en.md", "---\ntitle: The river\ndate: 2020-11-02\nembargo: 2999-01-01\n---\nIt rises.\n")
    assert run(parted, source(tmp_path, b"Text.\n"), ARABIC) == parted / APART / "index.ar.md"
    monkeypatch.setenv("CI", "true")
    (problem,) = refused(parted, source(tmp_path, b"Text.\n"), replace(WANTED, lang="zh-Hans")).problems
    assert (problem.code, problem.message, problem.path) == ("TX011", "the name is taken", "")
    assert not any((parted / "content").iterdir()) and {path.name for path in (parted / APART).iterdir()} == {"index.en.md", "index.ar.md"}


def test_a_translation_of_what_is_public_goes_beside_it_while_a_draft_of_another_lies_apart(parted: Path, tmp_path: Path) -> None:
    put(parted, "releases/2020/river-rises/index.en.md", "---\ntitle: The river\ndate: 2020-11-02\n---\nIt rises.\n")
    put(parted, f"../{APART}index.ar.md", "---\ntitle: النهر\ntranslation: official\nstatus: draft\n---\nيرتفع.\n")
    (problem,) = refused(parted, source(tmp_path, b"Text.\n"), ARABIC).problems
    assert (problem.message, problem.path) == ("the file is there already", f"{APART}index.ar.md")
    chinese = replace(ARABIC, lang="zh-Hans", title="河")
    assert run(parted, source(tmp_path, b"Text.\n"), chinese) == (parted / TARGET).with_name("index.zh-Hans.md")


def test_a_place_that_cannot_be_written_is_a_fault(room: Path, tmp_path: Path) -> None:
    (room / "content" / "releases").write_text("no folder")
    fault = refused(room, source(tmp_path, b"Text.\n"))
    assert fault.problems[0].code == "FT004"


@pytest.mark.parametrize(
    ("words", "what"),
    [
        ({"kind": "relaese"}, 'FM008 --kind relaese is none of release, transcript, page | did you mean "release"?'),
        ({"slug": ""}, "TX001 --slug is missing | the document's folder name: a-z, 0-9 and single hyphens"),
        ({"slug": "Big Slug"}, "TX001 --slug Big Slug: it has other characters"),
        ({"slug": "../../up"}, "TX001 --slug ../../up"),
        ({"slug": "with"}, "TX001 --slug with: the site uses this name itself"),
        ({"slug": "x" * 300}, "TX001 --slug"),
        ({"lang": ""}, "TX003 --lang is missing | its languages are en, zh-Hans, ar"),
        ({"lang": "zh-hans"}, "TX003 --lang zh-hans is no language of this site | write zh-Hans"),
        ({"lang": "de"}, "TX003 --lang de is no language of this site | its languages are en, zh-Hans, ar"),
        ({"lang": "../x"}, "TX003"),
        ({"title": ""}, "TR010 the text gives no title | write --title"),
        ({"title": "   "}, "TR010 the text gives no title | write --title"),
        ({"title": "x" * 5000}, "FM010 title"),
        ({"title": "a\x00b"}, "FM011 the value holds U+0000"),
        ({"title": "a\u2028b"}, "FM011 the value holds U+2028"),
        ({"title": "a\u202eb"}, "FM011 the value holds U+202E"),
        ({"date": ""}, "TR010 the text gives no year, and none is guessed | write --date 2020-11-02"),
        ({"date": "02/11/2020"}, "TR010 --date: '02/11/2020' is no date or time that can be read without guessing | write 2020-11-02"),
        ({"date": "2020-13-01"}, "does not exist in the calendar"),
        ({"date": "2020-11-02T10:00"}, "has no time zone | add the offset or the zone"),
        ({"translation": "oficial"}, "FM008 translation"),
        ({"kind": "page", "date": "2020-11-02\nstatus: draft"}, "FM0"),
        ({"kind": "page", "slug": "topics"}, "TX001 --slug topics: a folder of the site has this name"),
    ],
)
def test_a_wrong_word_is_told_and_nothing_is_written(empty: Path, tmp_path: Path, words: dict[str, str], what: str) -> None:
    fault = refused(empty, source(tmp_path, b"Text.\n"), replace(WANTED, **words))
    assert what in said(fault) and fault.exit_code == 2
    assert not any((empty / "content").iterdir())


def test_everything_that_is_missing_is_told_at_once_where_nobody_can_be_asked(room: Path) -> None:
    done = inv(room, "import")
    assert done.returncode == 2 and done.stdout == ""
    assert [line for line in done.stderr.splitlines() if "error" in line] == [
        "error TR010: the text gives no title",
        "error TR010: the text gives no year, and none is guessed",
        "error TX001: --slug is missing",
        "error TX003: --lang is missing",
        "error TX009: no text file is named",
    ]


def test_a_terminal_is_asked_for_what_is_missing(room: Path, tmp_path: Path) -> None:
    path = source(tmp_path, b"Text.\n")
    code, shown = typed(room, ["import", path, "--lang", "en"], [b"river-rises\n", b"The river rises \n", b"2020-11-02\n"])
    assert code == 0, shown
    assert "The document's folder name (a-z, 0-9, hyphens):" in shown and "The language" not in shown
    assert (room / TARGET).read_bytes() == FRONT + b"Text.\n"


def test_a_page_is_not_asked_for_a_date(room: Path, tmp_path: Path) -> None:
    code, shown = typed(room, ["import", "--kind", "page"], [f"{source(tmp_path, b'Text.')}\n".encode(), b"about\n", b"en\n", b"About\n"])
    assert code == 0 and "The date" not in shown, shown
    assert (room / "content/pages/about/index.en.md").read_bytes() == b'---\ntitle: "About"\n---\nText.'


def test_a_file_whose_name_is_not_utf_8_is_imported(room: Path, tmp_path: Path) -> None:
    path = tmp_path / os.fsdecode("港口.txt".encode("gb18030"))
    path.write_bytes(b"Text.\n")
    assert inv(room, "import", str(path), *WORDS).returncode == 0 and (room / TARGET).read_bytes() == FRONT + b"Text.\n"


def test_whoever_ends_the_questions_is_told_what_is_missing(room: Path, tmp_path: Path) -> None:
    code, shown = typed(room, ["import", source(tmp_path, b"Text.\n")], [b"\x04"])
    assert code == 2 and "--slug is missing" in shown and "Traceback" not in shown
    code, shown = typed(room, ["import", source(tmp_path, b"Text.\n")], [b"\x03"])
    assert code == 130 and "stopped" in shown and "Traceback" not in shown


def test_a_text_with_the_header_of_a_pelican_site_is_noticed(room: Path, tmp_path: Path) -> None:
    done = inv(room, "import", source(tmp_path, b"Title: The river rises\nDate: 2020-11-02\n\nIt rose.\n"), *WORDS)
    assert done.returncode == 0 and f"{TARGET}:5:1: warning FM002: the text seems to have front matter of its own" in done.stdout
    assert "front matter" not in inv(room, "import", source(tmp_path, b"Slug: a word of the trade.\n"), *WORDS, "--slug", "slug").stdout


def test_a_text_with_front_matter_of_its_own_is_noticed(room: Path, tmp_path: Path) -> None:
    done = inv(room, "import", source(tmp_path, b"---\ntitle: Mine\n---\nText.\n"), *WORDS)
    assert done.returncode == 0
    assert f"{TARGET}:5:1: warning FM002: the text seems to have front matter of its own" in done.stdout


def test_what_is_wrong_with_the_text_is_told_and_the_file_stands_to_be_mended(room: Path, tmp_path: Path) -> None:
    done = inv(room, "import", source(tmp_path, b"Text with a bell\x07.\n"), *WORDS)
    assert done.returncode == 1 and f"{TARGET}:5:17: error FM011: control character U+0007" in done.stderr
    assert (room / TARGET).read_bytes().endswith(b"bell\x07.\n")


def test_what_a_build_would_notice_of_a_transcript_is_told_at_once(room: Path, tmp_path: Path) -> None:
    done = inv(room, "import", source(tmp_path, b"[Narration] It rained.\n\n[Sondbite] Ana\n\nYes.\n"), *WORDS, "--kind", "transcript")
    assert done.returncode == 0 and "TR0" in done.stdout and "index.en.md:" in done.stdout


def _read(wanted: Wanted) -> dict[str, str]:
    text = read_text((front_matter(wanted) + "Text.\n").encode(), TARGET)
    assert not text.problems
    front = read_front_matter(text, TARGET)
    assert not front.problems and front.body == "Text.\n"
    return {name: node.value for name, node in front.fields.items()}


SEEN = st.characters(exclude_categories=("Cs",)).filter(lambda char: not unseen(char))


@given(title=st.text(SEEN, min_size=1), place=st.text(SEEN, max_size=20))
@settings(max_examples=300, deadline=None)
def test_every_title_comes_back_as_it_wastyped(title: str, place: str) -> None:
    fields = _read(Wanted("release", "x", "en", title, "2020-11-02", place))
    assert fields == {"title": title, "date": "2020-11-02", **({"place": place} if place else {})}


@pytest.mark.parametrize(
    "title",
    ['"quoted"', "it's", "a: b # c", "- item", "[a]", "{a: b}", "*x", "&x", "!tag", "%d", "@", "`", "|", ">", "---", "...", "null", "yes", "1_000", "2020-11-02", "a\nb",
     "a\\nb", "\\", "a\tb", "a\u00a0b", "标题：一", "عنوان", "😀", " a ", "Ünïcödé"],
)  # fmt: skip
def test_a_title_that_yaml_would_read_as_something_else_is_a_title(title: str) -> None:
    assert _read(Wanted("release", "x", "en", title, "2020-11-02"))["title"] == title


@pytest.mark.parametrize(
    "date",
    [
        "2020-11-02",
        "2020-11-02T10:00+08:00",
        "2020-11-02T10:00:30Z",
        "2026-03-29T10:00[Europe/Paris]",
        "2020-11-02T10:00-03:00[America/Argentina/Buenos_Aires]",
    ],
)
def test_every_form_of_time_is_written_as_it_was_given(date: str) -> None:
    wanted = Wanted("release", "x", "en", "Title", date)
    assert _read(wanted)["date"] == date
    text = read_text((front_matter(wanted) + "Text.\n").encode(), TARGET)
    assert not read_header(
        read_front_matter(text, TARGET), Place(TARGET, "release", "en", "x", ZoneInfo("Europe/Paris")), text.lines
    ).problems
