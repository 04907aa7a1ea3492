"""Press kits: all that a newsroom needs in one file, the same bytes on any machine, and nothing of what is held."""

from __future__ import annotations

import io
import subprocess
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PIL import Image

from pressroom.build import build
from pressroom.ground.problems import Fault
from pressroom.outputs import kits
from tests.outputs.trees import Built, build_files
from tests.sites import build as build_apart
from tests.sites import make_site, tree_of

FOLDER = "releases/2026/river-rises"
HEAD = "title: The river rises\ndate: 2026-03-04\nattachments: [photo.png, levels.csv]\nmedia: [talk.mp4]\ncredits: {photo.png: A. Díaz}\nlicences: {photo.png: CC BY 4.0}\n"
FILES = {
    f"{FOLDER}/index.en.md": f"---\n{HEAD}captions: {{photo.png: The bridge}}\n---\nIt rose by two metres.\n",
    f"{FOLDER}/index.zh-Hans.md": "---\ntitle: 河水上涨\ntranslation: official\ncaptions: {photo.png: 桥}\n---\n上涨两米。\n",
    f"{FOLDER}/index.ar.md": "---\ntitle: مسودة سرية\ntranslation: official\nstatus: draft\n---\nكلمات لم تُنشر بعد.\n",
    f"{FOLDER}/levels.csv": "a,b\n",
    f"{FOLDER}/talk.mp4": "a recording",
    "pages/about/index.en.md": "---\ntitle: About\n---\nAbout.\n",
}
KIT = f"{FOLDER}/kit.zip"


def put_picture(root: Path) -> None:
    (root / "content" / FOLDER).mkdir(parents=True)
    Image.new("RGB", (40, 20), "teal").save(root / "content" / FOLDER / "photo.png")


