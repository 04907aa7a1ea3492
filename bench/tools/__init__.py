"""The generators that are measured. Each writes its own sources of the same stories, and says how it is run."""
