"""What is published is never silently changed: corrections, earlier versions, withdrawals, from the sources to the finished tree."""

from __future__ import annotations

import json
import re
import shutil
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from pressroom.build import build, examine
from pressroom.ground import fingerprints
from pressroom.ground.problems import EXIT_LEAK, Fault
from pressroom.model.settings import PREVIEW
from tests.outputs.trees import Built
from tests.sites import FILES, REPOSITORY, make_site, put
from tests.test_gate import Canaries
from tests.test_sameness import settings_of

NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
RISES = "releases/2026/river-rises"
OPENS = "releases/2025/harbour-opens"
ENTRY = (
    "corrections:\n  - type: {type}\n    at: 2026-03-05T10:00:00Z\n"
    "    note: {{en: 'Three metres, not two.', zh-Hans: 是三米，不是两米。, ar: ثلاثة أمتار لا متران.}}\n"
)


class Room:
    """A press room in which a release of three languages has been out, and may be corrected."""

    def __init__(self, root: Path) -> None:
        self.root = make_site(root, dict(FILES))
        (root / "theme").symlink_to(REPOSITORY / "theme")
        self.settings = settings_of(root)

    def path(self, name: str) -> Path:
        return self.root / "content" / name

    def keep(self, version: int, folder: str = RISES, sums: str = "") -> None:
        """Keeps the texts of now as those of an earlier version, as `inv correct` does."""
        kept = self.path(f"{folder}/v/{version}")
        kept.mkdir(parents=True)
        for path in self.path(folder).glob("index.*.md"):
            shutil.copy(path, kept)
        if sums:
            (kept / "SHA256SUMS").write_text(sums)

    def edit(self, name: str, before: str, after: str) -> None:
        text = self.path(name).read_text(encoding="utf-8")
        assert before in text
        self.path(name).write_text(text.replace(before, after), encoding="utf-8")

    def enter(self, entry: str, folder: str = RISES) -> None:
        self.edit(f"{folder}/index.en.md", "topics:", f"{entry}topics:")

    def correct(self, type: str = "corrected") -> None:
        self.keep(1, sums=f"{'0' * 64}  data.csv\n")
        self.enter(ENTRY.format(type=type))
        self.edit(f"{RISES}/index.en.md", 'The "river" rose.', 'The "river" rose by three metres.')
        self.edit(f"{RISES}/index.zh-Hans.md", "河水上涨了。", "河水昨夜上涨了三米。")
        self.edit(f"{RISES}/index.ar.md", "ارتفع النهر.", "ارتفع النهر ثلاثة أمتار.")

    def built(self, now: datetime = NOW) -> Built:
        build(self.settings, now)
        return Built(self.settings)

    def faults(self, now: datetime = NOW) -> list[tuple[str, int]]:
        with pytest.raises(Fault) as caught:
            build(self.settings, now)
        return sorted((problem.code, problem.line) for problem in caught.value.problems if problem.severity == "error")


@pytest.fixture
def room(tmp_path: Path) -> Room:
    return Room(tmp_path / "room")


def ids_of(*passages: str) -> list[str]:
    return [found.id for found in fingerprints.fingerprints(list(passages))]


def test_a_correction_is_told_before_the_text_and_marks_the_passage_in_every_language(room: Room) -> None:
    room.correct()
    built = room.built()
    notes = {"en": "Three metres, not two.", "zh-hans": "是三米，不是两米。", "ar": "ثلاثة أمتار لا متران."}
    for lang, note in notes.items():
        page = built.pages[f"{lang}/{RISES}/index.html"]
        assert page.one("//*[contains(@class, 'correction')]/p[@class='reason']").text_content() == note
        (mark,) = page.all("//a[@class='changed']")
        assert mark.get("href") == "#correction-1" and page.all("//li[@id='correction-1']")
        assert mark.getparent().get("id") == page.all("//*[starts-with(@id, 'q-')]")[0].get("id")


