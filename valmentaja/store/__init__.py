"""The encrypted database: plain SQL, one way to read, one way to write."""
