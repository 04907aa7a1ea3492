"""The registries as the leak check reads them: what an entry says is known however it is written."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from pressroom.checks import folding
from pressroom.checks.entries import Entry, read_entries
from pressroom.checks.held import SourceFile
from tests.checks.rooms import CLEARED, held, leaks
from tests.checks.test_headers import SCALARS

BREAKS = st.sampled_from([" ", "\n  ", "\n ", "\n\n  ", " # it's\n  "])
REMARKS = st.sampled_from(["", "  # since May", " #", "\t# [sic", "\n  # it's", "\n"])
PLANTED = "> Full.\n> — Zora Novak"


def read(registry: str) -> list[Entry]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "people.yml")
        path.write_text(registry, encoding="utf-8")
        return read_entries(SourceFile("people.yml", "content/people.yml", str(path), ""))


@pytest.mark.parametrize(
    "entry",
    [
        "zora-novak:  # since May\n  names: {en: Zora Novak, fr: Zora de Novak}\n", "zora-novak: #\n\n  names:\n    en: Zora Novak\n    fr: Zora de Novak\n",
        "zora-novak: {names: {en: Zora Novak,\n  fr: Zora de Novak}}\n", "zora-novak: # since May\n  {names: {en: Zora Novak,\n  fr: Zora de Novak}}\n",
        "zora-novak:\n  names: {en: Zora Novak, fr: Zora de Novak\n", "zora-novak:\n  - x\n  names: !a\n\ten: 'Zora Novak\n\tfr: Zora de Novak\n",
    ],
)  # fmt: skip
def test_the_names_of_an_entry_that_a_held_document_alone_names_are_held_however_it_is_written(tmp_path: Path, entry: str) -> None:
    files = {**CLEARED, "people.yml": f"{CLEARED['people.yml']}{entry}ivan-petrov: {{names: {{en: Ivan Petrov}}}}\n", **held(PLANTED)}
    assert leaks(tmp_path, files, {"fr/people/x/index.html": "<h1>Zora de Novak</h1>"})
    assert not leaks(tmp_path, files, {"a.html": "<h1>Ivan Petrov</h1><p>en</p><p>names</p>"})


def test_a_name_that_cleared_documents_use_makes_no_more_public_of_an_entry_that_was_not_understood(tmp_path: Path) -> None:
    people = "zora-novak:\n  names: {en: Zora Novak}\n  offices:\n    - role: {en: Mayor\n"
    files = {**CLEARED, "people.yml": people, **held(PLANTED)}
    files["releases/2026/river-rises/index.en.md"] += "\nThe mayor has several names.\n"
    assert leaks(tmp_path, files, {"a.html": "<h1>Zora Novak</h1>"})


def key(text: str) -> str:
    return folding.key(folding.fold(text))


def leaves(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    else:
        for inside in value.values() if isinstance(value, dict) else value:
            yield from leaves(inside)


@given(names=st.dictionaries(st.sampled_from(["en", "fr", "ar"]), SCALARS, min_size=1), role=SCALARS, between=BREAKS, remark=REMARKS, is_flow=st.booleans())
def test_an_entry_has_all_that_pyyaml_reads_in_it_or_all_its_text(names: dict[str, str], role: str, between: str, remark: str, is_flow: bool) -> None:
    said = f",{between}".join(f"{lang}: {name}" for lang, name in names.items())
    fields = f"{{names: {{{said}}},{between}offices: [{{role: {{en: {role}}}}}]}}" if is_flow else f"\n  names: {{{between}{said}}}\n  offices:\n  - role:\n      en: {role}"
    registry = f"water: {{names: {{en: Water}}}}\nzora:{remark} {fields}\nlast:\n  names: {{en: Last}}\n"
    try:
        expected = yaml.load(registry, yaml.BaseLoader)
    except yaml.YAMLError:
        return
    if not isinstance(expected, dict) or list(expected) != ["water", "zora", "last"]:
        return
    entries = {entry.id: entry for entry in read(registry)}
    assert list(entries) == list(expected)
    known = {"", *(key(value.text) for value in entries["zora"].values)}
    assert key(entries["zora"].text) in known or known.issuperset(map(key, leaves(expected["zora"]))), registry
