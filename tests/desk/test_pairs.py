"""Which editions stand side by side, and where: below the translation, once for both directions."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from pressroom.desk import pairs, urls
from pressroom.model.document import Document, DocumentFields, Edition, EditionFields
from pressroom.model.text import Facts, Passage

AT = datetime(2020, 6, 1, tzinfo=UTC)


def document(*languages: str, original: str = "en") -> Document:
    editions = {
        lang: Edition(
            lang, "ltr", urls.edition("release", 2020, "a", lang), f"content/{lang}", "", EditionFields(translation="" if lang == original else "official"),
            Facts((Passage("q-1", lang, 1),)), counterparts=(0,) if original in languages and lang != original else (),
        )
        for lang in languages
    }  # fmt: skip
    return Document("release", 2020, "a", DocumentFields(), AT, editions, original if original in languages else "")


def found(document: Document, *also: tuple[str, str]) -> list[str]:
    assert [address for *_, address in pairs.addresses(document, also)] == [pair.address for pair in pairs.pairs_of(document, also)]
    return [address.removeprefix("/").replace("/releases/2020/a/with/", " with ").rstrip("/") for *_, address in pairs.addresses(document, also)]


def test_each_translation_stands_beside_the_original_below_its_own_address() -> None:
    assert found(document("en", "zh-Hans", "ar")) == ["zh-hans with en", "ar with en"]


@pytest.mark.parametrize("alone", [document("en"), document("fr", original="de"), document("fr", "ar", original="de")])
def test_what_has_no_original_here_or_no_translation_stands_beside_nothing(alone: Document) -> None:
    assert found(alone) == []


def test_a_setting_adds_a_pair_where_both_editions_are() -> None:
    assert found(document("en", "fr", "ar"), ("fr", "ar"), ("fr", "es")) == ["fr with en", "ar with en", "fr with ar"]
    assert found(document("fr", "ar", original="de"), ("ar", "fr")) == ["ar with fr"]


def test_a_setting_that_names_the_original_adds_nothing() -> None:
    assert found(document("en", "fr"), ("fr", "en"), ("en", "fr")) == ["fr with en"]


def test_a_pair_of_two_translations_corresponds_by_its_own_places() -> None:
    last = list(pairs.pairs_of(document("en", "fr", "ar"), (("fr", "ar"),)))[-1]
    assert (last.edition.lang, last.other.lang, last.counterparts, last.document.editions) == ("fr", "ar", (0,), {})
