"""Language tags: one case in content, another in addresses, a direction for each."""

from __future__ import annotations

import pytest

from pressroom.ground.languages import canonical, direction, in_address, is_tag, script


@pytest.mark.parametrize("tag", ["en", "zh-Hans", "zh-hant-TW", "es-419", "de-1996", "sl-rozaj", "ckb"])
def test_a_tag_is_a_tag_in_any_case(tag: str) -> None:
    assert is_tag(tag) and is_tag(tag.upper())


@pytest.mark.parametrize("text", ["", "e", "english", "en_GB", "en-", "-en", "en--GB", "zh-Hans.md", "../en", "es-٤١٩", "en\n"])
def test_what_is_no_tag_is_refused(text: str) -> None:
    assert not is_tag(text)


@pytest.mark.parametrize(("tag", "right"), [("EN", "en"), ("zh-hans", "zh-Hans"), ("ZH-HANS-cn", "zh-Hans-CN"), ("es-419", "es-419"), ("SR-LATN-rs", "sr-Latn-RS")])
def test_a_tag_has_one_canonical_case(tag: str, right: str) -> None:
    assert canonical(tag) == right == canonical(right)


def test_a_tag_in_an_address_is_in_lower_case() -> None:
    assert in_address("zh-Hans") == "zh-hans"


@pytest.mark.parametrize(("tag", "right"), [("ar", "rtl"), ("en", "ltr"), ("zh-Hans", "ltr"), ("ru", "ltr"), ("uz-Arab", "rtl"), ("ar-Latn", "ltr"), ("he-IL", "rtl"), ("pa-arab", "rtl")])
def test_the_direction_is_that_of_the_script(tag: str, right: str) -> None:
    assert direction(tag) == right


def test_a_script_that_the_tag_names_is_taken() -> None:
    assert (script("sr"), script("sr-Latn"), script("zh-Hant"), script("xx")) == ("Cyrl", "Latn", "Hant", "Latn")
