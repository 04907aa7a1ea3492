"""The index of a search: the same bytes from the same pages, made again only where pages changed, and nothing of it kept."""

from __future__ import annotations

import gzip
import hashlib
import json
import random
import re
import stat
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from pressroom.ground import digests
from pressroom.ground.problems import Fault
from pressroom.model.artifact import Artifact, Bundle, Entry, Pages
from pressroom.model.site import Copy
from pressroom.press import pagefind
from pressroom.press.render import Renderer
from pressroom.press.search import ENGINE, Indexes, engine_digests, open_indexes, unfolded
from tests.sites import REPOSITORY

WORDS = "river gauge harbour water level lock dredge chart tide 水位 港口 运河 观测 ميناء نهر الموانئ".split()


def page_of(lang: str, number: int, text: str) -> str:
    return f'<!doctype html><html lang="{lang}"><body><h1>Page {number}</h1><h6 id="q-{number}">{text}</h6></body></html>'


def facts_of(lang: str, number: int, text: str) -> str:
    return json.dumps({"url": f"/{lang}/{number}/", "title": f"Page {number}"})


def entry(lang: str, number: int, text: str = "One river.", shown: str = "") -> Entry:
    address, inputs = f"/{lang}/{number}/", (lang, number, text)
    as_it_is = Artifact(address, page_of, (lang, number, shown)) if shown else None
    return Entry(lang, address, "", lambda: Pages(Artifact(address, page_of, inputs), Artifact(address, facts_of, inputs), as_it_is))


def key_of(entry: Entry) -> str:
    pages = entry.pages()
    return digests.of((entry.index, [(made.view.__qualname__, made.inputs) for made in (pages.page, pages.facts, pages.shown) if made]))


def bundle(name: str, *entries: Entry) -> Bundle:
    return Bundle(f"search/{name}", entries)


def renderer(tmp_path: Path) -> Renderer:
    return Renderer(((str(tmp_path), "theme/templates"),), "engine", lambda ref: None)


def made(tmp_path: Path, bundles: Iterable[Bundle], provide: bool = False) -> dict[str, bytes]:
    """The bytes of the files that a run makes or, provided, of all."""
    found: dict[str, bytes] = {}
    with open_indexes(str(tmp_path), renderer(tmp_path)) as indexes:
        artifacts = indexes.artifacts(bundles, key_of)
        if provide:
            indexes.provide(artifact.path for artifact in artifacts)
        for artifact in artifacts:
            (copy,) = artifact.inputs
            assert isinstance(copy, Copy) and copy.address == artifact.path
            if Path(copy.path).exists():
                found[copy.address] = Path(copy.path).read_bytes()
    return found


def many(seed: int, count: int = 100) -> list[Bundle]:
    """Some pages in three languages, handed over in an order of chance."""
    entries = [
        entry(lang, number, words := " ".join(random.Random(number).choices(WORDS, k=40)), words.replace("观", "觀") if lang == "zh" else "")
        for number in range(count)
        for lang in ("en", "zh", "ar")
    ]
    random.Random(seed).shuffle(entries)
    return [bundle("2026", *entries)]


_APART = """\
import hashlib, sys
from pathlib import Path
from tests.press.test_search import made, many
found = made(Path(sys.argv[1]), many(int(sys.argv[2])))
facts = {path for path in found if path.startswith("search/2026/") and path.count("/") == 2 and path.endswith(("en.json", "zh.json", "ar.json"))}
print(hashlib.sha256(repr(sorted((path, data) for path, data in found.items() if path not in facts)).encode()).hexdigest())
"""


def test_the_same_pages_give_the_same_bytes_in_any_process_and_order(tmp_path: Path) -> None:
    digests = set()
    for seed in ("1", "2", "3"):
        folder = tmp_path / seed
        folder.mkdir()
        environment = {"PYTHONHASHSEED": seed, "PYTHONPATH": str(REPOSITORY), "PATH": "/usr/bin:/bin"}
        done = subprocess.run([sys.executable, "-c", _APART, str(folder), seed], env=environment, capture_output=True, text=True, timeout=120, check=False)
        assert done.returncode == 0, done.stderr
        digests.add(done.stdout)
    assert len(digests) == 1


def test_a_bundle_holds_an_index_and_the_facts_of_each_hit_and_the_engine_the_rest(tmp_path: Path) -> None:
    found = made(tmp_path, [bundle("2026-11", entry("en", 1), entry("ar", 1, "نهر")), bundle("pages", entry("en", 2))])
    facts = json.loads(found["search/2026-11/en.json"])
    ((name, fact),) = facts.items()
    assert fact == {"url": "/en/1/", "title": "Page 1"}
    fragment = json.loads(gzip.decompress(found[f"search/2026-11/fragment/{name}.pf_fragment"]).removeprefix(b"pagefind_dcd"))
    assert fragment["url"] == "/en/1/" and fragment["content"] == "Page 1. One river."
    assert {f"{ENGINE}/pagefind.js", f"{ENGINE}/pagefind-worker.js", f"{ENGINE}/wasm.en.pagefind"} <= found.keys()
    assert not [path for path in found if "ui" in path.rpartition("/")[2] or "highlight" in path]
    assert not [path for path in found if path.endswith((".js", ".pagefind")) and not path.startswith(f"{ENGINE}/")]
    entry_file = found["search/2026-11/pagefind-entry.json"]
    assert list(json.loads(entry_file)["languages"]) == ["ar", "en"]


