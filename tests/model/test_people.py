from datetime import date

import pytest

from pressroom.model.people import Office, Person

PERSON = Person("a", offices=(Office({"en": "Deputy"}, since="2019", until="2021-06"), Office({"en": "Director"}, since="2021-06-15")))


@pytest.mark.parametrize(
    ("day", "role"),
    [
        (date(2018, 12, 31), ""), (date(2019, 1, 1), "Deputy"), (date(2021, 6, 14), "Deputy"),
        # The one who held both for half a month was both: neither is chosen.
        (date(2021, 6, 20), ""), (date(2021, 7, 1), "Director"), (date(2030, 1, 1), "Director"),
    ],
)  # fmt: skip
def test_the_office_of_a_day_is_the_one_that_was_held_on_it(day: date, role: str) -> None:
    found = PERSON.office_on(day)
    assert (found.role["en"] if found else "") == role


def test_an_office_without_dates_was_held_always() -> None:
    assert Office().was_held_on(date(1900, 1, 1)) and Person("b").office_on(date(2020, 1, 1)) is None
