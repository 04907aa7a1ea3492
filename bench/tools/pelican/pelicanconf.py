import json
from pathlib import Path

_NAMES = json.loads(Path(__file__).with_name("names.json").read_text(encoding="utf-8"))

SITENAME = "Gauge Office"
SITEURL = _NAMES["SITEURL"]
TIMEZONE = "Europe/Zurich"
DEFAULT_LANG = "en"
LANGUAGES = _NAMES["LANGUAGES"]
TOPICS = _NAMES["TOPICS"]
PEOPLE = _NAMES["PEOPLE"]
JINJA_GLOBALS = {"LANGUAGES": LANGUAGES, "TOPICS": TOPICS, "PEOPLE": PEOPLE}

PATH = "content"
OUTPUT_PATH = "output"
THEME = "theme"
PLUGIN_PATHS = ["plugins"]
PLUGINS = ["formats"]
CACHE_CONTENT = True
LOAD_CONTENT_CACHE = True
ARTICLE_TRANSLATION_ID = "slug"
ARTICLE_PATHS = ["releases", "transcripts"]
STATIC_PATHS = []
TYPOGRIFY = True
DEFAULT_PAGINATION = False
ARTICLE_URL = ARTICLE_LANG_URL = "{lang}/{category}/{date:%Y}/{slug}/"
ARTICLE_SAVE_AS = ARTICLE_LANG_SAVE_AS = "{lang}/{category}/{date:%Y}/{slug}/index.html"
DRAFT_SAVE_AS = DRAFT_LANG_SAVE_AS = ""
CATEGORY_URL, CATEGORY_SAVE_AS = "{slug}/", "{slug}/index.html"
TAG_URL, TAG_SAVE_AS = "topics/{slug}/", "topics/{slug}/index.html"
AUTHOR_URL, AUTHOR_SAVE_AS = "people/{slug}/", "people/{slug}/index.html"
YEAR_ARCHIVE_SAVE_AS, MONTH_ARCHIVE_SAVE_AS = "{date:%Y}/index.html", "{date:%Y}/{date:%m}/index.html"
DIRECT_TEMPLATES = ["index", "tags", "authors", "archives", "sitemap"]
SITEMAP_SAVE_AS = "sitemap.xml"
FEED_MAX_ITEMS = 30
FEED_ALL_ATOM = "feed.xml"
CATEGORY_FEED_ATOM = "{slug}/feed.xml"
TAG_FEED_ATOM = "topics/{slug}/feed.xml"
AUTHOR_FEED_ATOM = "people/{slug}/feed.xml"
TRANSLATION_FEED_ATOM = "{lang}/feed.xml"
AUTHOR_FEED_RSS = None
