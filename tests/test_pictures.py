"""Pictures that cannot be read to their ends: `check` tells them before the build does that has to show them."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PIL import Image

from pressroom.build import build, examine
from pressroom.ground.problems import Fault, Problem
from pressroom.model.settings import Settings
from pressroom.outputs import scaling
from tests.sites import REPOSITORY, make_site
from tests.test_sameness import settings_of

NOW, LATER = datetime(2026, 12, 1, 12, tzinfo=UTC), datetime(2027, 3, 1, tzinfo=UTC)
FOLDER = "releases/2026/floods"
SHOWING, OFFERING = "Words.\n\n![A chart](chart.jpg)\n", "Words, and [a chart](chart.jpg).\n"
EMBARGO = "embargo: 2027-02-01T00:00:00Z\n"


def chart(whole: bool = False) -> bytes:
    made = io.BytesIO()
    Image.effect_noise((1200, 800), 60).save(made, "JPEG")
    return made.getvalue() if whole else made.getvalue()[:-20_000]


def room(root: Path, header: str = "", text: str = SHOWING, data: bytes = b"", of_translation: str = "") -> Settings:
    """One release and a file that it shows or offers, in English; or, with a header for that, in an Arabic translation alone."""
    first = f"---\ntitle: The floods\ndate: 2026-01-02\n{header}---\n"
    files = {f"{FOLDER}/index.en.md": f"{first}Words.\n" if of_translation else first + text}
    if of_translation:
        files[f"{FOLDER}/index.ar.md"] = f"---\ntitle: الفيضانات\ntranslation: official\n{of_translation}---\n{text}"
    make_site(root, files)
    (root / "content" / FOLDER / "chart.jpg").write_bytes(data or chart())
    (root / "theme").symlink_to(REPOSITORY / "theme")
    return settings_of(root)


def told(settings: Settings, public_log: bool = False) -> list[Problem]:
    return [problem for problem in examine(settings, NOW, public_log) if problem.code in ("FT011", "GT002")]


def test_a_picture_under_embargo_that_is_cut_off_is_told_before_it_stops_the_build_of_its_day(tmp_path: Path) -> None:
    settings = room(tmp_path, EMBARGO)
    build(settings, NOW)
    (problem,) = told(settings)
    assert (problem.code, problem.severity, problem.path) == ("FT011", "error", f"content/{FOLDER}/chart.jpg")
    with pytest.raises(Fault) as fault:
        build(settings, LATER)
    assert fault.value.problems == (problem,)


def test_what_is_held_is_not_named_in_a_public_log(tmp_path: Path) -> None:
    assert [(problem.code, problem.path) for problem in told(room(tmp_path, EMBARGO), public_log=True)] == [("GT002", "")]


def test_a_picture_that_is_out_is_named_in_a_public_log(tmp_path: Path) -> None:
    assert [(problem.code, problem.path) for problem in told(room(tmp_path), public_log=True)] == [("FT011", f"content/{FOLDER}/chart.jpg")]


@pytest.mark.parametrize(("header", "of_translation"), [("status: draft\n", ""), ("", "status: draft\n")])
def test_that_of_a_draft_is_a_warning(tmp_path: Path, header: str, of_translation: str) -> None:
    settings = room(tmp_path, header, of_translation=of_translation)
    assert [(problem.code, problem.severity) for problem in told(settings)] == [("FT011", "warning")]
    assert told(settings, public_log=True) == []


def test_a_file_that_is_offered_as_it_is_and_not_shown_may_be_what_it_is(tmp_path: Path) -> None:
    settings = room(tmp_path, text=OFFERING)
    assert told(settings) == []
    build(settings, NOW)


def test_a_picture_that_was_read_to_its_end_is_not_read_again_until_it_is_another(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = room(tmp_path, EMBARGO, data=chart(whole=True))
    assert told(settings) == []
    asked = []
    monkeypatch.setattr(scaling, "fault_of", asked.append)
    assert told(settings) == [] and asked == []
    monkeypatch.undo()
    (tmp_path / "content" / FOLDER / "chart.jpg").write_bytes(chart())
    for _ in range(2):
        assert [problem.code for problem in told(settings)] == ["FT011"]
