"""Paper: tagged, archivable, signed PDF documents (PDF/UA-1, PDF/A-3a, PAdES).

Importing this package loads neither reportlab nor pyHanko; its modules do, so import those inside functions.
"""
