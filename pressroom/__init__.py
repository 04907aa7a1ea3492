"""Pressroom: a press room as a static site."""

import zoneinfo

__version__ = "0.1.0"

# Of the zones this machine may have rules of another year: those of the pinned package are the same everywhere, and their version is part of the engine.
zoneinfo.reset_tzpath(())
