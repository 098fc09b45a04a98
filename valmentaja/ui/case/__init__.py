"""The parts of an assessment case on its page."""
