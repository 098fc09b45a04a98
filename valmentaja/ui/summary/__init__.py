"""The summary of an assessment: its domains in words, and the paper."""
