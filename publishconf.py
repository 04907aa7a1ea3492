"""Where `inv publish` hands the site to. Nothing here changes a byte of it."""

REMOTE = "origin"
BRANCH = "gh-pages"

# The domain that the host answers to, or nothing.
CNAME = ""

# Whether publishing pushes the branch, or only commits to it.
PUSH = True
