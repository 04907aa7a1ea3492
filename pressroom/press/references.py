"""What a template says of others: which it names, which it is built upon, and the blocks that it fills in them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from jinja2 import Environment, meta, nodes

from pressroom.press.environment import SYNTAX

_BUILDS_UPON = (nodes.Extends, nodes.FromImport, nodes.Import)
_REFERENCES = (*_BUILDS_UPON, nodes.Include)


@dataclass(frozen=True, slots=True)
class Named:
    """The other templates that a template names and those that it extends or imports, with their lines, and the line where it works one out, or 0."""

    all: Mapping[str, int]
    built_upon: Mapping[str, int]
    worked_out: int


@lru_cache(maxsize=256)
def named_in(source: str) -> Named:
    parsed = Environment(**SYNTAX).parse(source)
    found: dict[str | None, int] = {}
    for node in parsed.find_all(_REFERENCES):
        for template in meta.find_referenced_templates(nodes.Template([node], lineno=1)):
            found.setdefault(template, node.lineno)
    built_upon = {node.template.value: node.lineno for node in parsed.find_all(_BUILDS_UPON) if isinstance(node.template, nodes.Const)}
    line = next((node.lineno for node in parsed.find_all(_REFERENCES) if None in found and not isinstance(node.template, nodes.Const)), 0)
    return Named({template: found[template] for template in sorted(filter(None, found))}, built_upon, line)


@dataclass(frozen=True, slots=True)
class Blocks:
    """The blocks of a template, with their lines those that it shows nowhere by itself, and the template that it extends."""

    all: frozenset[str]
    outer: Mapping[str, int]
    upon: str


@lru_cache(maxsize=256)
def blocks_in(source: str) -> Blocks:
    parsed = Environment(**SYNTAX).parse(source)
    blocks = list(parsed.find_all(nodes.Block))
    shown = {inner.name for block in blocks for inner in block.find_all(nodes.Block)}
    shown |= {found.attr for found in parsed.find_all(nodes.Getattr) if isinstance(found.node, nodes.Name) and found.node.name == "self"}
    upon = next((node.template.value for node in parsed.find_all(nodes.Extends) if isinstance(node.template, nodes.Const)), "")
    return Blocks(frozenset(block.name for block in blocks), {block.name: block.lineno for block in blocks if block.name not in shown}, upon)