def test_a_retired_fingerprint_is_a_line_of_the_notice_that_quotes_nothing_and_leads_to_its_version(room: Room) -> None:
    room.correct()
    built = room.built()
    (gone,) = ids_of('The "river" rose.')
    line = built.pages[f"en/{RISES}/index.html"].one(f"//*[@id='{gone}']")
    assert line.tag == "li" and line.text_content() == "Passage 1 of version 1"
    assert line.xpath(".//a/@href") == [f"v/1/#{gone}"]
    assert gone in built.pages[f"en/{RISES}/v/1/index.html"].ids()


def test_an_earlier_version_stands_as_it_was_beside_what_took_its_place(room: Room) -> None:
    room.correct()
    built = room.built()
    for lang, was, came in (("en", "rose.", "by three metres"), ("zh-hans", "河水上涨了。", "三米"), ("ar", "ارتفع النهر.", "ثلاثة أمتار")):
        page = built.pages[f"{lang}/{RISES}/v/1/index.html"]
        assert was in page.one("//div[@class='prose'][1]").text_content().replace("\u00a0", " ")
        assert came in "".join(page.one("//section[contains(@class, 'differences')]").xpath(".//ins//text()"))
        assert page.all("//meta[@name='robots']/@content") == ["noindex"]
        assert page.all("//link[@rel='canonical']/@href") == [f"https://press.test/{lang}/{RISES}/"]
        assert page.all("//link[@rel='alternate']/@href") == ["index.json"] and b"NewsArticle" not in page.data


def test_the_files_of_an_earlier_version_are_named_by_their_digests_and_linked_only_while_they_stand(room: Room) -> None:
    room.correct()
    page = room.built().pages[f"en/{RISES}/v/1/index.html"]
    card = page.one("//section[contains(@class, 'files')]")
    assert "data.csv" in card.text_content() and "0" * 64 in card.text_content() and not card.xpath(".//a")
    assert "Changed" in page.one("//section[contains(@class, 'differences')]").text_content()


def test_a_file_that_comes_to_a_document_without_any_is_none_of_its_earlier_version(room: Room) -> None:
    head, entry = "---\ntitle: The dam\ndate: 2026-03-04\n", 'corrections: [{type: updated, at: "2026-03-05T10:00Z"}]\n'
    put(room.root, "releases/2026/dam/index.en.md", f"{head}{entry}attachments: [heights.csv]\n---\nIt stands.\n")
    put(room.root, "releases/2026/dam/heights.csv", "a,b\n1,2\n")
    put(room.root, "releases/2026/dam/v/1/index.en.md", f"{head}---\nIt stands.\n")
    built = room.built()
    assert "attachments" not in built.data("en/releases/2026/dam/v/1/index.json")
    differences = built.pages["en/releases/2026/dam/v/1/index.html"].one("//section[contains(@class, 'differences')]").text_content()
    assert "heights.csv" in differences and "Added" in differences
    room.edit("releases/2026/dam/v/1/index.en.md", "It stands.", "[It](heights.csv) stands.")
    assert [found["name"] for found in room.built().data("en/releases/2026/dam/v/1/index.json")["attachments"]] == ["heights.csv"]


def test_an_earlier_version_may_say_the_slug_that_its_folder_had_then(room: Room) -> None:
    entry = 'corrections: [{type: corrected, at: "2026-03-05T10:00Z", note: {en: Higher.}}]\n'
    put(room.root, "releases/2026/dam/index.en.md", f"---\ntitle: The dam\ndate: 2026-03-04\n{entry}---\nIt is higher.\n")
    put(room.root, "releases/2026/dam/v/1/index.en.md", "Title: The weir\nDate: 2026-03-04\nLang: en\nSlug: weir\n\nIt is high.\n")
    assert "It is high." in room.built().pages["en/releases/2026/dam/v/1/index.html"].one("//div[@class='prose'][1]").text_content().replace("\u00a0", " ")
    room.edit("releases/2026/dam/v/1/index.en.md", "Lang: en", "Lang: fr")
    assert room.faults() == [("FM008", 3)]