def test_only_a_bundle_whose_pages_changed_is_made_again(tmp_path: Path) -> None:
    old, new = bundle("2025", entry("en", 1)), bundle("2026", entry("en", 2))
    assert {path.split("/")[1] for path in made(tmp_path, [new, old])} == {"engine", "2025", "2026"}
    assert made(tmp_path, [new, old]) == {}
    assert {path.split("/")[1] for path in made(tmp_path, [bundle("2026", entry("en", 2), entry("en", 3)), old])} == {"2026"}


def test_pagefind_is_not_started_where_nothing_changed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made(tmp_path, [bundle("2026", entry("en", 1))])
    monkeypatch.setattr("pressroom.press.search.start", lambda folder: pytest.fail("it was started"))
    made(tmp_path, [bundle("2026", entry("en", 1))])


def test_what_was_lost_is_made_once_more_with_the_same_bytes(tmp_path: Path) -> None:
    before = made(tmp_path, [bundle("2026", entry("en", 1))])
    assert made(tmp_path, [bundle("2026", entry("en", 1))], provide=True) == before


def test_nothing_is_kept_but_digests_and_nobody_else_may_read_them(tmp_path: Path) -> None:
    made(tmp_path, [bundle("2026", entry("en", 1, "A kanarienvogel."))])
    assert [path.name for path in tmp_path.iterdir()] == ["search.json"]
    record = tmp_path / "search.json"
    assert b"kanarien" not in record.read_bytes() and stat.S_IMODE(record.stat().st_mode) == 0o600
    key = set(json.loads(record.read_bytes()))
    made(tmp_path, [bundle("2026", entry("en", 2))])
    assert len(key & set(json.loads(record.read_bytes()))) == 1, "only the engine's stays"


def test_what_a_crash_left_is_cleared_away(tmp_path: Path) -> None:
    (tmp_path / "search.new" / "half").mkdir(parents=True)
    (tmp_path / "search.json").write_bytes(b'{"half')
    assert made(tmp_path, [bundle("2026", entry("en", 1))])
    assert not (tmp_path / "search.new").exists()


def test_no_pages_make_no_index(tmp_path: Path) -> None:
    assert made(tmp_path, []) == {} and not (tmp_path / "search.json").exists()


def test_a_page_without_words_is_none(tmp_path: Path) -> None:
    bare = Entry("en", "/en/1/", "", lambda: Pages(Artifact("/en/1/", _no_words, ()), Artifact("/en/1/", facts_of, ("en", 1, ""))))
    assert json.loads(made(tmp_path, [bundle("2026", bare, entry("en", 2))])["search/2026/en.json"]).keys()


def _no_words() -> str:
    return '<!doctype html><html lang="en"><body><h1></h1></body></html>'


def test_what_is_folded_is_shown_as_it_was(tmp_path: Path) -> None:
    shown = "財務報告 R&D &lt; 報 — 12 - 報告書，報。"
    found = made(tmp_path, [bundle("2026", entry("zh", 1, shown.translate(str.maketrans("財務報書", "财务报书")), shown))])
    (name,) = json.loads(found["search/2026/zh.json"])
    fragment = json.loads(found[f"search/2026/fragment/{name}.pf_fragment"].removeprefix(b"pagefind_dcd"))
    assert "財務\u200b報告" in fragment["content"]
    assert re.sub(r"\s", "", fragment["content"].replace("\u200b", "")) == "Page1.財務報告R&D&lt;報—12-報告書，報。"


@pytest.mark.parametrize("text", ["財 < 報", "財<報 & 務 < 報", "R&D < 財 <b> & 務<報"])
def test_what_is_folded_is_shown_as_it_was_with_a_sign_that_markup_has_too(tmp_path: Path, text: str) -> None:
    shown = text.replace("<", "&lt;")
    found = made(tmp_path, [bundle("2026", entry("zh", 1, shown.translate(str.maketrans("財務報", "财务报")), shown))])
    (name,) = json.loads(found["search/2026/zh.json"])
    content = json.loads(found[f"search/2026/fragment/{name}.pf_fragment"].removeprefix(b"pagefind_dcd"))["content"].replace("\u200b", "")
    assert re.sub(r"\s", "", content.replace("&lt;", "<")) == f"Page1.{text.replace(' ', '')}."


