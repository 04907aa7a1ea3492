"""Settings of ours that are wrong: each a fault with the way to mend it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from pressroom.commands import builds
from pressroom.ground.problems import Fault
from tests.sites import build, make_site


def test_pairs_side_by_side_are_read_in_their_order(tmp_path: Path) -> None:
    site = make_site(tmp_path / "site", {}, 'SIDE_BY_SIDE = [("zh-Hans", "ar"), ["ar", "en"]]\n')
    assert builds.read(site).side_by_side == (("zh-Hans", "ar"), ("ar", "en"))
    assert builds.read(make_site(tmp_path / "other", {})).side_by_side == ()


@pytest.mark.parametrize(
    ("written", "said", "hint"),
    [
        ("'zh-Hans'", "is no list of pairs of languages", "as in [('fr', 'ar')]"),
        ("None", "is no list of pairs of languages", "as in [('fr', 'ar')]"),
        ("['ar']", "has 'ar', no pair of languages", "as in [('fr', 'ar')]"),
        ("[('zh-Hans', 'ar', 'en')]", "has ('zh-Hans', 'ar', 'en'), no pair of languages", "as in [('fr', 'ar')]"),
        ("[('ar', 5)]", "has ('ar', 5), no pair of languages", "as in [('fr', 'ar')]"),
        ("[('zh-hans', 'ar')]", "has zh-hans, which LANGUAGES does not have", "one of en, zh-Hans, ar"),
        ("[('ar', 'fr')]", "has fr, which LANGUAGES does not have", "one of en, zh-Hans, ar"),
        ("[('ar', 'ar')]", "has ar beside itself", "name two languages"),
        ("[('ar', 'zh-Hans'), ('zh-Hans', 'ar')]", "has zh-Hans and ar twice", "keep one of the two: a page serves both directions"),
    ],
)
def test_a_pair_that_cannot_stand_side_by_side_is_a_fault(tmp_path: Path, written: str, said: str, hint: str) -> None:
    site = make_site(tmp_path / "site", {}, f"SIDE_BY_SIDE = {written}\n")
    with pytest.raises(Fault) as caught:
        builds.read(site)
    (problem,) = caught.value.problems
    assert (problem.code, problem.path, problem.message, problem.hint) == ("FT008", "pelicanconf.py", f"SIDE_BY_SIDE {said}", hint)


@pytest.mark.parametrize(
    ("name", "written", "said"),
    [
        ("WORKERS", "-1", "is -1, no number of processes"), ("WORKERS", "True", "is True, no number of processes"), ("WORKERS", "'2'", "is '2', no number of processes"),
        ("EXECUTOR", "'cluster'", "is 'cluster'"), ("EXECUTOR", "'a b:c'", "is 'a b:c'"), ("EXECUTOR", "len", "is <built-in function len>"),
    ],
)  # fmt: skip
def test_who_works_is_told_by_a_number_and_the_name_of_a_function(tmp_path: Path, name: str, written: str, said: str) -> None:
    site = make_site(tmp_path / "site", {}, f"{name} = {written}\n")
    with pytest.raises(Fault) as caught:
        builds.read(site)
    (problem,) = caught.value.problems
    assert (problem.code, problem.message) == ("FT008", f"{name} {said}")
    read = builds.read(make_site(tmp_path / "other", {}, "WORKERS = 3\nEXECUTOR = 'house.cluster:opened'\n"))
    assert (read.workers, read.executor) == (3, "house.cluster:opened") and builds.read(make_site(tmp_path / "none", {})).workers == 0


def faults_of(root: Path, written: str) -> list[tuple[str, str, str]]:
    with pytest.raises(Fault) as caught:
        builds.read(make_site(root / "site", {}, f"{written}\n"))
    assert caught.value.exit_code == 1 and {problem.path for problem in caught.value.problems} == {"pelicanconf.py"}
    return [(problem.code, problem.message, problem.hint) for problem in caught.value.problems]


@pytest.mark.parametrize(
    "written",
    [
        "SITENAME = None", "SITENAME = ''", "SITENAME = ' '", "SITENAME = 5", "SITENAMES = None", "SITENAMES = ['x']", "SITENAMES = {'ar': 5}", "SITENAMES = {'ar': ''}",
        "SITENAME = 'a\\x01b'", "SITENAME = 'a\\nb'", "SITENAME = 'a\\ud800b'", "SITENAMES = {'ar': 'a\\x0bb'}",
        "TYPOGRAPHY = {'en': ['gb']}", "TYPOGRAPHY = {'en': None}", "TYPOGRAPHY = 'gb'", "TRANSCRIPT_TAGS = ['Pool']", "TRANSCRIPT_TAGS = {5: 'narration'}",
        "TRANSCRIPT_CREDIT_LABELS = [5]", "TRANSCRIPT_CREDIT_LABELS = 'Mixing'", "TRANSCRIPT_CREDIT_LABELS = ['']", "HELD_PATH = 5", "HELD_PATH = ['x']", "HELD_PATH = 'x\\0y'",
        "OVERRIDES = 5", "OVERRIDES = 'x\\0y'",
        "OUTPUT_PATH = None", "OUTPUT_PATH = 'x\\0y'", "MARKDOWN = None", "MARKDOWN = []", "MARKDOWN = {'extension_configs': []}", "MARKDOWN = {'extension_configs': None}",
        "MARKDOWN = {'extension_configs': {'markdown.extensions.tables': None}}", "PLUGINS = ['pressroom.plugin', 5]",
    ],
)  # fmt: skip
def test_a_value_of_the_wrong_form_is_one_fault_that_says_how_it_is_written(tmp_path: Path, written: str) -> None:
    ((code, message, hint),) = faults_of(tmp_path, written)
    assert code == "FT008" and message.startswith(f"{written.partition(' ')[0]} is ") and ", no " in message and hint.startswith("as in ")


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("SITEURL = None", "no web address"), ("DEFAULT_LANG = 5", "no language"), ("PATH = ['content']", "no name of a folder"), ("OUTPUT_PATH = 5", "no name of a folder"),
        ("THEME = None", "no name of a folder"), ("PATH = 'contents'", "and there is no such folder"), ("THEME = 'themes/own'", "and there is no such folder"),
    ],
)  # fmt: skip
def test_a_value_that_pelican_itself_fails_over_is_told_by_the_name_of_its_setting(tmp_path: Path, written: str, said: str) -> None:
    ((code, message, hint),) = faults_of(tmp_path, written)
    assert (code, message) == ("FT008", f"{written.replace(' = ', ' is ')}, {said}") and hint.startswith(("as in ", "make it"))


@pytest.mark.parametrize(("output", "held"), [("../private", "../private/held"), ("held/site", "held"), ("held", "held")])
def test_an_output_that_holds_what_is_held_or_lies_in_it_is_a_fault(tmp_path: Path, output: str, held: str) -> None:
    found = faults_of(tmp_path, f"OUTPUT_PATH = {output!r}\nHELD_PATH = {held!r}")
    assert found == [("FT008", "OUTPUT_PATH and HELD_PATH lie in one another", "give the output a folder of its own")]


@pytest.mark.parametrize("output", ["preview", "preview/public", "preview/"])
def test_an_output_that_is_the_preview_s_folder_or_lies_in_it_is_a_fault(tmp_path: Path, output: str) -> None:
    assert faults_of(tmp_path, f"OUTPUT_PATH = {output!r}") == [("FT008", "OUTPUT_PATH and the preview lie in one another", "give the output a folder of its own")]


def test_a_folder_whose_name_is_no_utf_8_is_a_fault_with_both_cures(tmp_path: Path) -> None:
    root = tmp_path / os.fsdecode(b"caf\xe9")
    found = faults_of(root, "")
    assert found == [("FT008", "OUTPUT_PATH and PATH lead to a folder whose name is no UTF-8 here", found[0][2])]
    assert "rename the folder" in found[0][2] and "LC_ALL=C.UTF-8" in found[0][2]


def test_a_build_judges_the_settings_before_pelican_loads_a_plugin(tmp_path: Path) -> None:
    done = build(make_site(tmp_path / "site", {}, 'PLUGINS = ["pressroom.plugin", 5]\n'))
    assert done.returncode == 1 and "FT008" in done.stderr and "Traceback" not in done.stdout + done.stderr


@pytest.mark.parametrize(
    ("name", "options", "said"),
    [
        ("nope", "{}", "ModuleNotFoundError"), ("markdown.extensions.toc", "{'nope': 1}", "KeyError"), ("os", "{}", "AttributeError"),
    ],
)  # fmt: skip
def test_an_extension_of_markdown_that_does_not_load_is_a_fault_of_the_settings(tmp_path: Path, name: str, options: str, said: str) -> None:
    ((code, message, hint),) = faults_of(tmp_path, f"MARKDOWN = {{'extension_configs': {{'tables': {{}}, {name!r}: {options}}}}}")
    assert code == "FT008" and f"the extension {name}, which cannot be used: {said}" in message and hint


def test_the_order_of_extensions_of_markdown_is_part_of_their_code(tmp_path: Path) -> None:
    orders = ("{'tables': {}, 'abbr': {}}", "{'abbr': {}, 'tables': {}}")
    one, two = (builds.read(make_site(tmp_path / str(number), {}, f"MARKDOWN = {{'extension_configs': {order}}}\n")) for number, order in enumerate(orders))
    assert one.markdown_extensions == two.markdown_extensions and "" != one.markdown_code != two.markdown_code != ""
    assert builds.read(make_site(tmp_path / "none", {})).markdown_code == ""


def test_a_site_has_a_name_of_its_own(tmp_path: Path) -> None:
    ((code, message, hint),) = faults_of(tmp_path, "del SITENAME")
    assert (code, message) == ("FT008", "SITENAME is missing") and hint.startswith("as in ")


@pytest.mark.parametrize(("lang", "hint"), [("AR", 'did you mean "ar"?'), ("zh-hans", 'did you mean "zh-Hans"?'), ("de", "one of en, zh-Hans, ar")])
def test_a_name_in_a_language_that_the_site_does_not_have_is_a_fault(tmp_path: Path, lang: str, hint: str) -> None:
    assert faults_of(tmp_path, f"SITENAMES = {{{lang!r}: 'x'}}") == [("FT008", f"SITENAMES has {lang}, which LANGUAGES does not have", hint)]


NO_SITES = (
    "https://u:p@press.test", "https://u@press.test", "https://press.test/a b", "https://press .test", "https://press.test:99999", "https://press.test:0", "https://press.test:x",
    "https://press.test/../x", "https://press.test/./x", "https://präss.test", "https://press.test/ü", "https://[::1", "https://[::zz]", "https://", "https://press.test?", "https://press.test/#",
    "https://-press.test", "https://press.test\\n", "https://press.test//x",
)  # fmt: skip


@pytest.mark.parametrize("url", NO_SITES)
def test_the_site_s_address_is_one_that_every_reader_understands(tmp_path: Path, url: str) -> None:
    ((code, message, hint),) = faults_of(tmp_path, f'SITEURL = "{url}"')
    assert code == "FT008" and message.startswith("SITEURL is ") and "https://press.example.org" in hint


SITES = (
    "http://localhost:8000", "https://press.test/a/b", "HTTPS://Press.Test", "https://xn--prss-loa.test/%C3%A9/~x", "https://[::1]:8443/x", "https://192.0.2.1",
)  # fmt: skip


@pytest.mark.parametrize("url", SITES)
def test_the_site_may_have_a_port_a_path_or_no_name(tmp_path: Path, url: str) -> None:
    assert builds.read(make_site(tmp_path / "site", {}, f"SITEURL = {url + '/'!r}\n")).url == url


@pytest.mark.parametrize(
    ("written", "hint"),
    [
        ("IGNORE_FILES = ['*.draft.md']", "status: draft"), ("JINJA_ENVIRONMENT = {'extensions': ['jinja2.ext.do']}", "OVERRIDES"), ("FORMATTED_FIELDS = ['summary', 'place']", "text"),
        ("PELICAN_CLASS = 'house.Pelican'", "one way"), ("LOCALE = 'C'", "every language has its own"), ("LOCALE = ['C', '']", "every language has its own"),
    ],
)  # fmt: skip
def test_a_setting_of_pelican_s_that_would_change_nothing_is_refused_with_what_to_use_instead(tmp_path: Path, written: str, hint: str) -> None:
    ((code, message, told),) = faults_of(tmp_path, written)
    assert (code, message) == ("FT006", f"{written.partition(' ')[0]} is set and not honoured") and hint in told


@pytest.mark.parametrize("written", ["LOCALE = ''", "IGNORE_FILES = ['**/.*']", "JINJA_ENVIRONMENT = {'trim_blocks': True}"])
def test_a_setting_that_says_what_pelican_does_anyway_is_left_alone(tmp_path: Path, written: str) -> None:
    assert builds.read(make_site(tmp_path / "site", {}, f"{written}\n"))


@pytest.mark.parametrize("day", ["2020-13", "2020-02-30", "0000", "2020-1", ""])
def test_the_day_of_an_authority_is_one_that_there_is(tmp_path: Path, day: str) -> None:
    assert [code for code, *_ in faults_of(tmp_path, f"FEED_AUTHORITY = 'press.test,{day}'")] == ["FT008"]
