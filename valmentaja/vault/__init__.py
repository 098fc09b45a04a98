"""One folder = one vault: key slots in vault.json (two copies) and the database it names."""
