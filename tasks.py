"""The press room's tasks: `make NAME`, or `.venv/bin/inv NAME`. Each hands over to pressroom.commands."""

from pathlib import Path

from invoke import Context, task

ROOT = Path(__file__).resolve().parent


@task
def build(c: Context, now: str = "", explain: bool = False, profile: bool = False) -> None:
    """Build the public site into output/. --now takes an instant, as in 2026-03-29T10:00:00+02:00.

    --explain says of each file that was made why; --profile writes where the time went.
    """
    from pressroom.commands import builds

    builds.run(ROOT, now=now, telling=builds.Telling(explain, profile))


@task
def preview(c: Context, now: str = "", explain: bool = False, profile: bool = False) -> None:
    """Build everything into preview/: what is held and drafts too, marked, and not to be indexed.

    --explain says of each file that was made why; --profile writes where the time went.
    """
    from pressroom.commands import builds
    from pressroom.model.settings import PREVIEW

    builds.run(ROOT, PREVIEW, now, telling=builds.Telling(explain, profile))


@task
def serve(c: Context, port: int = 0) -> None:
    """Show the preview on this machine, and build it again when something changes."""
    from pressroom.commands import serving

    serving.run(ROOT, port)


@task
def check(c: Context, now: str = "", site: bool = False, against: str = "") -> None:
    """Say everything that is wrong with the sources, held documents and drafts included, and what they would break of what is published.

    --against takes the folder or the git reference of what is published; --site reads every byte of output/ instead.
    """
    from pressroom.commands import checking

    checking.run(ROOT, now, site, against)


@task(positional=["title"])
def new(c: Context, title: str = "", kind: str = "release", slug: str = "", lang: str = "", date: str = "", place: str = "") -> None:
    """Begin a document: its folder and its first file, as a draft, and offer a name for the folder. --kind release, transcript or page."""
    from pressroom.commands import creating
    from pressroom.commands.wanted import Wanted, terminal

    creating.run(ROOT, Wanted(kind, slug, lang, title, date, place), terminal())


@task(name="import", positional=["source"])
def import_(
    c: Context, source: str = "", kind: str = "release", slug: str = "", lang: str = "", title: str = "", date: str = "", place: str = "", translation: str = ""
) -> None:
    """Put front matter in front of a text file, and the file where it belongs."""
    from pressroom.commands import imports
    from pressroom.commands.wanted import Wanted, terminal

    imports.run(ROOT, source, Wanted(kind, slug, lang, title, date, place, translation), terminal())


@task
def publish(
    c: Context, push: bool = True, build: bool = True, any_clock: bool = False, older: bool = False, breaking: bool = False, explain: bool = False,
    profile: bool = False,
) -> None:  # fmt: skip
    """Build, ask the gate again, and hand the site to the publish branch as publishconf.py says.

    --no-build takes what stands in output/; --any-clock lets it be built as of another instant; --older lets it be made
    from older sources than what is published; --breaking lets it change or lose what readers have with no entry that owns it;
    --no-push keeps it here. --explain and --profile are those of `inv build`.
    """
    from pressroom.commands import publishing
    from pressroom.commands.builds import Telling

    publishing.run(ROOT, None if push else False, build, any_clock, older, Telling(explain, profile), breaking)


@task
def test(c: Context, slow: bool = False, only: str = "") -> None:
    """Run the tests. --slow runs the long ones too; --only takes what pytest's -k does."""
    from pressroom.commands import tests

    tests.run(ROOT, slow, only)


@task
def bench(
    c: Context, pages: int = 1002, runs: int = 3, only: str = "", tools: str = "pressroom,hugo,pelican", json: str = "", preview: bool = False
) -> None:
    """Measure this engine beside Hugo and stock Pelican: --pages editions, --only scenarios by how their names begin, --json for every figure.

    --preview measures in a browser instead how soon a change is on screen.
    """
    from pressroom.commands import benching

    if preview:
        benching.run_preview(ROOT, pages, runs)
    else:
        benching.run(ROOT, pages, runs, only, tools, json)


@task
def clean(c: Context) -> None:
    """Remove output/, preview/ and everything that is kept between builds."""
    from pressroom.commands import cleaning

    cleaning.run(ROOT)


@task
def status(c: Context, now: str = "") -> None:
    """Say what is held, why, until when, and what lifts next."""
    from pressroom.commands import holds

    holds.status(ROOT, now)


@task(name="next-lift")
def next_lift(c: Context, to: str = "", now: str = "") -> None:
    """Print the next lift for a scheduler, or write it to a file with --to; exits with 3 where there is nothing to wait for."""
    from pressroom.commands import holds

    holds.next_lift(ROOT, to, now)


@task(positional=["document"])
def lift(c: Context, document: str = "", reason: str = "") -> None:
    """End an embargo at once, and record when and why."""
    from pressroom.commands import holds

    holds.lift(ROOT, document, reason)


@task(positional=["document"])
def correct(c: Context, document: str = "", type: str = "corrected", note: str = "", languages: str = "") -> None:
    """Keep what readers have of a document, and open the entry that owns the change: --type corrected, clarified, updated, refiled or withdrawn."""
    from pressroom.commands import correcting

    tags = tuple(tag.strip() for tag in languages.split(",") if tag.strip())
    correcting.run(ROOT, document, correcting.Wanted(type, note.strip(), tags))


@task(positional=["document", "lang"])
def translate(c: Context, document: str = "", lang: str = "", kind: str = "", translator: str = "") -> None:
    """Begin a translation beside its original, or say of one that it follows the original as it stands: inv translate SLUG fr.

    --kind is official, unofficial, machine or interpretation; --translator names who translates.
    """
    from pressroom.commands import translating

    translating.run(ROOT, document, lang, translating.Wanted(kind, translator))
