"""A plain text to what may count in it: figures, and the words that a language's file knows, in their order."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from pressroom.desk.agreement.lexicon import Lexicon, Word

_WORD = re.compile(r"[^\W\d_]+")
_BETWEEN = re.compile(r"[\s'\-–]{1,2}")
_MOST_DIGITS = 60
_ANY_WORD = 10
_SHORTEST_DUAL = 5
_SHORTEST_PREFIXED = 3
_ROMAN = re.compile(r"(?<![^\W_])(?P<number>M{0,3}(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3}))(?:er|e|è|ème|-?м|-?го|-?й)?(?![^\W_])")
# A letter for thousand, million, billion or trillion: £62m, $4.75B, 62 M€.
_SCALES = {"k": 10**3, "m": 10**6, "mm": 10**6, "b": 10**9, "g": 10**9, "t": 10**12}
_CURRENCY = "[$£€¥₩₽₹]"
_SCALE = re.compile(rf"\s?(?P<letter>[kKmMbBgGtT]|MM)(?P<behind>\s?(?:US|A|C)?{_CURRENCY})?(?![^\W\d_])")
_PAID_IN = re.compile(rf"(?:{_CURRENCY}|\b(?:EUR|USD|GBP|CHF|JPY|CNY|INR|Rs\.?))\s?$")
_LONGEST_CURRENCY = 5
_ROMAN_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}


@dataclass(frozen=True, slots=True)
class Item:
    """Something that counts: where it stands, and a figure's value or what a word means.

    `values` are those a figure may have (1.234 is two where a sign may group and part); `joint` says that an "and" is glued to it.
    """

    start: int
    end: int
    word: Word | None = None
    values: tuple[Fraction, ...] = ()
    text: str = ""
    code: bool = False
    joint: bool = False
    roman: bool = False
    positional: bool = False

    @property
    def is_figure(self) -> bool:
        return bool(self.values)


def items(text: str, fold: str, lexicon: Lexicon) -> list[Item]:
    """All that may count in a plain text, whose folded form is `fold`."""
    words = list(_spaced(fold, lexicon) if lexicon.spaced else _unspaced(fold, lexicon))
    taken = {at for item in words if item.word and item.word.never for at in range(item.start, item.end)}
    found = [*_figures(text, lexicon), *_romans(text), *(item for item in words if not (item.word and item.word.never))]
    return sorted((item for item in found if item.start not in taken), key=lambda item: (item.start, -item.end))


def _figures(text: str, lexicon: Lexicon) -> Iterator[Item]:
    at = 0
    while found := lexicon.figure.search(text, at):
        at = found.end()
        before = text[found.start() - 1 : found.start()]
        hyphened = text[max(found.start() - 2, 0) : found.start()]
        code = _is_letter(before) or (len(hyphened) == 2 and hyphened[1] in "-–" and hyphened[0].isalpha() and hyphened[0] < "\u2e80")
        values, end = tuple(_values(found, lexicon)), found.end()
        scale = _SCALE.match(text, end)
        times = Fraction(_SCALES[scale["letter"].lower()]) if scale else Fraction(1)
        if scale and (scale["behind"] or _PAID_IN.search(text[max(0, found.start() - _LONGEST_CURRENCY) : found.start()])):
            yield Item(found.start(), end, values=values, text=found[0], code=code)
            yield Item(scale.start("letter"), scale.end("letter"), Word(multiplier=times))
            continue
        if scale and scale.start("letter") == end and not code:
            # 5m and 10K are five metres and ten kilometres, or five million and ten thousand.
            values, end = (*values, *(value * times for value in values)), scale.end("letter")
        yield Item(found.start(), end, values=values, text=found[0], code=code)


def _is_letter(char: str) -> bool:
    """Whether a letter before a figure makes it part of a name, as in G20. Arabic glues words of one letter to figures; Han stands beside them."""
    return bool(char) and char.isalpha() and not ("\u0590" <= char <= "\u08ff" or "\u2e80" <= char)


def _values(found: re.Match[str], lexicon: Lexicon) -> Iterator[Fraction]:
    if together := found["phone"] or found["dotted"]:
        # Parts of a telephone number, a version or an address: one token whose value is nothing but itself.
        yield _number(re.sub(r"\D", "", together), None)
    elif found["whole"]:
        whole = re.sub(r"\D", "", found["whole"])
        yield _number(whole, found["part"])
        if found["sign"] in lexicon.both_signs and found["whole"].count(found["sign"]) == 1 and not found["part"]:
            yield _number(*found["whole"].split(found["sign"]))
    else:
        yield _number(found["bare"], found["rest"])


def _number(whole: str, part: str | None) -> Fraction:
    # What is longer is no number that anybody compares.
    decimals = re.sub(r"\D", "", part or "")[:_MOST_DIGITS]
    return Fraction(int(whole[:_MOST_DIGITS] + decimals), 10 ** len(decimals))


def _romans(text: str) -> Iterator[Item]:
    for found in _ROMAN.finditer(text):
        if found["number"]:
            digits = [_ROMAN_VALUES[char] for char in found["number"]]
            value = sum(-digit if digit < max(digits[n:]) else digit for n, digit in enumerate(digits))
            yield Item(found.start(), found.end(), values=(Fraction(value),), text=found[0], roman=True)


def _spaced(fold: str, lexicon: Lexicon) -> Iterator[Item]:
    words = list(_WORD.finditer(fold))
    at = 0
    while at < len(words):
        count, item = _longest(fold, words, at, lexicon)
        if item:
            yield item
        at += count


def _longest(fold: str, words: list[re.Match[str]], at: int, lexicon: Lexicon) -> tuple[int, Item | None]:
    """The longest run of words that means something here, how many it takes."""
    first, start = words[at][0], words[at].start()
    for stripped, joint in _bare(first, lexicon):
        if stripped in lexicon.starts:
            phrase, best = stripped, 1 if stripped in lexicon.words else 0
            length = best
            for more in range(1, min(lexicon.longest, len(words) - at)):
                if not _BETWEEN.fullmatch(fold, words[at + more - 1].end(), words[at + more].start()):
                    break
                phrase += f" {words[at + more][0]}"
                length = more + 1 if phrase in lexicon.words else length
            if length:
                whole = " ".join([stripped, *(word[0] for word in words[at + 1 : at + length])])
                return length, Item(start, words[at + length - 1].end(), lexicon.words[whole], joint=joint)
        if word := _by_stem(stripped, lexicon):
            return 1, Item(start, words[at].end(), word, joint=joint)
    return 1, _compound(first, start, lexicon)


def _bare(word: str, lexicon: Lexicon) -> Iterator[tuple[str, bool]]:
    """The word, and what it is without what its language glues to it."""
    yield word, False
    for prefix in lexicon.prefixes:
        if word.startswith(prefix) and len(word) > len(prefix) + 1:
            yield word[len(prefix) :], prefix in lexicon.joint_prefixes
    for ending in lexicon.endings:
        if word.endswith(ending) and len(word) > len(ending) + 2:
            yield word[: -len(ending)], False


def _by_stem(word: str, lexicon: Lexicon) -> Word | None:
    if not lexicon.stems:
        return None
    return next((lexicon.stems[word[: len(word) - cut]] for cut in range(min(4, len(word))) if word[: len(word) - cut] in lexicon.stems), None)


def _compound(word: str, start: int, lexicon: Lexicon) -> Item | None:
    """A number inside a longer word: einundzwanzig, zweieinhalb, двухлетний, and a noun that is two by its ending."""
    if lexicon.inside and lexicon.inside in word[1:]:
        unit, _, ten = word.partition(lexicon.inside)
        one, other = lexicon.words.get(unit), lexicon.words.get(ten)
        if one and other and one.cardinal and other.cardinal and one.cardinal < 10 <= other.cardinal:
            return Item(start, start + len(word), Word(cardinal=one.cardinal + other.cardinal))
    if lexicon.halves and lexicon.halves in word[1:] and (one := lexicon.words.get(word.partition(lexicon.halves)[0])) and one.cardinal:
        return Item(start, start + len(word), Word(cardinal=one.cardinal + Fraction(1, 2)))
    for prefix, value in lexicon.prefixed.items():
        if word.startswith(prefix) and len(word) >= len(prefix) + _SHORTEST_PREFIXED:
            # Семинар is no seven; nothing but a number begins like двенадцатилетний.
            return Item(start, start + len(word), Word(faint=frozenset({value})) if value <= _ANY_WORD else Word(ordinal=value))
    if len(word) >= _SHORTEST_DUAL and word.endswith(lexicon.dual_endings or ("\0",)):
        return Item(start, start + len(word), Word(faint=frozenset({Fraction(2)})))
    return None


def _unspaced(fold: str, lexicon: Lexicon) -> Iterator[Item]:
    """Words where nothing parts them; a run of number signs without tens is digits by place: 二〇二〇."""
    digits = "".join(form for form, word in lexicon.words.items() if len(form) == 1 and word.cardinal is not None and word.cardinal < 10)
    run = re.compile(f"[{digits}]{{2,}}") if digits else None
    at = counted = 0
    assert lexicon.any_word
    while found := lexicon.any_word.search(fold, at):
        form = found[0]
        inside = lexicon.words[form].never and form[0] in lexicon.words
        if inside and (counted == found.start() > 0 or lexicon.patterns["parts"].match(fold, found.start() + 1)):
            # 三十分钟 is thirty minutes and 十分之一 a tenth, though 十分 is "very".
            form = form[0]
        row = run.match(fold, found.start()) if run and len(form) == 1 else None
        item = (_by_place(row, fold, lexicon) if row else None) or Item(found.start(), found.start() + len(form), lexicon.words[form])
        at = item.end
        if item.word and item.word.counts:
            counted = item.end
        yield item


def _by_place(row: re.Match[str], fold: str, lexicon: Lexicon) -> Item | None:
    digits = [lexicon.words[char].cardinal for char in row[0]]
    value = _number("".join(str(digit) for digit in digits), None)
    follows = fold[row.end() : row.end() + 1]
    if len(digits) > 2 or (lexicon.year and follows == lexicon.year):
        return Item(row.start(), row.end(), Word(cardinal=value), positional=True)
    first, second = digits[0] or 0, digits[1] or 0
    if first == 0 or second == 0:
        return None
    # 七八个 is seven or eight, 二三十 twenty or thirty: more or less says nothing that could be compared.
    ten = lexicon.words.get(follows)
    times = ten.multiplier if ten and ten.multiplier else Fraction(1)
    end = row.end() + (times > 1)
    return Item(row.start(), end, Word(faint=frozenset({first * times, second * times})))