def test_an_earlier_version_says_that_no_words_were_changed_only_where_none_were(room: Room) -> None:
    head, entry = "---\ntitle: The dam\ndate: 2026-03-04\n", 'corrections: [{type: refiled, at: "2026-03-05T10:00Z"}]\n'
    for slug, before, after in (("dam", "30 m", "40 m"), ("weir", "30 m", "30 m")):
        put(room.root, f"releases/2026/{slug}/index.en.md", f"{head}{entry}---\nIt stands.\n\n| Height |\n|---|\n| {after} |\n")
        put(room.root, f"releases/2026/{slug}/v/1/index.en.md", f"{head}---\nIt stands.\n\n| Height |\n|---|\n| {before} |\n")
    pages = room.built().pages
    assert not pages["en/releases/2026/dam/v/1/index.html"].all("//section[contains(@class, 'differences')]")
    assert "No words were changed." in pages["en/releases/2026/weir/v/1/index.html"].one("//section[contains(@class, 'differences')]").text_content()


def test_an_earlier_version_has_the_date_the_event_and_the_credits_of_then_in_every_language(room: Room) -> None:
    def head(day: int, event: str, credit: str, entry: str = "") -> str:
        files = f"attachments: [plan.txt]\ncredits: {{plan.txt: {credit}}}\nlicences: {{plan.txt: {credit}}}\n"
        return f"---\ntitle: The dam\ndate: 2026-03-0{day}\nplace: Bern\nevent: {{en: {event}, zh-Hans: {event}}}\n{files}{entry}---\nIt stands.\n"

    chinese, folder = "---\ntitle: 水坝\ntranslation: official\n---\n水坝在。\n", "releases/2026/dam"
    entry = 'corrections: [{type: refiled, at: "2026-03-05T10:00Z"}, {type: updated, at: "2026-03-06T10:00Z", languages: [zh-Hans]}]\n'
    put(room.root, f"{folder}/plan.txt", "plan")
    for name, text in (("", head(2, "Closing", "Bob", entry)), ("v/1/", head(3, "Opening", "Ana"))):
        put(room.root, f"{folder}/{name}index.en.md", text)
    for name in ("", "v/1/", "v/2/"):
        put(room.root, f"{folder}/{name}index.zh-Hans.md", chinese)
    built = room.built()

    def said(at: str) -> tuple[str, ...]:
        data = built.data(f"{at}/index.json")
        (file,) = data["attachments"]
        return data["date"], data["published"][:10], data["event"], file["credit"], file["licence"]

    then, now = ("2026-03-03", "2026-03-02", "Opening", "Ana", "Ana"), ("2026-03-02", "2026-03-01", "Closing", "Bob", "Bob")
    for lang in ("en", "zh-hans"):
        assert (said(f"{lang}/{folder}"), said(f"{lang}/{folder}/v/1")) == (now, then)
        assert not built.pages[f"{lang}/{folder}/v/1/index.html"].all("//section[contains(@class, 'differences')]")
    # Where the original is not kept, what it says now is all that is known.
    assert said(f"zh-hans/{folder}/v/2") == now
    page = built.pages[f"en/{folder}/v/1/index.html"].text()
    assert "March 3" in page and "Opening" in page and "March 2" not in page and "Closing" not in page


def test_ids_stay_and_updated_moves(room: Room) -> None:
    before = room.built().xml("en/feed.xml")
    room.correct()
    built = room.built()
    atom = "{http://www.w3.org/2005/Atom}"

    def entries(feed: object) -> dict[str, tuple[str, str]]:
        return {entry.findtext(f"{atom}id"): (entry.findtext(f"{atom}published"), entry.findtext(f"{atom}updated")) for entry in feed.findall(f"{atom}entry")}  # type: ignore[attr-defined]

    was, now = entries(before), entries(built.xml("en/feed.xml"))
    id = f"tag:press.test,2020:{RISES}/en"
    assert was.keys() == now.keys() and was[id][0] == now[id][0]
    assert now[id][1] == "2026-03-05T10:00:00+00:00" != was[id][1]
    assert f"/en/{RISES}/</loc>\n  <lastmod>2026-03-05T10:00:00Z" in built.read("sitemap-2026.xml").decode()
    data = built.data(f"en/{RISES}/index.json")
    assert (data["version"], data["updated"]) == (2, "2026-03-05T10:00:00+00:00")
    assert data["corrections"][0]["retired"] == [{"id": ids_of('The "river" rose.')[0], "version": 1}]


