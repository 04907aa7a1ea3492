"""What begins a paragraph: a tag, a turn, or neither. It knows who has been named so far."""

from __future__ import annotations

import re
from collections import ChainMap
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, replace

from pressroom.model.people import folded_name, person_id
from pressroom.reading.dialect import blocks, labels, paragraphs, tags, voices
from pressroom.reading.dialect.blocks import Block
from pressroom.reading.dialect.tags import Tag, Words

# No tag: what stands so is a link definition, unless the name is somebody's and what follows no address.
_NAME_AND_COLON = re.compile(r"(?P<label>\[(?P<name>[^\[\]\n]{1,80})\]):[ \t]*(?=\S)")


@dataclass(frozen=True, slots=True)
class Scene:
    """A body and all that its reading needs to know."""

    lines: tuple[str, ...]
    path: str
    first_line: int
    transcript: bool
    known: Mapping[str, str]
    speakers: tuple[str, ...]
    words: Words
    order: str


class Openings:
    """The openings of one body's paragraphs."""

    def __init__(self, scene: Scene, found: Sequence[Block], links: Container[str]) -> None:
        self.scene, self.lines, self.words, self.links = scene, scene.lines, scene.words, links
        given = filter(None, (folded_name(name.split("|")[0]) for name in scene.speakers))
        self.named = {name: self.id_of(name) for name in given}
        self.names = ChainMap(self.named, dict(scene.known))
        self.repeated = self._repeated(found, of_lines=False)
        self.repeated_in_lines = self._repeated(found, of_lines=True)

    def id_of(self, name: str) -> str:
        """Rule 5: the id that the registry gives the name, else the name's own."""
        return self.scene.known.get(folded_name(name)) or person_id(name)

    def name(self, name: str) -> str:
        """Takes a speaker's name down, so that it may open turns from here on; returns the id."""
        return self.named.setdefault(folded_name(name), self.id_of(name))

    def is_link(self, tag: Tag) -> bool:
        return tag.open == "[" and tag.link_key in self.links

    def find(self, block: Block, at: int) -> Tag | labels.Turn | None:
        """The tag or the turn at this place in a paragraph's first line."""
        line = self.lines[block.first]
        shot, after = tags.read_shot(line, at)
        if shot:
            tag = tags.read_bracket(line, after, self.words)
            if tag and tag.kind:
                return replace(tag, shot=shot, at=at)
        named = _NAME_AND_COLON.match(line, at)
        if named and self._is_named(named["name"]) and not tags.read_kind(named["name"], self.words.kinds)[0]:
            return labels.Turn(labels.Label(named["name"].strip(), at, named.end("label"), named.end()), "soundbite", named["name"].strip())
        tag = tags.read_bracket(line, at, self.words)
        if tag:
            if not tag.kind and self._is_named(tag.text):
                return labels.Turn(labels.Label(tag.text, tag.at, tag.end, tag.after), "soundbite", tag.text)
            return tag if tag.kind or self.scene.transcript and not self.is_link(tag) else None
        return tags.read_colon_tag(line, at, self.words) or self.find_turn(line, at) if self.scene.transcript else None

    def find_turn(self, line: str, at: int) -> labels.Turn | None:
        return labels.read_turn(line, at, self.words, self.names, self.repeated) if self.scene.transcript else None

    def find_person(self, tag: Tag, line: str) -> tuple[voices.Person | None, int]:
        """The person of a voice tag's line, and where the speech begins in it."""
        inline = line[tag.after :].rstrip()
        name, speech = voices.split_speech(inline)
        if not name or tag.kind != "soundbite" and self._is_speech(inline, name, speech):
            return None, tag.after
        person = voices.read_person(name, self.names)
        if not person.name:
            return None, tag.after
        return person, len(line) if speech < 0 else tag.after + speech

    def _is_speech(self, inline: str, name: str, speech: int) -> bool:
        """Whether all that stands after a tag is said: a sentence, and one with a colon in it too."""
        return "|" not in inline and voices.is_sentence(inline) if speech < 0 else not voices.is_person(name, self.names)

    def _is_named(self, name: str) -> bool:
        """Rule 4: a speaker already named, or in a transcript one of the registry."""
        key = folded_name(name)
        id = self.scene.known.get(key)
        return key in self.named or bool(id) and (self.scene.transcript or id in self.named.values())

    def _repeated(self, found: Sequence[Block], of_lines: bool) -> frozenset[str]:
        """The names that rule 9 (c) accepts, none where bracket tags occur; with `of_lines` those that it would if each line were a paragraph."""
        said = [block for block in found if block.kind == blocks.PARAGRAPH or block.kind == blocks.CODE and blocks.is_code_indent(self.lines[block.first])]
        if not self.scene.transcript or any(paragraphs.begins_with_tag(self.lines[block.first], self.words) for block in said):
            return frozenset()
        lines = (self.lines[n] for block in said for n in range(block.first, (block.last if of_lines else block.first) + 1))
        return labels.repeated_names(filter(None, map(labels.read_first_label, lines)))
