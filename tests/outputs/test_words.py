"""Interface words: every plural form is the one that CLDR asks for, and a missing word is a fault, never another language's."""

from __future__ import annotations

import re
import shutil
from collections import defaultdict
from datetime import date
from pathlib import Path

import pytest
from babel import Locale
from babel.messages.pofile import read_po

from pressroom.build import build
from pressroom.ground.problems import Fault
from pressroom.model.words import MissingWord, Words
from pressroom.outputs.dates import day
from pressroom.reading.words import read_words
from tests.outputs.conftest import NOW
from tests.outputs.forms import typography
from tests.sites import FILES, REPOSITORY, make_site
from tests.test_sameness import settings_of

LANGUAGES = ("en", "zh-Hans", "fr", "es", "ru", "ar")
FOLDER = REPOSITORY / "theme" / "words"
# The categories of CLDR in the order in which gettext numbers the forms of each language.
FORMS = {"ru": ("one", "few", "many"), "ar": ("zero", "one", "two", "few", "many", "other"), "zh-Hans": ("other",)}
WANTED = {
    "ru": {0: "many", 1: "one", 2: "few", 3: "few", 5: "many", 11: "many", 21: "one", 100: "many", 101: "one", 111: "many", 1234: "few"},
    "ar": {0: "zero", 1: "one", 2: "two", 3: "few", 5: "few", 11: "many", 21: "many", 100: "other", 103: "few", 111: "many", 1000: "other"},
}


def words_of() -> dict[str, Words]:
    words, problems = read_words(((str(FOLDER), "theme/words"),), LANGUAGES)
    assert problems == []
    return words


def counted() -> list[tuple[str, str]]:
    with (FOLDER / "en.po").open("rb") as file:
        return [message.id for message in read_po(file) if isinstance(message.id, tuple)]


@pytest.mark.parametrize("lang", WANTED)
def test_every_counted_word_has_the_form_of_its_number(lang: str) -> None:
    words = words_of()[lang]
    for one, many in counted():
        for count, category in WANTED[lang].items():
            assert Locale.parse(lang).plural_form(count) == category
            forms = words.messages["", one]
            assert words.ngettext(one, many, count) == forms[FORMS[lang].index(category)], (lang, count)


def test_the_number_of_forms_is_that_of_the_language() -> None:
    words = words_of()
    for one, _ in counted():
        for lang, forms in FORMS.items():
            assert len(words[lang].messages["", one]) == len(forms)
        assert len(set(words["ru"].messages["", one])) == 3 and len(set(words["ar"].messages["", one])) >= 4


def test_a_translation_keeps_the_places_of_its_word() -> None:
    words = words_of()
    for (_, word), english in words["en"].messages.items():
        for lang in LANGUAGES:
            for form in words[lang].messages["", word]:
                found = set(re.findall(r"%\(\w+\)s", form))
                # A form for exactly none, one or two may say the number in words.
                assert found == set(re.findall(r"%\(\w+\)s", english[0])) or (len(english) > 1 and not found), (lang, word, form)
                assert "%" not in re.sub(r"%\(\w+\)s", "", form) and form == form.strip() and not re.search(r"[<>]", form)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_sentence_that_ends_in_a_day_ends_in_one_stop(lang: str) -> None:
    written = day(date(2020, 11, 2), typography(lang))
    for (_, word), forms in words_of()[lang].messages.items():
        if "%(date)s" in word:
            assert ".." not in forms[0] % defaultdict(str, date=written), word


def test_no_sign_of_a_french_word_can_begin_a_line() -> None:
    assert [form for forms in words_of()["fr"].messages.values() for form in forms if re.search(" [:;!?»]|« ", form)] == []


def test_a_document_is_no_file_in_chinese() -> None:
    words = words_of()["zh-Hans"]
    said = {word: forms[0] for (_, word), forms in words.messages.items() if re.search("document", word, re.IGNORECASE) and "file" not in word}
    assert words.gettext("Documents") == "文稿" and [form for form in said.values() if "文件" in form] == []


def test_no_word_of_another_script_is_left_in_english() -> None:
    words = words_of()
    for lang in ("zh-Hans", "ru", "ar"):
        same = {word for (_, word), forms in words[lang].messages.items() if forms[0] == word and re.search("[A-Za-z]", re.sub(r"%\(\w+\)s", "", word))}
        assert same == set(), lang


def test_every_word_that_is_said_is_there_and_every_one_there_is_said() -> None:
    from pressroom.outputs import texts

    said: set[str] = set()
    for path in [*(REPOSITORY / "theme" / "templates").rglob("*.html"), *(REPOSITORY / "pressroom" / "outputs").glob("*.py")]:
        said |= set(re.findall(r'(?:\b_|gettext)\(\s*"((?:[^"\\]|\\.)+)"', path.read_text(encoding="utf-8")))
    said |= {word for name, table in vars(texts).items() if name.endswith("_WORDS") for word in table.values()}
    assert said == {word for _, word in words_of()["en"].messages}


@pytest.fixture
def site(tmp_path: Path) -> Path:
    root = make_site(tmp_path / "site", dict(FILES))
    shutil.copytree(REPOSITORY / "theme", root / "theme")
    return root


def faults_of(root: Path) -> list[tuple[str, str, int]]:
    with pytest.raises(Fault) as caught:
        build(settings_of(root), NOW)
    assert not (root / "output").exists()
    return [(problem.code, problem.path, problem.line) for problem in caught.value.problems if problem.severity == "error"]


def test_a_word_that_one_language_lacks_is_a_fault_of_its_file(site: Path) -> None:
    path = site / "theme" / "words" / "ar.po"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace('msgid "Topics"', 'msgid "Other topics"', 1), encoding="utf-8")
    assert ("FT003", "theme/words/ar.po", 0) in faults_of(site)


def test_a_word_without_a_translation_is_a_fault_with_its_line(site: Path) -> None:
    path = site / "theme" / "words" / "ar.po"
    lines = path.read_text(encoding="utf-8").split("\n")
    place = lines.index('msgid "Topics"')
    lines[place + 1] = 'msgstr ""'
    path.write_text("\n".join(lines), encoding="utf-8")
    assert faults_of(site) == [("FT003", "theme/words/ar.po", place + 1)]


def test_a_plural_form_that_is_missing_is_a_fault(site: Path) -> None:
    path = site / "theme" / "words" / "ar.po"
    path.write_text(re.sub(r'msgstr\[4\] ".*"', 'msgstr[4] ""', path.read_text(encoding="utf-8")), encoding="utf-8")
    assert {(code, where) for code, where, _ in faults_of(site)} == {("FT003", "theme/words/ar.po")}


def test_a_missing_file_of_words_is_a_fault(site: Path) -> None:
    (site / "theme" / "words" / "ar.po").unlink()
    assert ("FT003", "theme/words/ar.po", 0) in faults_of(site)


def test_a_word_that_no_language_has_is_a_fault_of_the_template(site: Path) -> None:
    template = site / "theme" / "templates" / "release.html"
    template.write_text(template.read_text(encoding="utf-8").replace("{% block text %}", '{% block text %}\n{{ _("Unheard of") }}', 1), encoding="utf-8")
    line = template.read_text(encoding="utf-8").split("\n").index('{{ _("Unheard of") }}') + 1
    assert faults_of(site) == [("FT003", "theme/templates/release.html", line)]


def test_a_form_that_is_not_there_is_never_replaced_by_another() -> None:
    words = Words("ar", "", {("", "one"): ("a", "b")}, "3")
    with pytest.raises(MissingWord):
        words.ngettext("one", "many", 5)
