"""From Pelican's settings to ours: what is honoured, what is ours, and what would change a page and is refused."""

from __future__ import annotations

import difflib
import os
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from pressroom.ground.languages import canonical, is_tag
from pressroom.ground.problems import Fault, Problem
from pressroom.model import transcript
from pressroom.model.settings import PREVIEW, PUBLIC, Derived, Settings
from pressroom.reading.conversion import CONVERSIONS, Conversion, is_convertible, usual
from pressroom.reading.moments import zone_named
from pressroom.setting_forms import FORMS, FOUNDATIONS, is_authority, is_site

FILE = "pelicanconf.py"

OURS: Mapping[str, str] = {
    "LANGUAGES": "the languages the office speaks, as BCP 47 tags, in the order they are shown",
    "FEED_AUTHORITY": "the authority of every feed id, a domain and the year it was yours, as in press.example.org,2020; never changed",
    "SITENAMES": "the site's name per language, where it differs from SITENAME",
    "OVERRIDES": "a folder of the site's own, with templates/, static/ or words/ as the theme has them, whose files take the place of the theme's",
    "HELD_PATH": "a second content root, merged by path, for what must not lie in a public repository",
    "PUBLIC_REPOSITORY": "whether anybody may read the repository that the sources lie in; `inv check` then warns of what is held and tracked",
    "TYPOGRAPHY": "the house's style of a language, where its typography file has more than one: {language: style}",
    "SIDE_BY_SIDE": "which editions stand side by side beyond each translation and its original: [(language, the one beside it)]",
    "DERIVED": "languages whose editions are converted from another's where they have no file: {language: source} or {language: (source, conversion)}",
    "TRANSCRIPT_TAGS": "the office's own tags in transcripts: {tag: kind}",
    "TRANSCRIPT_CREDIT_LABELS": "the office's own labels of a credit line",
    "SEARCH": "whether readers can search the site; on unless it is False",
    "WORKERS": "how many processes share the work of a large build; 0 for as many as there are processors, 1 for no other than the build's own",
    "EXECUTOR": "where a large build is done instead of by processes of this machine: module:function of the site's own that returns an executor",
    "AUDIENCE": "for whom is built: public, or preview; set by the commands",
    "NOW": "the build's instant; set by the commands",
    "ON_RECEIPT": "who is handed the build's receipt; set by the commands",
    "PROGRESS": "who is told how far a build is; set by the commands",
    "EXPLAIN": "whether a build says of each file why it was made",
    "PROFILE": "whether a build writes where its time went",
}
"""Every setting of ours, and what it says."""

WRITES_NOTHING: Mapping[str, Any] = {
    "ARTICLE_PATHS": [], "PAGE_PATHS": [], "STATIC_PATHS": [], "THEME_STATIC_PATHS": [], "DIRECT_TEMPLATES": [], "TEMPLATE_PAGES": {},
    "FEED_ALL_ATOM": None, "CATEGORY_FEED_ATOM": None, "TRANSLATION_FEED_ATOM": None, "AUTHOR_FEED_ATOM": None, "AUTHOR_FEED_RSS": None,
    "OUTPUT_SOURCES": False, "DELETE_OUTPUT_DIRECTORY": False, "CACHE_CONTENT": False,
}  # fmt: skip
"""What keeps Pelican from writing anything by itself."""

HONOURED = (
    "PATH", "OUTPUT_PATH", "THEME", "SITENAME", "SITEURL", "TIMEZONE", "DEFAULT_LANG", "PLUGINS", "PLUGIN_PATHS", "BIND", "PORT", "MARKDOWN", "LOG_FILTER",
    "LOG_LEVEL", "DEBUG",
)  # fmt: skip

_INSTEAD = {
    "DATE_FORMATS": "dates are set per language from CLDR", "DEFAULT_DATE_FORMAT": "dates are set per language from CLDR", "LOCALE": "every language has its own",
    "TYPOGRIFY": "typography is part of the reading, per language", "RELATIVE_URLS": "links are always relative to the page",
    "SUMMARY_MAX_LENGTH": "write summary: in the front matter", "DEFAULT_PAGINATION": "archives go by year and month",
    "WITH_FUTURE_DATES": "a document is held until its date", "SLUGIFY_SOURCE": "the slug is the folder's name",
    "IGNORE_FILES": "write `status: draft`; HELD_PATH names a second content folder, for what must not lie beside the first",
    "JINJA_ENVIRONMENT": "the environment of templates is ours; OVERRIDES names a folder with the site's own templates",
    "FORMATTED_FIELDS": "`notes` is Markdown, every other field is text", "PELICAN_CLASS": "there is one way to build",
}  # fmt: skip
# What Pelican sets or changes by itself while it reads the file.
_PELICANS_OWN = ("CSS_FILE", "FEED_DOMAIN", "PYGMENTS_RST_OPTIONS", "DEFAULT_CONFIG_NAME")
_PATTERN = re.compile(r"[A-Z][A-Z0-9_]+")
_FUNCTION = re.compile(r"[^\W\d]\w*(\.[^\W\d]\w*)*:[^\W\d]\w*")


