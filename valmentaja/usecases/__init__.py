"""What a coach does: plain functions over a session; the window and the command line both call these."""
