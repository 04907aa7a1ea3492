"""Which people and organisations of the registries a text names: declined, with prefixes, by surname, or where nothing parts words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from pressroom.desk.agreement.lexicon import Lexicon, lexicon_of
from pressroom.desk.agreement.signs import folded, plain
from pressroom.ground.fingerprints import HAN_AND_KANA
from pressroom.ground.languages import script
from pressroom.model.people import Organisation, Person, Registry

_WORD = re.compile(r"[^\W\d_]+")
_UNSPACED = re.compile(f"[{HAN_AND_KANA}]")
_POINT = re.compile("[·•・‧]")
_SHORTEST_SURNAME = 5
_SHORTEST_PART = 2


@dataclass(frozen=True, slots=True)
class Sentences:
    """The texts of an edition as names are looked for in them: `lines` says where each begins."""

    lang: str
    lines: tuple[int, ...]
    texts: tuple[str, ...]
    folds: tuple[str, ...]
    words: tuple[tuple[str, ...], ...]


def sentences(lang: str, units: Sequence[tuple[int, str]]) -> Sentences:
    texts = tuple(plain(text) for _, text in units)
    folds = tuple(map(folded, texts))
    return Sentences(lang, tuple(line for line, _ in units), texts, folds, tuple(tuple(_WORD.findall(fold)) for fold in folds))


@dataclass(frozen=True, slots=True)
class Missing:
    """Somebody or something that the original names in this line, and the translation nowhere."""

    id: str
    name: str
    line: int


def missing(registry: Registry, mine: Sentences, other: Sentences, voices: frozenset[str], their_voices: Mapping[str, int]) -> Iterator[Missing]:
    """Who is named in the original, by speaking or in words, and not in the translation, as far as that can be known."""
    surnames = _surnames(registry, other.lang)
    for person in registry.people.values():
        names = _names(person, other.lang)
        line = their_voices.get(person.id)
        for name in names:
            line = line if line is not None else _whole(name, other)
        if line is None and (surname := surnames.get(person.id)):
            line = _surname(surname, other)
        if line is None or person.id in voices or not _decidable(person, mine.lang, other.lang):
            continue
        if not any(_named(name, mine) for name in (*_names(person, mine.lang), *names)):
            yield Missing(person.id, names[0], line)
    for organisation in registry.organisations.values():
        name = organisation.names.get(other.lang, "")
        line = _whole(name, other) if name else None
        if line is not None and mine.lang in organisation.names and not _organisation_named(organisation, mine):
            yield Missing(organisation.id, name, line)


def _names(person: Person, lang: str) -> tuple[str, ...]:
    """A person's names that a text in this language may use: its own, the aliases, else every one."""
    own = (person.names[lang],) if lang in person.names else tuple(person.names.values())
    return (*own, *person.aliases)


def _decidable(person: Person, lang: str, other: str) -> bool:
    """Where the registry has no name in a language, that of another holds if both are written alike."""
    return lang in person.names or (other in person.names and script(lang) == script(other))


@lru_cache(maxsize=4096)
def _words(name: str) -> tuple[str, ...]:
    return tuple(_WORD.findall(folded(plain(name))))


def _whole(name: str, text: Sentences) -> int | None:
    """The line in which a whole name stands."""
    return next((text.lines[n] for n in range(len(text.lines)) if _stands(name, text, n)), None)


def _stands(name: str, text: Sentences, n: int) -> bool:
    if _UNSPACED.search(name):
        return _POINT.sub("·", folded(plain(name))) in _POINT.sub("·", text.folds[n])
    wanted = _words(name)
    lexicon = lexicon_of(text.lang)
    if not wanted or _beginning(wanted[0], lexicon) not in text.folds[n]:
        return False
    words = text.words[n]
    return any(all(_same(one, word, lexicon) for one, word in zip(wanted, words[at : at + len(wanted)], strict=True)) for at in range(len(words) - len(wanted) + 1))


