"""The finished tree, looked at once more: what is wrong with it as Problems."""
