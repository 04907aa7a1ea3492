"""Whatever the texts: what is planted is found, and where nothing is planted nothing is."""

from __future__ import annotations

import gzip
import html
import io
import json
import tempfile
import zipfile
from pathlib import Path
from urllib.parse import quote

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.checks.rooms import gathered, leaks_in, write

FOLDER = "releases/2026/held-one"
# Letters that only held texts have, and letters that all texts have, in several scripts.
HELD_LETTERS, OPEN_LETTERS = "kqzжщذض", "abdeilnorstабвеноاوم"
HELD_HAN, OPEN_HAN = "甲乙丙丁戊己庚辛壬癸", "的一是了我不在人有他这中"


def words(letters: str, least: int, most: int) -> st.SearchStrategy[list[str]]:
    return st.lists(st.text(letters, min_size=3, max_size=7), min_size=least, max_size=most)


@st.composite
def markdown(draw: st.DrawFn, letters: str, least: int = 8) -> str:
    """Paragraphs with the marks that editors write."""
    blocks = []
    for _ in range(draw(st.integers(1, 3))):
        found = draw(words(letters, least, 24))
        marks = draw(st.lists(st.sampled_from(["{}", "{}", "{}", "*{}*", "**{}**", "[{}](../x/)", "“{}”", "{},", "{} —", "<b>{}</b>", "`{}`", "{}\n", "12 {}"]), min_size=len(found), max_size=len(found)))
        blocks.append(" ".join(mark.format(word) for mark, word in zip(marks, found, strict=True)))
    return draw(st.sampled_from(["", "> ", "- ", "## ", "[Narration] "])) + "\n\n".join(blocks)


@st.composite
def pages(draw: st.DrawFn) -> tuple[str, str]:
    """A file of an output, by path."""
    said = [" ".join(draw(words(OPEN_LETTERS, 1, 9))) for _ in range(draw(st.integers(1, 5)))] + ["".join(draw(st.lists(st.sampled_from(OPEN_HAN), max_size=20)))]
    kind = draw(st.sampled_from(["html", "json", "xml", "csv", "txt", "svg"]))
    if kind == "html":
        made = "<!doctype html><html lang='en'><head><title>{}</title></head><body>".format(said[0]) + "".join(f'<p class="x"><a href="../b/" title="{text}">{text}</a>&nbsp;{text} &amp; 37%</p>\n' for text in said)
    elif kind == "json":
        made = json.dumps({"items": [{"title": text, "content_html": f"<p>{html.escape(text)}</p>"} for text in said]}, ensure_ascii=draw(st.booleans()))
    elif kind in ("xml", "svg"):
        made = "<?xml version='1.0'?><feed>" + "".join(f"<entry><title>{text}</title><content>{html.escape(f'<p>{text}</p>')}</content></entry>" for text in said) + "</feed>"
    else:
        made = "".join(f'1,"{text}",x\n' for text in said) if kind == "csv" else "\n".join(said)
    return f"a/index.{kind}", made


def zipped(data: bytes) -> bytes:
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("inside.html", data)
    return whole.getvalue()


PACKINGS = {"": lambda data: data, ".gz": gzip.compress, ".pf_fragment": gzip.compress, ".zip": zipped, ".zip.gz": lambda data: gzip.compress(zipped(data))}
WRITINGS = {
    "escaped": html.escape,
    "as a string": json.dumps,
    "per cent": quote,
    "by number": lambda text: "".join(f"&#{ord(char)};" for char in text),
    "in capitals": str.upper,
    "with soft hyphens": lambda text: "".join(f"{char}\u00ad" for char in text),
    "with no-break spaces": lambda text: text.replace(" ", "\u00a0"),
    "as tags": lambda text: " ".join(f"<i>{word[:2]}</i>{word[2:]}" for word in text.split()),
    "as blocks": lambda text: "".join(f"<p>{word}</p>" for word in text.split()),
}
# What a writing makes of a text may itself be written again, as an escaped page stands inside a feed.
TIMES = st.lists(st.sampled_from(["escaped", "as a string", "per cent"]), max_size=2)


