"""The page of an edition: what stands beside its text."""

from __future__ import annotations

import pytest

from pressroom.model.people import Contact
from pressroom.outputs.editions import contact
from tests.reading.typography.typographies import typography


@pytest.mark.parametrize(
    ("phone", "tel"),
    [
        ("+41 22 555 01 01", "tel:+41225550101"),
        ("+41 (0)22 555 01 01", "tel:+41225550101"),
        ("(0)22 555 01 01", "tel:0225550101"),
        ("+1 (202) 555-0101", "tel:+12025550101"),
    ],
)
def test_a_number_is_dialled_without_the_nought_that_is_dialled_at_home_only(phone: str, tel: str) -> None:
    found = contact(Contact("desk", {"en": "Desk"}, phone=phone), typography("en"))
    assert (found["phone"], found["tel"]) == (phone, tel)
