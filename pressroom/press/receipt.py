"""The receipt of a build: when it was, by which clock, and which tree it left. It lies outside the tree, which knows nothing of wall time."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime

from pressroom.press.files import faults, replace_file

_NAME = "receipt.json"

MadeFrom = Mapping[str, Mapping[str, str]]
"""The digests of what many files of a tree are made from: of each kind of such things by name."""


@dataclass(frozen=True, slots=True)
class KeptReceipt:
    """What is kept of the last build that came through. `now` is the instant it was built as of, `wall` what the system's clock said then;
    `tree` is the seal's. `made_from` tells the next build what changed since. It names nothing that is held.
    """

    audience: str
    now: datetime
    wall: datetime
    engine: str
    tree: str
    files: int
    written: int
    removed: int
    made_from: MadeFrom = field(default_factory=dict)


def write_receipt(state: str, receipt: KeptReceipt) -> None:
    """Keeps a receipt in a state folder, instead of the one that lies there."""
    path = os.path.join(state, _NAME)
    data = asdict(receipt) | {"now": receipt.now.isoformat(), "wall": receipt.wall.isoformat()}
    with faults(path):
        replace_file(path, (json.dumps(data, indent=1) + "\n").encode())


def read_receipt(state: str) -> KeptReceipt | None:
    """The receipt of the last build that came through, or None where there is none that can be read."""
    try:
        with open(os.path.join(state, _NAME), encoding="utf-8") as file:
            read = KeptReceipt(**json.load(file))
        found = replace(read, now=datetime.fromisoformat(read.now), wall=datetime.fromisoformat(read.wall))
        return found if found.now.tzinfo and found.wall.tzinfo else None
    except (OSError, ValueError, TypeError):
        return None