def read_settings(given: Mapping[str, Any], defaults: Mapping[str, Any], root: str) -> Settings:
    """The settings of a run, or a Fault that names every wrong one. `defaults` are Pelican's own, to tell what the site has set."""
    problems = [*_still_written(given), *_unknown(given, defaults)]

    def fault(name: str, message: str, hint: str = "") -> None:
        problems.append(Problem("FT008", f"{name} {message}", FILE, hint=hint or OURS.get(name, "")))

    if given.get("SITENAME") == defaults["SITENAME"]:
        fault("SITENAME", "is missing", FORMS["SITENAME"][2])
    for name, (is_right, what, hint) in FORMS.items():
        if name in given and not is_right(given[name]):
            fault(name, f"is {given[name]!r}, no {what}", hint)
            given = {**given, name: defaults.get(name)}
    url = str(given.get("SITEURL") or "").rstrip("/")
    if not is_site(url):
        hint = "the address readers will use, as in https://press.example.org, of ASCII: a host in other letters begins with xn--, a path has them as %C3%A9"
        fault("SITEURL", f"is {url!r}, no web address", hint)
    zone = str(given.get("TIMEZONE") or "")
    try:
        zone_named(zone)
    except ValueError as error:
        fault("TIMEZONE", f"cannot be used: {error}", "a name of the IANA database, as in Europe/Paris")
    languages = given.get("LANGUAGES")
    if not (isinstance(languages, list | tuple) and languages and all(isinstance(tag, str) and is_tag(tag) for tag in languages)):
        fault("LANGUAGES", "is no list of language tags", "as in ['en', 'zh-Hans', 'fr']")
        languages = ()
    for tag in languages:
        if tag != canonical(tag):
            fault("LANGUAGES", f"has {tag}", f"write {canonical(tag)}")
    if len({tag.lower() for tag in languages}) < len(languages):
        fault("LANGUAGES", "has a language twice", "keep one of them")
    default = canonical(str(given.get("DEFAULT_LANG") or ""))
    if languages and default not in languages:
        fault("DEFAULT_LANG", f"is {default}, which LANGUAGES does not have", f"one of {', '.join(languages)}")
    for lang in (given.get("SITENAMES") or {}) if languages else ():
        if lang not in languages:
            near = [tag for tag in languages if tag == canonical(lang)] or difflib.get_close_matches(lang, languages, n=1)
            fault("SITENAMES", f"has {lang}, which LANGUAGES does not have", f'did you mean "{near[0]}"?' if near else f"one of {', '.join(languages)}")
    authority = str(given.get("FEED_AUTHORITY") or "")
    if not is_authority(authority):
        fault("FEED_AUTHORITY", f"is {authority!r}, no authority of a tag URI (RFC 4151)")
    audience = given.get("AUDIENCE", PUBLIC)
    if audience not in (PUBLIC, PREVIEW):
        fault("AUDIENCE", f"is {audience!r}", "public or preview")
    extensions = _markdown_extensions(given, defaults)
    if any(name.rpartition(".")[2] == "meta" for name in extensions):
        fault("MARKDOWN", "names the extension meta, which eats a first paragraph that begins with a word and a colon", "front matter is read without it")
    markdown_code = ""
    if extensions:
        # Few sites choose their own, and the library is not needed before a text is read.
        from pressroom.reading.markdown import code_of, unusable

        wrong = list(unusable(extensions))
        for name, why in wrong:
            fault("MARKDOWN", f"names the extension {name}, which cannot be used: {why}", "write its name and its options as its manual has them, or take it out")
        markdown_code = "" if wrong else code_of(extensions)
    for tag, kind in dict(given.get("TRANSCRIPT_TAGS") or {}).items():
        if kind not in transcript.KINDS:
            fault("TRANSCRIPT_TAGS", f"gives {tag} the kind {kind}", f"one of {', '.join(transcript.KINDS)}")
    if audience == PREVIEW and os.path.basename(os.path.abspath(given["OUTPUT_PATH"])) != PREVIEW:
        fault("AUDIENCE", "is preview, and OUTPUT_PATH is not the preview's", "`inv preview` sets both")
    for name in ("PUBLIC_REPOSITORY", "SEARCH"):
        if not isinstance(given.get(name, False), bool):
            fault(name, f"is {given[name]!r}", "True or False")
    workers = given.get("WORKERS", 0)
    if not isinstance(workers, int) or isinstance(workers, bool) or workers < 0:
        fault("WORKERS", f"is {workers!r}, no number of processes")
    executor = given.get("EXECUTOR") or ""
    if executor and not (isinstance(executor, str) and _FUNCTION.fullmatch(executor)):
        fault("EXECUTOR", f"is {executor!r}", "module:function, as in cluster:executor")
    output, content, theme = (os.path.abspath(given[name]) for name in ("OUTPUT_PATH", "PATH", "THEME"))
    overrides = os.path.abspath(os.path.join(root, given["OVERRIDES"])) if given.get("OVERRIDES") else ""
    if overrides and not os.path.isdir(overrides):
        fault("OVERRIDES", f"is {given['OVERRIDES']}, and there is no such folder", "make it, or take the setting out")
    elif overrides and os.path.realpath(overrides) == os.path.realpath(theme):
        fault("OVERRIDES", "is the theme itself", "give what is your own a folder of its own")
    held = os.path.abspath(os.path.join(root, given["HELD_PATH"])) if given.get("HELD_PATH") else ""
    sources = {"PATH": content, "HELD_PATH": held, "THEME": theme, "OVERRIDES": overrides}
    if unwritable := [name for name, folder in {"OUTPUT_PATH": output, **sources}.items() if not _is_utf_8(folder)]:
        hint = "rename the folder; where its name is right, set a locale of UTF-8, as LC_ALL=C.UTF-8, and no PYTHONUTF8=0"
        fault(" and ".join(unwritable), "lead to a folder whose name is no UTF-8 here", hint)
    # What is held is built into the preview, beside the project's other folders, whatever the output is.
    problems += _entangled(output, {**sources, "the preview": os.path.join(root, PREVIEW) if audience != PREVIEW else ""}, root)
    problems += _unpaired(given.get("SIDE_BY_SIDE", ()), languages)
    problems += _underivable(given.get("DERIVED", {}), languages)
    if problems:
        raise Fault(*problems)
    derived = tuple(_derived(given.get("DERIVED", {})))
    return Settings(
        root=root, content=content, output=output, theme=theme, overrides=overrides, name=str(given.get("SITENAME") or ""), url=url, zone=zone,
        default_language=default, languages=tuple(languages), feed_authority=authority,
        held_content=held,
        public_repository=bool(given.get("PUBLIC_REPOSITORY")), audience=audience, search=bool(given.get("SEARCH", True)),
        names=_names(dict(given.get("SITENAMES") or {}), derived), derived=derived, markdown_extensions=extensions, markdown_code=markdown_code,
        transcript_tags=dict(given.get("TRANSCRIPT_TAGS") or {}), credit_labels=tuple(given.get("TRANSCRIPT_CREDIT_LABELS") or ()),
        typography=dict(given.get("TYPOGRAPHY") or {}),
        workers=workers, executor=executor, side_by_side=tuple((lang, other) for lang, other in given.get("SIDE_BY_SIDE", ())),
    )  # fmt: skip


