"""What a person types: the program behind `inv` and `press`, and the work of each command."""
