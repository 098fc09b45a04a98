"""The parts of the assessment's page."""
