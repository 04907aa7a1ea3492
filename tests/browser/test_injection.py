"""Whatever an editor pastes into a field or a text: nothing of it runs, with the page's policy and without."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from lxml import html

from pressroom.build import build
from pressroom.ground.problems import Fault
from tests.browser.conftest import Serve
from tests.sites import REPOSITORY, make_site, put
from tests.test_sameness import START, settings_of

RUN = "console.log('ran');alert(1)"
MARKUP = (
    f"<script>{RUN}</script>", f'"><script>{RUN}</script>', f"'><script>{RUN}</script>", f'<img src=x onerror="{RUN}">', f'" onmouseover="{RUN}" x="',
    f"<svg onload=\"{RUN}\"><script>{RUN}</script></svg>", f"</title><script>{RUN}</script>", f"</script><script>{RUN}</script>", f"<!--><script>{RUN}</script>-->",
    f'<iframe srcdoc="<script>{RUN}</script>"></iframe>', f'<a href="x" onclick="{RUN}" autofocus onfocus="{RUN}">x</a>', f"<style>@import 'javascript:{RUN}'</style>",
    f'<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror={RUN}&gt;">', f'<details open ontoggle="{RUN}"><summary>x</summary></details>',
    f"<noscript><p title=\"</noscript><img src=x onerror={RUN}>\">", f'<form action="javascript:{RUN}"><button>x</button></form>',
    f"<svg><animate onbegin=\"{RUN}\" attributeName=x dur=1s></svg>", f'<object data="data:text/html,<script>{RUN}</script>"></object>',
    f'<svg><use href="data:image/svg+xml,<svg onload={RUN}>"/></svg>', f'<base href="javascript:{RUN}//">', f'<meta http-equiv="refresh" content="0;url=javascript:{RUN}">',
    "{{ 7*7 }}{% raise %}", "`<img src=x onerror=alert(1)>`", f"<div style=\"background:url(javascript:{RUN})\">x</div>", f'<video><source onerror="{RUN}"></video>',
)  # fmt: skip
LINKS = (
    "javascript:console.log('ran')", "JaVaScRiPt:console.log('ran')", "java&#10;script:console.log('ran')", "javascript&colon;console.log('ran')",
    "&#1;javascript:console.log('ran')", "data:text/html,<script>console.log('ran')</script>", "data:image/svg+xml,<svg onload=console.log('ran')>",
    "vbscript:console.log('ran')", "//127.0.0.1:1/x", "\\\\127.0.0.1\\x", "x:y", "blob:x", "filesystem:x",
)  # fmt: skip
WRITTEN_LINK = re.compile(rb"<a (?!class=)[^>]*>x</a>")
FIELDS = ("title", "subtitle", "summary", "place", "notes", "translator")


def document(fields: dict[str, Any], body: str) -> str:
    said = "".join(f"{name}: {json.dumps(value, ensure_ascii=False)}\n" for name, value in fields.items())
    return f"---\ndate: 2026-02-03\n{said}---\n{body}\n"


def payloads() -> Iterator[tuple[str, str]]:
    """Documents by folder: every payload in every field and in the text, as Markdown's own forms and as raw HTML."""
    for number, text in enumerate(MARKUP):
        fields: dict[str, Any] = dict.fromkeys((name for name in FIELDS if name != "translator"), text[:90] if number % 2 else text)
        fields["place"] = text[:100]
        fields |= {"captions": {"data.csv": text}, "event": {"en": text}, "attachments": ["data.csv"], "topics": ["water"]}
        body = f"{text}\n\nWords {text} words.\n\n# {text}\n\n- {text}\n\n> Said.\n> — {text}, Role, Office\n\n| a |\n|---|\n| {text} |\n\n[^1] x\n\n[^1]: {text}\n\n```\n{text}\n```\n"
        yield f"releases/2026/markup-{number}", document(fields, body)
        yield f"transcripts/2026/spoken-{number}", document({"title": text}, f"[Narration] Words.\n\n[Soundbite] {text} | {text} | {text}\n\n{text}\n\n{text} reports from {text}\n\nEditor: {text}\n")
    for number, target in enumerate(LINKS):
        for way, body in enumerate(
            (f"[x]({target})", f"[x](<{target}>)", f"![x]({target})", f'<a href="{target}">x</a>', f'<img src="{target}">', f"[x][r]\n\n[r]: {target}", f"<{target}>")
        ):
            yield f"releases/2026/link-{number}-{way}", document({"title": "Link"}, f"Words {body}\n")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Everything that is not refused, built."""
    root = make_site(tmp_path_factory.mktemp("injection") / "site", {})
    (root / "theme").symlink_to(REPOSITORY / "theme")
    evil = json.dumps(MARKUP[1])
    every = f"{{en: {evil}, zh-Hans: {evil}, ar: {evil}}}"
    put(root, "topics.yml", f"water: {{names: {every}}}\n")
    put(root, "contacts.yml", f"desk: {{names: {every}, role: {every}, hours: {every}, phone: '+41 22 555 01 01', email: a@b.test}}\n")
    put(root, "people.yml", f"ana: {{names: {every}, pronunciation: {every}, aliases: [Ana]}}\n")
    put(root, "pages/about/index.en.md", f"---\ntitle: {evil}\ncontacts: [desk]\n---\n> Said.\n> — Ana, {MARKUP[0]}, Office\n")
    folders = dict(payloads())
    for folder, text in folders.items():
        put(root, f"{folder}/index.en.md", text)
        if "markup" in folder:
            put(root, f"{folder}/data.csv", "a\n")
    for _ in range(4):
        try:
            build(settings_of(root), START)
            break
        except Fault as fault:
            refused = {problem.path for problem in fault.problems if problem.severity == "error"}
            assert refused and all(path.startswith("content/releases/2026/") or path.startswith("content/transcripts/2026/") for path in refused), fault.problems
            for path in refused:
                (root / path).unlink()
                for other in (root / path).parent.iterdir():
                    other.unlink()
                (root / path).parent.rmdir()
    return root / "output"


def test_most_of_it_is_published_as_text_and_links_that_run_are_refused(site: Path) -> None:
    names = {path.name for path in (site / "en" / "releases" / "2026").iterdir()} | {path.name for path in (site / "en" / "transcripts" / "2026").iterdir()}
    assert len([name for name in names if name.startswith("markup")]) > len(MARKUP) * 0.6
    assert len([name for name in names if name.startswith("spoken")]) > len(MARKUP) * 0.6
    for path in site.rglob("*.html"):
        for target in html.document_fromstring(path.read_bytes()).xpath("//@href | //@src | //@content[starts-with(., '0;')]"):
            bare = "".join(char for char in target.lower() if char > " ")
            assert not re.match(r"(0;url=)?(javascript|vbscript|data|blob|filesystem|x):", bare), (path, target)


@pytest.mark.parametrize("bare", [False, True], ids=["with the policy", "without the policy"])
def test_nothing_of_it_runs(browser: Any, serve: Serve, site: Path, bare: bool) -> None:
    address = serve(site, bare=bare)
    context = browser.new_context()
    page = context.new_page()
    ran: list[str] = []
    page.on("console", lambda message: ran.append(f"{page.url}: {message.text}") if message.text == "ran" or "Content Security" in message.text else None)
    page.on("dialog", lambda dialog: (ran.append(f"{page.url}: dialog"), dialog.dismiss()))
    pages = sorted(path.relative_to(site).as_posix() for path in site.rglob("*.html") if path.parts[-2] != "404" and "/en/" in path.as_posix())
    assert len(pages) > 60
    for path in pages:
        page.goto(f"{address}/{path.removesuffix('index.html')}", wait_until="load")
        odd = page.evaluate(
            """() => {
                const attributes = [...document.querySelectorAll('*')].flatMap(e => [...e.attributes].map(a => e.tagName + ' ' + a.name));
                const schemes = [...document.querySelectorAll('a[href], area[href]')].map(a => a.protocol).filter(p => !['http:', 'https:', 'mailto:', 'tel:'].includes(p));
                const tags = [...document.querySelectorAll('script:not([type="application/ld+json"]), style, iframe, object, embed, form:not(.verify form, .search form), base, svg, math')].map(e => e.outerHTML);
                document.querySelectorAll('main *').forEach(e => e.dispatchEvent(new MouseEvent('mouseover', {bubbles: false})));
                return [...attributes.filter(a => / on|style$/.test(a)), ...schemes, ...tags.filter(t => !t.startsWith('<script type="module" src='))];
            }"""
        )
        assert odd == [], path
    clicked = 0
    for path in pages:
        here = f"{address}/{path.removesuffix('index.html')}"
        if not WRITTEN_LINK.search((site / path).read_bytes()):
            continue
        page.goto(here)
        found = page.locator("main .prose a:not(.lines a):not([class^='footnote']):not([href^='http'])")
        for number in range(found.count()):
            found.nth(number).evaluate("a => a.click()")
            clicked += 1
            page.wait_for_load_state()
            if page.url != here:
                page.goto(here)
    assert ran == [] and clicked
    context.close()
