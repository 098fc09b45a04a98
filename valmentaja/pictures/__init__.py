"""Pictures of answers and of the path: frozen values → a table that says them and a scene that shows them.

Neither Qt nor reportlab is known here; `ui.widgets.picture` and `documents.drawing` paint the same scene.
"""