def test_the_sitemap_says_when_a_page_was_corrected_or_came_out_and_nothing_of_one_that_says_neither(room: Room) -> None:
    entry = 'corrections: [{type: refiled, at: "2026-03-05T10:00Z"}]\n'
    for slug, fields in (("crew", entry), ("quays", "date: 2026-03-04T10:00Z\n"), ("tides", "")):
        put(room.root, f"pages/{slug}/index.en.md", f"---\ntitle: {slug}\n{fields}---\nIt stands.\n")
    put(room.root, "pages/crew/v/1/index.en.md", "---\ntitle: crew\n---\nIt stood.\n")
    built = room.built()
    root = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}
    said = {url.findtext("s:loc", namespaces=root).split("/")[-2]: url.findtext("s:lastmod", namespaces=root) for url in built.xml("sitemap-pages.xml")}
    assert (said["crew"], said["quays"], said["tides"]) == ("2026-03-05T10:00:00Z", "2026-03-04T10:00:00Z", None)
    of_part = {part.findtext("s:loc", namespaces=root).rpartition("/")[2]: part.findtext("s:lastmod", namespaces=root) for part in built.xml("sitemap.xml")}
    assert of_part["sitemap-pages.xml"] == "2026-03-05T10:00:00Z"


def test_every_language_has_the_page_of_corrections_and_a_feed_of_its_own(room: Room) -> None:
    room.correct()
    built = room.built()
    for lang in ("en", "zh-hans", "ar"):
        assert len(built.pages[f"{lang}/corrections/index.html"].all("//article")) == 1
        feed = built.xml(f"{lang}/corrections/feed.xml")
        tag = {"zh-hans": "zh-Hans"}.get(lang, lang)
        assert [found.text for found in feed.iter("{http://www.w3.org/2005/Atom}id")] == [
            f"tag:press.test,2020:{lang}/corrections", f"tag:press.test,2020:{RISES}/{tag}/corrections/1",
        ]  # fmt: skip


@pytest.mark.parametrize("type", ["updated", "refiled"])
def test_what_is_updated_or_refiled_needs_no_note_and_stays_out_of_the_page_of_corrections(room: Room, type: str) -> None:
    room.correct(type)
    room.edit(f"{RISES}/index.en.md", "    note: {en: 'Three metres, not two.', zh-Hans: 是三米，不是两米。, ar: ثلاثة أمتار لا متران.}\n", "")
    built = room.built()
    assert not built.pages["en/corrections/index.html"].all("//article")
    page = built.pages[f"en/{RISES}/index.html"]
    assert page.all("//li[@id='correction-1']") and not page.all("//*[contains(@class, 'reason')]")


def test_a_correction_of_one_language_is_on_the_page_of_corrections_in_every_language(room: Room) -> None:
    room.keep(1)
    room.enter("corrections:\n  - {type: corrected, at: 2026-03-05T10:00:00Z, languages: [ar], note: {ar: ثلاثة أمتار لا متران.}}\n")
    room.edit(f"{RISES}/index.ar.md", "ارتفع النهر.", "ارتفع النهر ثلاثة أمتار.")
    built = room.built()
    for lang in ("en", "zh-hans", "ar"):
        (item,) = built.pages[f"{lang}/corrections/index.html"].all("//article")
        assert item.xpath(".//a/@href") == [f"{'' if lang == 'ar' else '../'}../{'ar/' if lang != 'ar' else ''}{RISES}/#correction-1"]
        assert "ثلاثة أمتار لا متران." in item.text_content()
        assert bool(item.xpath(".//*[@lang='ar']")) == (lang != "ar")
        entries = json.loads(built.read(f"{lang}/corrections/feed.json"))["items"]
        assert len(entries) == (lang == "ar")


