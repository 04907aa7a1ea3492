"""Our own marks in a text: what stands between them is put in its place, and nothing else is."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pressroom.ground.marks import OWN, link_mark, place_links


def test_a_marked_link_is_put_in_its_place() -> None:
    assert place_links(f'<a href="{link_mark(12)}">x</a>', lambda number: f'"/{number}/" hreflang="fr"') == '<a href="/12/" hreflang="fr">x</a>'


@given(st.text().filter(lambda text: OWN not in text))
def test_a_text_without_our_mark_stays_as_it_is(text: str) -> None:
    assert place_links(text, lambda number: "changed") == text
