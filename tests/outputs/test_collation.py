"""Lists by name, each in the order that readers of its language look for."""

from __future__ import annotations

import ast
import random
import subprocess
import sys

import pytest

from pressroom.model.typography import Typography
from pressroom.outputs import collation
from tests.outputs.forms import typography
from tests.sites import REPOSITORY

# Each in its order, one line a reason.
GOLDEN = {
    "en": ("3 rivers", "a", "A", "ana diaz", "Ana Diaz", "Ana Díaz", "b", "de Gaulle", "De la Cruz", "Élan", "O'Neil", "Oneil", "Zulu", "Ж", "水"),
    "fr": ("cote", "coté", "côte", "côté", "Eau", "etat", "Été", "œuvre", "où", "ouest", "zèbre"),
    "es": ("Álvaro", "azul", "chico", "cuna", "llama", "luz", "nube", "nz", "ñandú", "Ñu", "oso"),
    "ru": ("100", "еж", "ёж", "Ёж", "елка", "ёлка", "ель", "жук", "игра", "ион", "йод", "яма", "Ana"),
    "ar": ("إبراهيم", "أحمد", "اسم", "الماء", "آنا", "بحر", "علي", "على", "عليا", "ماء", "مكتب", "مكتبت", "مكتبة", "موانئ", "مؤمن", "Ana"),
    "zh-Hans": ("2026", "曾经", "长江", "重庆", "单位", "港口", "航道", "行长", "卢沟桥", "旅游", "数据", "水位", "银行", "AI", "Zoe", "Ж"),
    "zh-Hant": ("北京", "報告", "跑", "單位", "港口", "經濟", "長江", "水位", "銀行", "Ana"),
    "de": ("Apfel", "Arger", "Ärger", "Ofen", "Ohr", "Öl", "Strasse", "Straße", "Strassen", "Zug"),
    "pt": ("acao", "ação", "agua", "água", "zebra"),
    "ja": ("あ", "ア", "いぬ", "ん", "水", "Ana"),
}
PEOPLE = {
    "zh-Hans": ("安娜·迪亚斯", "查尔斯·莫雷", "单于", "长江", "程宇", "黎明", "李四", "任正", "单田芳", "沈若川", "尉迟恭", "曾国藩", "查良镛", "张三", "长孙无忌", "Ana Díaz"),
    "zh-Hant": ("查良鏞", "張三", "陳大文", "單田芳", "沈若川", "曾國藩", "Ana"),
}


def ordered(names: list[str], typography: Typography, people: bool = False) -> list[str]:
    return [names[place] for place in collation.order(tuple(names), typography, people)]


@pytest.mark.parametrize(("lang", "people"), [*((lang, False) for lang in GOLDEN), *((lang, True) for lang in PEOPLE)])
def test_names_stand_in_the_order_of_their_language(lang: str, people: bool) -> None:
    wanted = list((PEOPLE if people else GOLDEN)[lang])
    for seed in range(5):
        mixed = random.Random(seed).sample(wanted, len(wanted))
        assert ordered(mixed, typography(lang), people) == wanted


def test_letters_of_a_language_that_nobody_thought_of_are_data() -> None:
    swedish = Typography("sv", "", {"collation": {"after": {"z": ["å", "ä", "ö"]}}})
    assert ordered(["ö", "Åsa", "zebra", "ål", "äta", "Apa", "ås"], swedish) == ["Apa", "zebra", "ål", "ås", "Åsa", "äta", "ö"]
    danish = Typography("da", "", {"collation": {"after": {"z": ["æ", "ø", "å"]}, "as": {"ä": "æ"}}})
    assert ordered(["å", "ø", "ä", "æ", "z"], danish) == ["z", "æ", "ä", "ø", "å"]


@pytest.mark.parametrize("lang", GOLDEN)
@pytest.mark.parametrize("name", ["", " ", "\u200f", "—", "🏳️‍🌈", "\ud800", "𠮷𠮷", "〇一", "A" * 500, "Ана 安娜 آنا", "\u0301"])
def test_any_name_at_all_has_its_place(lang: str, name: str) -> None:
    names = ["Ana", name, "安娜", "100"]
    assert sorted(ordered(names, typography(lang), people=True)) == sorted(names)


def test_names_that_are_the_same_stay_as_they_came() -> None:
    assert collation.order(("Ana", "Ana", "Abel"), typography("en")) == (2, 0, 1)


def test_a_letter_is_the_same_in_one_character_or_two() -> None:
    assert collation.key("ñandú", typography("es"))[:2] == collation.key("n\u0303andu\u0301", typography("es"))[:2]


def test_a_build_that_sorts_nothing_loads_no_library_for_it() -> None:
    script = "import sys; import pressroom.build, pressroom.plugin; print({'pyuca', 'pypinyin'} & sys.modules.keys())"
    done = subprocess.run([sys.executable, "-c", script], cwd=REPOSITORY, capture_output=True, encoding="utf-8", check=True)
    assert done.stdout == "set()\n"


def test_no_address_is_ever_made_by_romanisation() -> None:
    """Only what sorts a list, and the command that offers a name for a folder, can spell one script in another."""
    users = set()
    for path in (REPOSITORY / "pressroom").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            if any(name.split(".")[0] in ("pypinyin", "unidecode", "slugify", "icu") for name in names):
                users.add(path.relative_to(REPOSITORY / "pressroom").as_posix())
    assert users == {"outputs/collation.py", "commands/slugs.py"}
