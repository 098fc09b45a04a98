"""The coach's side of the client view: where it is shown, and the way back."""
