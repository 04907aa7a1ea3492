"""The gate: what may be out at an instant. Everything not let through here is unknown to the rest of the house."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from pressroom.model.document import HELD_STATUSES, DocumentFields

DRAFT, EMBARGO = "draft", "embargo"
_ALWAYS = datetime(1, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the gate says of a document: `held` is why it is held, empty where it is cleared; `until` when that ends by itself, if it does."""

    held: str = ""
    published: datetime = _ALWAYS

    @property
    def cleared(self) -> bool:
        return not self.held

    @property
    def until(self) -> datetime | None:
        return self.published if self.held == EMBARGO else None


def published_instant(fields: DocumentFields) -> datetime:
    """The later of the printed date and the embargo, or when it was lifted where that is earlier: before it a document gives zero bytes.

    A lift never holds: one that was recorded after the embargo's end would take back what is published.
    """
    due = max((moment.instant for moment in (fields.date, fields.embargo) if moment), default=_ALWAYS)
    return min(due, fields.lifted.instant) if fields.lifted else due


def judge(fields: DocumentFields, now: datetime) -> Verdict:
    """Whether a document is cleared at `now`. A draft is held for as long as it is one."""
    published = published_instant(fields)
    if fields.status in HELD_STATUSES:
        return Verdict(DRAFT, published)
    return Verdict(EMBARGO if now < published else "", published)
