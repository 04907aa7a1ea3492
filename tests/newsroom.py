"""The demo newsroom with what it does not show by itself, so that a tree of every page type, in every language, can be looked at.

A page type that the demo comes to show is looked at without a word here.
"""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from pressroom.build import build
from pressroom.commands import builds
from pressroom.model.settings import PREVIEW, PUBLIC
from tests.sites import REPOSITORY, put

NOW = datetime(2026, 12, 1, 12, tzinfo=UTC)
LANGUAGES = {"en": "en", "zh-Hans": "zh-hans", "fr": "fr", "es": "es", "ru": "ru", "ar": "ar"}
"""What is written, and what stands in addresses."""

_TRANSLATIONS = {"en": "", "zh-Hans": "official", "fr": "unofficial", "es": "machine", "ru": "interpretation", "ar": "machine"}
_WORDS: Mapping[str, Mapping[str, str]] = {
    "en": {
        "title": "Every form that a text can take", "head": "At the old bridge", "word": "gauge", "place": "Geneva", "shown": "A gauge in the evening",
        "said": "The gauge at the old bridge stood at 412 centimetres on Friday morning, and nobody on the quay was surprised.",
        "office": "Director | Water Agency", "name": "Ana Díaz", "far": "internationalisation-of-hydrometeorological-observations",
    },
    "zh-Hans": {
        "title": "一篇文字可以有的各种形式", "head": "老桥边", "word": "水尺", "place": "日内瓦", "shown": "傍晚的水尺",
        "said": "星期五早晨，老桥边的水尺显示水位为412厘米，码头上没有人感到意外。", "office": "主任 | 水务局", "name": "安娜·迪亚斯",
        "far": "水文气象观测资料国际交换与共享工作协调机制",
    },
    "fr": {
        "title": "Toutes les formes que prend un texte", "head": "Au vieux pont", "word": "échelle", "place": "Genève", "shown": "Une échelle le soir",
        "said": "L’échelle du vieux pont marquait 412 centimètres vendredi matin, et personne sur le quai n’en fut surpris.",
        "office": "Directrice | Agence de l’eau", "name": "Ana Díaz", "far": "anticonstitutionnellement-hydrométéorologiquement",
    },
    "es": {
        "title": "Todas las formas que puede tener un texto", "head": "Junto al puente viejo", "word": "escala", "place": "Ginebra", "shown": "Una escala al anochecer",
        "said": "La escala del puente viejo marcaba 412 centímetros el viernes por la mañana, y nadie en el muelle se sorprendió.",
        "office": "Directora | Agencia del Agua", "name": "Ana Díaz", "far": "electroencefalografista-hidrometeorológicamente",
    },
    "ru": {
        "title": "Все виды, какие может иметь текст", "head": "У старого моста", "word": "водомер", "place": "Женева", "shown": "Водомер вечером",
        "said": "В пятницу утром водомер у старого моста показывал 412 сантиметров, и никто на набережной этому не удивился.",
        "office": "директор | Водное агентство", "name": "Ана Диас", "far": "водогрязеторфопарафинолечение-гидрометеорологический",
    },
    "ar": {
        "title": "كل الأشكال التي يتخذها النص", "head": "عند الجسر القديم", "word": "مقياس", "place": "جنيف", "shown": "مقياس في المساء",
        "said": "أظهر المقياس عند الجسر القديم صباح الجمعة ارتفاعا قدره 412 سنتيمترا، ولم يفاجأ بذلك أحد على الرصيف.",
        "office": "المديرة | وكالة المياه", "name": "آنا دياث", "far": "والاستقلالية-والهيدرولوجية-الاستراتيجية-للمؤسسات",
    },
}  # fmt: skip

_FORMS = """\
{said}[^1] [{word}](../wuhan-open-gauges/), *{word}*, **{word}**, `river --level 412`, [fleuve et quai]{{lang=fr}}, {far}{far}.

## {head}

- {said}
- {said}

1. {said}
2. {said}

### {word}

> {said}

> {said}
> — {name} | {office}

| {word} | {head} | {place} | {shown} | 2026 |
|---|---|---|---|--:|
| {said} | {said} | {far} | {said} | 412 |

![{shown}](gauge.png)

```
river --level 412 --gauge old-bridge --from 2026-11-20T10:00+01:00 --to 2026-11-27T10:00+01:00 --format csv --out levels.csv
```

{word}
:   {said}

https://example.org/a/long/way/down/the/river/without/a/single/place/where/one/could/break/it/2026/11/20/levels.csv WMO

*[WMO]: World Meteorological Organization

[^1]: {said}
"""
_VOICES = """\
[Intro] {said}

[Narration] {said}

00:01:02

[Soundbite] {name} | {office} | es

{said}

(Laughter.)

[Standup] {said}

[Natsound] {said}

[Caption] {said}

[Question] {said}

[Answer] {said}

[Shot] {said}

[Storyline] {said}

[Outro] {said}

Cheng Yu reports from Beijing

Editor: Liu Xian
"""


@dataclass(frozen=True, slots=True)
class Trees:
    """The public tree and the preview, each below a folder of its own, as a project's pages are; and the address readers have."""

    public: Path
    preview: Path
    url: str


def folder_of(path: str) -> str:
    """The language that a page's path names, as addresses have it; empty where it names none."""
    return next((step for step in path.split("/") if step in LANGUAGES.values()), "")


def trees(root: Path, workers: int = 1) -> Trees:
    """The newsroom's trees in `root`, built where they are not there yet."""
    settings = replace(builds.read(REPOSITORY), root=str(root), content=str(root / "content"), workers=workers)
    found = Trees(root / PUBLIC / "press", root / PREVIEW / "press", settings.url)
    if not (root / "whole").exists():
        _write_content(root)
        build(replace(settings, output=str(found.public)), NOW)
        build(replace(settings, audience=PREVIEW, output=str(found.preview)), NOW)
        (root / "whole").touch()
    return found


def _write_content(root: Path) -> None:
    shutil.copytree(REPOSITORY / "content", root / "content")
    old = ", ".join(f"/{lang}/releases/2026/old-name/" for lang in LANGUAGES.values())
    notes = ", ".join(f'{lang}: "{words["said"]}"' for lang, words in _WORDS.items())
    _write(root, "releases/2026/all-forms", f"aliases: [{old}]\nattachments: [gauge.png]\n", _FORMS, rich=True)
    shutil.copy(REPOSITORY / "content/releases/2026/low-water-report/low-water.png", root / "content/releases/2026/all-forms/gauge.png")
    _write(root, "transcripts/2026/all-voices", "", _VOICES)
    _write(root, "releases/2026/taken-back", f"corrections:\n  - {{type: withdrawn, at: '2026-11-25T10:00+01:00', note: {{{notes}}}}}\n", "{said}\n")
    _write(root, "releases/2026/not-yet", "embargo: 2031-06-08T09:00[Europe/Zurich]\n", "{said}\n")
    _write(root, "transcripts/2026/half-written", "status: draft\n", _VOICES)


def _write(root: Path, folder: str, document: str, body: str, rich: bool = False) -> None:
    for lang, words in _WORDS.items():
        how = _TRANSLATIONS[lang]
        head = f"translation: {how}\n" if how else f"date: 2026-11-24\ntopics: [water-levels]\n{document}"
        more = "subtitle: {said}\nnotes: {said}\ncaptions: {{gauge.png: {shown}}}\n".format(**words) if rich else ""
        put(root, f"{folder}/index.{lang}.md", f"---\ntitle: {words['title']}\nplace: {words['place']}\n{head}{more}---\n{body.format(**words)}")
