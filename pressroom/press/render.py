"""From an artifact to the bytes of its file. Templates see their view, the words of their language, and no more."""

from __future__ import annotations

import difflib
import hashlib
import json
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from copy import copy
from functools import cached_property, lru_cache, partial
from pathlib import Path
from typing import Any

import msgspec
from jinja2 import BaseLoader, ChoiceLoader, Environment, FileSystemLoader, PrefixLoader, TemplateNotFound, TemplateSyntaxError, pass_context
from jinja2.runtime import Context
from markupsafe import Markup

from pressroom.ground import digests
from pressroom.ground.addresses import absolute, relative
from pressroom.ground.disk import is_leftover
from pressroom.ground.isolation import isolate
from pressroom.ground.languages import direction
from pressroom.ground.problems import Fault, Problem
from pressroom.model.artifact import Artifact, Worked
from pressroom.model.site import Copy
from pressroom.model.text import TextRef
from pressroom.model.words import MissingWord
from pressroom.press.environment import Pages, escaped
from pressroom.press.references import Blocks, Named, blocks_in, named_in
from pressroom.press.speech import speech
from pressroom.press.templates import Compiled, Shelf

THEME = "!theme"
"""What a template of the site's own puts before the name of one of the theme's, to build upon the very one whose place it takes."""

_MOST_INPUTS = 4096


class _Folders(FileSystemLoader):
    """Finds templates by their names. What is in no list of them is not found either: a key of all of them would not know of it."""

    def get_source(self, environment: Environment, template: str) -> tuple[str, str, Callable[[], bool]]:
        if _is_left_behind(template):
            raise TemplateNotFound(template)
        return super().get_source(environment, template)


def _loader(theme: str, own: tuple[str, ...]) -> BaseLoader:
    """A template of the site's own comes before the theme's of its name, which is still there under the prefix."""
    folders = _Folders([*reversed(own), theme])
    return ChoiceLoader([folders, PrefixLoader({THEME: _Folders(theme)})])


def _names(folder: str) -> list[str]:
    """The names of the templates in a folder, behind links too, where Jinja finds them: not what an editor leaves beside them, as a link that leads nowhere."""
    found = FileSystemLoader(folder, followlinks=True).list_templates()
    return [name for name in found if not _is_left_behind(name) and os.path.isfile(os.path.join(folder, name))]


def _is_left_behind(name: str) -> bool:
    return any(is_leftover(part) for part in name.split("/") if part != ".")