def test_a_passage_that_comes_back_is_retired_no_more(room: Room) -> None:
    room.correct()
    room.keep(2)
    room.edit(f"{RISES}/index.en.md", "topics:", "  - {type: corrected, at: 2026-03-06T10:00:00Z, languages: [en], note: {en: It was right at first.}}\ntopics:")
    room.edit(f"{RISES}/index.en.md", "rose by three metres.", "rose.")
    page = room.built().pages[f"en/{RISES}/index.html"]
    first, second = ids_of('The "river" rose.')[0], ids_of('The "river" rose by three metres.')[0]
    assert page.one(f"//*[@id='{first}']").tag == "p"
    assert page.one(f"//*[@id='{second}']").xpath(".//a/@href") == [f"v/2/#{second}"]
    assert not room.path(f"../output/ar/{RISES}/v/2/index.html").exists()


def test_a_link_of_an_earlier_version_leads_where_it_still_can(room: Room) -> None:
    room.edit(f"{RISES}/index.en.md", "See [the forum]", "![a gauge](gone.png) [old](../no-more/) [here](data.csv) See [the forum]")
    room.keep(1)
    room.edit(f"{RISES}/index.en.md", "![a gauge](gone.png) [old](../no-more/) [here](data.csv) See", "See")
    room.enter(ENTRY.format(type="corrected"))
    page = room.built().pages[f"en/{RISES}/v/1/index.html"]
    prose = page.one("//div[@class='prose'][1]")
    assert "a gauge" in prose.text_content() and not prose.xpath(".//img")
    assert prose.xpath(".//a[text()='old']/@href") == []
    assert prose.xpath(".//a[text()='here']/@href") == [f"../../../../../../{RISES}/data.csv"]


def test_an_incremental_build_of_a_correction_is_a_clean_one(room: Room, tmp_path: Path) -> None:
    from tests.sites import tree_of

    room.built()
    room.correct()
    room.built()
    shutil.copytree(room.root, tmp_path / "other", symlinks=True, ignore=shutil.ignore_patterns("output", ".output*", ".pressroom"))
    build(settings_of(tmp_path / "other"), NOW)
    assert tree_of(room.root / "output") == tree_of(tmp_path / "other" / "output")


BAD = [
    ("the future", ENTRY.format(type="corrected").replace("2026-03-05", "2026-07-05"), ["CO002"]),
    ("before it came out", ENTRY.format(type="corrected").replace("2026-03-05", "2026-03-03"), ["CO006"]),
    ("a language without a note", ENTRY.format(type="clarified").replace(", ar: ثلاثة أمتار لا متران.", ""), ["CO003"]),
    ("no note at all", re.sub("    note:.*\n", "", ENTRY.format(type="corrected")), ["CO003"]),
    ("a language that is not there", ENTRY.format(type="updated") + "    languages: [fr]\n", ["CO005", "CO008"]),
    ("a passage that is not there", ENTRY.format(type="corrected") + "    passages: [q-aaaaaaaa]\n", ["CO004"]),
    ("an unknown type", ENTRY.format(type="fixed"), ["FM008"]),
    ("a day without an hour", ENTRY.format(type="corrected").replace("T10:00:00Z", ""), ["FM008"]),
    ("a bare local time", ENTRY.format(type="corrected").replace("00Z", "00"), ["FM009"]),
    ("a withdrawal in one language", ENTRY.format(type="withdrawn") + "    languages: [en]\n", ["CO007"]),
    ("a withdrawal that something follows", ENTRY.format(type="withdrawn") + ENTRY.format(type="corrected").partition("\n")[2].replace("-05T", "-06T"), ["CO005", "CO007"]),
    ("out of order", ENTRY.format(type="corrected") + ENTRY.format(type="updated").partition("\n")[2].replace("-05T", "-04T"), ["CO001", "CO005"]),
    ("one thing said twice", ENTRY.format(type="corrected").replace("    at:", "    when: 1\n    at:"), ["FM008"]),
]  # fmt: skip


@pytest.mark.parametrize(("entry", "codes"), [bad[1:] for bad in BAD], ids=[bad[0] for bad in BAD])
def test_an_entry_that_cannot_stand_is_refused_where_it_stands(room: Room, entry: str, codes: list[str]) -> None:
    room.keep(1)
    room.enter(entry)
    found = room.faults()
    assert sorted({code for code, _ in found}) == codes
    assert all(line > 1 for _, line in found)


