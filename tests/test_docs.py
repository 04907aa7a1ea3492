"""What the docs say of the code is true: every code, field, setting, task and command, the links between pages, the examples."""

from __future__ import annotations

import html
import re
import subprocess
from pathlib import Path

import pytest
from jinja2 import Environment, meta, nodes

from pressroom import config
from pressroom.commands import destinations
from pressroom.ground.fingerprints import fingerprints, words
from pressroom.ground.problems import CODES
from pressroom.model.kinds import DATED, FIELDS
from pressroom.model.people import person_id
from pressroom.press.seal import Seal
from tests.sites import REPOSITORY, make_site

DOCS = REPOSITORY / "docs"
PAGES = sorted([*REPOSITORY.glob("*.md"), *DOCS.rglob("*.md"), *(REPOSITORY / "theme").glob("*.md")])
TEMPLATES = sorted(path for folder in ("", "layouts", "partials") for path in (REPOSITORY / "theme/templates" / folder).glob("*.html"))
_LINK = re.compile(r"!?\[[^\]]*\]\(([^()\s]+)\)")
_FENCED = re.compile(r"^```(\w*)\n(.*?)^```", re.MULTILINE | re.DOTALL)


def text_of(name: str) -> str:
    return (REPOSITORY / name).read_text(encoding="utf-8")


def blocks(name: str, language: str) -> list[str]:
    return [code for found, code in _FENCED.findall(text_of(name)) if found == language]


def prose(page: Path) -> str:
    """A page without its code, where links are not links."""
    return re.sub(r"`[^`\n]*`", "", _FENCED.sub("", page.read_text(encoding="utf-8")))


def anchors(page: Path) -> set[str]:
    """The ids that a forge gives to headings."""
    heads = re.findall(r"^#+ +(.+)$", _FENCED.sub("", page.read_text(encoding="utf-8")), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", head.lower()).replace(" ", "-") for head in heads}


def rows(name: str) -> list[list[str]]:
    """The rows of all tables of a page, as cells."""
    lines = [line for line in _FENCED.sub("", text_of(name)).split("\n") if line.startswith("|")]
    return [[cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]] for line in lines]


@pytest.mark.parametrize("code", CODES)
def test_every_code_stands_in_the_table_of_faults_with_its_weight_and_meaning(code: str) -> None:
    severity, meaning = CODES[code]
    assert [row[1:3] for row in rows("docs/faults.md") if row[0] == code] == [[severity, meaning]]


def test_the_table_of_faults_has_no_code_that_there_is_not() -> None:
    assert {row[0] for row in rows("docs/faults.md") if re.fullmatch(r"[A-Z]{2}\d{3}", row[0])} == set(CODES)


@pytest.mark.parametrize("field", FIELDS, ids=lambda field: field.name)
def test_every_field_stands_in_the_editors_table(field: object) -> None:
    found = [row for row in rows("docs/editors.md") if row[0] == f"`{field.name}`" and len(row) == 4]
    assert len(found) == 1
    _, of, kinds, says = found[0]
    assert of == field.of
    named = {kind for kind in ("release", "transcript", "page") if kind in kinds} or ({"release", "transcript", "page"} if kinds.startswith("all") else set())
    assert named == set(field.kinds)
    assert ("required" in kinds) == bool(field.required)
    assert ("refused" in says) == (not field.honoured)


def test_the_editors_table_has_no_field_that_there_is_not() -> None:
    named = {row[0].strip("`") for row in rows("docs/editors.md") if len(row) == 4 and row[1] in ("document", "edition")}
    assert named == {field.name for field in FIELDS}


@pytest.mark.parametrize("name", sorted({*config.OURS, *config.HONOURED, *config.WRITES_NOTHING}))
def test_every_setting_stands_in_operators(name: str) -> None:
    assert f"`{name}`" in text_of("docs/operators.md") or f"`{name} = " in text_of("docs/operators.md")


@pytest.mark.parametrize("name", sorted(destinations.Destination.__dataclass_fields__))
def test_every_setting_of_publishing_stands_in_operators(name: str) -> None:
    assert f"| `{name.upper()}` |" in text_of("docs/operators.md")


def test_every_task_stands_in_operators_and_no_other() -> None:
    tasks = {name.replace("_", "-") for name in re.findall(r"^@task.*\ndef (\w+?)_?\(", text_of("tasks.py"), re.MULTILINE)}
    told = {re.match(r"`inv ([\w-]+)", row[0])[1] for row in rows("docs/operators.md") if row[0].startswith("`inv ")}
    assert told == tasks


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(REPOSITORY).as_posix())
def test_links_between_pages_resolve(page: Path) -> None:
    for target in _LINK.findall(prose(page)):
        if re.match(r"[a-z]+:", target):
            continue
        path, _, fragment = target.partition("#")
        there = (page.parent / path).resolve() if path else page
        assert there.exists(), f"{target} leads to nothing"
        assert there.is_relative_to(REPOSITORY)
        if fragment:
            assert fragment in anchors(there), f"{target}: no such heading"


def test_what_publishes_a_press_room_runs_what_operators_says_and_no_test_of_the_engine() -> None:
    run = re.findall(r"^ +- run: (.+)$", text_of(".github/workflows/publish.yml"), re.MULTILINE)
    assert run == ["make check", "make build", ".venv/bin/inv check --site", ".venv/bin/inv publish"]
    told = [name.removeprefix(".venv/bin/") for name in run]
    assert f"publish.yml` runs {', '.join(f'`{name}`' for name in told[:-1])} and `{told[-1]}` at" in text_of("docs/operators.md")


