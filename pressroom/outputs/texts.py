"""Which interface word stands for which of the model's words."""

from __future__ import annotations

KIND_WORDS = {"release": "Press release", "transcript": "Transcript"}
KINDS_WORDS = {"release": "Press releases", "transcript": "Transcripts"}
SEGMENT_WORDS = {
    "narration": "Narration", "soundbite": "Soundbite", "standup": "Stand-up", "natsound": "Natural sound", "caption": "Caption", "intro": "Introduction",
    "outro": "Closing words", "question": "Question", "answer": "Answer", "shot": "Shot", "storyline": "Storyline",
}  # fmt: skip
TRANSLATION_WORDS = {
    "": "Original",
    "official": "Official translation", "unofficial": "Unofficial translation", "machine": "Machine translation", "interpretation": "Interpretation",
}  # fmt: skip
HELD_WORDS = {"draft": "Draft", "embargo": "Under embargo"}
INDEX_WORDS = {"topics": "Topics", "people": "People"}
CORRECTION_WORDS = {"corrected": "Corrected", "clarified": "Clarified", "updated": "Updated", "refiled": "Refiled", "withdrawn": "Withdrawn"}
FIELD_WORDS = {"title": "Headline", "subtitle": "Subhead", "summary": "Summary", "place": "Place"}
FILE_WORDS = {"added": "Added", "removed": "Removed", "changed": "Changed"}
