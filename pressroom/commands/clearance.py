"""What must hold of the output before it leaves: its seal, its clock, and what the gate says now."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from pressroom.ground.problems import EXIT_FAULTS, EXIT_LEAK, Fault, Problem
from pressroom.inspection import search_standing
from pressroom.model.settings import PUBLIC, Settings
from pressroom.press.receipt import read_receipt
from pressroom.press.seal import Seal, Standing, read_standing

_APART = timedelta(minutes=5)


def demand(settings: Settings, now: datetime, any_clock: bool, public_log: bool) -> None:
    """Only what a whole build has sealed for the public leaves, built by the system's clock, and with nothing in it that is held at `now`.

    The output's lock must be held. With `any_clock` it may have been built as of another instant, or with no receipt of it here.
    """
    standing = read_standing(settings.output)
    if standing.seal is None or not standing.bears_seal(PUBLIC):
        raise Fault(unsealed(settings, standing))
    leaks = search_standing(settings, standing, now, public_log)
    problems = [*leaks, *_of_the_future(settings, standing.seal, now, public_log)]
    if not any_clock:
        problems += _by_another_clock(settings, standing.seal)
    if problems:
        raise Fault(*problems, code=EXIT_LEAK if leaks else EXIT_FAULTS)


def unsealed(settings: Settings, standing: Standing) -> Problem:
    """The refusal of a tree that does not bear the public seal."""
    what = "the output does not bear the seal of a whole build for the public" if standing.files else "there is no output"
    return Problem("FT013", what, settings.shown(settings.output), hint="build it again: inv build")


def _of_the_future(settings: Settings, seal: Seal, now: datetime, public_log: bool) -> Iterator[Problem]:
    if seal.instant > now:
        # The instant may be that of a lift, which is not for everybody.
        when = "" if public_log else f": it is the site as of {seal.as_of}, and now is {now.isoformat()}"
        yield Problem("GT007", f"the output is ahead of the system's clock{when}", settings.shown(settings.output), hint="build it again without --now")


def _by_another_clock(settings: Settings, seal: Seal) -> Iterator[Problem]:
    """Faults of the clock that a tree was built by; the receipt must be that of the very tree."""
    receipt, where = read_receipt(settings.state), settings.shown(settings.output)
    if receipt is None or (receipt.audience, receipt.tree) != (seal.audience, seal.tree):
        hint = "build it again here, or publish it with --any-clock"
        yield Problem("FT014", "no receipt says by which clock the output was built", where, hint=hint)
    elif abs(receipt.now - receipt.wall) > _APART:
        said = f"the output was built as of {receipt.now.isoformat()} when the system's clock said {receipt.wall.isoformat()}"
        yield Problem("FT014", said, where, hint="build it again without --now and SOURCE_DATE_EPOCH, or publish it with --any-clock")
