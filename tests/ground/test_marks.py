"""Our own marks in a text: what stands between them is put in its place, and nothing else is."""

from __future__ import annotations

from collections.abc import Mapping

from hypothesis import given
from hypothesis import strategies as st

from pressroom.ground.marks import OWN, link_mark, numbers, place_images, place_links


def test_a_marked_link_is_put_in_its_place() -> None:
    assert place_links(f'<a href="{link_mark(12)}">x</a>', lambda number: f'"/{number}/" hreflang="fr"') == '<a href="/12/" hreflang="fr">x</a>'


@given(st.text().filter(lambda text: OWN not in text))
def test_a_text_without_our_mark_stays_as_it_is(text: str) -> None:
    assert place_links(text, lambda number: "changed") == text


def test_a_marked_picture_is_put_in_its_place_with_its_words() -> None:
    html = f'<p>a <img alt="x &quot;y&quot; > z" src="{link_mark(3)}" title="t"> <img src="{link_mark(4)}"> <a title="<img>" href="{link_mark(5)}">b</a></p>'
    seen = []

    def place(number: int, attributes: Mapping[str, str]) -> str:
        seen.append((number, dict(attributes)))
        return "<picture>" if number == 3 else ""

    assert place_images(html, place) == f'<p>a <picture> <img src="{link_mark(4)}"> <a title="<img>" href="{link_mark(5)}">b</a></p>'
    assert seen == [(3, {"alt": 'x "y" > z', "title": "t"}), (4, {})]
    assert numbers(html) == [3, 4, 5]
