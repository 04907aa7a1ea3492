"""The table of addresses: every address of the site is made here and nowhere else."""

from __future__ import annotations

from pressroom.ground.languages import in_address
from pressroom.model.kinds import BY_NAME


def front(lang: str) -> str:
    return f"/{in_address(lang)}/"


def edition(kind: str, year: int, slug: str, lang: str) -> str:
    folder = f"{BY_NAME[kind].folder}/{year}/" if BY_NAME[kind].dated else ""
    return f"/{in_address(lang)}/{folder}{slug}/"


def version(edition: str, number: int) -> str:
    """An earlier version of the edition at an address."""
    return f"{edition}v/{number}/"


def side_by_side(edition: str, other: str) -> str:
    """The edition at an address with that in another language beside it."""
    return f"{edition}with/{in_address(other)}/"


def corrections(lang: str) -> str:
    return f"/{in_address(lang)}/corrections/"


def verify(lang: str) -> str:
    return f"/{in_address(lang)}/verify/"


def attachment(kind: str, year: int, slug: str, name: str) -> str:
    """An attachment has one address, without a language."""
    return f"/{BY_NAME[kind].folder}/{f'{year}/' if BY_NAME[kind].dated else ''}{slug}/{name}"


def kind(name: str, lang: str, year: int = 0, month: int = 0) -> str:
    return f"/{in_address(lang)}/{BY_NAME[name].folder}/{f'{year}/' if year else ''}{f'{month:02}/' if month else ''}"


def topic(id: str, lang: str, year: int = 0) -> str:
    return f"/{in_address(lang)}/topics/{id}/{f'{year}/' if year else ''}"


def person(id: str, lang: str, year: int = 0) -> str:
    return f"/{in_address(lang)}/people/{id}/{f'{year}/' if year else ''}"


def topics(lang: str) -> str:
    return f"/{in_address(lang)}/topics/"


def people(lang: str) -> str:
    return f"/{in_address(lang)}/people/"


def search(lang: str) -> str:
    return f"/{in_address(lang)}/search/"
