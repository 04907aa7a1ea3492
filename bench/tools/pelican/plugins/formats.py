"""Each article as JSON and as text beside its page."""

import json
from pathlib import Path

from pelican import signals


def write(generator, writer=None):
    for article in [*generator.articles, *generator.translations]:
        place = Path(generator.output_path, article.save_as).parent
        place.mkdir(parents=True, exist_ok=True)
        facts = {
            "uri": f"{generator.settings['SITEURL']}/{article.url}", "title": article.title, "date": article.date.date().isoformat(), "language": article.lang,
            "summary": article.summary, "topics": [tag.name for tag in article.tags], "people": [who.name for who in article.authors], "text": article.content,
        }
        place.joinpath("index.json").write_text(json.dumps(facts, ensure_ascii=False), encoding="utf-8")
        source = Path(article.source_path).read_text(encoding="utf-8")
        place.joinpath("index.md").write_text(f"# {article.title}\n\n{source.partition(chr(10) * 2)[2]}", encoding="utf-8")


def register():
    signals.article_writer_finalized.connect(write)
