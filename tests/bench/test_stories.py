"""The stories that are measured are the same for ever, and of the size that is said."""

from __future__ import annotations

import pytest

from bench.stories import QUOTATION, SOUNDBITE, TRANSCRIPT, Corpus


def test_a_larger_corpus_holds_the_smaller_one() -> None:
    assert list(Corpus(4)) == [Corpus(400).story(number) for number in range(4)]


@pytest.mark.parametrize("number", [0, 1, 2, 3, 1000, 16_666])
def test_a_story_has_the_size_that_is_said(number: int) -> None:
    story = Corpus(20_000).story(number)
    words = sum(len(part.words.split()) for part in story.texts["en"].parts)
    spoken = [part for part in story.texts["en"].parts if part.kind in (QUOTATION, SOUNDBITE)]
    assert 400 <= words <= 650 and spoken and all(part.speaker in story.speakers for part in spoken)
    assert len(story.topics) == 3 and len(story.texts) == 6
    assert len(story.texts["en"].parts) == 12 or story.kind != TRANSCRIPT
    assert all(part.link < number for part in story.texts["en"].parts)


def test_editions_of_a_story_have_the_same_shape() -> None:
    story = Corpus(50).story(42)
    shapes = {tuple((part.kind, part.speaker, part.link) for part in text.parts) for text in story.texts.values()}
    assert len(shapes) == 1


def test_what_is_held_is_said_nowhere_else() -> None:
    corpus = Corpus(30)
    said = {part.words for story in corpus for text in story.texts.values() for part in text.parts}
    assert not said & {part.words for text in corpus.secret(5000).texts.values() for part in text.parts}
