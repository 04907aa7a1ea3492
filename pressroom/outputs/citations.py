"""What a reporter takes away of a passage: the words in the page's quotation marks, who said them and as what, where, when, and their address."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from pressroom.ground.addresses import absolute
from pressroom.ground.languages import direction
from pressroom.model.document import Document, Edition
from pressroom.model.patterns import attribution
from pressroom.model.people import Organisation
from pressroom.model.site import Chrome
from pressroom.model.text import Body, Quotation
from pressroom.model.transcript import VOICE_KINDS, Voice
from pressroom.model.typography import GAPS, SPACED_MARKS, Typography
from pressroom.outputs import changes, dates, translations
from pressroom.outputs.parts import House
from pressroom.outputs.texts import joined, word_of

_PARTS = re.compile(r"\d+|[^\W\d]{2,}")
"""The numbers and words of a date; a letter alone, as 年 or г., is a sign of one language's form."""
_NOTHING = "(?!)"


@dataclass(frozen=True, slots=True)
class QuotationMarks:
    """The marks that open and close a quotation in a language, with the spaces that belong to them, and those of a quotation within one."""

    opening: str
    closing: str
    inner_opening: str
    inner_closing: str

    @property
    def patterns(self) -> tuple[str, str]:
        """What the script that quotes a selection looks for: the bare marks. An apostrophe in a word closes nothing; of one sign for both nothing says which it is."""
        opening, closing = self.opening.strip(), self.closing.strip()
        if opening == closing:
            return _NOTHING, _NOTHING
        return opening, rf"{closing}(?!\w)" if closing == "’" else closing

    def quote(self, words: str) -> str:
        """The words between the marks, those among them by turns the inner and the outer ones; a pair that holds them all is not doubled.

        Of a quotation that began in a paragraph before, or goes on in the next, these marks stand for its own.
        """
        opening, closing = self.opening.strip(), self.closing.strip()
        if opening == closing or not (opening in words or closing in words):
            return f"{self.opening}{words.replace(opening, self.inner_opening)}{self.closing}"
        if words.startswith(closing) and words[1:2].isalnum():
            # So Spanish texts begin a paragraph in which a quotation goes on.
            words = opening + words[1:]
        found, still_open = self._among(words)
        first = found[0] if found and found[0].opens and not found[0].start else None
        own = first and (still_open[:1] == [first] or (found[-1].end == len(words) and found[-1].level == 1 and not any(one.level == 1 for one in found[1:-1])))
        shift = 1 if own else 0
        parts, at = [], 0
        for mark in found:
            parts += words[at : mark.start], self._sign(mark.level - shift, mark.opens)
            at = mark.end
        parts += words[at:], *(self._sign(mark.level - shift, False) for mark in reversed(still_open))
        return f"{self.opening}{''.join(parts).strip() if own else ''.join(parts)}{self.closing}"

    def _sign(self, level: int, opens: bool) -> str:
        """The mark of a quotation that is so deep within this one."""
        outer = (self.opening, self.closing) if level else ("", "")
        return ((self.inner_opening, self.inner_closing) if level % 2 else outer)[not opens]

    def _among(self, words: str) -> tuple[list[_Mark], list[_Mark]]:
        """The marks among the words, and those of them that open what nothing closes."""
        outer, inner = (self.opening.strip(), self.closing.strip()), (self.inner_opening.strip(), self.inner_closing.strip())
        # Where an apostrophe at the end of a word may be meant as well, the inner marks stay as they are.
        known = len({*outer, *inner}) == 4 and words.count(inner[0]) == len(re.findall(_closing(inner[1]), words))
        every = sorted(
            (mark.start(), mark.end(), pair, opens)
            for pair in ((outer, inner) if known else (outer,))
            for opens, form in ((True, rf"{re.escape(pair[0])}\s*"), (False, _closing(pair[1]))) for mark in re.finditer(form, words)
        )  # fmt: skip
        found: list[_Mark] = []
        stack: list[tuple[tuple[str, str], _Mark]] = []
        for start, end, pair, opens in every:
            if opens:
                found.append(_Mark(start, end, len(stack) + 1, True))
                stack.append((pair, found[-1]))
            elif any(pair is other for other, _ in stack):
                while stack[-1][0] is not pair:
                    found.remove(stack.pop()[1])
                stack.pop()
                found.append(_Mark(start, end, len(stack) + 1, False))
            elif pair is outer:
                found.append(_Mark(start, end, 1, False))
        return found, [mark for _, mark in stack]


def _closing(sign: str) -> str:
    """A mark that closes, with the space before it; an apostrophe in a word is none."""
    return rf"\s*{re.escape(sign)}(?<!(?a:\b.\b))"


@dataclass(frozen=True, slots=True)
class _Mark:
    """A mark among words: where it stands, and how deep within the quotation of all of them."""

    start: int
    end: int
    level: int
    opens: bool


@dataclass(frozen=True, slots=True)
class Citation:
    """One passage as it is quoted, line by line. `original` are the original's words in their own marks, empty where nothing corresponds."""

    words: str
    speaker: str
    work: str
    notes: tuple[str, ...]
    original: str
    original_lang: str
    original_dir: str
    url: str


