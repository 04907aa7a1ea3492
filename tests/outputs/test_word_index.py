"""The index of words: every text that readers have or had is in it, once, and no word of any."""

from __future__ import annotations

import base64
import json
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from pressroom.build import build
from pressroom.ground.languages import in_address
from pressroom.ground.sketches import grain_of, sketch
from tests.outputs.test_facts import passages
from tests.outputs.trees import Built, build_files
from tests.sites import FILES, put

CLOSED = {
    name.replace("2026", year).replace("river-rises", "old-river"): text.replace("2026-03-04T10:00+01:00", f"{year}-03-04").replace("attachments: [data.csv]\n", "")
    for year in ("2012", "2024")
    for name, text in FILES.items()
    if "river-rises/index" in name
}


def tiers(built: Built) -> list[tuple[str, str]]:
    return [(tier, lang) for tier, languages in built.data("verify/index.json")["tiers"] for lang in languages]


def documents(built: Built, tier: str, lang: str) -> dict[str, set[int]]:
    data = built.data(f"verify/{tier}/{lang}.json")
    return {address: {int.from_bytes(base64.b64decode(codes[at : at + 4]), "big") for at in range(0, len(codes), 4)} for address, codes in data["documents"].items()}


def everything(built: Built) -> dict[str, set[int]]:
    return {address: hashes for tier, lang in tiers(built) for address, hashes in documents(built, tier, lang).items()}


def said(data: dict[str, Any]) -> tuple[str, ...]:
    return tuple(passage["text"] for passage in passages(data))


def test_the_index_names_its_files_and_no_other(built: Built) -> None:
    files = [f"verify/{tier}/{lang}.json" for tier, lang in tiers(built)]
    assert sorted(path for path in built.paths if re.match(r"verify/", path)) == sorted([*files, "verify/index.json"])
    assert list(built.data("verify/index.json")["letters"]) == [in_address(lang) for lang in built.settings.languages]


def test_every_edition_is_in_one_file_of_its_language(built: Built) -> None:
    found = [(address, lang) for tier, lang in tiers(built) for address in documents(built, tier, lang)]
    assert sorted(address for address, _ in found) == sorted(folder for folder in built.editions)
    assert all(address.startswith(f"{lang}/") for address, lang in found)


def test_an_edition_is_there_with_what_it_says_and_what_it_said(built: Built) -> None:
    for address, hashes in everything(built).items():
        data = built.editions[address]
        former = [built.data(path) for path in built.paths if re.fullmatch(rf"{re.escape(address)}v/\d+/index\.json", path)]
        wanted = [sketch(said(text), grain_of(data["language"])) for text in (data, *former)]
        assert hashes == frozenset[int]().union(*wanted), address


def test_files_are_named_newest_first_and_pages_last(demo: Built) -> None:
    names = [tier for tier, _ in demo.data("verify/index.json")["tiers"]]
    assert names[-1] == "pages" and names[:-1] == sorted(names[:-1], key=lambda name: name.ljust(7, "~"), reverse=True)
    assert names[0] == "2026-11" and "2020" in names and "archive" not in names


def test_a_passage_costs_at_most_eighty_bytes(demo: Built) -> None:
    size = sum(len(demo.read(path)) for path in demo.paths if path.startswith("verify/"))
    assert size / sum(len(said(data)) for data in demo.editions.values()) <= 80


def test_no_word_of_any_text_is_in_the_index(built: Built) -> None:
    for path in built.paths:
        if path.startswith("verify/"):
            text = built.read(path).decode()
            assert text.isascii()
            for data in built.editions.values():
                assert not [passage for passage in said(data) if len(passage) > 20 and (passage in text or passage.split()[0] + " " in text)]


def test_an_old_year_is_a_file_of_its_own(tmp_path: Path) -> None:
    built = build_files(tmp_path / "site", {**FILES, **CLOSED})
    assert [tier for tier, _ in built.data("verify/index.json")["tiers"]] == ["2026-03", "2025", "2024", "2012", "pages"]


def test_a_new_release_makes_its_own_month_anew_and_no_other_file(tmp_path: Path) -> None:
    built = build_files(tmp_path / "site", {**FILES, **CLOSED})
    before = {path: built.read(path) for path in built.paths if path.startswith("verify/")}
    put(tmp_path / "site", "releases/2026/second/index.en.md", "---\ntitle: Second\ndate: 2026-03-20\n---\nOnce more the river rose.\n")
    receipt = build(built.settings, datetime(2026, 12, 1, 12, tzinfo=UTC))
    after = Built(built.settings)
    assert {path for path in after.paths if path.startswith("verify/") and before.get(path) != after.read(path)} == {"verify/2026-03/en.json"}
    assert [path for path in receipt.why if path.startswith("verify/")] == ["verify/2026-03/en.json"]


def test_a_site_without_a_document_has_an_index(tmp_path: Path) -> None:
    built = build_files(tmp_path / "site", {})
    assert json.loads(built.read("verify/index.json"))["tiers"] == []