@pytest.mark.parametrize("held", ["status: draft", "embargo: 2030-01-01T10:00:00Z"])
def test_a_document_that_is_held_has_no_corrections(room: Room, held: str) -> None:
    room.correct()
    room.enter(f"{held}\n")
    assert {code for code, _ in room.faults()} == {"CO006"}


def test_an_entry_without_the_former_text_is_refused_and_a_former_text_without_an_entry(room: Room) -> None:
    room.enter(ENTRY.format(type="corrected"))
    assert [code for code, _ in room.faults()] == ["CO005"]
    room.keep(1)
    room.keep(2)
    assert [code for code, _ in room.faults()] == ["CO009"]
    with pytest.raises(Fault) as caught:
        room.built()
    problem = caught.value.problems[0]
    assert (problem.path, problem.hint) == (f"content/{RISES}/v/2", "open the entry: inv correct river-rises")


def test_a_former_text_beside_an_empty_list_of_entries_is_refused(room: Room) -> None:
    room.keep(1)
    room.enter("corrections: []\n")
    assert [code for code, _ in room.faults()] == ["CO009"]


def test_the_former_texts_of_a_translation_that_is_a_draft_stay_in(room: Room) -> None:
    room.correct()
    room.edit(f"{RISES}/index.ar.md", "translation: official\n", "translation: official\nstatus: draft\n")
    built = room.built()
    assert not [path for path in built.paths if path.startswith(f"ar/{RISES}/")]
    assert "ارتفع النهر" not in b"".join(built.read(path) for path in built.paths).decode("utf-8", "replace")


class Withdrawn(Room):
    """A release with a canary in every field and file, corrected once, which is then taken back."""

    def __init__(self, root: Path) -> None:
        super().__init__(root)
        self.canaries = Canaries()
        word = self.canaries.new
        put(
            self.root, f"{OPENS}/index.en.md",
            f"---\ntitle: {word('title')} head\nsubtitle: {word('subtitle')}\nsummary: {word('summary')}\ndate: 2025-05-06\nplace: {word('place')}\n"
            f"attachments: [{word('file')}.csv]\nnotes: {word('notes')}\nevent: {word('event')}\n"
            f"topics: [ports, water]\n---\n{word('body')} stands.\n\n> {word('quotation')} was said.\n> — {word('speaker')}, {word('role')}, {word('office')}\n",
        )  # fmt: skip
        put(self.root, f"{OPENS}/index.ar.md", f"---\ntitle: {word('title ar')}\ntranslation: official\ntranslator: {word('translator')}\n---\n{word('body ar')}\n")
        put(self.root, f"{OPENS}/{word('file')}.csv", f"{word('file content')}\n")
        self.keep(1, OPENS)
        self.edit(f"{OPENS}/index.en.md", "stands.", f"stands no {word('second body')}.")
        self.entries = f"  - {{type: clarified, at: 2026-03-05T10:00:00Z, note: {{en: {word('note')}, ar: {word('note ar')}}}}}\n"
        self.enter(f"corrections:\n{self.entries}", OPENS)

    def withdraw(self, note: str = "It was never so.") -> None:
        self.edit(f"{OPENS}/index.en.md", self.entries, f"{self.entries}  - {{type: withdrawn, at: 2026-03-06T10:00:00Z, note: {{en: {note}, ar: لم يكن كذلك.}}}}\n")


@pytest.fixture
def withdrawn(tmp_path: Path) -> Withdrawn:
    return Withdrawn(tmp_path / "room")


def test_a_withdrawal_takes_the_words_out_of_everything(withdrawn: Withdrawn) -> None:
    built = withdrawn.built()
    assert withdrawn.canaries.seen_in(built.folder) == set(withdrawn.canaries.words)
    withdrawn.withdraw()
    withdrawn.built()
    beside = [path for path in withdrawn.root.iterdir() if path.name.startswith((".output", "output"))]
    assert withdrawn.canaries.seen_in(*beside, withdrawn.root / ".pressroom") == set()


