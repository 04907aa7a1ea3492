"""Jinja's environment as the site's pages need it: it says the same as Jinja's own, by shorter ways for what a page does thousands of times."""

from __future__ import annotations

from collections.abc import Callable, Mapping, MutableMapping
from functools import lru_cache
from types import CodeType, FunctionType
from typing import Any

from jinja2 import Environment, StrictUndefined, Template, nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.environment import TemplateModule
from jinja2.idtracking import VAR_LOAD_RESOLVE
from jinja2.runtime import Context, Macro, missing
from markupsafe import Markup, escape

SYNTAX = {"trim_blocks": True, "lstrip_blocks": True}
_OF_ANY_DICT = frozenset(dir(dict))


def attribute_of(value: Any, name: str) -> Any:
    """`value.name` in a template: an attribute, else what a mapping holds by that name."""
    if type(value) is dict and name not in _OF_ANY_DICT:
        try:
            return value[name]
        except KeyError:
            return StrictUndefined(obj=value, name=name)
    try:
        return getattr(value, name)
    except AttributeError:
        pass
    try:
        return value[name]
    except (TypeError, LookupError, AttributeError):
        return StrictUndefined(obj=value, name=name)


def escaped(value: Any) -> str:
    """A value as it is written into a page."""
    kind = type(value)
    if kind is str:
        return _escaped_short(value) if len(value) < _SHORT else _escaped(value)
    return value if kind is Markup else escape(value)


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&#34;").replace("'", "&#39;")


_SHORT = 80
_escaped_short = lru_cache(maxsize=8192)(_escaped)


def marked_safe(value: Any) -> Markup:
    """Text that is HTML already."""
    return value if type(value) is Markup else str.__new__(Markup, value) if type(value) is str else Markup(value)


class QuickMacro(Macro):
    """A macro. What it is called with in most places, its arguments in their order, goes to it as it is."""

    def __init__(self, environment: Environment, func: Callable[..., str], name: str, arguments: list[str], *said: Any) -> None:
        super().__init__(environment, func, name, arguments, *said)
        self.is_plain = not (self.catch_kwargs or self.catch_varargs or self.caller or self.explicit_caller)
        self.count = len(arguments)


class QuickContext(Context):
    """What the templates of a page see."""

    def call(__self, __obj: Any, *args: Any, **kwargs: Any) -> Any:
        kind = type(__obj)
        if kind is QuickMacro:
            if __obj.is_plain and not kwargs and len(args) <= __obj.count and __self.eval_ctx.autoescape:
                return str.__new__(Markup, __obj._func(*args, *(missing,) * (__obj.count - len(args))))
        elif kind is FunctionType and not hasattr(__obj, "jinja_pass_arg"):
            try:
                return __obj(*args, **kwargs)
            except StopIteration:
                pass
        return super().call(__obj, *args, **kwargs)


class Generator(CodeGenerator):
    """Notes in a compiled template what it needs to know of the page, and whether it only defines macros; looks for imported ones that stand ready."""

    def visit_Template(self, node: nodes.Template, frame: Frame | None = None) -> None:
        self.asked: set[str] = set()
        self.asks_at_once = False
        super().visit_Template(node, frame)
        reached = [found.template for found in node.find_all((nodes.Extends, nodes.FromImport, nodes.Import, nodes.Include))]
        names = tuple(name.value if isinstance(name, nodes.Const) else "" for name in reached)
        self.writeline(f"asked, reached = {tuple(sorted(self.asked))!r}, {names!r}")
        defined = {name for part in node.body for name in _defined(part)}
        self.writeline(f"defined, only_defines = {tuple(sorted(defined))!r}, {not self.asks_at_once and all(map(_only_defines, node.body))!r}")

    def enter_frame(self, frame: Frame) -> None:
        asked = {name for action, name in frame.symbols.loads.values() if action == VAR_LOAD_RESOLVE and name}
        self.asked |= asked
        self.asks_at_once |= frame.rootlevel and bool(asked)
        super().enter_frame(frame)

    def visit_Call(self, node: nodes.Call, frame: Frame, forward_caller: bool = False) -> None:
        # What a loop or a block has defined is handed to functions that ask for the context. No page has one.
        frame = frame.copy()
        frame.loop_frame = frame.block_frame = False
        super().visit_Call(node, frame, forward_caller=forward_caller)

    def _import_common(self, node: nodes.Import | nodes.FromImport, frame: Frame) -> None:
        if node.with_context and frame.toplevel and isinstance(node.template, nodes.Const):
            self.write(f"(environment.ready({node.template.value!r}, context) or ")
            super()._import_common(node, frame)
            self.write(")")
        else:
            super()._import_common(node, frame)


