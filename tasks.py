"""The press room's tasks: `make NAME`, `.venv/bin/inv NAME`. Each hands over to pressroom.commands."""

from pathlib import Path

from invoke import Context, task

ROOT = Path(__file__).resolve().parent


@task
def build(c: Context, now: str = "") -> None:
    """Build the public site into output/. --now takes an instant, as in 2026-03-29T10:00:00+02:00."""
    from pressroom.commands import builds

    builds.run(ROOT, now=now)


@task
def preview(c: Context, now: str = "") -> None:
    """Build everything, held and drafts included and marked, into preview/."""
    from pressroom.commands import builds
    from pressroom.model.settings import PREVIEW

    builds.run(ROOT, PREVIEW, now)


@task
def test(c: Context, slow: bool = False, only: str = "") -> None:
    """Run the tests. --slow runs the long ones too; --only takes what pytest's -k does."""
    from pressroom.commands import tests

    tests.run(ROOT, slow, only)