def test_every_address_of_a_withdrawn_document_answers_with_the_notice(withdrawn: Withdrawn) -> None:
    was = withdrawn.built()
    own = {path for path in was.paths if re.match(rf"(en|ar)/{OPENS}/", path)}
    assert {f"en/{OPENS}/v/1/index.html", f"ar/{OPENS}/index.html", f"ar/{OPENS}/with/en/index.html"} <= own
    fingerprints_of = {path: {id for id in was.pages[path].ids() if id.startswith("q-")} for path in own if path.endswith(".html")}
    withdrawn.withdraw()
    built = withdrawn.built()
    assert own <= built.paths
    for path, ids in fingerprints_of.items():
        page = built.pages[path]
        assert page.all("//meta[@name='robots']/@content") == ["noindex"]
        assert {"en": "It was never so.", "ar": "لم يكن كذلك."}[path[:2]] in page.text()
        assert (ids or "/with/" in path) and ids <= set(page.ids())
        said = json.loads(page.one("//script[@type='application/ld+json']").text)
        assert set(said) == {"@context", "@type", "@id", "url", "name", "inLanguage", "isPartOf"} and said["name"] == page.one("//h1").text_content()
    assert built.data(f"en/{OPENS}/index.json")["withdrawn"] is True
    assert not [path for path in built.paths if path.startswith(f"{OPENS}/")]


def test_a_withdrawal_is_in_the_lists_the_feeds_and_the_corrections_and_not_in_the_sitemap(withdrawn: Withdrawn) -> None:
    withdrawn.withdraw()
    built = withdrawn.built()
    atom = "{http://www.w3.org/2005/Atom}"
    entry = next(entry for entry in built.xml("en/topics/ports/feed.xml").iter(f"{atom}entry") if entry.findtext(f"{atom}id").endswith(f"{OPENS}/en"))
    assert (entry.findtext(f"{atom}title"), entry.findtext(f"{atom}summary")) == ("This document has been withdrawn", "It was never so.")
    assert entry.findtext(f"{atom}updated") == "2026-03-06T10:00:00+00:00"
    item = next(item for item in built.data("en/topics/ports/feed.json")["items"] if item["id"].endswith(f"{OPENS}/en"))
    assert (item["title"], item["content_text"], item["date_modified"]) == ("This document has been withdrawn", "It was never so.", "2026-03-06T10:00:00+00:00")
    assert "Withdrawn" in built.pages["en/releases/2025/index.html"].text()
    assert "Press release · May 6, 2025" in built.pages["en/corrections/index.html"].text()
    assert OPENS.encode() not in b"".join(built.read(path) for path in built.paths if "sitemap" in path)


def test_corrections_lead_to_the_notice_of_what_was_withdrawn_and_to_no_place_that_it_has_not(withdrawn: Withdrawn) -> None:
    withdrawn.withdraw()
    assert not [problem for problem in build(withdrawn.settings, NOW).problems if problem.code == "LK004"]
    built = Built(withdrawn.settings)
    links = [href for href in built.pages["en/corrections/index.html"].all("//article//a/@href") if OPENS in href]
    assert links == [f"../{OPENS}/#correction-2", f"../{OPENS}/"]
    items = {item["url"]: item["id"] for item in built.data("en/corrections/feed.json")["items"]}
    assert items[f"https://press.test/en/{OPENS}/"].endswith(f"{OPENS}/en/corrections/1")


def test_a_note_that_repeats_what_is_withdrawn_is_a_leak(withdrawn: Withdrawn) -> None:
    withdrawn.built()
    words = "wrong it was and so was all that followed it there"
    withdrawn.edit(f"{OPENS}/index.en.md", "stands no", f"{words} stands no")
    withdrawn.withdraw(f"The release said that {words}")
    with pytest.raises(Fault) as caught:
        withdrawn.built()
    assert caught.value.exit_code == EXIT_LEAK


@pytest.mark.parametrize(
    ("title", "note"),
    [("Flags are changed", "Our release 'Flags are CHANGED' was never so."), ("Flagship", "Flagship."), ("今年更换旗帜", "本台撤回《今年更换旗帜》一文。"), ("旗帜", "《旗帜》"), ("The old harbour of the town opens its gates again", "Not so: The old harbour of the town opens its gates again")]
)  # fmt: skip
def test_a_note_that_says_the_headline_of_what_is_withdrawn_is_a_fault_of_the_entry(withdrawn: Withdrawn, title: str, note: str) -> None:
    withdrawn.edit(f"{OPENS}/index.en.md", f"title: {withdrawn.canaries.words['title']} head", f"title: {title}")
    withdrawn.withdraw(f'"{note}"')
    line = withdrawn.path(f"{OPENS}/index.en.md").read_text().split("  - {type: withdrawn")[0].count("\n") + 1
    assert withdrawn.faults() == [("CO016", line)]
    assert ("CO016", line) in {(problem.code, problem.line) for problem in examine(withdrawn.settings, NOW)}


