"""Paper forms on the screen: printing them, entering them, checking what was entered."""
