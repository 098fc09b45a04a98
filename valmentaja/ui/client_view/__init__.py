"""The client's own window: it knows a record of texts and two callbacks, and nothing of the vault."""
