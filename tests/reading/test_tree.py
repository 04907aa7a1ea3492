"""The content tree: what is a document, and what no folder of content may hold."""

from __future__ import annotations

import os
import socket
from pathlib import Path

import pytest

from pressroom.ground.problems import ERROR, Fault
from pressroom.reading.files import read_bytes
from pressroom.reading.tree import Tree, scan

LANGUAGES = ("en", "zh-Hans", "fr")


def look(root: Path) -> Tree:
    return scan(((str(root), "content"),), LANGUAGES)


def put(root: Path, name: str, text: str = "x") -> Path:
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    return path


def codes(tree: Tree) -> list[str]:
    return [problem.code for problem in tree.problems]


def test_a_folder_is_a_document_and_a_file_of_a_language_its_edition(tmp_path: Path) -> None:
    for name in ("releases/2020/a/index.en.md", "releases/2020/a/index.zh-Hans.md", "releases/2020/a/photo.jpg", "pages/about/index.fr.md", "topics.yml", "root/.well-known/x.txt", "root/CNAME"):
        put(tmp_path, name)
    tree = look(tmp_path)
    assert not tree.problems and [(b.kind, b.year, b.slug, list(b.editions), list(b.files)) for b in tree.bundles] == [
        ("page", 0, "about", ["fr"], []), ("release", 2020, "a", ["en", "zh-Hans"], ["photo.jpg"]),
    ]  # fmt: skip
    assert list(tree.root_files) == [".well-known/x.txt", "CNAME"] and list(tree.registries) == ["topics.yml"]


@pytest.mark.parametrize("slug", ["A", "a b", "a_b", "a.b", "a--b", "-a", "a-", "é", "水", "v", "with", "20", "a" * 101, "a" * 250, "a\nb", "a'b", "<b>", "%2e%2e", "a\\b"])
def test_a_slug_that_is_no_address_is_refused(tmp_path: Path, slug: str) -> None:
    put(tmp_path, f"releases/2020/{slug}/index.en.md")
    assert codes(look(tmp_path)) == ["TX001"] and not look(tmp_path).bundles and look(tmp_path).problems[0].hint


@pytest.mark.parametrize("slug", ["releases", "transcripts", "topics", "people", "search", "verify", "corrections"])
def test_a_page_may_not_have_the_name_of_a_folder_of_the_site(tmp_path: Path, slug: str) -> None:
    put(tmp_path, f"pages/{slug}/index.en.md")
    put(tmp_path, f"releases/2020/{slug}/index.en.md")
    assert codes(look(tmp_path)) == ["TX001"] and len(look(tmp_path).bundles) == 1


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("releases/2020/a/index.md", "TX003"),
        ("releases/2020/a/index.zh-hans.md", "TX003"),
        ("releases/2020/a/index.EN.md", "TX003"),
        ("releases/2020/a/index.de.md", "TX003"),
        ("releases/2020/a/index.xx_YY.md", "TX003"),
        ("releases/2020/a/sub/x.md", "TX002"),
        ("releases/2020/loose.md", "TX002"),
        ("releases/loose.md", "TX002"),
        ("releases/20/a/index.en.md", "TX002"),
        ("releases/02020/a/index.en.md", "TX002"),
        ("releases/２０２０/a/index.en.md", "TX002"),
        ("posts/a.md", "TX002"),
        ("Releases/2020/a/index.en.md", "TX002"),
        ("loose.txt", "TX002"),
    ],
)
def test_what_stands_where_nothing_belongs_is_refused(tmp_path: Path, name: str, code: str) -> None:
    put(tmp_path, name)
    found = [problem for problem in look(tmp_path).problems if problem.severity == ERROR]
    assert [problem.code for problem in found] == [code] and found[0].path.startswith("content/") and found[0].hint


@pytest.mark.parametrize(
    "name", ["Index.zh-Hans.md", "index.zh-Hans.MD", "index.zh-hans.md.txt", "index.zh-Hans.markdown", "index-zh-Hans.md", "index_zh_Hans.md", "index.zh_Hans.md", "INDEX zh-Hans.md"]
)  # fmt: skip
def test_what_was_meant_for_an_edition_is_no_attachment_and_told_its_name(tmp_path: Path, name: str) -> None:
    put(tmp_path, "releases/2020/a/index.en.md")
    put(tmp_path, f"releases/2020/a/{name}")
    tree = look(tmp_path)
    assert [(problem.code, problem.hint) for problem in tree.problems] == [("TX003", "name it index.zh-Hans.md")]
    assert not tree.bundles[0].files and list(tree.bundles[0].editions) == ["en"]


@pytest.mark.parametrize("name", ["index.zh-Hans.txt", "index.zh-Hans.vtt", "index-of-levels.md", "index.csv"])
def test_a_file_that_is_no_edition_may_be_called_index(tmp_path: Path, name: str) -> None:
    put(tmp_path, "releases/2020/a/index.en.md")
    put(tmp_path, f"releases/2020/a/{name}")
    assert not look(tmp_path).problems and list(look(tmp_path).bundles[0].files) == [name]