def mistaken(given: Mapping[str, Any], root: str) -> list[Problem]:
    """What of the settings, as the site has written them, Pelican cannot read: values of another form, folders that are not there."""
    problems = []
    for name, (is_right, what, hint) in FOUNDATIONS.items():
        if not is_right(given[name]):
            problems.append(Problem("FT008", f"{name} is {given[name]!r}, no {what}", FILE, hint=hint))
        elif name in ("PATH", "THEME") and not os.path.isdir(os.path.join(root, given[name])):
            problems.append(Problem("FT008", f"{name} is {given[name]!r}, and there is no such folder", FILE, hint="make it, or name the one that is there"))
    return problems


def _unpaired(given: Any, languages: Sequence[str]) -> Iterator[Problem]:
    """What of SIDE_BY_SIDE is no pair of the site's languages, or is there already."""

    def fault(message: str, hint: str) -> Problem:
        return Problem("FT008", f"SIDE_BY_SIDE {message}", FILE, hint=hint)

    if not isinstance(given, list | tuple):
        yield fault("is no list of pairs of languages", "as in [('fr', 'ar')]")
        return
    seen: list[set[str]] = []
    for pair in given:
        if not (isinstance(pair, list | tuple) and len(pair) == 2 and all(isinstance(lang, str) for lang in pair)):
            yield fault(f"has {pair!r}, no pair of languages", "as in [('fr', 'ar')]")
            continue
        for lang in pair:
            if languages and lang not in languages:
                yield fault(f"has {lang}, which LANGUAGES does not have", f"one of {', '.join(languages)}")
        if pair[0] == pair[1]:
            yield fault(f"has {pair[0]} beside itself", "name two languages")
        elif set(pair) in seen:
            yield fault(f"has {pair[0]} and {pair[1]} twice", "keep one of the two: a page serves both directions")
        seen.append(set(pair))


