"""The press room's settings. docs/operators.md lists them; publishconf.py says where the site is published."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

SITENAME = "Rivers and Harbours Observatory"
SITENAMES = {
    "zh-Hans": "江河与港口观测组织",
    "fr": "Observatoire des fleuves et des ports",
    "es": "Observatorio de Ríos y Puertos",
    "ru": "Обсерватория рек и портов",
    "ar": "مرصد الأنهار والموانئ",
}
SITEURL = "https://press.example.org"
FEED_AUTHORITY = "press.example.org,2020"
TIMEZONE = "Europe/Zurich"
LANGUAGES = ["en", "zh-Hans", "fr", "es", "ru", "ar"]
DEFAULT_LANG = "en"

PATH = "content"
OUTPUT_PATH = "output"
THEME = "theme"
PLUGINS = ["pressroom.plugin"]

# Pelican itself is left nothing to write: the plugin alone writes, or nothing does.
ARTICLE_PATHS = []
PAGE_PATHS = []
STATIC_PATHS = []
THEME_STATIC_PATHS = []
DIRECT_TEMPLATES = []
FEED_ALL_ATOM = None
CATEGORY_FEED_ATOM = None
TRANSLATION_FEED_ATOM = None
AUTHOR_FEED_ATOM = None
AUTHOR_FEED_RSS = None
CACHE_CONTENT = False
