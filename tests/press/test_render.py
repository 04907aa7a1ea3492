"""From an artifact to its bytes: keys that forget nothing, templates whose faults name their line."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from pressroom.ground.problems import Fault, Problem
from pressroom.model.artifact import Artifact
from pressroom.model.site import Copy
from pressroom.model.text import Body, BodyRef
from pressroom.model.typography import Typography
from pressroom.model.words import Words
from pressroom.press.render import Renderer

WORDS = Words("en", "", {("", "Hello"): ("Hello",), ("", "%(count)s file"): ("%(count)s file", "%(count)s files")}, "n != 1")


@dataclass(frozen=True)
class Site:
    site_url: str = "https://press.test"
    words: Words = WORDS
    typography: Typography = Typography("en", "")


@dataclass(frozen=True)
class Page:
    address: str = "/en/releases/"
    absolute: bool = False
    linked_data: dict[str, Any] = field(default_factory=dict)


def view(*inputs: Any) -> dict[str, Any]:
    return {"page": Page(), "site": Site(), "value": inputs[0] if inputs else ""}


def other_view(*inputs: Any) -> dict[str, Any]:
    return view(*inputs)


def absolute_view() -> dict[str, Any]:
    return {"page": Page(absolute=True), "site": Site()}


def data_view() -> dict[str, Any]:
    return {"page": Page(linked_data={"name": "</script><!-- & \u2028"}), "site": Site()}


def bytes_view(value: bytes) -> bytes:
    return value


def text_view(value: str) -> str:
    return value


def copy_view(value: Copy) -> Copy:
    return value


def body_view(body: Body) -> str:
    return body.passages[0]


def wordless_view() -> str:
    return WORDS.gettext("Unheard of")


@pytest.fixture
def templates(tmp_path: Path) -> Path:
    (tmp_path / "parts").mkdir()
    return tmp_path


def renderer(folder: Path, engine: str = "engine") -> Renderer:
    return Renderer(((str(folder), "theme/templates"),), engine, lambda ref: Body(passages=(f"body of {ref.path}",)))


def made(folder: Path, source: str, *inputs: Any, by: Any = view) -> str:
    (folder / "a.html").write_text(source, encoding="utf-8")
    return renderer(folder).make(Artifact("a/index.html", by, inputs, "a.html")).decode()  # type: ignore[union-attr]


def fault(folder: Path, source: str) -> Problem:
    (folder / "a.html").write_text(source, encoding="utf-8")
    press = renderer(folder)
    artifact = Artifact("a/index.html", view, (), "a.html")
    with pytest.raises(Fault) as caught:
        press.key(artifact)
        press.make(artifact)
    (problem,) = caught.value.problems
    return problem


def test_a_view_gives_bytes_text_or_a_copy_as_it_is(templates: Path) -> None:
    press = renderer(templates)
    copy = Copy("a", "/b", "digest")
    assert press.make(Artifact("a", bytes_view, (b"\x00",))) == b"\x00"
    assert press.make(Artifact("a", text_view, ("é",))) == "é".encode()
    assert press.make(Artifact("a", copy_view, (copy,))) is copy


def test_a_body_is_loaded_only_where_it_is_made_into_a_file(templates: Path) -> None:
    artifact = Artifact("a", body_view, (BodyRef("x.md", "digest"),))
    press = Renderer(((str(templates), "theme/templates"),), "engine", lambda ref: pytest.fail("a key needs no text"))
    assert press.key(artifact)
    assert renderer(templates).make(artifact) == b"body of x.md"


def test_values_are_escaped_and_addresses_made_relative(templates: Path) -> None:
    assert made(templates, '<p title="{{ value }}">{{ value }}</p>', "<b>\"'&") == '<p title="&lt;b&gt;&#34;&#39;&amp;">&lt;b&gt;&#34;&#39;&amp;</p>'
    assert made(templates, "{{ to('/en/') }} {{ to('/theme/press.css') }}") == "../ ../../theme/press.css"
    assert made(templates, "{{ to('/en/') }}", by=absolute_view) == "https://press.test/en/"


def test_words_are_filled_in_and_counted(templates: Path) -> None:
    assert made(templates, "{{ _('Hello') }} {{ ngettext('%(count)s file', '%(count)s files', 1) }} {{ ngettext('%(count)s file', '', 2) }}") == "Hello 1 file 2 files"


def test_linked_data_cannot_end_its_element(templates: Path) -> None:
    said = made(templates, "<script>{{ page.linked_data|linked_data }}</script>", by=data_view)
    assert said.count("</script>") == 1 and "<!--" not in said and "&" not in said and "\u2028" not in said


def key(folder: Path, *inputs: Any, by: Any = view, engine: str = "engine") -> str:
    return renderer(folder, engine).key(Artifact("a", by, inputs, "a.html"))


def test_a_key_changes_with_inputs_view_template_includes_and_engine(templates: Path) -> None:
    (templates / "a.html").write_text('{% include "parts/b.html" %}')
    (templates / "parts" / "b.html").write_text('{% from "parts/c.html" import c %}')
    (templates / "parts" / "c.html").write_text("{% macro c() %}{% endmacro %}")
    first = key(templates, "x")
    assert key(templates, "x") == first
    assert len({first, key(templates, "y"), key(templates, "x", "x"), key(templates, "x", by=other_view), key(templates, "x", engine="new")}) == 5
    (templates / "parts" / "c.html").write_text("{% macro c() %}changed{% endmacro %}")
    assert key(templates, "x") != first


def test_templates_that_use_each_other_have_a_key(templates: Path) -> None:
    (templates / "a.html").write_text('{% if value %}{% include "b.html" %}{% endif %}')
    (templates / "b.html").write_text('{% if not value %}{% include "a.html" %}{% endif %}')
    assert key(templates, "x")


def test_of_templates_that_use_each_other_each_has_the_other_in_its_key(templates: Path) -> None:
    def keys() -> list[str]:
        press = renderer(templates)
        return [press.key(Artifact("a", view, (), name)) for name in ("a.html", "b.html")]

    (templates / "a.html").write_text('{% if value %}{% include "b.html" %}{% endif %}')
    (templates / "b.html").write_text('{% if not value %}{% include "a.html" %}{% endif %}')
    before = keys()
    (templates / "a.html").write_text('{% if value %}{% include "b.html" %}{% endif %}changed')
    assert all(was != now for was, now in zip(before, keys(), strict=True))


@pytest.mark.parametrize(
    ("source", "line", "said"),
    [
        ("\n{{ nothing }}", 2, "nothing"),
        ("\n\n{{ page.nothing }}", 3, "nothing"),
        ("{{ page.address.nothing() }}", 1, "nothing"),
        ("\n{% for x in page %}{% endfor %}", 2, "iterable"),
        ("\n{{ 1 // 0 }}", 2, "zero"),
        ("{{ [].pop() }}", 1, "pop"),
        ("{{ 'x'.encode('no-such') }}", 1, "no-such"),
        ("\n{% block %}", 2, ""),
        ("\n{% if %}", 2, ""),
        ("{{ value|no_such_filter }}", 1, "no_such_filter"),
        ("\n{{ [1, 2]|random }}", 2, "random"),
        ("\n{{ lipsum() }}", 2, "lipsum"),
        ("\n{% include page.address %}", 2, "works out"),
        ("{% macro m() %}{{ m() }}{% endmacro %}\n{{ m() }}", 1, "recursion"),
    ],
)
def test_a_template_that_fails_is_a_fault_with_its_path_and_line(templates: Path, source: str, line: int, said: str) -> None:
    problem = fault(templates, source)
    assert (problem.code, problem.path, problem.line) == ("FT002", "theme/templates/a.html", line)
    assert said in problem.message and str(templates) not in problem.message
    assert problem.hint


def test_a_fault_in_an_included_template_names_that_one(templates: Path) -> None:
    (templates / "parts" / "b.html").write_text("fine\n\n{{ nothing }}")
    problem = fault(templates, '{% include "parts/b.html" %}')
    assert (problem.path, problem.line) == ("theme/templates/parts/b.html", 3)
    (templates / "parts" / "b.html").write_text("fine\n{% if %}")
    problem = fault(templates, '{% include "parts/b.html" %}')
    assert (problem.path, problem.line) == ("theme/templates/parts/b.html", 2)


def test_a_template_that_is_missing_or_is_no_text_is_a_fault_that_names_it(templates: Path) -> None:
    assert (found := fault(templates, '{% extends "layouts/none.html" %}')).path == "theme/templates/layouts/none.html" and found.code == "FT002"
    (templates / "parts" / "b.html").write_bytes(b"\xff\xfe")
    assert (found := fault(templates, '{% include "parts/b.html" %}')).path == "theme/templates/parts/b.html" and found.code == "FT002"
    assert str(templates) not in found.message


def test_a_word_that_is_missing_is_a_fault_at_the_place_that_says_it(templates: Path) -> None:
    problem = fault(templates, "\n{{ _('Unheard of') }}")
    assert (problem.code, problem.path, problem.line) == ("FT003", "theme/templates/a.html", 2)
    assert "Unheard of" in problem.message and problem.hint == "add it to en.po"
    with pytest.raises(Fault) as caught:
        renderer(templates).make(Artifact("a", wordless_view, ()))
    assert [found.code for found in caught.value.problems] == ["FT003"]


def test_a_fault_of_a_view_is_our_own_and_no_fault_of_a_template(templates: Path) -> None:
    with pytest.raises(IndexError):
        renderer(templates).make(Artifact("a", body_view, (Body(),)))
