"""Timecodes as numbers, and as places in a recording."""

from __future__ import annotations

import pytest

from pressroom.ground.timecodes import fragment, seconds


@pytest.mark.parametrize(("timecode", "place"), [
    ("00:01:23", "t=83"), ("1:23", "t=83"), ("01:23.500", "t=83.5"), ("00:00:00", "t=0"), ("100:00:00", "t=360000"), ("00:01:23,040", "t=83.04"),
    ("27:46:39.999", "t=99999.999"), ("00:00:10:12", "t=10.012"),
])  # fmt: skip
def test_a_timecode_is_a_place_in_a_recording(timecode: str, place: str) -> None:
    assert fragment(timecode) == place
    assert float(place[2:]) == pytest.approx(seconds(timecode))
