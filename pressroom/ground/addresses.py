"""Addresses inside the site: `/en/releases/2020/slug/`, always from the root, and the relative form that a page writes."""

from __future__ import annotations

import posixpath
from urllib.parse import quote

# What RFC 3986 lets stand as it is; a per cent sign in a fragment was written by whoever escaped it.
_IN_PATH = "/.-_~"
IN_FRAGMENT = "-._~!$&'()*+,;=:@/?%"


def file_of(address: str) -> str:
    """The file, relative to the output, that answers an address."""
    path = address.partition("#")[0].lstrip("/")
    return f"{path}index.html" if not path or path.endswith("/") else path


def relative(page: str, target: str) -> str:
    """The address `target`, as a link in the document at the address `page` writes it. Anything that is not `/…` stays as it is."""
    if not target.startswith("/") or target.startswith("//"):
        return target
    path, hash, fragment = target.partition("#")
    if path == page and hash:
        return f"#{quote(fragment, safe=IN_FRAGMENT)}"
    folder, _, name = path.rpartition("/")
    way = posixpath.relpath(folder or "/", page.rpartition("/")[0] or "/")
    found = f"{way}/{name}" if way != "." or not name else name
    return quote(found, safe=_IN_PATH) + hash + quote(fragment, safe=IN_FRAGMENT)


def absolute(site_url: str, target: str) -> str:
    """The address with scheme and host, where a standard asks for it."""
    if not target.startswith("/") or target.startswith("//"):
        return target
    path, hash, fragment = target.partition("#")
    return site_url.rstrip("/") + quote(path, safe=_IN_PATH) + hash + quote(fragment, safe=IN_FRAGMENT)
