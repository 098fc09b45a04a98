"""Valmentaja: caseload, service-needs assessment and activation plans, offline."""

__version__ = "0.1.0"