@pytest.mark.parametrize(
    ("content", "shown", "found"),
    [
        ("و-الأرباح كلها.", "والأرباح كلها", "والأرباح كلها."),
        ("الحد-الأدنى و-المال", "الحد-الأدنى والمال", "الحد-الأدنى والمال"),
        ("2020-11 -- “و-الماء”", "2020-11 -- “والماء”", "2020-11 -- “والماء”"),
        ("财务​. ​报", "財務 報", "財務​. ​報"),
        ("财​ ​<​ ​5 ​& ​报​&​lt​;​6 ​务", "財 &lt; 5 & 報&lt;6 務", "財​ ​<​ ​5 ​& ​報​&​lt​;​6 ​務"),
        ("Œuvre-l’-oeuvre, 3ᵉ coeur œ.", "Œuvre-l’œuvre, 3ᵉ cœur œ", "Œuvre-l’-oeuvre, 3ᵉ coeur œ."),
        ("Oeuvre-l’-oeuvre, 3ᵉ “coeur”.", "Œuvre-l’œuvre, 3ᵉ “cœur”", "Œuvre-l’œuvre, 3ᵉ “cœur”."),
        ("oeuf œuf", "œuf œuf", "oeuf œuf"),
        ("abc", "ab", "abc"),
        ("a&lt;b-", "abc", "a&lt;b-"),
        ("", "abc", ""),
    ],
)
def test_a_content_gets_the_letters_that_are_shown(content: str, shown: str, found: str) -> None:
    assert unfolded(content, shown) == found


def test_the_engine_is_the_same_whatever_is_searched(tmp_path: Path) -> None:
    found = made(tmp_path, [bundle("2026", entry("en", 1), entry("ar", 2))])
    with open_indexes(str(tmp_path), renderer(tmp_path)) as indexes:
        indexes.artifacts([bundle("2026", entry("en", 1), entry("ar", 2))], key_of)
        assert indexes.engine == engine_digests(["ar", "en"])
    assert {hashlib.sha256(data).hexdigest() for path, data in found.items() if path.startswith(ENGINE)} == indexes.engine


@pytest.mark.parametrize("program", ["#!/bin/sh\nexit 3\n", "#!/bin/sh\necho not base64,\nsleep 1\n", "", None])
def test_a_pagefind_that_does_not_work_is_a_fault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, program: str | None) -> None:
    path = tmp_path / "pagefind"
    if program is not None:
        path.write_text(program)
        path.chmod(0o755 if program else 0o644)
    monkeypatch.setattr("pagefind_bin_extended.get_executable", lambda: path)
    state = tmp_path / "state"
    state.mkdir()
    with pytest.raises(Fault) as fault:
        made(state, [bundle("2026", entry("en", 1))])
    (problem,) = fault.value.problems
    assert problem.code == "FT020" and "SEARCH = False" in problem.hint
    assert list(state.iterdir()) == []


def test_a_pagefind_that_is_not_there_is_a_fault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pagefind_bin_extended", None)
    with pytest.raises(Fault, match="Pagefind does not start"):
        made(tmp_path, [bundle("2026", entry("en", 1))])


def test_a_pagefind_that_says_nothing_is_not_waited_for_for_ever(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "pagefind"
    path.write_text("#!/bin/sh\nexec sleep 60\n")
    path.chmod(0o755)
    monkeypatch.setattr("pagefind_bin_extended.get_executable", lambda: path)
    monkeypatch.setattr(pagefind, "_PATIENCE", 0.2)
    with pytest.raises(Fault, match="does not answer"):
        made(tmp_path, [bundle("2026", entry("en", 1))])


def test_settings_of_another_pagefind_change_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = made(tmp_path, [bundle("2026", entry("en", 1))])
    (tmp_path / "search.json").unlink()
    monkeypatch.setenv("PAGEFIND_FORCE_LANGUAGE", "fr")
    monkeypatch.setenv("PAGEFIND_EXCLUDE_SELECTORS", "h6")
    assert made(tmp_path, [bundle("2026", entry("en", 1))]) == before


def test_files_that_differ_from_those_known_are_told_and_forgotten(tmp_path: Path) -> None:
    bundles = [bundle("2026", entry("en", 1))]
    made(tmp_path, bundles)
    record: dict[str, Any] = json.loads((tmp_path / "search.json").read_bytes())
    for files in record.values():
        files["pagefind-entry.json"] = "0" * 64
    (tmp_path / "search.json").write_text(json.dumps(record))
    with pytest.raises(Fault, match="other files than before"):
        made(tmp_path, bundles, provide=True)
    assert made(tmp_path, bundles)


def test_what_is_not_asked_for_is_not_made(tmp_path: Path) -> None:
    bundles = [bundle("2026", entry("en", 1)), bundle("2025", entry("en", 2))]
    made(tmp_path, bundles)
    indexes = Indexes(str(tmp_path), renderer(tmp_path))
    indexes.artifacts(bundles, key_of)
    indexes.provide(["search/2025/en.json", "en/index.html"])
    assert [path.parent.name for path in (tmp_path / "search.new").rglob("en.json")] and len(list((tmp_path / "search.new").rglob("en.json"))) == 1
    indexes.close()