def _only_defines(node: nodes.Node) -> bool:
    """Whether a part of a template makes nothing but names."""
    if isinstance(node, nodes.Output):
        return all(isinstance(part, nodes.TemplateData) for part in node.nodes)
    return isinstance(node, nodes.Macro) or isinstance(node, nodes.FromImport) and node.with_context


def _defined(node: nodes.Node) -> list[str]:
    if isinstance(node, nodes.FromImport):
        return [name if isinstance(name, str) else name[1] for name in node.names]
    return [node.name] if isinstance(node, nodes.Macro) else []


class QuickTemplate(Template):
    """A compiled template, which finds our ways where it looks for Jinja's. `noted` is what the generator has noted."""

    noted: Mapping[str, Any] = {}

    @classmethod
    def from_code(
        cls, environment: Environment, code: CodeType, globals: MutableMapping[str, Any], uptodate: Callable[[], bool] | None = None
    ) -> Template:
        made = super().from_code(environment, code, globals, uptodate)
        made.noted = made.root_render_func.__globals__
        made.noted.update(escape=escaped, Macro=QuickMacro)
        return made


class Pages(Environment):
    """The environment of a site's pages."""

    code_generator_class = Generator
    context_class = QuickContext
    template_class = QuickTemplate
    getattr = staticmethod(attribute_of)  # type: ignore[assignment]

    def __init__(self, filters: Mapping[str, Callable[..., Any]], **given: Any) -> None:
        super().__init__(autoescape=True, undefined=StrictUndefined, auto_reload=False, **SYNTAX, **given)
        self.filters |= {"safe": marked_safe, **filters}
        self._loaded: dict[str, Template] = {}
        # What the page that is made right now gives its templates; modules that stand ready look into this very dict.
        self._given: dict[str, Any] = {}
        self._ready: dict[str, tuple[TemplateModule, frozenset[str]] | None] = {}
        # A page is the same each time it is made.
        del self.filters["random"], self.globals["lipsum"]

    def get_template(self, name: str | Template, parent: str | None = None, globals: MutableMapping[str, Any] | None = None) -> Template:
        found = self._loaded.get(name) if isinstance(name, str) and not globals else None
        if found is None:
            found = super().get_template(name, parent, globals)
            if isinstance(name, str) and not globals:
                self._loaded[name] = found
        return found

    def render(self, name: str, given: Mapping[str, Any]) -> str:
        """A page by a template, from what it is given."""
        template = self.get_template(name)
        context = template.new_context(dict(given))
        self._given.clear()
        self._given.update(context.parent)
        context.parent = self._given
        try:
            return self.concat(template.root_render_func(context))
        except Exception:
            self.handle_exception()

    def ready(self, name: str, context: Context) -> TemplateModule | None:
        """The module of a template that only defines macros: one for all pages, where all that it asks for is the page's own and no template's."""
        if name not in self._ready:
            self._ready[name] = None
            asked = self._asked(name)
            if asked is not None:
                self._ready[name] = self.get_template(name).make_module(self._given, True), asked
        found = self._ready[name]
        if found is None or not found[1].isdisjoint(context.vars):
            return None
        parent, given = context.parent, self._given
        if parent is not given and any(parent.get(asked, missing) is not given.get(asked, missing) for asked in found[1]):
            return None
        return found[0]

    def _asked(self, name: str) -> frozenset[str] | None:
        """All names that a template, or one that it reaches, asks the page for; nothing where its module cannot stand ready."""
        # A filter may ask for the page.
        asked, defined = {"page"}, set[str]()
        ahead, seen = [name], set[str]()
        while ahead:
            here = ahead.pop()
            if here in seen:
                continue
            noted = self.get_template(here).noted if here else {"only_defines": False}
            if not noted["only_defines"]:
                return None
            seen.add(here)
            asked.update(noted["asked"])
            defined.update(noted["defined"])
            ahead += noted["reached"]
        return frozenset(asked) if asked.isdisjoint(defined) else None
