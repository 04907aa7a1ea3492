"""The program behind `.venv/bin/inv` and `.venv/bin/press`: Invoke, with our manners.

A task names the options that a bare word may fill with Invoke's own `positional`, and gives each a default:

    @task(positional=["title"])
    def new(context, title=None, kind="release"): ...

`inv new "A headline"` is then `inv new --title "A headline"`; left out, the option keeps its default, and the task asks or faults. A
word that is the name of a task is always the next task (`inv check build`); to give such a word as a value, name the option. An option
that is a list takes every bare word. A task ends a run with a Fault, or with `invoke.Exit(message, code)`.
"""

from __future__ import annotations

import errno
import gc
import inspect
import os
import signal
import sys
import traceback
from pathlib import Path
from typing import Any, TextIO

import invoke
from invoke.exceptions import Exit, ParseError, UnexpectedExit
from invoke.parser import Parser

import pressroom
from pressroom.commands.words import no_number, no_task, not_utf_8, spelt_out
from pressroom.ground.problems import (
    EXIT_FAULTS,
    EXIT_GOOD,
    EXIT_INTERRUPTED,
    EXIT_OUR_BUG,
    EXIT_TERMINATED,
    EXIT_USAGE,
    Fault,
    Problem,
)
from pressroom.reports import reported, told

TASKS = "tasks.py"
_FULL = (errno.ENOSPC, errno.EDQUOT)


class PressProgram(invoke.Program):
    """Invoke's program: bare words become options, help is never eaten, a wrong name is mended, no traceback is shown."""

    def __init__(self, root: Path, **options: Any) -> None:
        super().__init__(
            name="Pressroom",
            binary="inv",
            binary_names=["inv", "press"],
            version=f"{pressroom.__version__} (Invoke {invoke.__version__})",
            **options,
        )
        self.root = root
        self.words: dict[str, list[str]] = {}

    def run(self, argv: list[str] | str | None = None, exit: bool = True) -> None:
        """Invoke's `run` with the exit codes of the house; with `exit=False` it returns instead."""
        code = self._outcome(argv)
        if exit and code != EXIT_GOOD:
            sys.exit(code)

    def _outcome(self, argv: list[str] | str | None) -> int:
        try:
            self.create_config()
            self.parse_core(argv)
            self.parse_collection()
            self.parse_tasks()
            self.parse_cleanup()
            self.update_config()
            self.execute()
            sys.stdout.flush()
        except KeyboardInterrupt:
            return _say("stopped", EXIT_INTERRUPTED)
        except SystemExit as end:
            # Within Pelican's run a Ctrl-C is an exit.
            if end.code == EXIT_INTERRUPTED:
                return _say("stopped", EXIT_INTERRUPTED)
            raise
        except Fault as fault:
            return _say("\n".join(told(fault.problems, os.environ, self.root)), fault.exit_code)
        except ParseError as wrong:
            return _say(str(wrong), EXIT_USAGE)
        except Exit as end:
            return _say(end.message or "", end.code)
        except UnexpectedExit as failed:
            code = failed.result.exited
            return _say(str(failed) if failed.result.hide else "", 128 - code if code < 0 else code)
        except BrokenPipeError:
            # Who read our output went away (`inv --list | head`).
            _leave(sys.stdout)
            return EXIT_FAULTS
        except Exception as bug:
            if isinstance(bug, OSError) and bug.errno in _FULL:
                return _say(f"nothing more can be written: {bug.strerror}", EXIT_FAULTS)
            return _say(reported(bug, self.root), EXIT_OUR_BUG)
        return EXIT_GOOD

    def parse_core(self, argv: list[str] | str | None) -> None:
        before = sys.dont_write_bytecode
        try:
            super().parse_core(argv)
        except ValueError as wrong:
            raise no_number(wrong) from wrong
        finally:
            # Invoke switches bytecode off, and every run would compile our modules anew.
            sys.dont_write_bytecode = before

    def load_collection(self) -> None:
        if not self.args["search-root"].value:
            self.args["search-root"].value = str(self.root)
        try:
            super().load_collection()
        except Exit:
            raise
        except Exception as error:
            # The file is the site's own, and a task of its own may stand in it.
            raise Fault(_unloaded(error)) from error

    def _make_parser(self) -> Parser:
        parser = super()._make_parser()
        for context in parser.contexts.values():
            self.words[context.name] = [f"--{argument.name}" for argument in context.positional_args]
            # Invoke demands a value for each of these, and takes `--help` for one.
            context.positional_args.clear()
            if "-h" in context.flags.aliases:
                context.flags.unalias("-h")
        return parser

    def parse_tasks(self) -> None:
        parser = self._make_parser()
        asked, self.core.unparsed[:] = spelt_out(self.core.unparsed, parser, self.words)
        if asked:
            self.parser = parser
            self.print_task_help(asked)
            raise Exit
        try:
            super().parse_tasks()
        except ValueError as wrong:
            raise no_number(wrong) from wrong
        for context in self.tasks:
            if refusal := not_utf_8(context):
                raise refusal

    def parse_cleanup(self) -> None:
        asked = self.args.help.value
        if isinstance(asked, str) and asked not in self.parser.contexts:
            raise no_task(asked, self.parser)
        super().parse_cleanup()

    def no_tasks_given(self) -> None:
        self.list_tasks()
        print("inv NAME --help says more of one of them.")
        raise Exit

    def print_task_help(self, name: str) -> None:
        context = self.parser.contexts[name]
        options = context.help_tuples()
        bare = [f"[{flag[2:].upper()}]" for flag in self.words[context.name]]
        print(" ".join(["Usage: inv", context.name, *bare, *(["[--options]"] if options else [])]), end="\n\n")
        for line in (inspect.getdoc(self.collection[name]) or "").splitlines():
            print(f"{self.leading_indent}{line}".rstrip())
        print()
        if options:
            print("Options:", end="\n\n")
            self.print_columns(options)


