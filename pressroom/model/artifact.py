"""An artifact: a file to be written, the inputs it is made from, and the pure function that makes it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

View = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Artifact:
    """A file of the site.

    `view` is a module's function; it is handed `inputs` and nothing else, a BodyRef among them as the Body it stands for. With a `template` it
    returns the names that the template sees, without one the bytes or text of the file. `lang` is the language whose words it uses.
    `engine` is the digest of what makes the file, where that is less than the whole engine and the file is dear to make.
    """

    path: str
    view: Callable[..., View | str | bytes]
    inputs: tuple[Any, ...]
    template: str = ""
    lang: str = ""
    engine: str = ""
