"""The tabs of one client."""
