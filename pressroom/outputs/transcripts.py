"""A transcript on its page: segments with their voice and their time, and who speaks how much."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from pressroom.ground.addresses import relative
from pressroom.model.document import Document, Edition
from pressroom.model.patterns import attribution
from pressroom.model.site import Chrome
from pressroom.model.transcript import Voice
from pressroom.outputs import numerals, players
from pressroom.outputs.texts import word_of


def shown(
    chrome: Chrome, document: Document, edition: Edition, people: Mapping[str, str], blocks: list[Mapping[str, Any]]
) -> Mapping[str, Any]:
    """The parts of a transcript in the order of the text: segments with their voice, and what stands outside them."""
    segments = {segment.n: segment for segment in edition.facts.segments}
    parts: list[dict[str, Any]] = []
    seen: set[int] = set()
    for block in blocks:
        number = block["segment"]
        if not parts or parts[-1]["n"] != number:
            segment = segments.get(number)
            parts.append({"n": number, "segment": segment, "again": number in seen, "blocks": [], "word": "", "href": "", "office": "", "cue": "", "seek": ""})
            if segment:
                parts[-1]["word"] = word_of(chrome.words, segment)
                href = people.get(segment.voice.id, "") if segment.voice else ""
                parts[-1]["href"] = relative(edition.address, href) if href else ""
                parts[-1]["office"] = _office(chrome, segment.voice) if segment.voice else ""
                parts[-1] |= {"cue": segment.start, "seek": players.seek(document, edition, segment.start)}
            seen.add(number)
        seek = players.seek(document, edition, block["text"].split()[0]) if block["kind"] == "cue" else ""
        if block["kind"] == "cue" and number and not parts[-1]["blocks"]:
            parts[-1] |= {"cue": block["text"].replace(" --> ", "–"), "seek": seek}
            continue
        parts[-1]["blocks"].append({**block, "dateline": "", "seek": seek})
    return {"parts": parts, "speakers": list(_speakers(chrome, edition, people, seen)), "sign_off": edition.facts.sign_off, "credits": edition.facts.credits}


def _speakers(chrome: Chrome, edition: Edition, people: Mapping[str, str], seen: set[int]) -> Iterator[Mapping[str, Any]]:
    """Everyone with a voice, in order: where first heard, and the share of the spoken passages in per cent."""
    spoken: dict[str, int] = {}
    voices: dict[str, Any] = {}
    for segment in edition.facts.segments:
        if segment.voice and segment.n in seen:
            count = sum(1 for passage in edition.facts.passages if passage.segment == segment.n)
            spoken[segment.voice.id] = spoken.get(segment.voice.id, 0) + count
            voices.setdefault(segment.voice.id, segment)
    whole = sum(spoken.values()) or 1
    for id, segment in voices.items():
        href = people.get(id, "")
        yield {
            "name": segment.voice.name, "office": _office(chrome, segment.voice), "first": f"#s{segment.n}",
            "href": relative(edition.address, href) if href else "", "passages": spoken[id], "share": round(100 * spoken[id] / whole),
            "per_cent": numerals.per_cent(spoken[id] / whole, chrome.typography),
        }  # fmt: skip


def _office(chrome: Chrome, voice: Voice) -> str:
    return attribution(chrome.typography, "", voice.role, voice.organisation)