def main(root: Path, argv: list[str] | None = None) -> None:
    """Run the tasks of the repository at `root`; ends the process with the run's exit code."""

    def end(*_: object) -> None:
        raise SystemExit(EXIT_TERMINATED)

    # A stream that was closed before we began goes nowhere, and no file of ours takes its place.
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, mode))  # noqa: SIM115: it is closed with the process
    # What a terminal's encoding does not have is shown as an escape; a name in it is no reason to break off.
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="backslashreplace")
    # An exception, so that locks are given back and stages removed.
    signal.signal(signal.SIGTERM, end)
    # Nearly all that a run makes stays until its end: to look for garbage every seven hundred values finds none.
    gc.set_threshold(100_000, 10, 10)
    try:
        PressProgram(root).run(argv)
    finally:
        # The system takes it all back at once; Python would first look through every value of the site for cycles.
        gc.freeze()


def _unloaded(error: Exception) -> Problem:
    """What is wrong with tasks.py, at the line of it that failed."""
    lines = [frame.lineno or 0 for frame in traceback.extract_tb(error.__traceback__) if os.path.basename(frame.filename) == TASKS]
    line = error.lineno or 0 if isinstance(error, SyntaxError) and os.path.basename(error.filename or "") == TASKS else [0, *lines][-1]
    message = f"the tasks cannot be read: {type(error).__name__}: {getattr(error, 'msg', None) or error}"
    return Problem("FT008", message, TASKS, line, 1 if line else 0, f"mend {TASKS}; the one that comes with Pressroom has nothing but its own commands")


def _say(text: str, code: int) -> int:
    try:
        sys.stdout.flush()
    except OSError:
        _leave(sys.stdout)
    try:
        if text:
            print(text, file=sys.stderr)
    except OSError:
        _leave(sys.stderr)
    return code


def _leave(stream: TextIO) -> None:
    """What is left for a stream that takes no more goes nowhere; else Python complains once more while it ends."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
