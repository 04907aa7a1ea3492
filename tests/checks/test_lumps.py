"""Digests as lumps are the digests they were."""

from __future__ import annotations

import pickle
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pressroom.checks.lumps import Digests, lumped

PATHS = st.text(st.characters(exclude_characters="\0"), min_size=1)


@given(st.dictionaries(PATHS, st.binary().map(lambda data: sha256(data).hexdigest()), min_size=2))
def test_lumps_say_what_was_said(digests: dict[str, str]) -> None:
    lumps = lumped(digests)
    assert isinstance(lumps, Digests) and lumps == digests and list(lumps) == sorted(digests)
    assert pickle.loads(pickle.dumps(lumps)) == digests
    assert lumps.between(0, len(digests)) == sorted(digests.items()) and lumps.between(1, len(digests) + 9) == sorted(digests.items())[1:]
    assert all((path + "x" in lumps) == (path + "x" in digests) for path in digests) and "" not in lumps


@pytest.mark.parametrize("digests", [{}, {"a": "0" * 64}, {"a": "", "b": "0" * 64}, {"a": "0" * 63, "b": "0" * 65}], ids=["none", "one", "not known", "no digest"])
def test_what_would_not_go_into_lumps_stays_as_it_is(digests: dict[str, str]) -> None:
    assert lumped(digests) is digests
