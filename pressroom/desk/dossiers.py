"""What a build knows of a document that stands as the last one left it: all of it but its texts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pressroom.desk.links import Question
from pressroom.ground.problems import Problem
from pressroom.model.document import Attachment, Document


@dataclass(frozen=True, slots=True)
class Dossier:
    """A document as the site had it, whose facts load late.

    It holds as long as its files stand and the atlas gives the same answers to what its links `asked`. `needs` are the files of bundles that its texts
    lead to, `rows` by language the digest of its row in a listing; `of_headers` and `of_texts` are warnings. `read` are its files by shown path, with
    the digests of those that were read.
    """

    document: Document
    asked: Mapping[Question, str]
    needs: frozenset[tuple[str, str]]
    rows: Mapping[str, str]
    of_headers: tuple[Problem, ...]
    of_texts: tuple[Problem, ...]
    read: Mapping[str, str]

    @property
    def files(self) -> Mapping[str, Attachment]:
        """Its own files that are published, by name."""
        return {file.name: file for file in self.document.attachments}
