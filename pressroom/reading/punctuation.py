"""What is said of a sign that is another script's: it is told and never set, for another sign would be another text."""

from __future__ import annotations

from pressroom.ground.problems import Problem
from pressroom.reading.typography import Slip


def told(slip: Slip, path: str, place: tuple[int, int]) -> Problem:
    if slip.meant:
        message = f"{slip.sign} is not a sign of the words beside it"
        return Problem("FM023", message, path, *place, f"write {slip.meant}; or typography: keep, where all is meant as it is typed", width=len(slip.sign))
    return Problem("FM024", "a quotation mark without its other", path, *place, "write both, or the marks themselves, as in “ and ”")
