"""What is made late stands for what it makes."""

from __future__ import annotations

import pickle

from pressroom.ground import digests
from pressroom.model.late import Late, SharedFacts
from pressroom.model.text import Facts


def test_it_is_made_once_and_only_when_somebody_looks() -> None:
    made: list[int] = []
    late = Late(lambda: (made.append(1), (1, 2, 3))[1])
    assert not made
    assert list(late) == [1, 2, 3] and len(late) == 3 and late[0] == 1 and late[1:] == (2, 3) and made == [1]


def test_it_is_equal_to_what_it_makes() -> None:
    assert Late(lambda: (1, 2)) == (1, 2) == Late(lambda: (1, 2)) and Late(lambda: (1,)) != (1, 2) and hash(Late(lambda: (1, 2))) == hash((1, 2))


def test_its_digest_is_told_by_its_key_where_it_has_one_and_nothing_is_made() -> None:
    assert digests.of(Late(lambda: 1 / 0, lambda: "key")) == "key"  # type: ignore[arg-type, return-value]
    assert digests.of(Late(lambda: (1, 2))) == digests.of((1, 2))


def test_another_process_gets_the_values() -> None:
    assert pickle.loads(pickle.dumps(Late(lambda: (1, 2)))) == (1, 2)


def test_of_what_editions_have_in_common_there_is_one() -> None:
    shared = SharedFacts()
    first, second = (shared.late(Facts, tuple([("lea", "Lea")]), {"lea": tuple([0, 1])}) for _ in range(2))
    other = shared.late(Facts, (("lea", "Lea"),), {"lea": (2,)})
    assert second.said is first.said == {"lea": (0, 1)} and second.speakers is first.speakers is other.speakers == (("lea", "Lea"),)
    assert other.said == {"lea": (2,)}