def _underivable(given: Any, languages: Sequence[str]) -> Iterator[Problem]:
    """What of DERIVED cannot be made."""

    def fault(message: str, hint: str = 'as in {"zh-Hant": "zh-Hans"}') -> Problem:
        return Problem("FT008", f"DERIVED {message}", FILE, hint=hint)

    if not isinstance(given, Mapping):
        yield fault("is no table")
        return
    for lang, how in given.items():
        how = (how, CONVERSIONS[0]) if isinstance(how, str) else how
        if not (isinstance(lang, str) and isinstance(how, list | tuple) and len(how) == 2 and all(isinstance(part, str) for part in how)):
            yield fault(f"has {lang!r}: {how!r}, no language and what it is made from")
            continue
        for unspoken in {lang, how[0]}.difference(languages) if languages else ():
            yield fault(f"has {unspoken}, which LANGUAGES does not have", f"one of {', '.join(languages)}")
        if not is_convertible(how[0], lang):
            yield fault(f"would make {lang} from {how[0]}", "traditional Chinese is made from simplified Chinese, and nothing else is")
        if how[1] not in CONVERSIONS:
            yield fault(f"has the conversion {how[1]}", f"one of {', '.join(CONVERSIONS)}")


def _derived(given: Mapping[str, Any]) -> Iterator[Derived]:
    for lang, how in given.items():
        source, conversion = (how, usual(lang)) if isinstance(how, str) else how
        yield Derived(lang, source, conversion)


def _names(names: Mapping[str, str], derived: Sequence[Derived]) -> dict[str, str]:
    """The site's names; of a language that is derived the converted one, where it has none of its own."""
    return {one.lang: Conversion(one.lang, one.source, one.conversion).text(names[one.source]) for one in derived if one.source in names} | dict(names)


def _markdown_extensions(given: Mapping[str, Any], defaults: Mapping[str, Any]) -> dict[str, Any]:
    """The Markdown extensions that the site has chosen; none where Pelican's own choice stands, which is not for a press room."""
    chosen = (given.get("MARKDOWN") or {}).get("extension_configs") or {}
    return {} if chosen == defaults["MARKDOWN"]["extension_configs"] else dict(chosen)


def _still_written(given: Mapping[str, Any]) -> list[Problem]:
    problems = []
    for name, value in WRITES_NOTHING.items():
        if given.get(name) != value:
            message = f"{name} is {given.get(name)!r}: Pelican would write by itself"
            problems.append(Problem("FT006", message, FILE, hint=f"write {name} = {value!r}"))
    return problems


def _unknown(given: Mapping[str, Any], defaults: Mapping[str, Any]) -> list[Problem]:
    """What is set and would be ignored."""
    problems = []
    known = {*HONOURED, *OURS, *WRITES_NOTHING}
    for name, value in sorted(given.items()):
        if name in known or name in _PELICANS_OWN or not _PATTERN.fullmatch(name):
            continue
        if name in defaults:
            if value != defaults[name]:
                problems.append(Problem("FT006", f"{name} is set and not honoured", FILE, hint=_INSTEAD.get(name, "take it out; docs/operators.md lists the settings")))
        else:
            near = difflib.get_close_matches(name, sorted({*known, *defaults}), n=1, cutoff=0.7)
            problems.append(Problem("FT006", f"unknown setting {name}", FILE, hint=f'did you mean "{near[0]}"?' if near else "docs/operators.md lists the settings"))
    return problems


def _is_utf_8(path: str) -> bool:
    """Whether a path can be written down, and given to other programs; how it was read depends on the locale."""
    try:
        path.encode()
    except UnicodeEncodeError:
        return False
    return True


def _entangled(output: str, others: Mapping[str, str], root: str) -> list[Problem]:
    """Output must not be, hold, or lie in what it is made from, by a link neither: what no artifact claims there is removed."""
    problems = []
    output, root = os.path.realpath(output), os.path.realpath(root)
    for name, other in others.items():
        if other and os.path.commonpath([output, os.path.realpath(other)]) in (output, os.path.realpath(other)):
            problems.append(Problem("FT008", f"OUTPUT_PATH and {name} lie in one another", FILE, hint="give the output a folder of its own"))
    if os.path.commonpath([output, root]) == output:
        problems.append(Problem("FT008", "OUTPUT_PATH holds the whole project", FILE, hint="give the output a folder of its own"))
    return problems
