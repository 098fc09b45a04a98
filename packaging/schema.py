"""Writes valmentaja/store/schema.sql, the whole schema as one script, from the numbered steps."""

from __future__ import annotations

import sys
from pathlib import Path

from sqlcipher3 import dbapi2

from valmentaja.store import migrate

ROOT = Path(__file__).resolve().parents[1]


def main() -> int:
    made = dbapi2.connect(":memory:", isolation_level=None)
    migrate.migrate(made)
    (ROOT / "valmentaja" / "store" / "schema.sql").write_text(migrate.schema(made), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
