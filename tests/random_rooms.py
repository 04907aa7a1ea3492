"""Random press rooms for the proof of the gate: what an editor may write, with a word that nobody can guess in every place of what is held."""

from __future__ import annotations

import hashlib
import io
import posixpath
import random
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from PIL import Image

from pressroom.model.people import person_id
from tests.canaries import Canaries

LANGUAGES = ("en", "zh-Hans", "fr", "es", "ru", "ar")
HELD_UNTIL, OPEN_SINCE = "2030-01-15T10:00:00Z", "2026-05-02T10:00:00Z"
WORDS = "river gauge harbour water level lock dredge chart tide stress survey basin canal pier buoy".split()
EDITS = ("body", "title", "translation", "document", "deletion", "registry")
REGISTRIES = ("topics", "people", "contacts", "organisations")

_SIGN_OFFS = {
    "en": "{} reports from {}", "zh-Hans": "记者{} {}报道", "fr": "{}, en direct de {}",
    "es": "{} informa desde {}", "ru": "{} сообщает из {}", "ar": "كان معكم {} من {}",
}  # fmt: skip
_CREDITS = {"en": "Editor: {}", "zh-Hans": "责任编辑：{}", "fr": "Montage: {}", "es": "Edición: {}", "ru": "Редактор: {}", "ar": "تحرير: {}"}
_LINK = re.compile(r"@(\d+)@")


@dataclass
class Document:
    """A document as it lies on the disk. In its texts `@when@` stands for what holds it, `@3@` for a link to the third document."""

    kind: str
    slug: str
    hold: str = ""
    root: str = "content"
    reason: str = ""
    texts: dict[str, str] = field(default_factory=dict)
    files: dict[str, bytes] = field(default_factory=dict)
    links_when_lifted: list[str] = field(default_factory=list)


@dataclass
class Person:
    """Somebody who is registered because held documents name them."""

    id: str
    names: dict[str, str]

    def name(self, lang: str) -> str:
        return self.names.get(lang) or next(iter(self.names.values()))


