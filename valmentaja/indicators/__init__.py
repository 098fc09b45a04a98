"""Indicators: pseudonymous facts → sets of people → exact counts → protected counts (indicators.md)."""
