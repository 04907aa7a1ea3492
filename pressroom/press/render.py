"""From an artifact to the bytes of its file. Jinja is known here only; templates see their view, the words of their language, and no more."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Mapping
from functools import lru_cache
from types import CodeType
from typing import Any

from jinja2 import BytecodeCache, Environment, FileSystemLoader, StrictUndefined, TemplateSyntaxError, meta, nodes
from jinja2.bccache import Bucket
from markupsafe import Markup

from pressroom.ground import digests
from pressroom.ground.addresses import absolute, relative
from pressroom.ground.problems import Fault, Problem
from pressroom.model.artifact import Artifact
from pressroom.model.document import Body, BodyRef
from pressroom.model.site import Copy
from pressroom.model.words import MissingWord, Words

_REFERENCES = (nodes.Extends, nodes.FromImport, nodes.Import, nodes.Include)
_SYNTAX = {"trim_blocks": True, "lstrip_blocks": True}


class _Compiled(BytecodeCache):
    """Templates that this process has compiled, by place and source: one that builds many sites, as tests do, compiles each once."""

    def __init__(self) -> None:
        self._codes: dict[str, tuple[str, CodeType | None]] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        checksum, code = self._codes.get(bucket.key, ("", None))
        if checksum == bucket.checksum:
            bucket.code = code

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._codes[bucket.key] = (bucket.checksum, bucket.code)


@lru_cache(maxsize=1)
def _compiled() -> _Compiled:
    return _Compiled()


@lru_cache(maxsize=256)
def _named_in(source: str) -> tuple[tuple[str, ...], int]:
    """The other templates that a template names, and the line where it works one out, or 0."""
    parsed = Environment(**_SYNTAX).parse(source)
    found = set(meta.find_referenced_templates(parsed))
    line = next((node.lineno for node in parsed.find_all(_REFERENCES) if None in found and not isinstance(node.template, nodes.Const)), 0)
    return tuple(sorted(template for template in found if template)), line


class Renderer:
    """The templates of a theme, and the bodies that views may be handed."""

    def __init__(self, templates: str, shown: str, engine: str, body: Callable[[str], Body]) -> None:
        self._folder, self._shown, self._engine, self._body = templates, shown, engine, body
        self._environment = Environment(
            loader=FileSystemLoader(templates), autoescape=True, undefined=StrictUndefined, auto_reload=False, bytecode_cache=_compiled(), **_SYNTAX
        )
        self._environment.filters["linked_data"] = _linked_data
        # A page is the same each time it is made.
        del self._environment.filters["random"], self._environment.globals["lipsum"]
        self._digests: dict[str, str] = {}
        self._inputs: dict[int, tuple[Any, str]] = {}

    def key(self, artifact: Artifact) -> str:
        """The digest of what an artifact is made from: its inputs, its view, its template with all that it includes, the engine."""
        inputs = [self._digest(value) for value in artifact.inputs]
        view = f"{artifact.view.__module__}.{artifact.view.__qualname__}"
        return digests.of((artifact.engine or self._engine, view, self._template_digest(artifact.template), *inputs))

    def _digest(self, value: Any) -> str:
        """Many artifacts share one input: its digest is made once. The value is kept, so that its id is nobody else's."""
        found = self._inputs.get(id(value))
        if found is None:
            found = self._inputs[id(value)] = (value, digests.of(value))
        return found[1]

    def _template_digest(self, name: str) -> str:
        if not name:
            return ""
        if name not in self._digests:
            self._digests[name] = ""
            try:
                with open(os.path.join(self._folder, name), encoding="utf-8") as file:
                    source = file.read()
                used = self._used(source, name)
            except TemplateSyntaxError as error:
                raise self._fault(error, name) from None
            except (OSError, UnicodeDecodeError) as error:
                raise Fault(Problem("FT002", f"the template cannot be read ({error})", f"{self._shown}/{name}")) from None
            self._digests[name] = digests.of((source, *(self._template_digest(other) for other in used)))
        return self._digests[name]

    def _used(self, source: str, name: str) -> tuple[str, ...]:
        """The templates that a template names. One that it works out is a Fault: a page's key could not know of it."""
        found, line = _named_in(source)
        if line:
            message = "the template works out which other one it uses"
            raise Fault(Problem("FT002", message, f"{self._shown}/{name}", line, 1, "name the other template in quotation marks"))
        return found

    def make(self, artifact: Artifact) -> bytes | Copy:
        """The bytes of an artifact's file, or the Copy that it is. A template that fails is a Fault that names its line."""
        inputs = [self._body(value.path) if isinstance(value, BodyRef) else value for value in artifact.inputs]
        try:
            view = artifact.view(*inputs)
            if isinstance(view, Copy):
                return view
            if isinstance(view, bytes):
                return view
            if isinstance(view, str):
                return view.encode()
            return self._fill(artifact.template, view)
        except MissingWord as error:
            raise self._missing(error, "", 0) from None

    def _fill(self, name: str, view: Mapping[str, Any]) -> bytes:
        page, words = view["page"], view["site"].words
        site_url = view["site"].site_url

        def to(address: str) -> str:
            return absolute(site_url, address) if page.absolute else relative(page.address, address)

        try:
            return self._environment.get_template(name).render(view, to=to, **_speech(words)).encode()
        except MissingWord as error:
            raise self._missing(error, *self._place(error, name)) from None
        except Exception as error:
            # The view is made: whatever is raised from here on is the template's doing.
            raise self._fault(error, name) from None

    def _missing(self, error: MissingWord, file: str, line: int) -> Fault:
        hint = f"add it to {error.lang}.po"
        return Fault(Problem("FT003", f'{error.lang} has no word for "{error.word}"', f"{self._shown}/{file}" if line else "", line, 1 if line else 0, hint))

    def _fault(self, error: BaseException, name: str) -> Fault:
        file, line = self._place(error, name)
        hint = "docs/theme.md says what each template sees"
        return Fault(Problem("FT002", f"the template fails: {str(error) or type(error).__name__}", f"{self._shown}/{file}", line, 1 if line else 0, hint))

    def _place(self, error: BaseException, name: str) -> tuple[str, int]:
        """The template's file and line where an error came from: the innermost that its trace passes through."""
        file, line = getattr(error, "name", None) or name, getattr(error, "lineno", 0) or 0
        trace = error.__traceback__
        while trace is not None:
            found = trace.tb_frame.f_code.co_filename
            if found.startswith(self._folder + os.sep):
                file, line = os.path.relpath(found, self._folder), trace.tb_lineno
            trace = trace.tb_next
        return file, line


def _speech(words: Words) -> dict[str, Any]:
    """What templates speak with. Values are filled in by name: `_("%(count)s files", count=n)`."""

    def gettext(word: str, **values: Any) -> str:
        return words.gettext(word) % values if values else words.gettext(word)

    def ngettext(one: str, many: str, count: int, **values: Any) -> str:
        return words.ngettext(one, many, count) % {"count": count, **values}

    return {"_": gettext, "ngettext": ngettext}


def _linked_data(data: Mapping[str, Any]) -> Markup:
    """JSON for a script element: nothing in it can end the element."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return Markup(text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029"))