@pytest.mark.parametrize("name", [".x.swp", "#x#", "x~", "Thumbs.db", ".DS_Store", "index.en.md~", ".#index.en.md", "index.en.md.bak", "x.tmp", "desktop.ini", ".git/config", "x.md.orig", "~$dex.docx"])
@pytest.mark.parametrize("folder", ["releases/2020/a", "root", "", "releases", "releases/2020"])
def test_an_editor_s_leftover_is_left_out(tmp_path: Path, name: str, folder: str) -> None:
    put(tmp_path, "releases/2020/a/index.en.md")
    put(tmp_path, f"{folder}/{name}" if folder else name)
    tree = look(tmp_path)
    assert set(codes(tree)) <= {"TX012"} and not tree.root_files and all(not bundle.files for bundle in tree.bundles)


def test_a_link_a_pipe_and_a_socket_are_refused(tmp_path: Path) -> None:
    put(tmp_path, "releases/2020/a/index.en.md")
    folder = tmp_path / "releases/2020/a"
    (folder / "passwd").symlink_to("/etc/passwd")
    (folder / "loop").symlink_to(folder)
    (folder / "gone").symlink_to("nowhere")
    (tmp_path / "releases/2020/b").symlink_to(folder)
    os.mkfifo(folder / "pipe")
    with socket.socket(socket.AF_UNIX) as bound:
        here = os.getcwd()
        os.chdir(folder)
        bound.bind("s")
        os.chdir(here)
        tree = look(tmp_path)
    assert codes(tree) == ["TX008"] * 6 and not tree.bundles[0].files and len(tree.bundles) == 1


def test_two_names_that_differ_by_case_or_form_only_are_refused(tmp_path: Path) -> None:
    put(tmp_path, "releases/2020/a/index.en.md")
    for names in (("Photo.jpg", "photo.jpg"), ("caf\u00e9.jpg", "cafe\u0301.jpg")):
        for name in names:
            put(tmp_path, f"releases/2020/a/{name}")
    assert codes(look(tmp_path)) == ["TX010", "TX010"]


@pytest.mark.parametrize("name", [b"a\xff.jpg", b"a\n.jpg", b"a\x1b[2J.jpg", "a\u202e.jpg".encode(), "a\u2028.jpg".encode()])
def test_a_name_that_cannot_be_printed_is_refused_without_being_printed(tmp_path: Path, name: bytes) -> None:
    put(tmp_path, "releases/2020/a/index.en.md")
    with open(os.path.join(os.fsencode(tmp_path), b"releases/2020/a", name), "w"):
        pass
    (problem,) = look(tmp_path).problems
    assert problem.code == "TX001" and problem.message.isprintable() and problem.message.isascii()


def test_no_content_folder_is_a_fault(tmp_path: Path) -> None:
    assert codes(look(tmp_path / "nowhere")) == ["TX013"]
    assert codes(look(put(tmp_path, "file"))) == ["TX013"]


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is unreadable to root")
def test_what_cannot_be_read_is_a_fault(tmp_path: Path) -> None:
    path = put(tmp_path, "releases/2020/a/index.en.md")
    path.chmod(0)
    with pytest.raises(Fault) as fault:
        read_bytes(look(tmp_path).bundles[0].editions["en"])
    assert fault.value.problems[0].code == "TX009"
    path.parent.chmod(0)
    assert "TX009" in codes(look(tmp_path))
    path.parent.chmod(0o700)


def test_a_file_that_went_away_or_changed_its_nature_is_a_fault(tmp_path: Path) -> None:
    path = put(tmp_path, "releases/2020/a/index.en.md")
    file = look(tmp_path).bundles[0].editions["en"]
    path.unlink()
    for turn in (lambda: None, lambda: os.mkfifo(path), lambda: (path.unlink(), path.symlink_to("/etc/passwd")), lambda: (path.unlink(), path.mkdir())):
        turn()
        with pytest.raises(Fault) as fault:
            read_bytes(file)
        assert fault.value.problems[0].code == "FT012"


def test_folders_of_root_are_not_followed_without_end(tmp_path: Path) -> None:
    put(tmp_path, "root/" + "a/" * 300 + "x.txt")
    assert codes(look(tmp_path)) == ["TX002"]


def test_a_second_root_is_merged_by_path_and_may_not_say_the_same_twice(tmp_path: Path) -> None:
    put(tmp_path, "one/releases/2020/a/index.en.md")
    put(tmp_path, "two/releases/2020/a/index.fr.md")
    put(tmp_path, "two/releases/2020/a/index.en.md")
    put(tmp_path, "two/releases/2021/b/index.en.md")
    tree = scan(((str(tmp_path / "one"), "content"), (str(tmp_path / "two"), "held")), LANGUAGES)
    assert codes(tree) == ["TX011"] and [(bundle.slug, sorted(bundle.editions)) for bundle in tree.bundles] == [("a", ["en", "fr"]), ("b", ["en"])]


def test_the_order_of_a_folder_does_not_count(tmp_path: Path) -> None:
    for name in ("c", "a", "b"):
        put(tmp_path, f"releases/2020/{name}/index.en.md")
    assert [bundle.slug for bundle in look(tmp_path).bundles] == ["a", "b", "c"]
