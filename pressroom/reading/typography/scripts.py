"""The letters of the scripts that a rule may ask for by name."""

from __future__ import annotations

import re

from pressroom.ground.fingerprints import HAN_AND_KANA

SCRIPTS = {
    "Han": re.compile(f"[{HAN_AND_KANA}]"),
    "Arabic": re.compile("[\u0620-\u064a\u064b-\u0652\u066e-\u06d3\u06fa-\u06ff\u0750-\u077f\u08a0-\u08ff]"),
}
LATIN = re.compile("[A-Za-z\u00c0-\u024f]")
