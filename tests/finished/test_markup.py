"""The Nu HTML checker has no word to say of any page, style or drawing, in any language, of the public tree or of a preview."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.newsroom import Trees
from tests.programs import from_npm, program

# Two things that the checker takes for breaches of the page's policy, and a browser does not (tests/browser/test_pages.py holds that no page breaches it):
# - It reads files, whose addresses have no origin that 'self' could be. An address of another host is still told.
_OWN_FILE = re.compile(r"Resource violates Content Security Policy \(meta tag\): [\w ]+ “(?!\w+:|//)[^”]*” blocked by “[\w-]+-src” directive\.")
# - Data in a script element is not a script.
_DATA = re.compile(r"Inline script violates Content Security Policy \(meta tag\): .*")
_DATA_ELEMENT = '<script type="application/ld+json">'


def said_of(folder: Path) -> Iterator[dict[str, Any]]:
    """Every message of the checker on what lies in the folder, of any weight."""
    jar = from_npm("vnu-jar/build/dist/vnu.jar")
    command = [program("java"), "-Xss2m", "-jar", str(jar), "--also-check-css", "--also-check-svg", "--skip-non-html", "--Werror", "--format", "json", "--stdout", str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode in (0, 1) and done.stderr == "", done.stderr
    yield from json.loads(done.stdout)["messages"]


def is_no_breach(message: dict[str, Any], url: str) -> bool:
    """Whether it is one of the two above; the site's own address is `url`."""
    return bool(_OWN_FILE.fullmatch(message["message"].replace(f"{url}/", "")) or _DATA.fullmatch(message["message"]) and _DATA_ELEMENT in message["extract"])


def told(folder: Path, url: str) -> list[str]:
    """What is left to be mended, each thing once, with how often and the first place where it is."""
    found: dict[str, list[dict[str, Any]]] = {}
    for message in said_of(folder):
        if not is_no_breach(message, url):
            found.setdefault(message["message"], []).append(message)
    return [f"{text} ({len(all)}, {all[0].get('url', '')}:{all[0].get('lastLine', 0)}: {all[0].get('extract', '')})" for text, all in found.items()]


@pytest.mark.parametrize("audience", ["public", "preview"])
def test_the_checker_has_nothing_to_say(trees: Trees, audience: str) -> None:
    folder: Path = getattr(trees, audience)
    assert len(list(folder.rglob("*.html"))) > 400
    assert told(folder, trees.url) == []


def test_the_checker_would_see_what_is_wrong(tmp_path: Path) -> None:
    head = '<!doctype html><html lang="en"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="default-src \'self\'"><title>x</title>'
    (tmp_path / "a.html").write_text(
        f'{head}<script src="https://elsewhere.test/x.js"></script><script>run()</script></head><body><img src="x.png"><p id="a"></p><p id="a" style="color: red"></p></body></html>'
    )
    arabic = "أظهر المقياس عند الجسر القديم صباح الجمعة ارتفاعا قدره أربعمئة سنتيمتر، ولم يفاجأ بذلك أحد على الرصيف. " * 20
    (tmp_path / "b.html").write_text(f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>x</title></head><body><p>{arabic}</p></body></html>', encoding="utf-8")
    (tmp_path / "c.css").write_text("p { colour: red }")
    (tmp_path / "d.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"><rect><p/></rect></svg>')
    said = "\n".join(told(tmp_path, "https://press.test"))
    for wrong in ("elsewhere.test", "Inline script violates", "alt", "Duplicate ID", "“style” attribute", "dir=\"rtl\"", "colour", "d.svg"):
        assert wrong in said, said
