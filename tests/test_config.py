"""Settings of ours that are wrong: each a fault with the way to mend it."""

from __future__ import annotations

from pathlib import Path

import pytest

from pressroom.commands import builds
from pressroom.ground.problems import Fault
from tests.sites import make_site


def test_pairs_side_by_side_are_read_in_their_order(tmp_path: Path) -> None:
    site = make_site(tmp_path / "site", {}, 'SIDE_BY_SIDE = [("zh-Hans", "ar"), ["ar", "en"]]\n')
    assert builds.read(site).side_by_side == (("zh-Hans", "ar"), ("ar", "en"))
    assert builds.read(make_site(tmp_path / "other", {})).side_by_side == ()


@pytest.mark.parametrize(
    ("written", "said", "hint"),
    [
        ("'zh-Hans'", "is no list of pairs of languages", "as in [('fr', 'ar')]"),
        ("None", "is no list of pairs of languages", "as in [('fr', 'ar')]"),
        ("['ar']", "has 'ar', no pair of languages", "as in [('fr', 'ar')]"),
        ("[('zh-Hans', 'ar', 'en')]", "has ('zh-Hans', 'ar', 'en'), no pair of languages", "as in [('fr', 'ar')]"),
        ("[('ar', 5)]", "has ('ar', 5), no pair of languages", "as in [('fr', 'ar')]"),
        ("[('zh-hans', 'ar')]", "has zh-hans, which LANGUAGES does not have", "one of en, zh-Hans, ar"),
        ("[('ar', 'fr')]", "has fr, which LANGUAGES does not have", "one of en, zh-Hans, ar"),
        ("[('ar', 'ar')]", "has ar beside itself", "name two languages"),
        ("[('ar', 'zh-Hans'), ('zh-Hans', 'ar')]", "has zh-Hans and ar twice", "keep one of the two: a page serves both directions"),
    ],
)
def test_a_pair_that_cannot_stand_side_by_side_is_a_fault(tmp_path: Path, written: str, said: str, hint: str) -> None:
    site = make_site(tmp_path / "site", {}, f"SIDE_BY_SIDE = {written}\n")
    with pytest.raises(Fault) as caught:
        builds.read(site)
    (problem,) = caught.value.problems
    assert (problem.code, problem.path, problem.message, problem.hint) == ("FT008", "pelicanconf.py", f"SIDE_BY_SIDE {said}", hint)


@pytest.mark.parametrize(
    ("name", "written", "said"),
    [
        ("WORKERS", "-1", "is -1, no number of processes"), ("WORKERS", "True", "is True, no number of processes"), ("WORKERS", "'2'", "is '2', no number of processes"),
        ("EXECUTOR", "'cluster'", "is 'cluster'"), ("EXECUTOR", "'a b:c'", "is 'a b:c'"), ("EXECUTOR", "len", "is <built-in function len>"),
    ],
)  # fmt: skip
def test_who_works_is_told_by_a_number_and_the_name_of_a_function(tmp_path: Path, name: str, written: str, said: str) -> None:
    site = make_site(tmp_path / "site", {}, f"{name} = {written}\n")
    with pytest.raises(Fault) as caught:
        builds.read(site)
    (problem,) = caught.value.problems
    assert (problem.code, problem.message) == ("FT008", f"{name} {said}")
    read = builds.read(make_site(tmp_path / "other", {}, "WORKERS = 3\nEXECUTOR = 'house.cluster:opened'\n"))
    assert (read.workers, read.executor) == (3, "house.cluster:opened") and builds.read(make_site(tmp_path / "none", {})).workers == 0
