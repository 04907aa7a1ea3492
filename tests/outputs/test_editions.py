"""The page of an edition: what stands beside its text."""

from __future__ import annotations

import pytest

from pressroom.model.people import Contact
from pressroom.outputs.editions import contact
from tests.outputs.trees import Built, build_files
from tests.reading.typography.typographies import typography


@pytest.mark.parametrize(
    ("phone", "tel"),
    [
        ("+41 22 555 01 01", "tel:+41225550101"),
        ("+41 (0)22 555 01 01", "tel:+41225550101"),
        ("(0)22 555 01 01", "tel:0225550101"),
        ("+1 (202) 555-0101", "tel:+12025550101"),
    ],
)
def test_a_number_is_dialled_without_the_nought_that_is_dialled_at_home_only(phone: str, tel: str) -> None:
    found = contact(Contact("desk", {"en": "Desk"}, phone=phone), typography("en"))
    assert (found["phone"], found["tel"]) == (phone, tel)


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """A room that says of nobody more than the name."""
    han = "大会在乌镇举行，各国代表出席并发表讲话。" * 12
    return build_files(tmp_path_factory.mktemp("bare"), {
        "people.yml": "ana-diaz: {names: {en: Ana Díaz}, offices: [{organisation: water, since: 2019}]}\n",
        "organisations.yml": "water: {names: {en: Water Agency}}\n",
        "contacts.yml": "desk: {names: {en: Desk}, phone: '+41 22 555 01 01'}\n",
        "releases/2026/rise/index.en.md": "---\ntitle: T\ndate: 2026-01-02\ncontacts: [desk]\n---\nOf the river.\n\n> It rose.\n> — Ana Díaz\n",
        "releases/2026/world/index.zh-Hans.md": f"---\ntitle: 大会\ndate: 2026-01-02\n---\nWorld Internet {han}\n",
        "releases/2026/long/index.en.md": f"---\ntitle: T\ndate: 2026-01-02\n---\n{'seven words ' * 20}\n",
    })  # fmt: skip


@pytest.mark.parametrize("path", ["en/releases/2026/rise/index.html", "en/people/ana-diaz/index.html", "en/index.html"])
def test_an_office_that_nobody_names_leaves_no_empty_line(bare: Built, path: str) -> None:
    page = bare.pages[path]
    assert [p for p in page.all("//p[@class='office'] | //p[@class='name']") if not p.text_content().strip()] == []
    assert b'"jobTitle"' not in bare.read(path)


def test_a_quotation_without_an_office_says_so_and_an_office_without_a_role_is_in_no_data(bare: Built) -> None:
    data = bare.data("en/releases/2026/rise/index.json")
    assert [(said["role"], said["organisation"]) for said in data["quotations"]] == [("", "")] and not data.get("offices")


def test_a_page_without_a_summary_is_described_by_its_first_words_as_many_as_there_is_room_for(bare: Built) -> None:
    (chinese,), (english,) = (bare.pages[f"{path}/index.html"].all("//meta[@name='description']/@content") for path in ("zh-hans/releases/2026/world", "en/releases/2026/long"))
    assert len(chinese) == 200 and chinese.startswith("World Internet") and chinese.endswith("…")
    assert 150 < len(english) <= 200 and english.endswith(("seven…", "words…"))