class Renderer:
    """The templates of a theme with those of the site's own, and the texts that views may be handed.

    `folders` are the theme's and then the site's own, if it has any: each a path and the name shown for it. `kept` is where what was compiled may be kept.
    """

    def __init__(self, folders: tuple[tuple[str, str], ...], engine: str, load: Callable[[TextRef], Any], kept: str = "") -> None:
        self._folders, self._engine, self._kept = folders, engine, kept
        self._load = _kept_lately(load)
        self._shelf = Shelf(kept, engine)
        (theme, _), *own = folders
        self._loader = _loader(theme, tuple(path for path, _ in own))
        filters = {"linked_data": _linked_data, "isolated": _isolated, "direction": direction}
        self._environment = Pages(filters, loader=self._loader, bytecode_cache=Compiled(self._shelf))
        self._templates: dict[str, tuple[str, Mapping[str, int]]] = {}
        self._digests: dict[str, str] = {}
        self._inputs: dict[int, tuple[Any, str]] = {}

    def over(self, load: Callable[[TextRef], Any]) -> Renderer:
        """The same templates, over other texts."""
        other = copy(self)
        other._load = _kept_lately(load)
        return other

    def elsewhere(self, is_here: bool) -> Callable[[], Renderer]:
        """What opens the same templates in another process, which is handed artifacts with all that they name. On this machine it has what was compiled too."""
        return partial(Renderer, self._folders, self._engine, _no_text, self._kept if is_here else "")

    def key(self, artifact: Artifact) -> str:
        """The digest of what an artifact is made from: its inputs, its view, its template with all that it includes, the engine."""
        inputs = [self._digest(value) for value in artifact.inputs]
        view = f"{artifact.view.__module__}.{artifact.view.__qualname__}"
        return digests.of((artifact.engine or self._engine, view, self._template_digest(artifact.template), *inputs))

    def unit_key(self, made_from: Any) -> str:
        """The digest of what all files of a unit are made from: its one value, every template, the engine."""
        return digests.of((self._engine, self._all_templates, made_from))

    @cached_property
    def _all_templates(self) -> str:
        """The digest of every template there is, for what need not know which of them it takes."""
        found = hashlib.sha256()
        for number, (folder, _) in enumerate(self._folders):
            for name in _names(folder):
                found.update(f"{number}/{name}\0".encode() + Path(folder, name).read_bytes() + b"\0")
        return found.hexdigest()

    def _digest(self, value: Any) -> str:
        """Many artifacts share one input: its digest is made once. The value is kept for a while, so that its id is nobody else's."""
        if isinstance(value, TextRef):
            return value.digest
        found = self._inputs.get(id(value))
        if found is None:
            if len(self._inputs) >= _MOST_INPUTS:
                self._inputs.clear()
            found = self._inputs[id(value)] = (value, digests.of(value))
        return found[1]

    def _template_digest(self, name: str) -> str:
        """The digest of a template and of all that it reaches."""
        if name not in self._digests:
            self._digests[name] = digests.of(self._reached(name))
        return self._digests[name]

    def reached(self, name: str) -> set[str]:
        """A template and all that it reaches, by name: the theme's own have that of those in whose place they stand."""
        return {found.removeprefix(f"{THEME}/") for found in self._reached(name)}

    def _reached(self, name: str) -> dict[str, str]:
        reached: dict[str, str] = {}
        ahead = [(name, "", 0)] if name else []
        while ahead:
            here, by, line = ahead.pop()
            if here not in reached:
                reached[here], used = self._template(here, by, line)
                ahead += [(other, here, line) for other, line in used.items()]
        return reached

    def _template(self, name: str, by: str, line: int) -> tuple[str, Mapping[str, int]]:
        """The digest of a template's own text, and the other templates that it names, with their lines. `by` names this one, in that line."""
        if name not in self._templates:
            try:
                source, _, _ = self._loader.get_source(self._environment, name)
                self._templates[name] = digests.of(source), self._used(source, name)
            except TemplateNotFound:
                raise Fault(self._absent(name, by, line)) from None
            except TemplateSyntaxError as error:
                raise self._fault(error, name) from None
            except (OSError, UnicodeDecodeError) as error:
                raise Fault(Problem("FT002", f"the template cannot be read ({error})", self._file(name))) from None
        return self._templates[name]

    def _used(self, source: str, name: str) -> Mapping[str, int]:
        """The templates that a template names, with their lines. One that it works out is a Fault: no key could know of it. One cannot be built upon itself."""
        named = self._named(source)
        if named.worked_out:
            message, hint = "the template works out which other one it uses", "name the other template in quotation marks"
            raise Fault(Problem("FT002", message, self._file(name), named.worked_out, 1, hint))
        if name in named.built_upon:
            raise Fault(Problem("FT002", "the template is built upon itself", self._file(name), named.built_upon[name], 1, f'the theme\'s own is "{THEME}/{name}"'))
        return named.all

    def _named(self, source: str) -> Named:
        known = self._shelf.get("named", source)
        if known is None:
            known = msgspec.json.encode(named_in(source))
            self._shelf.put(known, "named", source)
        return msgspec.json.decode(known, type=Named)

    def strays(self) -> tuple[Problem, ...]:
        """Templates of the site's own that take no template's place and that none names."""
        (theme, _), *own = self._folders
        theirs = _names(theme)
        for name in theirs if own else ():
            self._template_digest(name)
        templates = [(shown, name) for folder, shown in own for name in _names(folder) if name.endswith(".html")]
        unused = [
            Problem("FT025", "nothing uses this template", f"{shown}/{name}", hint=self._near(name, self._folders[:1]))
            for shown, name in templates
            if name not in theirs and name not in self._templates
        ]
        return (*unused, *(problem for shown, name in templates if name in self._templates for problem in self._unfilled(name, f"{shown}/{name}")))

    def _unfilled(self, name: str, shown: str) -> Iterator[Problem]:
        """Blocks of a template that it shows nowhere by itself and that none of the templates has that it is built upon."""
        here = self._blocks(name)
        upon, above, seen = here.upon, set[str](), {name}
        while upon and upon not in seen:
            seen.add(upon)
            found = self._blocks(upon)
            above.update(found.all)
            upon = found.upon
        for block, line in here.outer.items() if here.upon else ():
            if block not in above:
                near = difflib.get_close_matches(block, sorted(above), n=1)
                hint = f'did you mean "{near[0]}"?' if near else f"{here.upon} has the blocks {', '.join(sorted(above))}"
                yield Problem("FT025", f"nothing shows the block {block}", shown, line, 1, hint)

    def _blocks(self, name: str) -> Blocks:
        source, _, _ = self._loader.get_source(self._environment, name)
        return blocks_in(source)

    def _absent(self, name: str, by: str, line: int) -> Problem:
        """A template that is named and not there. The site's own is told where it names it: nobody looks for that in the theme."""
        (_, theme), at = self._folders[0], self._file(by)
        hint = self._near(name, self._folders)
        if at.startswith(f"{theme}/"):
            return Problem("FT002", f"there is no such template{f'; {at}:{line} names it' if by else ''}", self._file(name), hint=hint)
        return Problem("FT002", f'there is no such template as "{name}"', at, line, 1, hint)

    def _near(self, name: str, folders: Iterable[tuple[str, str]]) -> str:
        near = difflib.get_close_matches(name, [there for folder, _ in folders for there in _names(folder)], n=1)
        return f'did you mean "{near[0]}"?' if near else "docs/theme.md says which templates there are"

    def make(self, artifact: Artifact) -> bytes | Copy:
        """The bytes of an artifact's file, or the Copy that it is. A template that fails is a Fault that names its line."""
        inputs = [self._input(value) for value in artifact.inputs]
        try:
            view = artifact.view(*inputs)
            if isinstance(view, Copy | bytes):
                return view
            if isinstance(view, str):
                return view.encode()
            return self._fill(artifact.template, view)
        except MissingWord as error:
            raise self._missing(error, "", 0) from None

    def _input(self, value: Any) -> Any:
        return self._load(value) if isinstance(value, TextRef) else self.worked(value) if isinstance(value, Worked) else value

    def worked(self, value: Worked, work_out: Callable[[Worked], tuple[int, ...]] = Worked.work_out) -> tuple[int, ...]:
        """What came of it the last time that it was worked out of the same, or comes of it now."""
        kept = self._shelf.get(value.digest)
        if kept is None:
            self._shelf.put(kept := msgspec.json.encode(work_out(value)), value.digest)
        return msgspec.json.decode(kept, type=tuple[int, ...])

    def _fill(self, name: str, view: Mapping[str, Any]) -> bytes:
        page, words = view["page"], view["site"].words
        site_url = view["site"].site_url

        def to(address: str) -> str:
            return absolute(site_url, address) if page.absolute else relative(page.address, address)

        try:
            return self._environment.render(name, {**view, "to": to, **speech(words, view["site"].typography)}).encode()
        except MissingWord as error:
            raise self._missing(error, *self._place(error, name)) from None
        except Exception as error:
            # The view is made: whatever is raised from here on is the template's doing.
            raise self._fault(error, name, self._own(name)) from None

    def _missing(self, error: MissingWord, file: str, line: int) -> Fault:
        hint = f"add it to {error.lang}.po"
        return Fault(Problem("FT003", f'{error.lang} has no word for "{error.word}"', file if line else "", line, 1 if line else 0, hint))

    def _own(self, name: str) -> list[str]:
        """The files of the site's own, as they are shown, among all that a template reaches."""
        (_, theme), *_ = self._folders
        return sorted(file for file in map(self._file, self._reached(name)) if not file.startswith(f"{theme}/"))

    def _fault(self, error: BaseException, name: str, own: list[str] | None = None) -> Fault:
        """`own` are files of the site's own that the template reaches: one of the theme's fails by what they lack."""
        (_, theme), (file, line) = self._folders[0], self._place(error, name)
        hint = "docs/theme.md says what each template sees"
        if own and file.startswith(f"{theme}/"):
            hint = f"it takes of the site's own {', '.join(own)}: docs/theme.md says what each must have and take"
        return Fault(Problem("FT002", f"the template fails: {str(error) or type(error).__name__}", file, line, 1 if line else 0, hint))

    def _place(self, error: BaseException, name: str) -> tuple[str, int]:
        """The template's file, as it is shown, and line where an error came from: the innermost that its trace passes through.

        Of templates that use each other for ever it is chance which is the innermost: then it is one of the site's own, for the theme's do not.
        """
        (_, theme), *own = self._folders
        endless = isinstance(error, RecursionError) and bool(own)
        file, line = self._file(getattr(error, "name", None) or name), getattr(error, "lineno", 0) or 0
        trace = error.__traceback__
        while trace is not None:
            found = self._shown(trace.tb_frame.f_code.co_filename)
            if found and not (endless and found.startswith(f"{theme}/")):
                file, line = found, trace.tb_lineno
            trace = trace.tb_next
        return file, line

    def _file(self, name: str) -> str:
        """The file of a template, as it is shown; the theme's where there is none."""
        (theme, shown), *own = self._folders
        bare = name.removeprefix(f"{THEME}/")
        found = [there for folder, there in own if bare == name and os.path.isfile(os.path.join(folder, name))]
        return f"{(found or [shown])[-1]}/{bare}"

    def _shown(self, path: str) -> str:
        return next((f"{shown}/{os.path.relpath(path, folder)}" for folder, shown in self._folders if path.startswith(folder + os.sep)), "")


def _no_text(ref: TextRef) -> None:
    """What artifacts name has been put in its place when they are unpacked."""


def _kept_lately(load: Callable[[TextRef], Any]) -> Callable[[TextRef], Any]:
    """The files of an edition are made one after the other."""
    return lru_cache(maxsize=128)(load)


@pass_context
def _isolated(context: Context, text: str, lang: str = "") -> Markup:
    """A text, or HTML, of the page's language or of another, with what runs against its direction isolated."""
    lang = lang or context["page"].lang
    return _isolated_text(text, lang) if type(text) is str else Markup(isolate(str(escaped(text)), lang))


@lru_cache(maxsize=1024)
def _isolated_text(text: str, lang: str) -> Markup:
    return Markup(isolate(escaped(text), lang))


def _linked_data(data: Mapping[str, Any]) -> Markup:
    """JSON for a script element: nothing in it can end the element."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return Markup(text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029"))
