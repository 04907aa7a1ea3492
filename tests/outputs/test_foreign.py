"""What stands on a page in another language than the page's says which, and which way it is written."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from pressroom.build import build
from pressroom.commands import builds
from tests.outputs.trees import Built
from tests.sites import make_site

FILES = {
    "people.yml": "ana-diaz:\n  names: {en: Ana Díaz, ar: آنا دياث}\n  offices: [{role: {en: Director (2nd)}, organisation: water, since: 2020}]\n",
    "organisations.yml": "water: {names: {ar: وكالة المياه}}\n",
    "topics.yml": "rivers: {names: {en: Rivers}}\n",
    "contacts.yml": 'desk: {names: {en: News desk}, role: {ar: مكتب}, phone: "+41 22 555 01 01", hours: {en: 9–17 h}}\n',
    "releases/2026/rise/index.en.md": (
        "---\ntitle: It rose 10–12%\nplace: Geneva\ndate: 2026-03-04\ntopics: [rivers]\ncontacts: [desk]\n---\nIt rose.\n\n> We measured it.\n> — Ana Díaz, Director (2nd)\n"
    ),
    "releases/2026/fall/index.ar.md": "---\ntitle: هبط 3%\ndate: 2026-03-05\n---\nهبط.\n",
}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Built:
    root = make_site(tmp_path_factory.mktemp("foreign"), FILES)
    settings = builds.read(root)
    build(settings, datetime(2026, 6, 1, 12, tzinfo=UTC))
    return Built(settings)


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("ar/index.html", '<bdi lang="en" dir="ltr">It rose 10–12%</bdi>'),
        ("ar/index.html", '<bdi lang="en" dir="ltr">Geneva</bdi>'),
        ("ar/index.html", '<h3><bdi lang="en" dir="ltr">News desk</bdi></h3>'),
        ("ar/index.html", '<dd><bdi lang="en" dir="ltr">9–17 h</bdi></dd>'),
        ("en/index.html", '<bdi lang="ar" dir="rtl">هبط <bdi>3%</bdi></bdi>'),
        ("en/index.html", '<p class="office"><bdi lang="ar" dir="rtl">مكتب</bdi></p>'),
        ("ar/people/ana-diaz/index.html", '<p class="name"><bdi lang="en" dir="ltr">Director (2nd)</bdi></p>'),
        ("ar/people/ana-diaz/index.html", '<blockquote lang="en" dir="ltr">'),
        ("ar/people/ana-diaz/index.html", '<li><bdi lang="en" dir="ltr">Ana Díaz</bdi></li>'),
        ("en/people/ana-diaz/index.html", '<p class="office"><bdi lang="ar" dir="rtl">وكالة المياه</bdi></p>'),
        ("ar/topics/index.html", '<bdi lang="en" dir="ltr">Rivers</bdi>'),
        ("ar/topics/rivers/index.html", '<h1><bdi lang="en" dir="ltr">Rivers</bdi></h1>'),
        ("ar/topics/rivers/2026/index.html", '<h1><bdi lang="en" dir="ltr">Rivers</bdi> · 2026</h1>'),
        ("ar/topics/rivers/2026/index.html", '<a href="../"><bdi lang="en" dir="ltr">Rivers</bdi></a>'),
    ],
)
def test_words_of_another_language_say_so(site: Built, path: str, words: str) -> None:
    assert words in site.read(path).decode().replace("\u00a0", " ")
