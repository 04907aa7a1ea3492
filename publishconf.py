"""Where `inv publish` hands the site to. Nothing here changes a byte of it."""

if __name__ == "publishconf":
    # Pelican was given this file (`-s publishconf.py`), which leaves it everything to write, what is held too.
    raise SystemExit("publishconf.py says where the site goes, and not how it is built: run inv publish, or plain pelican content")

REMOTE = "origin"
BRANCH = "gh-pages"

# The domain that the host answers to, or nothing.
CNAME = ""

# Whether publishing pushes the branch, or only commits to it.
PUSH = True
