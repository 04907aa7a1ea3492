"""The raw reader of headers beside PyYAML: it reads what that reads, or is unsure."""

from __future__ import annotations

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from pressroom.checks.headers import RawHeader, read_raw_header

LATER = "embargo: 2030-01-01"
# What was taken for a quote or a bracket that goes on, and is none.
BLINDS = [
    "event: {en: Reunion of the '90s rowers, fr: Retrouvailles}", "event: {en: the '90s}", "topics: [the 'nineties, ports]", "title: The crew of\n  '90s rowers",
    "title: The crew\n 'tis said", 'title: The crew\n  "of" rowers', "topics: [water] # [sic", "topics: [water, # it's\n  ports]", "event: {en: A, # it's {\n  fr: B}",
    "title: it's\n\n  'tis", "title:\n  The crew\n  'tis", "subtitle: 'it''s' # it's", "notes:\n- 'tis done'\n- it's", 'event: {"en":"it\'s", fr: \'"\'}', "place: >-\n  'tis\n  {[",
]  # fmt: skip


def read(header: str) -> RawHeader:
    return read_raw_header(f"---\n{header}\n---\nText.\n")


@pytest.mark.parametrize("later", [LATER, "status: draft", "date: 2027-01-01", "lifted: {at: 2026-01-01, reason: it's}"])
@pytest.mark.parametrize("before", BLINDS)
def test_an_apostrophe_or_a_bracket_hides_no_field_that_follows(before: str, later: str) -> None:
    found = read(f"{before}\n{later}")
    assert found.sure and found.has(later.partition(":")[0])


@pytest.mark.parametrize(
    "header",
    [f"title: 'never closed\n{LATER}", f'title: "open\n{LATER}\nplace: a"', f"topics: [open\n{LATER}", f"event: {{en: 'open\n{LATER}\nplace: it's}}", "title: 'a' b", "topics: [a] b", "event: {en: &x a}", "event: {? a : b}"],
)  # fmt: skip
def test_a_header_whose_values_do_not_end_where_they_should_is_unsure(header: str) -> None:
    assert not read(header).sure


# So many that a reader which goes back to the beginning for each line would not come back.
MANY = 100_000


@pytest.mark.parametrize(
    "field",
    ["topics: [a{}]".format(",\n  b" * MANY), "topics: [a{}\n  ]".format("\n  'b' ,# it's" * MANY), 'title: "a{}"'.format("\n  b \\" * MANY + "\n"), "title: 'a{}'".format("\n  ''b" * MANY), "title:\n  a{}b".format(" " * 4 * MANY), "a{}b: c".format(" " * MANY)],
    ids=["in brackets", "in brackets, quoted", "in double quotes", "in single quotes", "plain", "a name"],
)  # fmt: skip
def test_a_value_is_read_once_however_long_it_is(field: str) -> None:
    found = read(f"{field}\n{LATER}")
    assert found.sure and found.texts("embargo") == ["2030-01-01"]


@pytest.mark.parametrize("field", ["topics: [a{}".format(",\n  b" * MANY), "title: 'a{}".format("\n  b" * MANY)], ids=["brackets", "quotes"])
def test_a_value_without_an_end_is_read_once_too(field: str) -> None:
    found = read(f"{field}\n{LATER}")
    assert not found.sure and len("".join(value.text for value in found.values)) > MANY


@pytest.mark.parametrize("space", ["\u00a0", "\u202f", "\u3000"])
def test_a_number_sign_behind_a_space_that_is_none_to_yaml_ends_no_value(space: str) -> None:
    said = f"Plan{space}#Agua secreto"
    found = read(f"title: {said}\nevent: {{es: {said}, ar: x}}\nsummary: One # two\nplace: A\t# b")
    assert (found.texts("title"), found.texts("event", "es"), found.texts("summary"), found.texts("place"), found.sure) == ([said], [" ".join(said.split())], ["One"], ["A"], True)


@pytest.mark.parametrize(
    "entry", ["- note: |\n    Gone.\n  type: withdrawn", "- note: {en: it's}\n  type: withdrawn", "- type:\n    'withdrawn'", '[{"type":"withdrawn"}]', "- note: 'tis'\n  type: withdrawn"]
)
def test_the_type_of_an_entry_is_read_wherever_it_stands(entry: str) -> None:
    assert [value.text for value in read(f"corrections:\n  {entry.replace(chr(10), chr(10) + '  ')}").values if value.name == "type"] == ["withdrawn"]


PIECES = st.lists(
    st.sampled_from(["the", "'90s", "rowers'", "it's", '"big"', "'tis", "a", "x: y", "#1", "# c", "-", "[b]", "don't", "'q'", "'", '"', LATER, "]", "}", "{", "[", ",", "''", ":", "b:c", "a,'b'", "!x", '"k":"v"']),
    max_size=4,
).map(" ".join)  # fmt: skip
SCALARS = st.one_of(PIECES, PIECES.map(lambda text: "'{}'".format(text.replace("'", "''"))), PIECES.map(lambda text: '"{}"'.format(text.replace('"', ""))))
BREAKS = st.sampled_from([" ", "\n  ", "\n ", "\n\n  ", " # it's\n  ", "\n"])
PARTS = st.lists(st.tuples(st.sampled_from(["en: ", "at: ", '"fr":', "", "'type' : "]), SCALARS).map("".join), max_size=3)
VALUES = st.one_of(
    st.lists(SCALARS, min_size=1, max_size=3).flatmap(lambda said: BREAKS.map(lambda between: between.join(said))),
    st.tuples(st.sampled_from(["[]", "{}"]), PARTS, BREAKS).map(lambda made: f"{made[0][0]}{f',{made[2]}'.join(made[1])}{made[0][1]}"),
    st.tuples(st.sampled_from(["|", ">-"]), PIECES, PIECES).map(lambda made: "{}\n  {}\n    {}".format(*made)),
    st.lists(SCALARS, min_size=1, max_size=2).map(lambda said: "".join(f"\n- {text}" for text in said)),
    st.tuples(SCALARS, SCALARS).map(lambda made: "\n  en: {}\n  fr: {}".format(*made)),
)
QUOTES = st.sampled_from(["{}", "'{}'", '"{}"', "{} # it's", "\n  '{}'", ">-\n  {}"])
JUDGED = ("embargo", "status", "date")


@given(
    before=VALUES, after=VALUES, judged=st.dictionaries(st.sampled_from(JUDGED), st.tuples(QUOTES, st.sampled_from(["2030-01-01", "draft"]))), reason=st.none() | SCALARS,
)  # fmt: skip
def test_what_is_judged_by_is_what_pyyaml_reads_or_the_header_is_unsure(before: str, after: str, judged: dict[str, tuple[str, str]], reason: str | None) -> None:
    fields = [f"{name}: {quote.format(value)}" for name, (quote, value) in judged.items()] + ([f"lifted: {{reason: {reason}, at: 2026-01-01}}"] if reason is not None else [])
    header = "\n".join([f"title: {before}", *fields[::2], f"event: {after}", *fields[1::2]])
    try:
        expected = yaml.load(header, yaml.BaseLoader)
    except yaml.YAMLError:
        return
    found = read(header)
    if not found.sure or not isinstance(expected, dict):
        return
    for name in JUDGED:
        assert found.has(name) == (name in expected), header
        if isinstance(expected.get(name), str):
            assert " ".join(expected[name].split()) in found.texts(name), header
    assert found.has("lifted") == ("lifted" in expected), header
    if isinstance(lifted := expected.get("lifted"), dict) and isinstance(lifted.get("at"), str):
        assert lifted["at"] in found.texts("lifted", "at"), header
