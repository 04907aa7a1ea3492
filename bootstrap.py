"""Sets up `.venv` from the hash-pinned requirements, and the commands `inv` and `press` in it; `make` runs this when it is needed.

python3 bootstrap.py [--test]

--test adds what only tests need: more packages in `.venv`, and `node_modules`.
"""

# An old Python must read this file to the end before it can say that it is too old: no annotations, no f-strings.
# ruff: noqa: UP

from __future__ import print_function

import os
import shutil
import subprocess
import sys
import time

OLDEST = (3, 11)
NEWEST_KNOWN = (3, 20)
ROOT = os.path.dirname(os.path.abspath(__file__))
VENV = os.path.join(ROOT, ".venv")
BIN = os.path.join(VENV, "bin")
PYTHON = os.path.join(BIN, "python")
STAMP, STAMP_TEST = ".ready", ".ready-test"

# The shell's two lines find Python beside the script, so that a repository may be moved and its path may hold spaces.
COMMAND = """\
#!/bin/sh
'''exec' "$(dirname "$(readlink -f "$0")")/python" "$0" "$@"
' '''
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))
try:
    from pressroom.commands.program import main

    main(ROOT)
except ModuleNotFoundError as missing:
    if missing.name != "invoke":
        raise
    print("Pressroom is not set up whole; run: make setup", file=sys.stderr)
    sys.exit(2)
except KeyboardInterrupt:
    sys.exit(130)
"""


class Unready(Exception):
    """A sentence for whoever runs the set-up: what is missing, and the cure."""


def newer_python(path):
    """Another Python on PATH that is new enough and runs, or an empty text."""
    for minor in range(NEWEST_KNOWN[1], OLDEST[1] - 1, -1):
        for folder in path.split(os.pathsep):
            found = os.path.join(folder, "python3.{0}".format(minor))
            if os.access(found, os.X_OK):
                with open(os.devnull, "w") as nowhere:
                    if subprocess.call([found, "-c", ""], stdout=nowhere, stderr=nowhere) == 0:
                        return found
    return ""


def refusal(version, uv, ensurepip):
    """Why this Python cannot set up the press room, with the cure; empty where it can."""
    if tuple(version[:2]) < OLDEST:
        return (
            "Pressroom needs Python {0}.{1} or newer, and this is {2}.{3}: install a newer one, "
            "or name one that is there: make PYTHON=/path/to/python3"
        ).format(OLDEST[0], OLDEST[1], version[0], version[1])
    if not uv and not ensurepip:
        return (
            "This Python {0}.{1} cannot make virtual environments (it has no ensurepip): "
            "install its venv package (Debian, Ubuntu: sudo apt install python3-venv), or put uv on PATH, and run make again."
        ).format(version[0], version[1])
    return ""


def has_ensurepip():
    try:
        import ensurepip
        import venv
    except ImportError:
        return False
    return bool(ensurepip and venv)


def works(command):
    try:
        return subprocess.call(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) == 0
    except OSError:
        return False


def make_venv(uv):
    """A `.venv` that works, made anew where the one that is there does not."""
    probe = "import sys; sys.exit(sys.version_info[:2] != {0!r})".format(tuple(sys.version_info[:2]))
    if os.path.isfile(os.path.join(VENV, "pyvenv.cfg")) and works([PYTHON, "-c", probe]):
        if uv or works([PYTHON, "-m", "pip", "--version"]):
            return
    if os.path.islink(VENV) or os.path.isfile(VENV):
        os.remove(VENV)
    shutil.rmtree(VENV, ignore_errors=True)
    # The real file, not a link such as python3: when the system moves on to a newer Python, the .venv is seen to be broken.
    python = os.path.realpath(sys.executable)
    run([uv, "venv", "--quiet", "--python", python, VENV] if uv else [python, "-m", "venv", VENV])


def install(uv, files):
    """Installs what the files pin, nothing else, and nothing that would have to be built."""
    wanted = [word for name in files for word in ("-r", os.path.join(ROOT, name))]
    if not uv:
        quiet = ["--quiet", "--disable-pip-version-check", "--no-input"]
        run([PYTHON, "-m", "pip", "install"] + quiet + ["--require-hashes", "--only-binary=:all:"] + wanted)
        return
    command = [uv, "pip", "install", "--quiet", "--python", PYTHON, "--require-hashes", "--no-build"] + wanted
    if not works(command + ["--offline"]):
        run(command)


def install_tools():
    """What tests take from npm, as package-lock.json pins it. The npm that does it is pinned too, in requirements-test.txt."""
    command = [os.path.join(BIN, "npm"), "ci", "--ignore-scripts", "--prefer-offline", "--loglevel=error"]
    try:
        whole = subprocess.call(command, cwd=ROOT) == 0
    except OSError:
        whole = False
    if not whole:
        print("node_modules/ is not whole: the tests that want it will say so, and the next make test tries again.", file=sys.stderr)


def run(command):
    if subprocess.call(command) != 0:
        raise Unready("The set-up stopped; the lines above say why. Run make again when that is mended.")


def write_commands():
    for name in ("inv", "press"):
        path = os.path.join(BIN, name)
        with open(path + ".new", "w") as script:
            script.write(COMMAND)
        os.chmod(path + ".new", 0o755)
        os.replace(path + ".new", path)


def set_up(with_tests):
    started = time.time()
    # An old Python has no shutil.which, and is refused whatever uv is there.
    uv = shutil.which("uv") if sys.version_info[:2] >= OLDEST else None
    why_not = refusal(sys.version_info, uv, has_ensurepip())
    if why_not:
        raise Unready(why_not)
    stamps = [STAMP] + ([STAMP_TEST] if with_tests else [])
    files = ["requirements.txt"] + (["requirements-test.txt"] if with_tests else [])
    print("Setting up .venv with {0} ...".format("uv" if uv else "pip"), file=sys.stderr)
    # First of all, so that a set-up that is interrupted anywhere leaves no stamp behind.
    for stamp in stamps:
        if os.path.exists(os.path.join(VENV, stamp)):
            os.remove(os.path.join(VENV, stamp))
    make_venv(uv)
    install(uv, files)
    write_commands()
    if with_tests:
        install_tools()
    for stamp in stamps:
        with open(os.path.join(VENV, stamp), "w"):
            pass
    print("Ready in {0:.1f} s.".format(time.time() - started), file=sys.stderr)


def main(words):
    if sys.version_info[:2] < OLDEST:
        newer = newer_python(os.environ.get("PATH", ""))
        if newer:
            return subprocess.call([newer, os.path.abspath(__file__)] + words)
    try:
        set_up("--test" in words)
    except Unready as sentence:
        print(sentence, file=sys.stderr)
        return 2
    except OSError as failed:
        print("The set-up stopped: {0}".format(failed), file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("stopped; the next make goes on from here", file=sys.stderr)
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
