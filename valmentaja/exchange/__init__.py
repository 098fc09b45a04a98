"""Files in and out: caseload tables, the outbox, packages."""
