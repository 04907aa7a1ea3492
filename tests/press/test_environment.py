"""Templates say the same in our environment as in Jinja's own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import DictLoader, Environment, StrictUndefined, UndefinedError, pass_context
from markupsafe import Markup, escape

from pressroom.press.environment import SYNTAX, Pages, attribute_of, escaped, marked_safe


@dataclass
class Page:
    lang: str


@pass_context
def language(context: Any, text: str) -> str:
    return f"{text}/{context['page'].lang}"


FILTERS = {"language": language}
TEMPLATES = {
    "base.html": '{% from "menu.html" import menu with context %}<html>{% block head %}{% endblock %}{{ menu(page) }}{% block main %}{% endblock %}</html>',
    "menu.html": '{% from "word.html" import word with context %}{% macro menu(page) %}<b>{{ word(page.lang) }}{{ _("Menu") }}</b>{% endmacro %}',
    "word.html": '{% macro word(text, lang="") %}{{ text|language }}{{ lang }}{{ who() if who is callable else who }}{% endmacro %}',
    "plain.html": '{% macro plain(text, more="-") %}{{ text|language }}{{ more }}{{ kwargs }}{% endmacro %}',
    "once.html": "{% set at_once = page.lang %}{% macro once() %}{{ at_once }}{% endmacro %}",
    "around.html": "{% macro around() %}<i>{{ caller() }}</i>{% endmacro %}",
    "part.html": '{% from "word.html" import word with context %}{{ word("part", 5) }}{% for n in items %}{{ n }}{{ loop.index }}{% endfor %}',
    "page.html": """{% extends "base.html" %}
{% from "plain.html" import plain with context %}{% from "once.html" import once with context %}{% from "around.html" import around with context %}
{% macro who() %}shadows{% endmacro %}
{% from "word.html" import word with context %}
{% block main %}
{{ word("<a>") }}{{ word("b", lang="x") }}{{ plain("c") }}{{ plain("c", "d", e=1) }}{{ once() }}
{% call around() %}{{ data.keys()|list }} {{ data.title }} {{ data.items is callable }}{% endcall %}
{% include "part.html" %}{% for n in items %}{{ word(n) }}{{ "&"|safe }}{{ n ~ "<" }}{% endfor %}
{% endblock %}""",
}  # fmt: skip


def given_to(lang: str) -> dict[str, Any]:
    words = {"en": "Menu <1>", "fr": "Menu & 2"}
    data = {"title": "'\"", "items": 3}
    return {"page": Page(lang), "_": lambda word: words.get(lang, word), "who": f"who in {lang}", "data": data, "items": [1, "<2>", Markup("<3>")]}


def test_pages_are_the_same_one_after_the_other() -> None:
    quick = Pages(FILTERS, loader=DictLoader(TEMPLATES))
    own = Environment(loader=DictLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined, **SYNTAX)
    own.filters |= FILTERS
    for lang in ("en", "fr", "en", "ar"):
        for name in ("page.html", "part.html", "base.html"):
            # What a module is printed with is bound to its own page.
            assert quick.render(name, given_to(lang)) == own.get_template(name).render(given_to(lang))


def test_a_module_stands_ready_only_where_no_template_can_be_asked_instead_of_the_page() -> None:
    pages = Pages(FILTERS, loader=DictLoader(TEMPLATES))
    pages.render("page.html", given_to("en"))
    assert {name for name, ready in pages._ready.items() if ready} == {"menu.html", "word.html", "plain.html", "around.html"}
    assert "once.html" in pages._ready


def test_what_is_missing_fails_as_it_does_in_jinja() -> None:
    pages = Pages(FILTERS, loader=DictLoader({"a.html": "{{ data.no }}", "b.html": "{{ nothing }}", "c.html": '{% macro m(a) %}{% endmacro %}{{ m(1, 2) }}'}))
    for name, error in (("a.html", UndefinedError), ("b.html", UndefinedError), ("c.html", TypeError)):
        with pytest.raises(error):
            pages.render(name, given_to("en"))


@given(st.one_of(st.text(), st.text().map(Markup), st.integers(), st.none(), st.lists(st.text())))
def test_escaping_is_that_of_markupsafe(value: Any) -> None:
    assert escaped(value) == str(escape(value))
    assert marked_safe(value) == Markup(value)


@given(st.sampled_from([{"a": 1}, {"items": 1}, Page("en"), "text", None, [1]]), st.sampled_from(["a", "items", "lang", "upper", "no", "keys"]))
def test_attributes_are_those_that_jinja_finds(value: Any, name: str) -> None:
    found, own = attribute_of(value, name), Environment(undefined=StrictUndefined).getattr(value, name)
    assert type(found) is type(own)
    assert isinstance(own, StrictUndefined) or found == own
