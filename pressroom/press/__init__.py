"""From artifacts to files: the ledger, rendering, staging, the swap."""
