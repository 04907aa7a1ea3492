"""publishconf.py, read and judged."""

from __future__ import annotations

from pathlib import Path

import pytest

from pressroom.commands.destinations import Destination, read_destination
from pressroom.ground.problems import Fault
from pressroom.reports import told
from tests.sites import REPOSITORY


def _said(root: Path, text: str) -> str:
    (root / "publishconf.py").write_text(text, encoding="utf-8")
    with pytest.raises(Fault) as raised:
        read_destination(root)
    assert raised.value.exit_code == 1
    return "\n".join(told(raised.value.problems, {}, root))


def test_our_own_is_read() -> None:
    assert read_destination(REPOSITORY) == Destination("origin", "gh-pages", "", True)


def test_what_is_left_out_has_its_default(tmp_path: Path) -> None:
    (tmp_path / "publishconf.py").write_text("import os\nfrom pathlib import Path\nbranch = 1\nPUSH = False\n", encoding="utf-8")
    assert read_destination(tmp_path) == Destination(push=False)


def test_an_address_is_told_without_who_is_named_in_it() -> None:
    told_as = {"https://x:t0k%40n@host.test/a@b.git": "https://host.test/a@b.git", "git@host.test:room.git": "git@host.test:room.git", "origin": "origin"}
    assert {remote: Destination(remote=remote).shown for remote in told_as} == told_as


def test_what_is_known_of_an_address_is_kept_in_a_place_of_ours() -> None:
    assert Destination(remote="git@host.test:press/room.git").is_address and Destination(remote="../remote.git").fetched == "refs/pressroom/gh-pages"
    assert Destination(remote="upstream", branch="site").fetched == "refs/remotes/upstream/site"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("BRANSH = 'x'\n", 'publishconf.py: error FT006: unknown setting BRANSH\n    hint: did you mean "BRANCH"?'),
        ("COLOUR = 'x'\n", "hint: the settings are REMOTE, BRANCH, CNAME, PUSH"),
        ("PUSH = 'no'\n", "publishconf.py: error FT008: PUSH is 'no'\n    hint: write True or False"),
        ("REMOTE = None\n", "publishconf.py: error FT008: REMOTE is None"),
        ("REMOTE = ''\n", "FT008: REMOTE is ''"),
        ("REMOTE = '--upload-pack=touch x'\n", "FT008: REMOTE is"),
        ("BRANCH = ''\n", "FT008: BRANCH is ''"),
        ("BRANCH = 'a b'\n", "FT008: BRANCH is 'a b', no name of a branch"),
        ("BRANCH = '-f'\n", "FT008: BRANCH is '-f'"),
        ("BRANCH = 'a..b'\n", "FT008: BRANCH is 'a..b'"),
        ("BRANCH = 'HEAD'\n", "FT008: BRANCH is 'HEAD'"),
        ("BRANCH = 'refs/heads/gh-pages'\n", "FT008: BRANCH is 'refs/heads/gh-pages'"),
        ("BRANCH = 'a/'\n", "FT008: BRANCH is 'a/'"),
        ("BRANCH = 'a.lock'\n", "FT008: BRANCH is 'a.lock'"),
        ("CNAME = 'https://press.test/'\n", "FT008: CNAME is 'https://press.test/', no domain\n    hint: the bare domain"),
        ("CNAME = 'a.test\\nb.test'\n", "no domain"),
        ("BRANCH = 'gh-pages\n", "publishconf.py:1:10: error FT010: this is no Python"),
        ("1 / 0\n", "publishconf.py: error FT010: the settings cannot be read: ZeroDivisionError: division by zero"),
        ("raise SystemExit(0)\n", "publishconf.py: error FT010: the settings cannot be read: SystemExit"),
    ],
)
def test_what_is_wrong_is_told(tmp_path: Path, text: str, said: str) -> None:
    assert said in _said(tmp_path, text)


def test_everything_that_is_wrong_is_told_at_once(tmp_path: Path) -> None:
    assert _said(tmp_path, "BRANCH = '-f'\nREMOTE = ''\nCNAME = 'x y'\n").count("FT008") == 3


def test_a_press_room_without_it_says_what_it_is_for(tmp_path: Path) -> None:
    with pytest.raises(Fault, match="there is no publishconf.py") as raised:
        read_destination(tmp_path)
    assert raised.value.problems[0].hint == "it says where the site goes: REMOTE, BRANCH, CNAME, PUSH"
