"""Frozen records and pure rules of the trade; no Qt, no SQL, no clock of its own."""
