"""lychee, on a finished tree and without a network: it follows what is in pages, styles, feeds, sitemaps, data and text, the site's own absolute addresses too."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

from tests.programs import program


def dead_links(tree: Path, url: str) -> list[str]:
    """Each link to a file or a place of the site that is not there, after the file that has it. `url` is the address that readers have."""
    command = [
        program("lychee"), "--offline", "--include-fragments=full", "--root-dir", str(tree), "--index-files", "index.html", "--no-progress", "--format", "json",
        "--extensions", "html,css,svg,xml,json,md,txt", "--remap", f"{url}/(.*) file://{tree}/$1", str(tree),
    ]  # fmt: skip
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode in (0, 2), done.stderr
    found = json.loads(done.stdout)
    assert found["total"] > 0
    return [f"{Path(source).relative_to(tree)}: {link['url']}" for source, links in found["error_map"].items() for link in links]
