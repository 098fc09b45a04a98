"""Parts of the month's page."""
