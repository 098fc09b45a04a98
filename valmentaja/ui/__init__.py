"""The window: Qt Widgets over the use-cases; pages hold ids and what is being typed, never rows."""
