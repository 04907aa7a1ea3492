"""The kinds of documents, as data: which folder, which fields, which template."""

from __future__ import annotations

from dataclasses import dataclass

RELEASE, TRANSCRIPT, PAGE = "release", "transcript", "page"
DATED = (RELEASE, TRANSCRIPT)
ALL = (RELEASE, TRANSCRIPT, PAGE)
DOCUMENT, EDITION = "document", "edition"
SIZES, KIT = "sizes", "kit.zip"
"""What the site puts beside the files of a document: the widths of its pictures, and its press kit."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of document. `folder` is the word in content paths and addresses; a dated kind has a year in both."""

    name: str
    folder: str
    dated: bool
    template: str


KINDS = (
    Kind(RELEASE, "releases", True, "release.html"),
    Kind(TRANSCRIPT, "transcripts", True, "transcript.html"),
    Kind(PAGE, "pages", False, "page.html"),
)
BY_NAME = {kind.name: kind for kind in KINDS}
BY_FOLDER = {kind.folder: kind for kind in KINDS}


@dataclass(frozen=True, slots=True)
class Field:
    """A field of the front matter.

    `of`: whether it is said once, in the original (`document`), or by each edition. `form` names the reader of its value in reading/fields.
    `honoured` is False for a field of the design that this version would silently ignore: it is refused instead.
    """

    name: str
    of: str
    form: str
    kinds: tuple[str, ...] = ALL
    required: tuple[str, ...] = ()
    most: int = 500
    honoured: bool = True


FIELDS = (
    Field("date", DOCUMENT, "moment", required=DATED),
    Field("embargo", DOCUMENT, "moment"),
    Field("status", DOCUMENT, "status"),
    Field("topics", DOCUMENT, "ids", DATED),
    Field("contacts", DOCUMENT, "ids"),
    Field("organisation", DOCUMENT, "id", DATED),
    Field("attachments", DOCUMENT, "files"),
    Field("media", DOCUMENT, "files", DATED),
    Field("credits", DOCUMENT, "text_by_file"),
    Field("licences", DOCUMENT, "text_by_file"),
    Field("event", DOCUMENT, "text_by_language", DATED),
    Field("speakers", DOCUMENT, "texts", DATED),
    Field("order", DOCUMENT, "order", DATED),
    Field("transcript", DOCUMENT, "flag", DATED),
    Field("aliases", DOCUMENT, "addresses"),
    Field("corrections", DOCUMENT, "corrections", most=2000),
    Field("lifted", DOCUMENT, "lifted"),
    Field("title", EDITION, "text", required=ALL),
    Field("subtitle", EDITION, "text"),
    Field("summary", EDITION, "text", most=2000),
    Field("place", EDITION, "text", DATED, most=100),
    Field("translation", EDITION, "translation"),
    Field("translator", EDITION, "text"),
    Field("translated_from", EDITION, "digest", most=40),
    Field("source", EDITION, "source"),
    Field("notes", EDITION, "text", most=20_000),
    Field("captions", EDITION, "text_by_file", most=2000),
    Field("alts", EDITION, "text_by_file", most=2000),
    Field("typography", EDITION, "typography"),
)
FIELD_BY_NAME = {field.name: field for field in FIELDS}
