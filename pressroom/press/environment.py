"""Jinja's environment as the site's pages need it: it says the same as Jinja's own, by shorter ways for what a page does thousands of times."""

from __future__ import annotations

from collections.abc import Callable, Mapping, MutableMapping
from types import CodeType, FunctionType
from typing import Any

from jinja2 import Environment, StrictUndefined, Template
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
        if not value or value.isalnum():
            return value
        return value.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&#34;").replace("'", "&#39;")
    return value if kind is Markup else escape(value)


def marked_safe(value: Any) -> Markup:
    """Text that is HTML already."""
    return value if type(value) is Markup else Markup(value)


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
            if __obj.is_plain and (not kwargs or kwargs.keys() <= _SCOPES) and len(args) <= __obj.count and __self.eval_ctx.autoescape:
                return str.__new__(Markup, __obj._func(*args, *[missing] * (__obj.count - len(args))))
        elif kind is FunctionType and not hasattr(__obj, "jinja_pass_arg"):
            kwargs.pop("_block_vars", None)
            kwargs.pop("_loop_vars", None)
            try:
                return __obj(*args, **kwargs)
            except StopIteration:
                pass
        return super().call(__obj, *args, **kwargs)


_SCOPES = {"_block_vars", "_loop_vars"}


class QuickTemplate(Template):
    """A compiled template, which finds our ways where it looks for Jinja's."""

    @classmethod
    def from_code(
        cls, environment: Environment, code: CodeType, globals: MutableMapping[str, Any], uptodate: Callable[[], bool] | None = None
    ) -> Template:
        made = super().from_code(environment, code, globals, uptodate)
        made.root_render_func.__globals__.update(escape=escaped, Macro=QuickMacro)
        return made


class Pages(Environment):
    """The environment of a site's pages."""

    context_class = QuickContext
    template_class = QuickTemplate
    getattr = staticmethod(attribute_of)  # type: ignore[assignment]

    def __init__(self, filters: Mapping[str, Callable[..., Any]], **given: Any) -> None:
        super().__init__(autoescape=True, undefined=StrictUndefined, auto_reload=False, **SYNTAX, **given)
        self.filters |= {"safe": marked_safe, **filters}
        self._loaded: dict[str, Template] = {}
        # A page is the same each time it is made.
        del self.filters["random"], self.globals["lipsum"]

    def get_template(self, name: str | Template, parent: str | None = None, globals: MutableMapping[str, Any] | None = None) -> Template:
        found = self._loaded.get(name) if isinstance(name, str) and not globals else None
        if found is None:
            found = super().get_template(name, parent, globals)
            if isinstance(name, str) and not globals:
                self._loaded[name] = found
        return found
