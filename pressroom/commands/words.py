"""The words of a command line: bare ones written out as options, wrong ones refused with the nearest right one."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping, Sequence

from invoke.exceptions import ParseError
from invoke.parser import Parser, ParserContext

from pressroom.reading.files import encodes

HELP = ("--help", "-h")
_PATHS = ("source", "to", "against")
"""Options that name a file or a folder, which may be called by any bytes."""


def spelt_out(tokens: Sequence[str], parser: Parser, words: Mapping[str, list[str]]) -> tuple[str, list[str]]:
    """The tokens with each bare word written as the option it fills, and the task whose help is asked for; a wrong name is refused."""
    spelt: list[str] = []
    context: ParserContext | None = None
    left: list[str] = []
    value_next = False
    for token in tokens:
        flags = _flags(context, parser)
        if token in HELP and context:
            return context.name, []
        if value_next and token not in flags:
            spelt.append(token)
            value_next = False
        elif len(token) > 1 and token.startswith("-"):
            value_next = _awaits_value(token, flags)
            if value_next is None:
                raise no_option(token, context, flags)
            spelt.append(token)
        elif token in parser.contexts:
            value_next = False
            context = parser.contexts[token]
            left = list(words[context.name])
            spelt.append(token)
        elif context and left:
            spelt.append(f"{left[0]}={token}")
            if context.flags[left[0]].kind is not list:
                left.pop(0)
        else:
            raise no_task(token, parser, spaced=bool(context and words[context.name]))
    return "", spelt


def _flags(context: ParserContext | None, parser: Parser) -> dict[str, bool]:
    """Every option that may stand here, and whether a value follows it."""
    flags: dict[str, bool] = {}
    for owner in (parser.initial, context):
        if owner:
            for name, argument in owner.flags.items():
                flags |= dict.fromkeys(owner.names_for(name), argument.takes_value)
            flags |= dict.fromkeys(owner.inverse_flags, False)
    return flags


def _awaits_value(token: str, flags: Mapping[str, bool]) -> bool | None:
    """Whether the next word is this option's value; None where there is no such option."""
    name, equals, _ = token.partition("=")
    if name in flags:
        return flags[name] and not equals
    if token.startswith("--") or token[:2] not in flags:
        return None
    if flags[token[:2]]:
        return False
    letters = [f"-{letter}" for letter in token[1:]]
    return flags[letters[-1]] if all(letter in flags for letter in letters) else None


def _nearest(word: str, known: Iterable[str]) -> str:
    found = difflib.get_close_matches(word, sorted(known), n=1, cutoff=0.6)
    return f'; did you mean "{found[0]}"?' if found else ""


def no_task(word: str, parser: Parser, spaced: bool = False) -> ParseError:
    """The refusal of a task that there is not; `spaced` where the word may be a part of what went before."""
    otherwise = "; words that belong together need quotation marks round them" if spaced else "; inv --list names them all"
    return ParseError(f'no task "{word}"' + (_nearest(word, [*parser.contexts, *parser.contexts.aliases]) or otherwise))


def no_option(token: str, context: ParserContext | None, flags: Mapping[str, bool]) -> ParseError:
    """The refusal of an option that the task does not have; its own options come to mind before those of all tasks."""
    name = token.partition("=")[0]
    own = [*context.flags, *context.inverse_flags] if context else []
    owner, ask = (f'"{context.name}"', f"inv {context.name} --help") if context else ("inv", "inv --help")
    return ParseError(f'{owner} has no option "{name}"' + (_nearest(name, own) or _nearest(name, flags) or f"; {ask} names them all"))


def not_utf_8(context: ParserContext) -> ParseError | None:
    """The refusal of values that were typed in another encoding than UTF-8, if there are any."""
    values = {name: argument.value for name, argument in context.args.items() if name not in _PATHS}
    found = [name for name, value in values.items() if isinstance(value, str) and not encodes(value)]
    return ParseError(f"what --{found[0]} was given is not UTF-8: {values[found[0]]}") if found else None


def no_number(wrong: ValueError) -> ParseError:
    """The refusal of a value that Invoke could not turn into a number."""
    return ParseError(f"a whole number is needed, not {str(wrong).rpartition(': ')[2]}")
