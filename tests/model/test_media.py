"""Recordings and captions: what belongs together by its name, and what belongs to nothing."""

from __future__ import annotations

import pytest

from pressroom.model.media import AUDIO, FORMS, VIDEO, is_played, recordings


def test_captions_belong_to_the_recording_of_their_name_or_to_the_only_one() -> None:
    (found,), misnamed = recordings(["talk.mp4", "talk.en.vtt", "captions.zh-Hans.vtt", "talk.jpg"])
    assert (found.kind, found.files, dict(found.captions)) == (VIDEO, ("talk.mp4",), {"en": "talk.en.vtt", "zh-Hans": "captions.zh-Hans.vtt"})
    assert misnamed == ()


def test_files_of_one_name_are_played_as_one() -> None:
    found, misnamed = recordings(["talk.webm", "talk.mp4", "talk.mp3", "talk.en.vtt"])
    assert [(one.kind, one.files) for one in found] == [(VIDEO, ("talk.webm", "talk.mp4")), (AUDIO, ("talk.mp3",))]
    assert all(one.captions == {"en": "talk.en.vtt"} for one in found) and not misnamed


def test_a_name_may_have_dots_and_no_letter_is_of_weight() -> None:
    found, misnamed = recordings(["a.b.MP4", "a.b.ar.VTT"])
    assert [dict(one.captions) for one in found] == [{"ar": "a.b.ar.VTT"}] and not misnamed


@pytest.mark.parametrize(("names", "code", "hint"), [
    (["talk.mp4", "talk.vtt"], "TX016", "talk.<language>.vtt"), (["talk.mp4", "talk.english!.vtt"], "TX016", "talk.<language>.vtt"),
    (["talk.mp4", "talk.zh-hans.vtt"], "TX016", "talk.zh-Hans.vtt"), (["talk.mp4", "other.en.vtt"], "TX017", "talk.<language>.vtt"),
    (["a.mp4", "b.mp4", "captions.en.vtt"], "TX017", "a.<language>.vtt"), (["captions.en.vtt"], "TX017", "captions.<language>.vtt"),
    (["talk.mp4", "talk.en.vtt", "captions.en.vtt"], "TX017", "keep one"), (["talk.mov"], "TX018", "mp4"), (["levels.csv"], "TX018", "attachments"),
    (["talk"], "TX018", "mp4"), (["talk.mp4", ".vtt"], "TX016", "talk.<language>.vtt"),
])  # fmt: skip
def test_what_belongs_to_nothing_is_told(names: list[str], code: str, hint: str) -> None:
    (misnamed,) = recordings(names)[1]
    assert misnamed.code == code and hint in misnamed.hint


def test_only_recordings_are_played() -> None:
    assert all(is_played(f"a.{ending}") for ending in FORMS) and is_played("a.Mp4")
    assert not any(map(is_played, ("a.jpg", "mp4", "a.vtt", "a.mp4.txt", "")))
