"""The texts among bytes that are no text."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pressroom.checks import containers
from pressroom.checks.containers import pieces

NO_TEXT = b"\xdf" * 4
TEXTS = st.text(st.sampled_from("ab c\n\x00\x0béß水ヱ"), max_size=12)
BYTES = st.lists(
    st.one_of(
        TEXTS.map(str.encode),
        TEXTS.map(lambda text: text.encode("utf-16-le")),
        TEXTS.map(lambda text: text.encode("utf-16-be")),
        st.one_of(st.integers(0, 20), st.integers(250, 300)).map(bytes),
        st.binary(max_size=3).map(lambda data: bytes(byte & 0x7F for byte in data)),
    )
).map(lambda parts: NO_TEXT + b"".join(parts))


def looked_through_whole(data: bytes) -> list[tuple[str, int, str]]:
    """The same without a thought of what lies between."""
    found = [(run[0].decode(), run.start(), "utf-8") for run in containers._UTF_8_RUN.finditer(data)]
    for encoding in ("utf-16-le", "utf-16-be"):
        for shift in (0, 1):
            text = data[shift : len(data) - (len(data) - shift) % 2].decode(encoding, "replace")
            found += [(run[0], shift + 2 * run.start(), encoding) for run in containers._UTF_16_RUN.finditer(text)]
    return sorted(found)


@given(BYTES)
def test_zeros_between_texts_hide_nothing_of_them(data: bytes) -> None:
    assert sorted((piece.text, piece.offset, piece.encoding) for piece in pieces(data)) == looked_through_whole(data)


@given(st.integers(0, 400), st.integers(0, 400), st.sampled_from(["utf-8", "utf-16-le", "utf-16-be"]))
def test_a_text_is_found_where_it_stands_between_zeros(before: int, behind: int, encoding: str) -> None:
    data = NO_TEXT + bytes(before) + "words of it".encode(encoding) + bytes(behind)
    assert ("words of it", len(NO_TEXT) + before, encoding) in {(piece.text, piece.offset, piece.encoding) for piece in pieces(data)}