def test_the_copy_of_a_file_at_a_former_address_goes_with_the_withdrawal(withdrawn: Withdrawn) -> None:
    map = b"%PDF-1.4\n\xe2\xe3\xcf\xd3\n%%EOF\n"
    withdrawn.edit(f"{OPENS}/index.en.md", "attachments: [", "aliases: [/ar/releases/2025/gates/]\nattachments: [map.pdf, ")
    for name in (f"{OPENS}/map.pdf", "root/releases/2025/gates-open/map.pdf", "root/releases/2025/gates/map.pdf"):
        withdrawn.path(name).parent.mkdir(parents=True, exist_ok=True)
        withdrawn.path(name).write_bytes(map)
    assert withdrawn.built().read("releases/2025/gates/map.pdf") == map
    withdrawn.withdraw()
    assert withdrawn.faults() == [("CO017", 0)]
    (problem,) = {problem for problem in examine(withdrawn.settings, NOW) if problem.code == "CO017"}
    assert problem.path == "content/root/releases/2025/gates/map.pdf" and "take it out" in problem.hint
    withdrawn.path("root/releases/2025/gates/map.pdf").unlink()
    assert "releases/2025/gates/map.pdf" not in withdrawn.built().paths


@pytest.mark.parametrize(
    ("title", "note", "alias"),
    [("Harbour opens", "Harbour opens.", ""), ("Flags are changed", "Flags are changed: never so.", "/en/old/flags-are-changed/"), ("Flagship", "The Flagship never came.", ""), ("旗帜", "本台撤回有关旗帜的文稿。", "")]
)  # fmt: skip
def test_a_note_may_say_what_the_address_says_and_a_word_that_is_a_headline_among_others(withdrawn: Withdrawn, title: str, note: str, alias: str) -> None:
    withdrawn.edit(f"{OPENS}/index.en.md", f"title: {withdrawn.canaries.words['title']} head", f"title: {title}")
    withdrawn.enter(f"aliases: [{alias}]\n", OPENS)
    withdrawn.withdraw(f'"{note}"')
    assert note in withdrawn.built().pages[f"en/{OPENS}/index.html"].text()


def test_a_preview_shows_the_notice_too(withdrawn: Withdrawn) -> None:
    withdrawn.withdraw()
    build(replace(withdrawn.settings, audience=PREVIEW, output=str(withdrawn.root / "preview")), NOW)
    assert withdrawn.canaries.seen_in(withdrawn.root / "preview", withdrawn.root / ".pressroom") == set()


def test_a_withdrawal_that_is_taken_back_brings_the_document_back(withdrawn: Withdrawn) -> None:
    withdrawn.withdraw()
    withdrawn.built()
    text = withdrawn.path(f"{OPENS}/index.en.md").read_text()
    withdrawn.path(f"{OPENS}/index.en.md").write_text(re.sub(r"  - \{type: withdrawn.*\n", "", text))
    assert withdrawn.canaries.seen_in(withdrawn.built().folder) == set(withdrawn.canaries.words)


def test_nothing_of_a_withdrawn_document_is_in_the_index_of_words(withdrawn: Withdrawn) -> None:
    def indexed(built: Built) -> set[str]:
        return {address for path in built.paths if re.match(r"verify/.+/", path) for address in built.data(path)["documents"] if OPENS in address}

    assert indexed(withdrawn.built()) == {f"en/{OPENS}/", f"ar/{OPENS}/"}
    withdrawn.withdraw()
    built = withdrawn.built()
    assert indexed(built) == set()
    assert built.data(f"en/{OPENS}/v/1/index.json") == built.data(f"en/{OPENS}/index.json")
