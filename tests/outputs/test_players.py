"""Recordings on finished pages: the browser's own player, captions in every language, and times that lead into it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from pressroom.ground.problems import Fault
from tests.outputs.trees import Built, Page, build_files

FOLDER = "transcripts/2026/the-talk"
HERE = f"../../../../{FOLDER}"
VTT = "WEBVTT\n\n00:01.000 --> 00:02.000\nx\n"
HEAD = (
    "title: What was said on the rain\ndate: 2026-03-04\nmedia: [talk.mp4, talk.webm, talk.ar.vtt, captions.en.vtt, talk.jpg]\n"
    "credits: {talk.mp4: 'A \"B\" & <C>'}\nlicences: {talk.mp4: CC BY 4.0}\n"
)
TEXT = "[00:00:05] [Narration] The office met the press.\n\n[00:01:23.500 --> 00:02:00]\n\nIt rained.\n\n[Soundbite] Ana Díaz | Director\n\nThe dam is full.\n"
FILES = {
    f"{FOLDER}/index.en.md": f"---\n{HEAD}captions: {{talk.mp4: The whole talk}}\n---\n{TEXT}",
    f"{FOLDER}/index.ar.md": "---\ntitle: الحديث\ntranslation: official\n---\n[00:00:05] [التعليق الصوتي] التقى المكتب بالصحافة.\n",
    f"{FOLDER}/talk.mp4": "a recording", f"{FOLDER}/talk.webm": "another", f"{FOLDER}/talk.ar.vtt": VTT, f"{FOLDER}/captions.en.vtt": VTT,
    "releases/2026/heard/index.en.md": "---\ntitle: Heard\ndate: 2026-03-05\nmedia: [a.mp3, b.opus]\n---\nHeard.\n",
    "releases/2026/heard/a.mp3": "a", "releases/2026/heard/b.opus": "b",
}  # fmt: skip


def put_poster(root: Path) -> None:
    (root / "content" / FOLDER).mkdir(parents=True)
    Image.new("RGB", (64, 36), "teal").save(root / "content" / FOLDER / "talk.jpg")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    root = tmp_path_factory.mktemp("players")
    put_poster(root)
    return build_files(root, FILES)


def page(built: Built, lang: str) -> Page:
    return built.pages[f"{lang}/{FOLDER}/index.html"]


def tracks(page: Page) -> list[tuple[Any, ...]]:
    return [tuple(track.get(name) for name in ("kind", "src", "srclang", "label")) + ("default" in track.attrib,) for track in page.all("//track")]


def test_a_video_has_its_forms_its_poster_and_its_captions(built: Built) -> None:
    video = page(built, "en").one("//figure[@class='player']/video")
    assert (video.get("preload"), video.get("poster"), video.get("aria-label")) == ("metadata", f"{HERE}/talk.jpg", "The whole talk")
    assert "controls" in video.attrib
    assert [(source.get("src"), source.get("type")) for source in video.xpath(".//source")] == [(f"{HERE}/talk.mp4", "video/mp4"), (f"{HERE}/talk.webm", "video/webm")]
    assert tracks(page(built, "en")) == [
        ("captions", f"{HERE}/talk.ar.vtt", "ar", "العربية", False), ("captions", f"{HERE}/captions.en.vtt", "en", "English", False),
    ]  # fmt: skip


def test_who_reads_a_translation_is_shown_its_captions(built: Built) -> None:
    assert [(track[2], track[4]) for track in tracks(page(built, "ar"))] == [("ar", True), ("en", False)]


def test_a_recording_says_whose_it_is_and_leads_to_the_whole(built: Built) -> None:
    said = " ".join(page(built, "en").one("//figure[@class='player']/figcaption").text_content().split())
    assert said.startswith('The whole talk Credit: A "B" & <C> Licence: CC BY 4.0 Download the original')


def test_a_time_leads_into_the_recording(built: Built) -> None:
    assert page(built, "en").all("//p[@class='cue']/a/@href") == [f"{HERE}/talk.mp4#t=5", f"{HERE}/talk.mp4#t=83.5"]
    assert page(built, "en").all("//p[@class='cue']/a/@aria-label")[0] == "Play from 00:00:05"


def test_the_script_stands_only_where_something_is_played(built: Built) -> None:
    assert page(built, "en").all("//script[@type='module'][contains(@src, 'media.js')]/@src") == ["../../../../theme/media.js"]
    assert not [path for path, found in built.pages.items() if not found.all("//figure[@class='player']") and found.all("//script[contains(@src, 'media.js')]")]


def test_recordings_of_a_release_are_heard_in_the_order_that_media_says(built: Built) -> None:
    found = built.pages["en/releases/2026/heard/index.html"]
    assert [source.get("type") for source in found.all("//audio//source")] == ["audio/mpeg", "audio/ogg; codecs=opus"]
    assert found.all("//audio/@aria-label") == ["a.mp3", "b.opus"]


def test_the_downloads_offer_the_captions_of_the_pages_language_alone(built: Built) -> None:
    names = page(built, "en").all("//section[contains(@class, 'downloads')]//li/a/bdi/text()")
    assert "captions.en.vtt" in names and "talk.ar.vtt" not in names
    assert f"{FOLDER}/talk.ar.vtt" in built.paths


def test_a_time_without_a_recording_leads_nowhere(tmp_path: Path) -> None:
    built = build_files(tmp_path, {f"{FOLDER}/index.en.md": f"---\ntitle: What was said on the rain\ndate: 2026-03-04\n---\n{TEXT}"})
    assert not page(built, "en").all("//p[@class='cue']/a") and page(built, "en").all("//p[@class='cue']")[0].text_content() == "00:00:05"


def test_an_earlier_version_plays_only_what_is_still_the_same(tmp_path: Path) -> None:
    put_poster(tmp_path)
    entry = "corrections: [{type: updated, at: '2026-06-01T00:00Z', languages: [en]}]\n"
    sums = f"{'0' * 64}  talk.mp4\n"
    files = {**FILES, f"{FOLDER}/index.en.md": f"---\n{entry}{HEAD}---\n{TEXT}More.\n", f"{FOLDER}/v/1/index.en.md": f"---\n{HEAD}---\n{TEXT}", f"{FOLDER}/v/1/SHA256SUMS": sums}
    built = build_files(tmp_path, files)
    former = built.pages[f"en/{FOLDER}/v/1/index.html"]
    assert not former.all("//figure[@class='player']") and not former.all("//p[@class='cue']/a")


@pytest.mark.parametrize("line", ["status: draft", "embargo: 2030-01-01", "corrections: [{type: withdrawn, at: '2026-06-01T00:00Z', note: {en: So, ar: هكذا}}]"])
def test_nothing_is_played_of_what_is_held_or_withdrawn(tmp_path: Path, line: str) -> None:
    put_poster(tmp_path)
    files = {**FILES, f"{FOLDER}/index.en.md": FILES[f"{FOLDER}/index.en.md"].replace("title:", f"{line}\ntitle:", 1)}
    built = build_files(tmp_path, files)
    assert not [path for path in built.paths if path.startswith(FOLDER)]
    assert not any(found.all("//video") for found in built.pages.values())


def test_captions_that_browsers_cannot_read_stop_the_build(tmp_path: Path) -> None:
    put_poster(tmp_path)
    with pytest.raises(Fault) as fault:
        build_files(tmp_path, {**FILES, f"{FOLDER}/talk.ar.vtt": VTT.replace("00:01.000", "00:03.000")})
    (problem,) = fault.value.problems
    assert (problem.code, problem.path, problem.line) == ("FT018", f"content/{FOLDER}/talk.ar.vtt", 3)
