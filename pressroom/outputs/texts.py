"""Which interface word stands for which of the model's words, and what stands between two."""

from __future__ import annotations

import re
from functools import reduce

from pressroom.model.site import Chrome
from pressroom.model.transcript import Segment
from pressroom.model.words import Words

KIND_WORDS = {"release": "Press release", "transcript": "Transcript"}
KINDS_WORDS = {"release": "Press releases", "transcript": "Transcripts"}
SEGMENT_WORDS = {
    "narration": "Narration", "soundbite": "Soundbite", "standup": "Stand-up", "natsound": "Natural sound", "caption": "Caption", "intro": "Introduction",
    "outro": "Closing words", "question": "Question", "answer": "Answer", "shot": "Shot", "storyline": "Storyline",
}  # fmt: skip
TRANSLATION_WORDS = {
    "": "Original",
    "official": "Official translation", "unofficial": "Unofficial translation", "machine": "Machine translation", "interpretation": "Interpretation",
    "derived": "Converted by software",
}  # fmt: skip
OF_TRANSLATION_WORDS = {
    "official": "in the official translation", "unofficial": "in the unofficial translation", "machine": "in the machine translation",
    "interpretation": "in the interpretation", "derived": "in a text converted by software",
}  # fmt: skip
"""How words that are verified are words of a translation."""
HELD_WORDS = {"draft": "Draft", "embargo": "Under embargo"}
INDEX_WORDS = {"topics": "Topics", "people": "People"}
CORRECTION_WORDS = {"corrected": "Corrected", "clarified": "Clarified", "updated": "Updated", "refiled": "Refiled", "withdrawn": "Withdrawn"}
FIELD_WORDS = {"title": "Headline", "subtitle": "Subhead", "summary": "Summary", "place": "Place"}
FILE_WORDS = {"added": "Added", "removed": "Removed", "changed": "Changed"}
VERIFY_WORDS = {
    "exact": "Word for word", "near": "Nearly the same words", "whole": "In full", "part": "Part of a longer text; the words are marked",
    "differs": "Struck out is what stands only in the words you pasted, underlined what stands only in the document.",
    "nothing": "No match. Nothing that is published here says this, or nearly this.",
    "short": "No match. Fewer than ten words, or sixteen Chinese characters, are found for certain only where they are a whole passage. Paste more of them.",
    "long": "This is too long to be compared at once. Paste one quotation at a time.", "searching": "Searching: %(value)s",
    "older": "Older documents were not searched.", "failed": "The documents could not be read. Try again.",
    "stood": "These words stood in version %(value)s until %(date)s.", "changed": "This passage was changed on %(date)s.", "correction": "Read the correction",
}  # fmt: skip
GUIDE_WORDS = {
    "files": "Beside the page of every document stand index.json, with its facts and every passage by its fingerprint, and index.md, its clean text with every attribution.",
    "feeds": "Beside the pages of a language, a kind, a topic, a registered person and of the corrections stand feed.xml (Atom) and feed.json (JSON Feed).",
    "quote": "Quote a passage in its own words, and say who said them, in which office and when. Its address is that of its page, then # and its id in index.json.",
    "verbatim": "Only where index.json says verbatim are these the words that were spoken. Elsewhere they are a translation: say so.",
    "corrected": "What was corrected is told in index.json, with the address of the former version. What was withdrawn is not to be quoted.",
    "people": "Who speaks in these documents, with offices and their dates, in the form of Popolo",
    "corrections": "What was corrected, clarified or withdrawn",
    "sitemap": "The addresses of all documents in all languages",
    "news": "What came out in the last two days",
}


_BEHIND_WORD = re.compile(r"(?:\d{1,4})?[ .]*(?:[(（\[][^()（）\[\]]+[)）\]])?\Z")


def word_of(words: Words, segment: Segment) -> str:
    """What a segment is, in the interface's words; of a question or an answer with what its label says more: `Question (Reuters)`."""
    word = words.gettext(SEGMENT_WORDS[segment.kind]) if segment.kind in SEGMENT_WORDS else segment.tag
    found = _BEHIND_WORD.search(segment.tag) if segment.turn and not segment.voice else None
    more = found[0].strip(" .") if found else ""
    return f"{word} {more}" if more else word


def joined(chrome: Chrome, *parts: str) -> str:
    """Those parts that are there in one line of apparatus, with the comma of the language."""
    between = chrome.words.gettext("%(one)s, %(other)s")
    return reduce(lambda one, other: between % {"one": one, "other": other}, [part for part in parts if part] or [""])
