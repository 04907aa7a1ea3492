"""What every floor stands on: faults, the clock, languages, digests, the store. Standard library only."""
