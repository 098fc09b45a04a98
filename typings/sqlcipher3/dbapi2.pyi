import sqlite3
from sqlite3 import DatabaseError as DatabaseError
from sqlite3 import Error as Error
from sqlite3 import complete_statement as complete_statement

class Connection(sqlite3.Connection):
    def set_key(self, key: bytes | bytearray) -> None: ...

def connect(database: str, *, isolation_level: None = None, uri: bool = False, timeout: float = 5.0) -> Connection: ...