def room(cleared: str, held: str, title: str) -> dict[str, str]:
    return {
        "releases/2026/open-one/index.en.md": f"---\ntitle: Open\ndate: 2026-01-01\n---\n{cleared}\n",
        f"{FOLDER}/index.en.md": f"---\ntitle: {title}\ndate: 2030-01-01\n---\n{held}\n",
    }


@settings(max_examples=120, deadline=None)
@given(cleared=markdown(OPEN_LETTERS), held=words(HELD_LETTERS, 8, 40), title=words(HELD_LETTERS, 1, 9), page=pages(), packing=st.sampled_from(list(PACKINGS)), data=st.data())
def test_eight_held_words_are_found_wherever_they_are_put(cleared: str, held: list[str], title: list[str], page: tuple[str, str], packing: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(held) - 8))
    planted = " ".join(held[start : start + data.draw(st.integers(8, len(held) - start))])
    path, text = page
    at = data.draw(st.integers(0, len(text)))
    with tempfile.TemporaryDirectory() as folder:
        needles, _ = gathered(write(Path(folder), room(cleared, " ".join(held), " ".join(title))), b"i b p a")
        assert not leaks_in(needles, {path + packing: PACKINGS[packing](text.encode())})
        found = leaks_in(needles, {path + packing: PACKINGS[packing](f"{text[:at]} {planted} {text[at:]}".encode())})
    assert [leak.folder for leak in found] == [FOLDER]


@settings(max_examples=120, deadline=None)
@given(held=words(HELD_LETTERS, 8, 20), page=pages(), writing=st.sampled_from(list(WRITINGS)), again=TIMES)
def test_eight_held_words_are_found_however_they_are_written(held: list[str], page: tuple[str, str], writing: str, again: list[str]) -> None:
    written = WRITINGS[writing](" ".join(held))
    for name in again:
        written = WRITINGS[name](written)
    with tempfile.TemporaryDirectory() as folder:
        needles, _ = gathered(write(Path(folder), room("x", " ".join(held), "X")), b"i b p a x")
        assert leaks_in(needles, {page[0]: f"{page[1]}\n<p>{written}</p>"})


@settings(max_examples=80, deadline=None)
@given(held=markdown(HELD_LETTERS), cleared=markdown(OPEN_LETTERS), page=pages())
def test_a_document_is_found_in_what_the_site_makes_of_it_and_not_elsewhere(held: str, cleared: str, page: tuple[str, str]) -> None:
    import markdown as renderer

    with tempfile.TemporaryDirectory() as folder:
        needles, _ = gathered(write(Path(folder), room(cleared, held, "Held")), b"i b p a")
        made = renderer.markdown(held)
        assert not leaks_in(needles, {page[0]: page[1], "open.html": renderer.markdown(cleared)})
        assert leaks_in(needles, {"held.html": made, "open.html": renderer.markdown(cleared)})


@settings(max_examples=80, deadline=None)
@given(held=st.text(HELD_HAN, min_size=12, max_size=40), page=pages(), data=st.data())
def test_twelve_held_characters_are_found_wherever_they_are_put(held: str, page: tuple[str, str], data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(held) - 12))
    at = data.draw(st.integers(0, len(page[1])))
    with tempfile.TemporaryDirectory() as folder:
        needles, _ = gathered(write(Path(folder), room("x", f"{held[:7]}，{held[7:]}。", "X")), b"i b p a x")
        assert not leaks_in(needles, {page[0]: page[1]})
        assert leaks_in(needles, {page[0]: f"{page[1][:at]} {held[start:start + 12]} {page[1][at:]}"})


@settings(max_examples=60, deadline=None)
@given(shared=markdown(OPEN_LETTERS), title=words(OPEN_LETTERS, 1, 9))
def test_what_both_hold_is_never_found(shared: str, title: list[str]) -> None:
    import markdown as renderer

    said = " ".join(title)
    with tempfile.TemporaryDirectory() as folder:
        files = {**room(shared, shared, said), "pages/a/index.en.md": f"---\ntitle: {said}\n---\n{said}\n"}
        needles, _ = gathered(write(Path(folder), files), b"i b p a")
        assert not leaks_in(needles, {"a.html": f"<h1>{said}</h1>{renderer.markdown(shared)}", "b.json": json.dumps({"t": said, "html": renderer.markdown(shared)})})