def _beginning(name: str, lexicon: Lexicon) -> str:
    """What of a name's word must stand in a text in any of its forms."""
    return min(_without_prefixes(name, lexicon), key=len) if lexicon.prefixes else _stem(name) if lexicon.declines else name


def _stem(name: str) -> str:
    return name[: max(2, len(name) - 2)] if len(name) > 2 else name


def _same(name: str, word: str, lexicon: Lexicon) -> bool:
    """Whether a word of a text is this word of a name, in any form that its language gives it."""
    if name == word:
        return True
    if lexicon.prefixes:
        if name[-2:] != word[-2:]:
            return False
        bare = set(_without_prefixes(word, lexicon))
        return bool(bare & set(_without_prefixes(name, lexicon)))
    if lexicon.declines and len(name) > 2:
        return word.startswith(_stem(name)) and abs(len(word) - len(name)) <= 3
    return False


def _without_prefixes(word: str, lexicon: Lexicon) -> Iterator[str]:
    yield word
    for prefix in lexicon.prefixes:
        if word.startswith(prefix) and len(word) > len(prefix) + 1:
            yield word[len(prefix) :]


def _named(name: str, text: Sentences) -> bool:
    """Whether a translation names a person: whole, or by surname; by the first name where what follows is no other name."""
    if _whole(name, text) is not None:
        return True
    if _UNSPACED.search(name):
        last = _POINT.split(name)[-1]
        return last != name and len(last) >= _SHORTEST_PART and any(folded(plain(last)) in fold for fold in text.folds)
    words = _words(name)
    lexicon = lexicon_of(text.lang)
    if len(words) < 2:
        return False
    if any(_same(words[-1], word, lexicon) for sentence in text.words for word in sentence):
        return True
    return any(_alone(words[0], text, n, lexicon) for n in range(len(text.lines)))


def _alone(first: str, text: Sentences, n: int, lexicon: Lexicon) -> bool:
    """Whether a first name, or a surname that stands first, is there with no other name behind it."""
    found = list(_WORD.finditer(text.texts[n]))
    for at, word in enumerate(found):
        if _same(first, folded(word[0]), lexicon):
            after = found[at + 1] if at + 1 < len(found) else None
            if after is None or not after[0][0].isupper() or text.texts[n][word.end() : after.start()].strip(" "):
                return not (after and lexicon.prefixes)
    return False


def _surnames(registry: Registry, lang: str) -> dict[str, str]:
    """The last words of names that only one person has: long ones, where writing parts words and knows capitals."""
    last = {id: words[-1] for id, person in registry.people.items() if (words := _words(person.names.get(lang, ""))) and len(words) > 1}
    seen = list(last.values())
    return {id: word for id, word in last.items() if len(word) >= _SHORTEST_SURNAME and seen.count(word) == 1 and word[0] != word[0].upper()}


def _surname(surname: str, text: Sentences) -> int | None:
    """The line where a surname stands in the middle of a sentence, with a capital."""
    for n, fold in enumerate(text.folds):
        for found in re.finditer(rf"(?<![^\W\d_]){re.escape(surname)}(?![^\W\d_])", fold):
            if text.texts[n][found.start()].isupper():
                return text.lines[n]
    return None


def _organisation_named(organisation: Organisation, text: Sentences) -> bool:
    name = organisation.names[text.lang]
    names = (name, *(other for other in organisation.names.values() if other != name and not _UNSPACED.search(other)))
    if any(_whole(one, text) is not None for one in names):
        return True
    if _UNSPACED.search(name):
        # 观测组织 for 江河与港口观测组织.
        return len(name) > 5 and any(name[-4:] in fold for fold in text.folds)
    lexicon = lexicon_of(text.lang)
    wanted = [word for word in _words(name) if len(word) > 3]
    return bool(wanted) and any(
        sum(any(_same(word, other, lexicon) for other in sentence) for word in wanted) * 2 > len(wanted) for sentence in text.words
    )
