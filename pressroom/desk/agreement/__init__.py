"""What a translation must have in common with its original, whatever the languages: numbers, days, names, quotations, links and files."""
