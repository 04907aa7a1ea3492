"""The typographies of the theme, for tests."""

from __future__ import annotations

from functools import lru_cache

from pressroom.model.typography import Typography
from pressroom.intake import TYPOGRAPHY_TABLES
from pressroom.reading.typographies import read_typographies
from tests.sites import REPOSITORY

FOLDER = str(REPOSITORY / "theme" / "typography")
LANGUAGES = tuple(sorted(path.stem for path in (REPOSITORY / "theme" / "typography").glob("*.toml")))
STYLES = {"fr": ("eu", "quebec"), "es": ("angular",), "ar": ("curly", "latn", "arab"), "de": ("guillemets",), "pt": ("portugal",)}
EVERY = tuple((lang, style) for lang in LANGUAGES for style in ("", *STYLES.get(lang, ())))


@lru_cache(maxsize=None)
def typography(lang: str, style: str = "") -> Typography:
    """A language as the theme sets it, or by one of its styles."""
    found, problems = read_typographies(((FOLDER, "theme/typography"),), (lang,), {lang: style} if style else {}, TYPOGRAPHY_TABLES)
    assert not problems, problems
    return found[lang]


@lru_cache(maxsize=1)
def every() -> dict[str, Typography]:
    return {lang: typography(lang) for lang in LANGUAGES}
