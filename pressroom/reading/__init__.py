"""From the disk to the model: the tree, front matter, text, the dialect, the registries."""
