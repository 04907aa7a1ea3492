"""What each entry changed in an edition, by the digests of its passages alone."""

from __future__ import annotations

from datetime import UTC, datetime

from pressroom.desk.corrections import changes, note
from pressroom.ground import fingerprints
from pressroom.model.document import DocumentFields
from pressroom.model.history import Correction, Retired
from pressroom.model.moments import moment_at
from pressroom.model.text import Facts, Passage


def entry(type: str = "corrected", day: int = 1, **more: object) -> Correction:
    return Correction(type, moment_at(datetime(2026, 3, day, tzinfo=UTC)), {"en": "So."}, **more)  # type: ignore[arg-type]


def facts(*passages: str) -> Facts:
    return Facts(tuple(Passage(found.id, found.digest, 1) for found in fingerprints.fingerprints(list(passages))))


def id_of(text: str) -> str:
    return fingerprints.fingerprints([text])[0].id


def told(texts: dict[int, Facts], *entries: Correction, lang: str = "en") -> list[tuple[int, tuple[str, ...], tuple[Retired, ...]]]:
    return [(found.version, found.passages, found.retired) for found in changes(DocumentFields(corrections=entries), lang, "en", texts)]


def test_what_is_new_is_marked_and_what_is_gone_is_retired() -> None:
    assert told({1: facts("one", "two"), 2: facts("one", "three")}, entry()) == [(2, (id_of("three"),), (Retired(id_of("two"), 1, 2),))]


def test_a_mark_stands_only_while_its_passage_does() -> None:
    texts = {1: facts("one"), 2: facts("two"), 3: facts("three")}
    assert [marks for _, marks, _ in told(texts, entry(), entry(day=2))] == [(), (id_of("three"),)]


def test_an_entry_of_another_language_says_nothing_here_and_changes_nothing() -> None:
    texts = {2: facts("one"), 3: facts("two")}
    assert told(texts, entry(languages=("fr",)), entry(day=2)) == [(3, (id_of("two"),), (Retired(id_of("one"), 2, 1),))]


def test_named_passages_are_marked_in_place_of_those_that_differ() -> None:
    texts = {1: facts("one", "two"), 2: facts("one", "three")}
    assert told(texts, entry(passages=(id_of("one"),)))[0][1] == (id_of("one"),)


def test_an_edition_of_which_no_passage_is_named_has_those_marked_that_differ() -> None:
    texts = {1: facts("un", "deux"), 2: facts("un", "trois")}
    assert told(texts, entry(passages=(id_of("three"),)), lang="fr")[0][1] == (id_of("trois"),)


def test_a_passage_that_went_twice_was_last_in_the_last_version_that_had_it() -> None:
    texts = {1: facts("one"), 2: facts("two"), 3: facts("one"), 4: facts("four")}
    retired = [gone for _, _, found in told(texts, entry(), entry(day=2), entry(day=3)) for gone in found]
    assert sorted((gone.id, gone.version) for gone in retired) == sorted([(id_of("two"), 2), (id_of("one"), 3)])


def test_a_withdrawal_retires_every_passage_that_ever_was() -> None:
    (_, _, earlier), (version, marks, gone) = told({1: facts("one"), 2: facts("two")}, entry("updated"), entry("withdrawn", 2))
    assert (version, marks, earlier) == (3, (), ())
    assert {found.id for found in gone} == {id_of("one"), id_of("two")} and {found.version for found in gone} == {0}


def test_a_repeated_passage_keeps_its_own_fingerprint() -> None:
    same = facts("yes", "no", "yes")
    assert told({1: same, 2: facts("yes", "no")}, entry())[0][2] == (Retired(same.passages[2].id, 1, 3),)


def test_a_note_without_a_language_is_the_originals() -> None:
    plain = Correction("corrected", entry().at, {"": "So."})
    assert (note(plain, "en", "en"), note(plain, "fr", "en")) == ("So.", "")
