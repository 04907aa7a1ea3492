"""The line that says whose a quotation is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pressroom.model.people import folded_name, person_id
from pressroom.reading.attributions import split_attribution
from tests.reading.bodies import read


@pytest.mark.parametrize(
    ("source", "parts"),
    [
        ("Words.\n— Ana Díaz, Director, Water Agency", ("Ana Díaz", "Director", "Water Agency")),
        ("Words.\n-- Ana Díaz", ("Ana Díaz", "", "")),
        ("Words.\n- Ana Díaz, Director", ("Ana Díaz", "Director", "")),
        ("Words.\n―Ana Díaz", ("Ana Díaz", "", "")),
        ("话。\n——安娜，局长，水务局", ("安娜", "局长", "水务局")),
        ("كلام.\n— آنا دياث، مديرة", ("آنا دياث", "مديرة", "")),
        ("Words.\n— Ana Díaz | Director, Rivers | Agency, Inc.", ("Ana Díaz", "Director, Rivers", "Agency, Inc.")),
        ("Words.\n— Ana Díaz, Director, Water Agency, Geneva", ("Ana Díaz", "Director", "Water Agency, Geneva")),
    ],
)
def test_a_last_line_with_a_dash_names_the_person(source: str, parts: tuple[str, str, str]) -> None:
    words, who = split_attribution(source, {})
    assert who and (who.name, who.role, who.organisation) == parts and words == source.split("\n")[0]


@pytest.mark.parametrize(
    "line",
    [
        "**Ana Díaz**, Director", "*Ana Díaz*, Director", "__Ana Díaz__, _Director_", "***Ana Díaz, Director***", "[Ana Díaz](https://x.test/), Director",
        "[Ana Díaz][1], Director", "Ana Díaz[^1], Director", "[**Ana Díaz**](/x)[^a], Director",
    ],
)  # fmt: skip
def test_markup_round_a_name_is_no_part_of_it(line: str) -> None:
    _, who = split_attribution(f"Words.\n— {line}", {"Ana Díaz": "a-diaz"})
    assert who and (who.id, who.name, who.role, who.text) == ("a-diaz", "Ana Díaz", "Director", "Ana Díaz, Director")
    _, body = read(f"> Words.\n> — {line}\n\n[1]: /x\n[^1]: Note.\n[^a]: Note.\n")
    assert "<figcaption>Ana Díaz, Director</figcaption>" in body.blocks[0].html.replace("&nbsp;", " ")


@pytest.mark.parametrize("name", ["A_b_c Díaz", "2 * 3 * 4", "Ana [the] Díaz", "Ana \\*Díaz*"])
def test_signs_that_are_no_markup_stay_in_a_name(name: str) -> None:
    assert split_attribution(f"W.\n— {name}", {})[1].name == name  # type: ignore[union-attr]


@pytest.mark.parametrize("source", ["Words.", "Words — and more", "Words.\n-1 degree", "Words.\n—", "Words.\n— ,", "Words.\n- ", "— a\nWords."])
def test_another_line_names_nobody(source: str) -> None:
    assert split_attribution(source, {}) == (source, None)


def test_a_person_of_the_registry_has_that_id() -> None:
    assert split_attribution("W.\n— Ana Díaz", {"Ana Díaz": "ana"})[1].id == "ana"  # type: ignore[union-attr]
    assert split_attribution("W.\n— Bo Li", {})[1].id == "bo-li"  # type: ignore[union-attr]


@pytest.mark.parametrize("name", ["\u2f42东", "\ufee3\ufee8\ufef0 \ufecb\ufee0\ufef2", "李\u3000明", "Ａｎａ Díaz", "赵泽良"])
def test_a_person_has_one_id_in_releases_and_transcripts(name: str) -> None:
    _, who = split_attribution(f"W.\n— {name}", {})
    spoken = read(f"[Soundbite] {name}\n\nWords.\n", kind="transcript")[0].segments[0].voice
    assert who and spoken and who.id == spoken.id == person_id(folded_name(name))


@pytest.mark.parametrize(("typed", "name"), [("Nora O’Quill", "Nora O'Quill"), ("Мар\u02bcяна Лис", "Мар’яна Лис"), ("\u200eN. O'Quill", "N. O'Quill"), ("علي\u200f", "علي")])
def test_an_apostrophe_or_a_mark_that_cannot_be_seen_makes_no_other_person(typed: str, name: str) -> None:
    spoken = read(f"[Soundbite] {typed}\n\nWords.\n", kind="transcript")[0].segments[0].voice
    assert spoken and spoken.id == person_id(typed) == person_id(name)
    assert split_attribution(f"W.\n— {typed}", {folded_name(name): "one"})[1].id == "one"  # type: ignore[union-attr]


@pytest.mark.parametrize("hyphen", ["\u2010", "\u2011"])
def test_the_hyphen_of_a_text_processor_makes_no_other_person(hyphen: str) -> None:
    typed = f"Jean{hyphen}Luc Roy"
    assert person_id(typed) == "jean-luc-roy"
    spoken = read(f"[Soundbite] Jean-Luc Roy\n\nOne.\n\n{typed}: Two.\n", kind="transcript")[0].segments
    assert [segment.voice and segment.voice.id for segment in spoken] == ["jean-luc-roy"] * 2


@given(st.text(alphabet="ab \n—-,|，"))
def test_no_word_is_lost(source: str) -> None:
    words, who = split_attribution(source, {})
    assert not who or sorted(filter(str.isalnum, words + who.text)) == sorted(filter(str.isalnum, source))


def test_two_attributed_quotations_in_a_row_stay_two() -> None:
    facts, body = read("> First.\n> — Ana Díaz, Director\n\n> Second.\n> — Bo Li, Engineer\n")
    assert [(found.name, [body.passages[n] for n in found.passages]) for found in facts.quotations] == [("Ana Díaz", ["First."]), ("Bo Li", ["Second."])]


@pytest.mark.parametrize("between", ["[site]: https://press.test/", "[^1]: A footnote.", "[a]: https://a.test/\n[b]: https://b.test/"])
def test_definitions_between_two_attributed_quotations_do_not_join_them(between: str) -> None:
    facts, body = read(f"> First.\n> — Ana Díaz, Director\n\n{between}\n\n> Second.\n> — Bo Li, Engineer\n")
    assert [(found.name, [body.passages[n] for n in found.passages]) for found in facts.quotations] == [("Ana Díaz", ["First."]), ("Bo Li", ["Second."])]


def test_a_quotation_without_attribution_goes_on_over_an_empty_line() -> None:
    _, body = read("> First.\n\n> Second.\n> — Bo Li, Engineer\n")
    assert [block.kind for block in body.blocks] == ["quotation"]


def test_a_fence_is_not_set_apart() -> None:
    text = "```\n> First.\n> — Ana\n\n> Second.\n```\n"
    _, body = read(text)
    assert [block.kind for block in body.blocks] == ["code"] and "\ufdd0" not in body.blocks[0].html


@pytest.mark.parametrize("quoted", ["1. One\n> 2. Two", "- One\n> - Two\n>     - Deep", "* One\n>\n> * Two\n>\n>     More", "- One\n>   two"])
def test_the_line_below_a_list_in_a_quotation_names_the_person_too(quoted: str) -> None:
    facts, body = read(f"> {quoted}\n> — Ana Díaz, Director\n")
    assert [(said.name, said.role, len(said.passages)) for said in facts.quotations] == [("Ana Díaz", "Director", len(body.passages))]
    assert not any("Ana" in text for text in body.passages)
    assert [passage.digest for passage in facts.passages] == [passage.digest for passage in read(f"> {quoted}\n")[0].passages]


@pytest.mark.parametrize("quoted", ["- One\n> - Two", "- One\n> - — Two", "- One\n>\n> - -- Two", "* One\n> * Two\n>     - Three", "> Inner\n> > — Ana Díaz", "1. One\n>\n>     Two\n>     - Three"])
def test_an_item_of_a_list_in_a_quotation_names_nobody(quoted: str) -> None:
    assert read(f"> {quoted}\n")[0].quotations == ()