def members(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    root = tmp_path_factory.mktemp("kits")
    put_picture(root)
    return build_files(root, FILES)


def test_a_kit_holds_the_texts_the_files_and_what_is_to_be_said_of_them(built: Built) -> None:
    found = members(built.read(KIT))
    assert list(found) == sorted(found) == [
        "SHA256SUMS", "captions/river-rises.en.txt", "captions/river-rises.zh-Hans.txt", "files/levels.csv", "files/photo.png",
        "text/river-rises.en.md", "text/river-rises.zh-Hans.md",
    ]  # fmt: skip
    assert found["text/river-rises.en.md"] == built.read(f"en/{FOLDER}/index.md")
    assert found["files/photo.png"] == built.read(f"{FOLDER}/photo.png")
    said = found["captions/river-rises.zh-Hans.txt"].decode()
    assert all(words in said for words in ("河水上涨", f"https://press.test/{FOLDER}/photo.png", "桥", "来源： A. Díaz", "CC BY 4.0", "40 × 20"))


def test_a_file_may_have_any_name(tmp_path: Path) -> None:
    put_picture(tmp_path)
    names = ("Übersicht 1.csv", "水位 & 'x'.csv", "-rf.csv")
    links = "\n\n".join(f"[{number}](<{name}>)" for number, name in enumerate(names))
    files = {**FILES, f"{FOLDER}/index.en.md": f"---\n{HEAD}---\n{links}\n", **{f"{FOLDER}/{name}": name for name in names}}
    data = build_files(tmp_path, files).read(KIT)
    assert {f"files/{name}" for name in names} <= set(members(data))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        archive.extractall(tmp_path / "unpacked")
    done = subprocess.run(["sha256sum", "--strict", "--quiet", "-c", kits.SUMS], cwd=tmp_path / "unpacked", capture_output=True, check=False)
    assert done.returncode == 0, done.stderr


def test_a_recording_is_linked_and_not_packed(built: Built) -> None:
    said = members(built.read(KIT))["captions/river-rises.en.txt"].decode()
    assert f"talk.mp4\nhttps://press.test/{FOLDER}/talk.mp4" in said and "Not in this kit" in said


def test_what_is_in_a_kit_can_be_checked(built: Built, tmp_path: Path) -> None:
    with zipfile.ZipFile(built.folder / KIT) as archive:
        archive.extractall(tmp_path)
    done = subprocess.run(["sha256sum", "--strict", "-c", kits.SUMS], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0 and len(done.stdout.splitlines()) == 6, done.stderr


def test_another_machine_packs_the_same_bytes(built: Built, tmp_path: Path) -> None:
    root = tmp_path / "elsewhere"
    put_picture(root)
    make_site(root, FILES)
    done = build_apart(root, now="2026-12-01T12:00:00Z", TZ="Asia/Tokyo", PYTHONHASHSEED="7", LC_ALL="C")
    assert done.returncode == 0, done.stderr
    assert (root / "output" / KIT).read_bytes() == built.read(KIT)


def test_a_kit_says_nothing_of_when_and_by_whom_it_was_packed(built: Built) -> None:
    with zipfile.ZipFile(built.folder / KIT) as archive:
        for info in archive.infolist():
            assert info.date_time == (1980, 1, 1, 0, 0, 0) and info.compress_type == zipfile.ZIP_STORED
            assert (info.create_system, info.external_attr >> 16, info.extra, info.comment) == (3, 0o100644, b"", b"")


def test_pages_and_data_lead_to_the_kit(built: Built) -> None:
    for lang in ("en", "zh-hans"):
        page = built.pages[f"{lang}/{FOLDER}/index.html"]
        assert page.all("//li[@class='kit']/a/@href") == [f"../../../../{KIT}"]
        assert built.data(f"{lang}/{FOLDER}/index.json")["kit"] == f"https://press.test/{KIT}"
    assert "kit" not in built.data("en/about/index.json") and not built.pages["en/about/index.html"].all("//li[@class='kit']")


def test_the_size_that_a_page_tells_is_about_right(demo: Built) -> None:
    kits = {path.removesuffix("kit.zip"): len(demo.read(path)) / 1000 for path in demo.paths if path.endswith("kit.zip")}
    told = {name: page.all("//li[@class='kit']/span")[0].text_content() for name, page in demo.pages.items() if page.all("//li[@class='kit']")}
    for folder, real in kits.items():
        if words := told.get(f"en/{folder}index.html"):
            assert abs(float(words.split("about ")[1].split()[0]) - real) <= max(0.06 * real, 0.5), folder


def test_a_held_edition_is_in_no_kit_and_a_withdrawn_document_has_none(built: Built, tmp_path: Path) -> None:
    assert not any("سرية".encode() in data or "كلمات".encode() in data for data in members(built.read(KIT)).values())
    put_picture(tmp_path)
    gone = "corrections: [{type: withdrawn, at: '2026-06-01T00:00Z', note: {en: So, zh-Hans: 如此}}]\n"
    files = {**FILES, f"{FOLDER}/index.en.md": FILES[f"{FOLDER}/index.en.md"].replace("title:", f"{gone}title:", 1)}
    assert KIT not in build_files(tmp_path, files).paths


def test_words_of_a_held_document_are_found_in_a_kit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The leak check looks into kits by itself, whoever packed them."""
    put_picture(tmp_path)
    packed = kits._zipped
    monkeypatch.setattr(kits, "_zipped", lambda files: packed({**files, "text/x.md": "كلمات لم تُنشر بعد وهي طويلة بما يكفي لتُعرف هنا".encode()}))
    files = {**FILES, f"{FOLDER}/index.ar.md": FILES[f"{FOLDER}/index.ar.md"].replace("بعد.", "بعد وهي طويلة بما يكفي لتُعرف هنا.")}
    with pytest.raises(Fault) as fault:
        build_files(tmp_path, files)
    assert {(problem.code, problem.path) for problem in fault.value.problems} == {("GT004", f"output {KIT}")}


def test_a_file_that_nobody_can_look_into_may_be_packed_where_it_is_cleared(tmp_path: Path) -> None:
    put_picture(tmp_path)
    sealed = io.BytesIO()
    with zipfile.ZipFile(sealed, "w") as archive:
        archive.writestr("inside.txt", "words")
    data = bytearray(sealed.getvalue())
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + at] |= 1
    (tmp_path / "content" / FOLDER / "sealed.zip").write_bytes(bytes(data))
    files = {**FILES, f"{FOLDER}/index.en.md": FILES[f"{FOLDER}/index.en.md"].replace("levels.csv]", "levels.csv, sealed.zip]")}
    assert "files/sealed.zip" in members(build_files(tmp_path, files).read(KIT))


def test_a_kit_is_packed_again_only_when_something_in_it_changes(built: Built, tmp_path: Path) -> None:
    put_picture(tmp_path)
    again = build_files(tmp_path, FILES)
    now = datetime(2026, 12, 1, 12, tzinfo=UTC)
    assert tree_of(again.folder)[KIT] == tree_of(built.folder)[KIT]
    about = tmp_path / "content/pages/about/index.en.md"
    about.write_text(about.read_text().replace("About.", "About us."))
    assert KIT not in build(again.settings, now).why
    text = tmp_path / "content" / FOLDER / "index.zh-Hans.md"
    text.write_text(text.read_text().replace("两", "三"))
    assert KIT in build(again.settings, now).why