def marks_of(typography: Typography) -> QuotationMarks:
    """The quotation marks of a language as its text is set; English ones where its file has none."""
    quotes, spaces = typography.table("quotes"), typography.table("spaces")
    outer = quotes.get("outer", "“”")
    inner = quotes.get("inner", outer if quotes else "‘’")
    spaced, gap = spaces.get("quotes", SPACED_MARKS), GAPS[spaces.get("inside_quotes", "none")]
    around, within = (gap if pair == spaced else "" for pair in (outer, inner))
    return QuotationMarks(outer[0] + around, around + outer[1], inner[0] + within, within + inner[1])


@dataclass(frozen=True, slots=True)
class Sources:
    """Whose words an edition's are: the organisation's where nobody else is named; by person the role and organisation that the registry knows of the day.

    `marks` are the quotation marks of the original's language, where a translation's original is here; `version` says which earlier version this is.
    """

    organisation: str = ""
    offices: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    marks: QuotationMarks | None = None
    version: str = ""


def sources_of(house: House, document: Document, edition: Edition, version: str = "") -> Sources:
    lang, registry = edition.lang, house.registry
    original = document.editions.get(document.original)
    offices = {}
    for id in {*(segment.voice.id for segment in edition.facts.segments if segment.voice), *(said.id for said in edition.facts.quotations)}:
        person = registry.people.get(id)
        office = person.office_on(document.fields.date.local.date()) if person and document.fields.date else None
        if office and lang in office.role:
            offices[id] = (office.role[lang], _name(registry.organisations.get(office.organisation), lang))
    marks = marks_of(house.chrome[original.lang].typography) if original and original.lang != lang else None
    return Sources(_name(registry.organisations.get(document.fields.organisation), lang), offices, marks, version)


def _name(organisation: Organisation | None, lang: str) -> str:
    return organisation.names.get(lang, "") if organisation else ""


def citations(
    chrome: Chrome, document: Document, edition: Edition, sources: Sources, body: Body, original: Body | None
) -> Mapping[str, Citation]:
    """Every passage of an edition as it is quoted, by its fingerprint. `original` is the body that the edition translates, where it is here."""
    mine, theirs, lang, facts = marks_of(chrome.typography), sources.marks, document.original, edition.facts
    office = sources.organisation or chrome.site_name
    speakers = dict(_speakers(chrome, edition, office, sources.offices))
    moment = document.fields.date
    event = document.fields.event_in(edition.lang)
    work = _dated(chrome, event or edition.fields.title, dates.long_date(moment, chrome.typography) if moment else "")
    told = [(change, joined(chrome, changes.word(chrome, change.type), dates.long_date(change.at, chrome.typography))) for change in edition.changes]
    corrected = {id: line for change, line in told for id in change.passages}
    translation, said, page = _translation(chrome, document, edition), chrome.words.gettext("— %(speaker)s"), absolute(chrome.site_url, edition.address)
    found = {}
    for number, passage in enumerate(facts.passages):
        other = edition.counterparts[number] if original and edition.counterparts else -1
        notes = (translation, corrected.get(passage.id, ""), sources.version)
        found[passage.id] = Citation(
            mine.quote(body.passages[number]), said % {"speaker": speakers.get(number, office)}, work,
            tuple(note for note in notes if note), theirs.quote(original.passages[other]) if original and theirs and other >= 0 else "", lang, direction(lang) if lang else "",
            f"{page}#{passage.id}",
        )  # fmt: skip
    return found


def _speakers(chrome: Chrome, edition: Edition, office: str, offices: Mapping[str, tuple[str, str]]) -> Iterator[tuple[int, str]]:
    """Who said a passage, with the role held then, by the passage's number, where it was not simply the office.

    That is the voice of its segment, or whom a quotation names. Words of somebody without a name are never the office's: what they are stands
    in the name's place.
    """
    segments = {segment.n: segment for segment in edition.facts.segments}
    for number, passage in enumerate(edition.facts.passages):
        if segment := segments.get(passage.segment):
            word = word_of(chrome.words, segment)
            if segment.kind not in VOICE_KINDS:
                yield number, joined(chrome, word, office)
            elif who := segment.voice:
                yield number, _named(chrome, who, offices)
            else:
                yield number, word
    for said in edition.facts.quotations:
        for number in said.passages:
            yield number, _named(chrome, said, offices)


def _named(chrome: Chrome, who: Voice | Quotation, offices: Mapping[str, tuple[str, str]]) -> str:
    """A name with the office as the text gives it, else as the registry knows it of that day."""
    given = (who.role, who.organisation)
    return attribution(chrome.typography, who.name, *(given if any(given) else offices.get(who.id, ("", ""))))


def _translation(chrome: Chrome, document: Document, edition: Edition) -> str:
    fields = edition.fields
    if not fields.translation:
        return ""
    language = translations.original(document, fields)
    of = chrome.words.gettext("Original: %(language)s") % {"language": dates.language_name(language, edition.lang)} if language else ""
    return " · ".join(part for part in (translations.line(chrome, fields), of) if part)


def _dated(chrome: Chrome, work: str, date: str) -> str:
    """A work with its date, but for one that says that very day by itself, in whatever form."""
    said, day = _PARTS.findall(work.casefold()), sorted(_PARTS.findall(date.casefold()))
    told = any(sorted(said[at : at + len(day)]) == day for at in range(len(said) - len(day) + 1))
    return work if told else joined(chrome, work, date)
