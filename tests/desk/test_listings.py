"""Listings: newest first, filed by the site's zone, in every language alike, with alternates that exist."""

from __future__ import annotations


from zoneinfo import ZoneInfo

from pressroom.desk.listings import listings, newest_first, people_of, row
from pressroom.desk.urls import edition as address
from pressroom.model.document import Document, DocumentFields, Edition, EditionFields
from pressroom.model.people import Person, Registry, Topic
from pressroom.model.site import FRONT, KIND, LISTING_LENGTH, MONTH, PERSON, TOPIC, YEAR
from pressroom.model.text import Facts, Passage, Quotation
from pressroom.reading.moments import read_moment

LANGUAGES = ("en", "fr")
ZONE = ZoneInfo("Europe/Paris")
REGISTRY = Registry(people={"ana": Person("ana", {"en": "Ana", "fr": "Anne"})}, topics={"water": Topic("water", {"en": "Water"})})


def document(slug: str, date: str, langs: tuple[str, ...] = LANGUAGES, said: str = "", topics: tuple[str, ...] = ()) -> Document:
    moment = read_moment(date, ZONE)
    facts = Facts((Passage("q-a", "d", 5),), quotations=(Quotation(said, "Ana D.", "Director", "", (0,)),) if said else ())
    editions = {
        lang: Edition(lang, "ltr", address("release", int(date[:4]), slug, lang), f"{slug}.{lang}", "d", EditionFields(title=f"{slug} in {lang}"), facts)
        for lang in langs
    }  # fmt: skip
    return Document("release", int(date[:4]), slug, DocumentFields(date=moment, topics=topics), moment.instant, editions, langs[0])


def of(documents: list[Document], what: str, lang: str = "en", **fields: object) -> list:
    ordered = newest_first(documents)
    found, _ = listings(ordered, people_of(ordered, REGISTRY), REGISTRY, LANGUAGES, ZONE)
    return [each for each in found if each.what == what and each.lang == lang and all(getattr(each, name) == value for name, value in fields.items())]


def test_the_newest_stand_first_and_the_folder_decides_a_tie() -> None:
    documents = [document("b", "2020-01-01"), document("a", "2020-01-01"), document("c", "2021-01-01")]
    assert [found.slug for found in newest_first(documents)] == ["c", "a", "b"]


def test_a_listing_has_thirty_and_the_years_have_all() -> None:
    documents = [document(f"d{n}", f"2020-01-{n % 28 + 1:02}") for n in range(40)]
    (front,) = of(documents, FRONT)
    (kind,) = of(documents, KIND, kind="release")
    assert len(front.rows) == len(kind.rows) == LISTING_LENGTH and front.more and kind.periods[0].count == 40
    assert len(of(documents, MONTH)[0].rows) == 40


def test_a_document_is_filed_in_the_month_of_the_site_s_zone() -> None:
    documents = [document("late", "2020-02-29T23:30Z")]
    (month,) = of(documents, MONTH)
    assert (month.year, month.month, month.address, month.up) == (2020, 3, "/en/releases/2020/03/", "/en/releases/2020/")
    assert of(documents, YEAR)[0].periods[0].month == 3


def test_a_document_that_lacks_a_language_stands_there_by_its_original_marked() -> None:
    shown = row(document("a", "2020-01-01", ("fr",)), "en")
    assert shown.foreign and (shown.lang, shown.title, shown.address) == ("fr", "a in fr", "/fr/releases/2020/a/")


def test_every_language_has_the_same_listings() -> None:
    documents = [document("a", "2020-01-01", ("fr",), topics=("water",)), document("b", "2021-01-01", ("en",))]
    assert [(found.what, found.year, found.month) for found in of(documents, MONTH, "fr")] == [(f.what, f.year, f.month) for f in of(documents, MONTH)]
    assert of(documents, TOPIC, "fr")[0].name_lang == "en" and of(documents, TOPIC)[0].name == "Water"


def test_a_person_who_is_not_registered_has_a_page_only_where_an_edition_names_them() -> None:
    documents = [document("a", "2020-01-01", ("en",), said="bo-li")]
    (page,) = of(documents, PERSON, year=0)
    assert page.alternates == {"en": "/en/people/bo-li/"} and not page.feed and not of(documents, PERSON, "fr")


def test_a_registered_person_has_a_page_in_every_language_with_its_name() -> None:
    documents = [document("a", "2020-01-01", ("en",), said="ana")]
    assert of(documents, PERSON, "fr", year=0)[0].name == "Anne" and of(documents, PERSON, year=0)[0].feed
    assert set(of(documents, PERSON, year=0)[0].alternates) == {"en", "fr"}


def test_alternates_are_pages_that_exist() -> None:
    documents = [document(f"d{n}", f"202{n}-01-01", LANGUAGES[: n % 2 + 1], ("ana", "bo-li", "")[n % 3], ("water",)) for n in range(6)]
    ordered = newest_first(documents)
    found, said = listings(ordered, people_of(ordered, REGISTRY), REGISTRY, LANGUAGES, ZONE)
    addresses = [each.address for each in found]
    assert len(addresses) == len(set(addresses)) and set(said) <= set(addresses)
    for each in found:
        assert set(each.alternates.values()) <= set(addresses) and each.alternates[each.lang] == each.address
        assert all(period.address in addresses for period in each.periods) and (not each.up or each.up in addresses)


def test_a_moment_of_long_ago_has_its_place() -> None:
    assert newest_first([document("a", "1000-01-01"), document("b", "2020-01-01")])[0].slug == "b"