def test_the_two_commands_of_the_readme_are_what_make_makes() -> None:
    two, serve = re.findall(r"^```\n((?:make \w+\n)+)```", text_of("README.md"), re.MULTILINE)
    assert two.split("\n")[:-1] == ["make build", "make test"]
    assert serve == "make serve\n"
    planned = subprocess.run(["make", "--dry-run", "build", "test", "serve"], cwd=REPOSITORY, capture_output=True, text=True, check=True).stdout
    assert all(f".venv/bin/inv {name}" in planned for name in ("build", "test", "serve"))


def test_the_first_release_of_the_readme_builds_as_it_says(tmp_path: Path) -> None:
    english, french, transcript = blocks("README.md", "markdown")
    folder = "releases/2026/river-rises"
    heard = f"---\ntitle: The dam is full\ndate: 2026-11-20\n---\n{transcript}"
    files = {f"{folder}/index.en.md": english, f"{folder}/index.fr.md": french, "transcripts/2026/dam-is-full/index.en.md": heard}
    site = make_site(tmp_path, files, 'LANGUAGES = ["en", "fr"]\n')
    output = built(site)
    assert "GENEVA, Nov. 20, 2026 —" in (output / "en" / folder / "index.html").read_text(encoding="utf-8")
    assert "Le fleuve monte" in (output / "fr/index.html").read_text(encoding="utf-8")
    assert (output / "en/people/ana-diaz/index.html").is_file()
    assert 'id="s2"' in (output / "en/transcripts/2026/dam-is-full/index.html").read_text(encoding="utf-8")


def built(site: Path) -> Path:
    from tests.sites import build

    done = build(site, now="2026-12-01T00:00:00Z")
    assert done.returncode == 0, done.stderr
    return site / "output"


def unescaped(cell: str) -> str:
    return re.sub(r"\\u([0-9a-f]{4})", lambda found: chr(int(found[1], 16)), html.unescape(cell.strip("`")))


@pytest.mark.parametrize("row", [row for row in rows("docs/fingerprints.md") if row[2].startswith("`q-")], ids=lambda row: row[0])
def test_the_examples_of_fingerprints_are_right(row: list[str]) -> None:
    text = unescaped(row[0])
    assert (words(text), fingerprints([text])[0].id) == (row[1].strip("`"), row[2].strip("`"))


def test_the_program_that_computes_fingerprints_gives_ours() -> None:
    there: dict[str, object] = {}
    exec(blocks("docs/fingerprints.md", "python")[0], there)
    for row in rows("docs/fingerprints.md")[2:]:
        text = unescaped(row[0])
        assert (there["words"](text), there["fingerprint"](text)) == (words(text), fingerprints([text])[0].id)


def test_repeated_words_have_the_fingerprints_that_the_docs_say() -> None:
    told = re.search(r"`Yes.`, `No.`, `Yes.` are (.+?), the last", text_of("docs/fingerprints.md"))[1]
    assert re.findall(r"q-\w{8}", told) == [found.id for found in fingerprints(["Yes.", "No.", "Yes."])]


def test_the_id_of_a_person_is_as_the_docs_say() -> None:
    assert "`Ana Díaz` is `ana-diaz`" in text_of("docs/editors.md")
    assert person_id("Ana Díaz") == "ana-diaz"
    assert re.fullmatch(r"p-\w{8}", person_id("赵泽良"))


def test_every_field_of_the_data_stands_in_its_page() -> None:
    source = (REPOSITORY / "pressroom/outputs/facts.py").read_text(encoding="utf-8")
    named = set(re.findall(r'"([a-z_0-9]+)":', source))
    missing = {name for name in named if f"`{name}`" not in text_of("docs/data.md")}
    assert named and not missing


def test_every_field_of_the_seal_stands_in_the_page_of_data() -> None:
    assert all(f"| `{name}` |" in text_of("docs/data.md") for name in Seal.__dataclass_fields__)


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.relative_to(REPOSITORY).as_posix())
def test_every_name_that_a_template_takes_from_its_view_stands_in_the_page_of_the_theme(template: Path) -> None:
    environment = Environment()
    # It asks for those that a template applies.
    environment.filters |= dict.fromkeys(("direction", "isolated", "linked_data"), str)
    parsed = environment.parse(template.read_text(encoding="utf-8"))
    imported = {name if isinstance(name, str) else name[-1] for found in parsed.find_all(nodes.FromImport) for name in found.names}
    told = text_of("docs/theme.md")
    taken = meta.find_undeclared_variables(parsed) - imported
    assert [name for name in sorted(taken) if f"`{name}`" not in told and f"`{name}(" not in told] == []


def test_no_page_names_a_place_of_somebody_s_machine() -> None:
    for page in PAGES:
        assert not re.search(r"(?<![\w./])/(?:home|root|tmp|work|Users)/", page.read_text(encoding="utf-8")), page


def test_the_picture_of_the_readme_is_small_enough_to_be_looked_at() -> None:
    assert 10_000 < (DOCS / "images/front.png").stat().st_size < 200_000


def test_only_dated_kinds_have_a_year_in_what_the_readme_shows() -> None:
    shown = re.findall(r"content/(\w+)/(\d{4})/", text_of("README.md"))
    assert shown and {folder.rstrip("s") for folder, _ in shown} <= set(DATED)
