"""Front matter: YAML between dashes or the classic header, every scalar a text, every fault at its place."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pressroom.checks.headers import read_raw_header
from pressroom.ground.problems import ERROR, Problem, as_text, has_errors, in_order
from pressroom.model.document import Header
from pressroom.reading.fields import read_header
from pressroom.reading.forms import Place
from pressroom.reading.front_matter import FrontMatter, read_front_matter
from pressroom.reading.texts import read_text

GOOD = "title: Rivers rise\ndate: 2020-11-02\n"


def front(text: str) -> FrontMatter:
    return read_front_matter(read_text(text.encode("utf-8", "surrogatepass"), "a.md"), "a.md")


def header(text: str, kind: str = "release") -> Header:
    read = read_text(text.encode(), "a.md")
    return read_header(read_front_matter(read, "a.md"), Place("a.md", kind, "en", "rivers", ZoneInfo("Europe/Paris")), read.lines)


def fields(yaml: str, kind: str = "release") -> Header:
    return header(f"---\n{yaml}---\nText.\n", kind)


def only(problems: tuple[Problem, ...]) -> Problem:
    assert len(problems) == 1, problems
    return problems[0]


def test_the_body_begins_after_the_closing_line() -> None:
    found = front(f"---\n{GOOD}---\n\nText.\n")
    assert found.body == "\nText.\n" and found.body_line == 5 and not found.problems


@pytest.mark.parametrize(("opening", "closing"), [("---", "---"), ("--- ", "---\t"), ("---", "...")])
def test_spaces_after_the_dashes_do_not_matter(opening: str, closing: str) -> None:
    assert front(f"{opening}\n{GOOD}{closing}\nText.").body == "Text."


@pytest.mark.parametrize("text", ["", "\n", "Text without a header.\n", "# Heading\n", "\n---\ntitle: A\n---\n", "----\ntitle: A\n----\n", "title：河水上涨\n", "﻿\n"])
def test_no_front_matter_is_a_fault_with_the_way_to_write_it(text: str) -> None:
    problem = only(front(text).problems)
    assert problem.code == "FM002" and (problem.line, problem.column) == (1, 1) and "---" in problem.hint


def test_a_full_width_colon_is_named() -> None:
    assert "full-width" in only(front("标题：河水上涨\n").problems).hint
    for yaml in ("title：河水上涨\n", "title: A\ndate：2020-11-02\n", "date: 2020-11-02\n标题：河\n"):
        assert any("full-width" in problem.hint for problem in fields(yaml).problems), yaml


@pytest.mark.parametrize(
    ("yaml", "place", "named"),
    [
        ("title:\u00a0El río\n", (2, 1), "space bar"),
        ("title: El río\ndate:\u00a02020-11-02\nplace: A\n", (3, 5), "space bar"),
        ("title: El río\nplace:\u202fA\n", (3, 6), "space bar"),
        (f"{GOOD}event: {{es:\u00a0Pleno, ar: جلسة}}\n", (4, 9), "space bar"),
        (f"{GOOD}event: {{es: Pleno، ar: جلسة}}\n", (4, 22), "، or ，"),
        (f"{GOOD}event: {{zh-Hans: 全会，es: Pleno}}\n", (4, 23), "، or ，"),
        (f"{GOOD}event: {{zh-Hans：全会, es: Pleno}}\n", (4, 9), "full-width"),
        ("title: “El río: crecida”\n", (2, 15), "between ' and '"),
        ("title: «El río: crecida»\n", (2, 15), "between ' and '"),
        ("title: \"El río: crecida”\ndate: 2020-11-02\n", (2, 8), "is not closed"),
        ("title: Rivers: a report\n", (2, 14), "'Rivers: a report'"),
        ("title: [Updated] The dam\n", (2, 8), "title: '[…'"),
        ("title: *Stars* fall\n", (2, 8), "title: '*…'"),
        ("title: @office says\n", (2, 8), "title: '@…'"),
        ("title: \"Yes\" says the mayor\n", (2, 8), "title: '\"…'"),
        (f"{GOOD}captions: {{a.png: One}} two\n", (4, 11), "end at their }"),
        ("title: !Important news\n", (2, 8), "begins with !"),
        ("title: A\ndate:2020-11-02\nplace: B\n", (3, 5), "date: 2020-11-02"),
        ("title:A\ndate:2020-11-02\n", (2, 1), "title: A"),
    ],
)
def test_a_sign_of_another_keyboard_that_yaml_does_not_know_is_named_where_it_stands(yaml: str, place: tuple[int, int], named: str) -> None:
    problem = fields(yaml).problems[0]
    assert (problem.code, problem.line, problem.column) == ("FM004", *place) and named in problem.hint


@pytest.mark.parametrize(
    ("yaml", "line"),
    [
        ("{title: A, date: 2020-11-02}\n", 2), ("# A note\n{\n  title: A,\n  date: 2020-11-02\n}\n", 3), ("? title\n: A\ndate: 2020-11-02\n", 2),
        ("title: A\n? date\n: 2020-11-02\n", 3), (f"{GOOD}captions: {{a.png: One,\nb.png: Two}}\n", 5), (f'{GOOD}summary: "The river\nrises: fast"\n', 5),
        ("  title: A\n  date: 2020-11-02\n  captions: {a.png: One,\n b.png: Two}\n", 5),
    ],
)  # fmt: skip
def test_yaml_that_the_leak_check_could_not_judge_is_refused_where_it_misleads(yaml: str, line: int) -> None:
    assert not read_raw_header(f"---\n{yaml}---\n").sure
    problem = only(tuple(problem for problem in fields(yaml).problems if problem.code != "FM007"))
    assert (problem.code, problem.line) == ("FM004", line) and "write" in problem.hint


@pytest.mark.parametrize(
    "yaml",
    [
        f"{GOOD}topics: [water,\nports]\n", f"{GOOD}captions: {{a.png: One,\n  b.png: Two}}\n", f'{GOOD}summary: "The river\nrises"\n', f"{GOOD}summary: |\n  The river\n  rises: fast\n",
        f"{GOOD}corrections:\n- type: updated\n  at: 2020-11-03T10:00Z\n# note: none\n",
    ],
)  # fmt: skip
def test_yaml_over_more_lines_that_the_leak_check_can_judge_is_read(yaml: str) -> None:
    assert read_raw_header(f"---\n{yaml}---\n").sure and not fields(yaml).problems


@pytest.mark.parametrize(("name", "hint"), [("tags", '"topics"'), ("keywords", '"topics"'), ("headline", '"title"'), ("slug", "the path says it"), ("lang", "the path says it"), ("satus", '"status"')])
def test_a_field_that_others_know_is_told_with_its_name_here(name: str, hint: str) -> None:
    problem = only(fields(f"{GOOD}{name}: x\n").problems)
    assert problem.code == "FM006" and hint in problem.hint


@pytest.mark.parametrize(("line", "hint"), [("Author: A", "take it out"), ("Satus: draft", '"status"'), ("Place: Geneva", "write place: Geneva"), ("Modified: 2020-11-03", "take it out")])
def test_a_key_that_the_classic_header_has_not_is_told_with_what_helps(line: str, hint: str) -> None:
    (problem,) = (problem for problem in front(f"Title: A\nDate: 2020-11-02\n{line}\n\nText.").problems if problem.code == "FM006")
    assert hint in problem.hint


@pytest.mark.parametrize(
    ("yaml", "hint"),
    [
        ("organisation: {a: b}", "write organisation: water-agency"), ("organisation: [port, tides]", "write organisation: port"), ("captions: {a.png: [One]}", "write captions: {photo.jpg: text}"),
        ("captions: One", "write captions: {photo.jpg: text}"), ("topics: [[water]]", "write topics: [one, two]"), ("source: fr", "write source: {language: zh-Hans"),
        ("event: [a]", "{en: text, fr: text}"), ("aliases: [/2019/Old.html]", "a file of root/"), ("corrections: {type: updated}", "- type: …"), ("lifted: broken", "inv lift"), ("status: hidden", "write published or draft"),
        ("typography: none", "write keep, or take the field out"), ("translation: human", "write official, unofficial, machine or interpretation"),
    ],
)  # fmt: skip
def test_a_value_of_the_wrong_form_is_told_with_the_form_of_its_field(yaml: str, hint: str) -> None:
    problem = only(tuple(problem for problem in fields(f"{GOOD}{yaml}\n").problems if problem.code == "FM008"))
    assert hint in problem.hint


def test_what_the_hint_of_a_colon_says_is_enough_for_a_value_with_any_marks() -> None:
    value = "L'aigua: el \"Pla 'Aigua'\""
    problem = only(fields(f"title: {value}\ndate: 2020-11-02\n").problems[:1])
    assert problem.code == "FM004" and "each ' within it is written twice" in problem.hint
    found = fields(f"title: '{value.replace(chr(39), 2 * chr(39))}'\ndate: 2020-11-02\n")
    assert (found.edition.title, found.problems) == (value, ())


@pytest.mark.parametrize("value", ["water, ports", "[water، ports]", "[water，ports]", "[water、ports]", "［water，ports］", "water; ports"])
def test_a_list_that_is_written_otherwise_is_told_as_it_is_to_be(value: str) -> None:
    problem = only(fields(f"{GOOD}topics: {value}\n").problems)
    assert (problem.code, problem.line, problem.hint) == ("FM008", 4, "write topics: [water, ports]")


def test_where_no_list_stands_none_is_offered() -> None:
    assert only(fields(f"{GOOD}organisation: one, two\n").problems).hint == "an id has a-z, 0-9 and single hyphens"
    entry = "corrections:\n  - {type: updated, at: 2020-11-03T10:00Z, languages: 'en, fr'}\n"
    assert "[en, fr]" in only(fields(GOOD + entry).problems).hint and "corrections:" not in only(fields(GOOD + entry).problems).hint


def test_a_colon_with_a_no_break_space_may_stand_in_a_text() -> None:
    found = fields("title: Ojo:\u00a0hoy\ndate: 2020-11-02\nevent: {en: 'Ojo:\u00a0hoy'}\n")
    assert (found.edition.title, found.document.event, found.problems) == ("Ojo: hoy", {"en": "Ojo: hoy"}, ())


@pytest.mark.parametrize("text", ["---\n", "---\ntitle: A\n", "---\ntitle: A\n\nText.\n--\n", "---"])
def test_front_matter_that_is_not_closed_is_a_fault(text: str) -> None:
    assert only(front(text).problems).code == "FM003"


@pytest.mark.parametrize(
    ("yaml", "said"),
    [
        ("- title\n- date\n", "no list of fields"),
        ("just words\n", "no list of fields"),
        ("title: Rivers: a report\n", "cannot be read as YAML"),
        ("title: 'open\n", "cannot be read as YAML"),
        ("title: [a, b\n", "cannot be read as YAML"),
        ("title: A\n\tdate: 2020-11-02\n", "cannot be read as YAML"),
        ("title: @a\n", "cannot be read as YAML"),
        ("%YAML 1.2\n", "cannot be read as YAML"),
        ("title: !!python/object/apply:os.system [echo]\n", "the YAML tag"),
        ("title: !!str A\n", "the YAML tag"),
        ("!!python/object:os.system {}\n", "the YAML tag"),
        ("title: !include /etc/passwd\n", "the YAML tag"),
        ("title: &a A\nsummary: *a\n", "anchors"),
        ("<<: *a\n", "anchors"),
        ("a: &a [x,x]\nb: &b [*a,*a]\n", "anchors"),
        ("? [a, b]\n: c\n", "one word"),
        ("{a: 1}: b\n", "one word"),
        ("a: " + "{a: " * 20 + "1" + "}" * 20 + "\n", "too deep"),
        ("a: " + "[" * 5000 + "\n", "too deep"),
        ("a:\n" + "".join("  " * n + "- \n" for n in range(1, 300)) + "\n", ""),
        ("title: \"\\x\"\n", "cannot be read as YAML"),
    ],
)
def test_what_is_not_plain_yaml_is_refused_at_its_place(yaml: str, said: str) -> None:
    problems = fields(yaml).problems
    assert has_errors(problems) and said in problems[0].message
    assert problems[0].line >= 2 and problems[0].column >= 1 and problems[0].hint and problems[0].source


@pytest.mark.parametrize("yaml", ["", "\n", "# only a comment\n", "{}\n"])
def test_empty_front_matter_misses_its_fields(yaml: str) -> None:
    assert [problem.code for problem in fields(yaml).problems] == ["FM007", "FM007"]


def test_a_field_that_stands_twice_is_refused() -> None:
    problem = only(fields(f"{GOOD}title: Another\n").problems)
    assert problem.code == "FM005" and (problem.line, problem.column) == (4, 1) and "line 2" in problem.message


@pytest.mark.parametrize("name", ["Satus", "Status", "statsu", "stauts"])
def test_a_misspelt_status_is_an_error_and_not_a_publication(name: str) -> None:
    problem = only(fields(f"{GOOD}{name}: draft\n").problems)
    assert (problem.code, problem.severity, problem.line, problem.column) == ("FM006", ERROR, 4, 1)
    assert problem.hint == 'did you mean "status"?' and as_text(problem).endswith(f"    {name}: draft\n    {'^' * len(name)}\n    hint: {problem.hint}")


@pytest.mark.parametrize("name", ["__class__", "__dict__", "digest", "problems", "body_line", "places", "document", "edition", "instant", "held", "self", "<<", "''", "lang", "slug"])
def test_a_field_named_like_a_part_of_the_engine_is_an_unknown_field(name: str) -> None:
    assert [problem.code for problem in fields(f"{GOOD}{name}: x\n").problems] == ["FM006"]


@pytest.mark.parametrize("name", ["embargo", "date", "status"])
@pytest.mark.parametrize("value", ["", "''", "~x", "[]", "{}", "null", "  "])
def test_no_value_where_one_decides_what_is_published_is_an_error(name: str, value: str) -> None:
    yaml = f"title: A\n{'' if name == 'date' else 'date: 2020-11-02' + chr(10)}{name}: {value}\n"
    assert has_errors(fields(yaml).problems)


@pytest.mark.parametrize("value", ["", "''", "' '", "[]", "{}"])
def test_an_empty_translation_is_a_fault_and_takes_no_date_s_place(value: str) -> None:
    found = fields(f"title: A\ntranslation: {value}\n")
    assert [(problem.code, problem.line) for problem in found.problems] == [("FM008", 3), ("FM007", 1)] and "date" in found.problems[1].message
    assert [problem.code for problem in fields(f"{GOOD}translation: {value}\n").problems] == ["FM008"]


@pytest.mark.parametrize(("value", "judged"), [("", False), ("official", True), ("offical", True)])
def test_a_misspelt_date_keeps_from_judging_all_but_what_is_called_a_translation(value: str, judged: bool) -> None:
    assert fields(f"title: A\ntranslation: {value}\ndaet: 2020-11-02\n").judged is judged


@pytest.mark.parametrize("value", ["Draft", "DRAFT", "hidden", "true", "draft,", "skip", "'draft '"])
def test_a_status_is_one_of_its_words(value: str) -> None:
    found = fields(f"{GOOD}status: {value}\n")
    assert has_errors(found.problems) or found.document.status == "draft"


@pytest.mark.parametrize("name", ["title", "summary", "notes", "place", "translator"])
def test_a_value_of_100_000_characters_is_refused(name: str) -> None:
    yaml = f"{name}: {'x' * 100_000}\n" + ("" if name == "title" else "title: A\n") + "date: 2020-11-02\n"
    problem = only(fields(yaml).problems)
    assert problem.code == "FM010" and len(as_text(problem)) < 3000


@pytest.mark.parametrize("yaml", [f"topics: [{'a, ' * 100_000}b]\n", f"topics: {'a' * 100_000}\n", f"{'k' * 1000}: x\n", f"? {'k' * 100_000}\n: x\n", f"date: {'2' * 100_000}\n", f"captions: {{{'a' * 900}: {'x' * 100_000}}}\n"])
def test_long_lists_names_and_dates_are_told_in_a_few_words(yaml: str) -> None:
    problems = fields(f"title: A\n{yaml}").problems
    assert has_errors(problems) and all(len(as_text(problem)) < 3500 for problem in problems)


def test_front_matter_of_megabytes_is_refused() -> None:
    assert fields("a: [" * 500_000 + "\n").problems[0].code == "FM016"


@pytest.mark.parametrize("escape", [r"\x00", r"\a", r"\e", r"\uFDD0", r"\u202E", r"\uFFFE", r"\x85", r"\L"])
def test_yaml_s_escapes_do_not_smuggle_in_what_no_text_may_hold(escape: str) -> None:
    problems = fields(f'{GOOD}summary: "a{escape}b"\n').problems
    assert [problem.code for problem in problems] == ["FM011"] and problems[0].line == 4


@pytest.mark.parametrize("char", ["\x00", "\x07", "\x7f", "\x9f", "\ufffe", "\uffff"])
def test_a_control_character_is_told_once_at_its_place_and_nothing_is_judged(char: str) -> None:
    read = read_text(f"---\n{GOOD}summary: été{char}b\n---\nText\x07.\n".encode(), "a.md")
    found = read_header(read_front_matter(read, "a.md"), Place("a.md", "release", "en", "rivers", ZoneInfo("Europe/Paris")), read.lines)
    told = in_order((*read.problems, *found.problems))
    assert [(problem.code, problem.line, problem.column) for problem in told] == [("FM011", 4, 13), ("FM011", 6, 5)] and not found.judged


def test_nothing_is_judged_of_front_matter_that_yaml_does_not_read() -> None:
    for code in (*range(0xA1), 0x2028, 0x202E, 0xFDD0, 0xFEFF, 0xFFFD, 0xFFFE, 0xFFFF, 0x1FFFF, 0x10FFFF):
        found = fields(f"{GOOD}summary: a{chr(code)}b\n")
        assert found.edition.title == "Rivers rise" or not found.judged and found.problems, hex(code)


def test_every_scalar_is_text() -> None:
    found = fields("title: 1.10\ndate: 2020-11-02\nplace: no\nsubtitle: 0x1F\nsummary: 2020-01-01\n")
    assert (found.edition.title, found.edition.place, found.edition.subtitle, found.edition.summary) == ("1.10", "no", "0x1F", "2020-01-01")


def test_places_are_those_of_the_names() -> None:
    assert fields(f"{GOOD}topics:\n  - water\n").places == {"title": (2, 1), "date": (3, 1), "topics": (4, 1)}


def test_all_faults_of_a_header_are_told_at_once() -> None:
    codes = [problem.code for problem in fields("titel: A\ndate: 03/04/2026\nstatus: Draft\nplace: [x]\ntranslated_from: x\n").problems]
    assert codes == ["FM006", "FM009", "FM008", "FM008", "AG009", "FM007"]


def test_the_classic_header_is_read() -> None:
    found = header("Title: Rivers rise\nDate: 2020-11-02\nTags: water, ports\nSummary: It rose\n    and rose.\nLang: en\nSlug: rivers\n\nText.\n")
    assert not found.problems and found.edition.title == "Rivers rise" and found.document.topics == ("water", "ports")
    assert found.edition.summary == "It rose and rose." and found.body_line == 9


@pytest.mark.parametrize(
    ("line", "code"),
    [("Category: news", "FM006"), ("Author: A", "FM006"), ("Slug: other", "FM008"), ("Lang: fr", "FM008"), ("Title: Again", "FM005"), ("Satus: draft", "FM006"), ("no field", "FM004"), ("Save_as: ../x.html", "FM006"), ("Template: evil", "FM006"), ("Status: Draft", "FM008")],
)
def test_what_the_classic_header_cannot_say_is_refused(line: str, code: str) -> None:
    problem = only(header(f"Title: A\nDate: 2020-11-02\n{line}\n\nText.\n").problems)
    assert problem.code == code and problem.line == 3 and problem.column >= 1 and problem.hint


def test_a_header_with_a_byte_order_mark_is_read() -> None:
    read = read_text(b"\xef\xbb\xbf---\r\ntitle: A\r\ndate: 2020-11-02\r\n---\r\nText.\r\n", "a.md")
    assert not read_front_matter(read, "a.md").problems


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet="ab:-\n \t'\"[]{}#&*!|>%@`,?~.\\：0é水﻿", max_size=60))
def test_any_front_matter_is_read_or_refused_at_a_place(text: str) -> None:
    for problem in header(f"---\n{text}\n---\nText.\n").problems + header(text).problems:
        assert problem.line >= 1 and problem.column >= 1 and problem.hint, problem
        as_text(problem)


@pytest.mark.parametrize(
    ("line", "column"),
    [("title: Release #42", 15), ("title: Release  #été", 15), ("title: #42", 7), ("title: 'Release' #42", 0), ("summary: |\n  text\n  #42", 0), ("topics: [water, ports] #42", 0), ("title: Release # a note", 0), ("title: 'Release #42'", 0), ("title: C#4", 0)],
)
def test_a_value_that_ends_at_a_number_sign_is_a_warning_where_it_ends(line: str, column: int) -> None:
    found = [problem for problem in front(f"---\n{line}\n---\n").problems if problem.code == "FM025"]
    assert [(problem.line, problem.column, problem.severity, problem.source) for problem in found] == ([(2, column, "warning", line)] if column else [])