class RandomRoom:
    """The sources of a press room: documents that are cleared, and some that are held, whole or in one translation."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        self.canaries = Canaries(self.chance)
        self.new = self.canaries.new
        self.lifted_by_clock = self.chance.random() < 0.5
        self.registry: dict[str, list[str]] = {name: [] for name in REGISTRIES}
        self.registry["topics"].append("water: {names: {en: Water, zh-Hans: 水, ar: ماء}}")
        self.registry["people"].append("ana-diaz: {names: {en: Ana Díaz, zh-Hans: 安娜·迪亚斯}}")
        self.documents = [Document("page", "spare", texts={"en": "---\ntitle: Spare\n---\nTo be taken out.\n"}), self._open("release", 1)]
        if self.chance.random() < 0.3:
            self.documents.append(self._open(self.chance.choice(("transcript", "page")), 2))
        self.cleared = tuple(self.documents)
        for _ in range(self.chance.choice((1, 1, 2))):
            self.documents.append(self._held())
        self._link()
        if self.chance.random() < 0.6:
            self.documents.append(self._held_translation(self.cleared[1]))
        self._leave_unnamed()

    @property
    def has_held_root(self) -> bool:
        return any(document.root == "held" for document in self.documents)

    def sources(self, lifted: bool = False, edit: str = "") -> dict[str, bytes]:
        """Every file by its path from the project's folder, held or lifted, with one edit of what is cleared."""
        found = {f"content/{name}.yml": ("\n".join(lines) + "\n").encode() for name, lines in self.registry.items()}
        for document in self.documents:
            folder = f"{document.root}/{self.folder(document, lifted)}"
            links = "".join(f"\n{link}\n" for link in document.links_when_lifted) if lifted else ""
            for lang, text in document.texts.items():
                found[f"{folder}/index.{lang}.md"] = self._placed(text + links, document, lifted).encode()
            found |= {f"{folder}/{name}": data for name, data in document.files.items()}
        if edit:
            self._edit(found, edit)
        return found

    def folder(self, document: Document, lifted: bool = False) -> str:
        if document.kind == "page":
            return f"pages/{document.slug}"
        year = 2030 if document.hold == "date" and (self.lifted_by_clock or not lifted) else 2026
        return f"{document.kind}s/{year}/{document.slug}"

    def _placed(self, text: str, document: Document, lifted: bool) -> str:
        here = self.folder(document, lifted)

        def place(found: re.Match[str]) -> str:
            there = self.folder(self.documents[int(found[1])], lifted)
            return f"{posixpath.relpath(there, here)}/" if int(found[1]) % 2 else f"{{filename}}/{there}/"

        return _LINK.sub(place, text.replace("@when@", self._when(document, lifted)))

    def _when(self, document: Document, lifted: bool) -> str:
        day = "" if document.kind == "page" else "date: 2026-05-01\n"
        instant = OPEN_SINCE if lifted and not self.lifted_by_clock else HELD_UNTIL
        return {
            "": day,
            "draft": day if lifted else f"{day}status: draft\n",
            "draft of a translation": "" if lifted else "status: draft\n",
            "date": f"date: {instant}\n",
            "embargo": f"{day}embargo: {instant}\n",
            "lift": f"{day}embargo: 2031-01-01T00:00:00Z\nlifted: {{at: '{instant}', reason: {document.reason}}}\n",
        }[document.hold]

    def _edit(self, found: dict[str, bytes], edit: str) -> None:
        folder = f"content/{self.folder(self.cleared[1])}"
        path = next(path for path in sorted(found) if path.startswith(f"{folder}/index.") and b"translation:" not in found[path])
        if edit == "body":
            found[path] += b"\nOne more paragraph of the river.\n"
        elif edit == "title":
            found[path] = re.sub(rb"title: .*", b"title: Another headline", found[path])
        elif edit == "translation":
            found[f"{folder}/index.ru.md"] = "---\ntitle: Другое\ntranslation: machine\n---\nТекст.\n".encode()
        elif edit == "document":
            found["content/transcripts/2025/late/index.fr.md"] = b"---\ntitle: Un de plus\ndate: 2025-03-04\ntopics: [water]\n---\n[Narration] Le fleuve.\n"
        elif edit == "deletion":
            del found["content/pages/spare/index.en.md"]
        else:
            found["content/topics.yml"] = found["content/topics.yml"].replace(b"en: Water", b"en: Waters")
            found[path] = re.sub(rb"\ndate: .*", rb"\g<0>\ntopics: [water]", found[path].replace(b"topics: [water]\n", b""))

    def _open(self, kind: str, number: int) -> Document:
        """A document that is cleared, of common words."""
        document = Document(kind, f"open-{number}")
        original, *others = self.chance.sample([lang for lang in LANGUAGES if lang not in ("es", "ru")], k=self.chance.randint(1, 2))
        text = f"{'[Narration] ' * (kind == 'transcript')}{self._filler()}\n\nSee [the other](@1@).\n"
        if kind == "release" and self.chance.random() < 0.3:
            text += f"\n> {self._filler()}\n> — Ana Díaz, Director\n"
        topics = "topics: [water]\n" if kind != "page" and self.chance.random() < 0.4 else ""
        document.texts[original] = f"---\ntitle: Open number {number}\n@when@{topics}---\n{text}"
        document.texts |= {lang: f"---\ntitle: Translated number {number}\ntranslation: official\n---\n{text}" for lang in others}
        return document

    def _filler(self) -> str:
        return " ".join(self.chance.choices(WORDS, k=self.chance.randint(3, 14))).capitalize() + "."

    def _held(self) -> Document:
        """A document that is held, with a canary in every field, and in every kind of block that chance puts into its text."""
        kind = self.chance.choice(("release", "transcript", "page"))
        hold = self.chance.choice(("embargo", "draft", *(("date", "lift") if kind != "page" else ())))
        document = Document(kind, self.new("slug"), hold, self.chance.choice(("content", "content", "held")))
        if hold == "lift":
            document.reason = self.new("reason of a lift")
        original, *others = self.chance.sample(LANGUAGES, k=self.chance.choice((1, 2, 2, 3)))
        # A lone translation of what is elsewhere is a document too.
        lone = not others and self.chance.random() < 0.3
        fields = self._fields(document, [original, *others])
        person = self._person() if kind != "page" and self.chance.random() < 0.6 else None
        pictures = [self._file(document, "a picture", ".png") for _ in range(2)]
        for lang in (original, *others):
            translation = lang in others or lone
            document.texts[lang] = "\n".join([
                "---", f"title: {self.new('title', lang)}", f"subtitle: '{self.new('subtitle', lang)}: & more'", f"summary: {self.new('summary', lang)}",
                *([f"place: {self.new('place', lang)}"] if kind != "page" else []),
                *([f"translation: official\ntranslator: {self.new('translator', lang)}"] if translation else []),
                *([f"source: {{language: fr, url: 'https://{self.new('host of a source')}.test/'}}"] if lone else []),
                f"notes: |\n  {self.new('notes', lang)} and *{self.new('stress in notes', lang)}*",
                f"captions: {{{pictures[0]}: {self.new('caption', lang)}}}", f"alts: {{{pictures[0]}: {self.new('alt', lang)}}}",
                f"# {self.new('comment in a header', lang)}", *(["typography: keep"] if self.chance.random() < 0.2 else []),
                *([f"@when@{fields}"] if lang == original else []), "---", *self._body(document, lang, person, pictures),
            ])  # fmt: skip
        self._lay_beside(document)
        return document

    def _fields(self, document: Document, languages: Sequence[str]) -> str:
        """What is said once, in the original."""
        digits = "".join(self.chance.choices("23456789", k=11))
        self.canaries.made("phone of a contact", digits)
        contact = self._entry(
            "contacts", f"email: {self.new('mail of a contact')}@x.test, phone: '+{digits}', role: {{{self._texts('role of a contact')}}}, languages: [fr]"
        )
        lines = [f"contacts: [{contact}]", f"aliases: [/en/news/{self.new('alias')}/]", f"attachments: [{self._file(document, 'an attachment', '.csv')}]"]
        if document.kind != "page":
            organisation = self.new("id of an organisation")
            lines += [
                f"topics: [{self._entry('topics') if self.chance.random() < 0.7 else ''}]", f"event: {{{self._texts('event', languages)}}}",
                f"media: [{self._file(document, 'a medium', '.mp4')}]", f"organisation: {organisation}", f"speakers: [{self.new('silent speaker')}]",
            ]  # fmt: skip
            # A release shows its organisation in its own languages only.
            self.registry["organisations"].append(
                f"{organisation}: {{names: {{{self._texts('name of an organisation', languages)}}}, "
                f"about: {{{self._texts('about an organisation', languages)}}}, url: 'https://{self.new('host of an organisation')}.test/'}}"
            )
        return "\n".join(lines)

    def _texts(self, place: str, languages: Sequence[str] = ()) -> str:
        """A text in these languages, or in some."""
        chosen = languages or self.chance.sample(LANGUAGES, k=self.chance.choice((1, 3, 6)))
        return ", ".join(f"{lang}: {self.new(place, lang)}" for lang in chosen)

    def _entry(self, what: str, more: str = "", unnamed: str = "") -> str:
        """An entry of a registry that held documents alone name, or nobody."""
        id = self.new(f"{unnamed}id in {what}")
        self.registry[what].append(f"{id}: {{names: {{{self._texts(f'{unnamed}name in {what}')}}}{', ' * bool(more)}{more}}}")
        return id

    def _person(self) -> Person:
        office = self.new("id of an office")
        self.registry["organisations"].append(f"{office}: {{names: {{{self._texts('name of an office')}}}}}")
        spoken = self.chance.sample(LANGUAGES, k=self.chance.choice((1, 3, 6)))
        person = Person(self.new("id of a person"), {lang: self.new("name of a person", lang) for lang in spoken})
        names = ", ".join(f"{lang}: {name}" for lang, name in person.names.items())
        self.registry["people"].append(
            f"{person.id}: {{names: {{{names}}}, pronunciation: {{{self._texts('pronunciation', LANGUAGES)}}}, aliases: [{self.new('alias of a person')}], "
            f"offices: [{{role: {{{self._texts('role in an office', LANGUAGES)}}}, organisation: {office}, since: 2020}}]}} "
            f"# {self.new('comment in a registry')}"
        )
        return person

    def _stranger(self, lang: str, kind: str) -> str:
        name = self.new("name of a stranger", lang)
        if not name.isascii() and kind != "page":
            self.canaries.made("id of a stranger", person_id(name))
        return name

    def _file(self, document: Document, what: str, ending: str) -> str:
        name, text = f"{self.new(f'name of {what}')}{ending}", self.new(f"content of {what}", self.chance.choice(LANGUAGES))
        opened = io.BytesIO()
        if ending == ".png":
            Image.new("RGB", (self.chance.randint(1, 4), 2)).save(opened, "PNG")
        document.files[name] = opened.getvalue() + text.encode()
        self.canaries.made(f"digest of {what}", hashlib.sha256(document.files[name]).hexdigest())
        return name

    def _body(self, document: Document, lang: str, person: Person | None, pictures: Sequence[str]) -> Iterator[str]:
        def new(place: str) -> str:
            return self.new(place, lang)

        yield f"First {new('paragraph')}.\n\n![]({pictures[0]})\n\n![{new('own alternative text')}]({pictures[1]})\n"
        if document.kind == "transcript":
            yield from self._voices(lang, person)
        else:
            yield from self._quotations(document.kind, lang, person)
        blocks: list[Callable[[], str]] = [
            lambda: f"{new('paragraph')} of the *{new('stressed word')}* and `{new('code in a line')}`.",
            lambda: f"A note[^1] on {new('paragraph')}.\n\n[^1]: {new('footnote')}",
            lambda: f"[{new('text of a link')}](https://{self.new('host of a link')}.test/{new('path of a link')}?{self.new('query of a link')}=1)",
            lambda: f"[{new('text of a link')}][r]\n\n[r]: https://{self.new('host of a link')}.test/#{self.new('fragment of a link')}",
            lambda: f"<{self.new('mail in a text')}@x.test>",
            lambda: f"## {new('heading')}",
            lambda: f"- {new('item')}\n- {new('item')}",
            lambda: f"1. {new('item')}\n2. Two\n\n    {new('paragraph of an item')}",
            lambda: f"| {new('head of a table')} | b |\n|---|---|\n| {new('cell')} | {new('cell')} |",
            lambda: f"```\n{new('code')}\n```",
            lambda: "".join(f"&#{ord(letter)};" for letter in new("escaped word")) + " is escaped.",
            lambda: f"[{new('word of another language')}]{{lang=fr}} is French.",
            lambda: f"> {new('quotation of nobody')}",
            lambda: f"<!-- {new('comment in a text')} -->",
            lambda: f"[{new('unused reference')}]: https://{self.new('host of an unused reference')}.test/",
        ]
        yield from (f"{block()}\n" for block in self.chance.sample(blocks, k=self.chance.randint(3, len(blocks))))
        if document.kind == "transcript":
            yield _SIGN_OFFS[lang].format(new("who signs off").capitalize(), new("place of a sign-off").capitalize()) + "\n"
            yield _CREDITS[lang].format(new("name in a credit").capitalize())

    def _quotations(self, kind: str, lang: str, person: Person | None) -> Iterator[str]:
        if person:
            yield f"> {self.new('quotation', lang)}\n> — {person.name(lang)}, {self.new('role', lang)}, {self.new('organisation', lang)}\n"
            yield f"[{self.new('text of a link', lang)}]({{author}}{person.id})\n"
        yield f"> {self.new('quotation', lang)}\n> — {self._stranger(lang, kind)}\n"

    def _voices(self, lang: str, person: Person | None) -> Iterator[str]:
        name = person.name(lang) if person else self._stranger(lang, "transcript")
        yield f"[Narration] {self.new('narration', lang)} went on.\n"
        yield f"[Soundbite 2 (es)] {name} | {self.new('role', lang)} | {self.new('organisation', lang)} | es\n\n{self.new('speech', lang)} again.\n"
        yield f"00:01:02\n\n【同期】 {self._stranger(lang, 'transcript')} | {self.new('role', lang)}\n\n{self.new('speech', lang)}\n\n({self.new('note', lang)}.)\n"
        yield f"[{self.new('tag', lang)}] {self.new('paragraph', lang)} of an unknown kind.\n"

    def _lay_beside(self, document: Document) -> None:
        """What lies in the folder of a document and never comes out."""
        document.files |= {
            f"{self.new('name of an unnamed file')}.pdf": self.new("content of an unnamed file").encode(),
            f".{self.new('name of a leftover')}.swp": self.new("content of a leftover").encode(),
        }

    def _correct(self, document: Document, held: Document, lang: str) -> None:
        """A cleared document that was updated, with the former text of a translation that is held now."""
        original = next(found for found, text in document.texts.items() if "translation:" not in text)
        document.texts[original] = document.texts[original].replace("@when@", "@when@corrections: [{type: updated, at: 2026-05-20T10:00:00Z}]\n")
        document.files[f"v/1/index.{original}.md"] = f"---\ntitle: As it was\ndate: 2026-05-01\n---\n{self._filler()}\n".encode()
        title, text = self.new("title of a former version", lang), self.new("text of a former version", lang)
        held.files[f"v/1/index.{lang}.md"] = f"---\ntitle: {title}\ntranslation: official\n---\n{text}\n".encode()

    def _held_translation(self, document: Document) -> Document:
        """A translation of a cleared document that is a draft by itself, with files that it alone names."""
        found = Document(document.kind, document.slug, "draft of a translation", self.chance.choice(("content", "held")))
        lang = "es"
        file, picture = self._file(found, "an attachment of a translation", ".csv"), self._file(found, "a picture of a translation", ".png")
        person = "" if document.kind == "page" else f"> {self.new('quotation', lang)}\n> — {self._stranger(lang, document.kind)}\n\n"
        self._correct(document, found, lang)
        found.texts[lang] = (
            f"---\ntitle: {self.new('title', lang)}\nsummary: {self.new('summary', lang)}\ntranslation: official\ntranslator: {self.new('translator', lang)}\n"
            f"@when@captions: {{{picture}: {self.new('caption', lang)}}}\n---\n"
            f"{self.new('paragraph', lang)} of the river, [here]({file}).\n\n![]({picture})\n\n{person}"
        )
        return found

    def _link(self) -> None:
        """Links of held documents to any other, and, for when all is out, of a cleared one to the held."""
        numbers = range(len(self.documents))
        for document in self.documents[len(self.cleared) :]:
            lang = next(iter(document.texts))
            targets = self.chance.sample(numbers, k=2)
            links = [f"[{self.new('text of a link', lang)}](@{number}@)" for number in targets]
            document.texts[lang] = document.texts[lang].replace("---\nFirst ", f"---\n{' and '.join(links)}, [all](/en/topics/).\n\nFirst ")
        self.cleared[1].links_when_lifted = [f"[Now out](@{number}@)" for number in numbers[len(self.cleared) :]]

    def _leave_unnamed(self) -> None:
        """Entries of the registries that nobody names yet."""
        for what in REGISTRIES:
            self._entry(what, unnamed="unnamed ")
