"""The transcript dialect: from source lines to segments, turns and a tail. `turns` is the way in; docs/transcripts.md is the grammar for editors."""
