"""Addresses inside the site: `/en/releases/2020/slug/`, always from the root, and the relative form that a page writes."""

from __future__ import annotations

import posixpath
import re
from functools import lru_cache
from urllib.parse import quote

# What RFC 3986 lets stand as it is; a per cent sign in a fragment was written by whoever escaped it.
_IN_PATH = "/.-_~"
IN_FRAGMENT = "-._~!$&'()*+,;=:@/?%"
# Nothing in it is escaped: most addresses are this and nothing else.
_PLAIN = re.compile(r"[A-Za-z0-9/._~-]*+")
_NO_NAMES = ("", ".", "..")


def file_of(address: str) -> str:
    """The file, relative to the output, that answers an address."""
    path = address.partition("#")[0].lstrip("/")
    return f"{path}index.html" if not path or path.endswith("/") else path


@lru_cache(maxsize=4096)
def relative(page: str, target: str) -> str:
    """The address `target`, as a link in the document at the address `page` writes it. Anything that is not `/…` stays as it is."""
    if not target.startswith("/") or target.startswith("//"):
        return target
    path, hash, fragment = target.partition("#")
    if path == page and hash:
        return f"#{quote(fragment, safe=IN_FRAGMENT)}"
    folder, _, name = path.rpartition("/")
    way = _way(folder or "/", page.rpartition("/")[0] or "/")
    found = f"{way}/{name}" if way != "." or not name else name
    return _in_path(found) + _in_fragment(hash, fragment)


def absolute(site_url: str, target: str) -> str:
    """The address with scheme and host, where a standard asks for it."""
    if not target.startswith("/") or target.startswith("//"):
        return target
    path, hash, fragment = target.partition("#")
    return site_url.rstrip("/") + _in_path(path) + _in_fragment(hash, fragment)


def _way(folder: str, start: str) -> str:
    """`posixpath.relpath` for two folders from the root; that itself wherever a step of one is no name."""
    there, here = _steps(folder), _steps(start)
    if not (there and here):
        return posixpath.relpath(folder, start)
    common = 0
    for one, other in zip(there, here, strict=False):
        if one != other:
            break
        common += 1
    return "/".join((*("..",) * (len(here) - common), *there[common:])) or "."


@lru_cache(maxsize=4096)
def _steps(folder: str) -> tuple[str, ...]:
    """The names from the root to a folder; nothing where a step is none."""
    root, *steps = folder.split("/")
    return () if root or any(step in _NO_NAMES for step in steps) else tuple(steps)


def _in_path(path: str) -> str:
    return path if _PLAIN.fullmatch(path) else quote(path, safe=_IN_PATH)


def _in_fragment(hash: str, fragment: str) -> str:
    if not fragment:
        return hash
    return hash + (fragment if _PLAIN.fullmatch(fragment) else quote(fragment, safe=IN_FRAGMENT))
