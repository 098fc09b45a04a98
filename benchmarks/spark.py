"""DuckDB and Spark on the same lake, and on one made several times as large: when does either begin to pay?

`spark.py LAKE [TIMES ...]`; 1 and 20 unless given. Needs Java 17 and PySpark. Each engine is a fresh process.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
ASKED = """
import json, sys, time, warnings
from pathlib import Path
warnings.simplefilter("ignore")
from valmentaja.central.engine import Choice, engine, question
from valmentaja.central.lake import Lake

def peak(pid):
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM"))

choice, begun = Choice(first="1900-01", last="2999-12"), time.perf_counter()
with engine(sys.argv[2], Lake(Path(sys.argv[1]))) as asked:
    started = time.perf_counter()
    first = asked.ask(question("figures"), choice)
    answered = time.perf_counter()
    again = asked.ask(question("figures"), choice)
    took = time.perf_counter() - answered
    java = [asked._java.proc.pid] if sys.argv[2] == "spark" else []
    memory = sum(peak(pid) for pid in ["self", *java])
assert first == again
print(json.dumps({"start": started - begun, "first": answered - started, "again": took, "mb": memory,
                  "answer": [list(row) for row in first]}))
"""


def main(lake: Path, sizes: list[int]) -> None:
    say(f"{'rows':>12} {'lake MB':>8} {'engine':<7} {'start s':>8} {'first s':>8} {'again s':>8} {'MB':>6}")
    with tempfile.TemporaryDirectory() as scratch:
        for times in sizes:
            made = Path(scratch) / f"lake-{times}"
            rows = larger(lake, made, times)
            size = sum(path.stat().st_size for path in made.glob("year=*/*.parquet")) / 1e6
            told = {name: asked(made, name) for name in ("duckdb", "spark")}
            for name, one in told.items():
                times_told = f"{one['start']:>8.1f} {one['first']:>8.2f} {one['again']:>8.2f} {one['mb']:>6.0f}"
                say(f"{rows:>12} {size:>8.1f} {name:<7} {times_told}")
            if told["duckdb"]["answer"] != told["spark"]["answer"]:
                sys.exit("The engines do not agree.")
            shutil.rmtree(made)


def say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def larger(lake: Path, made: Path, times: int) -> int:
    """The same months with every unit `times` over, under other codes; the number of rows."""
    import duckdb

    rows = 0
    for path in sorted(lake.glob("year=*/*.parquet")):
        target = made / path.parent.name / path.name
        target.parent.mkdir(parents=True, exist_ok=True)
        if times == 1:
            shutil.copy(path, target)
        else:
            source = f"read_parquet('{path}', hive_partitioning=false), range({times}) AS r(n)"
            select = f"SELECT * EXCLUDE (n) REPLACE (unit || 'X' || n AS unit) FROM {source}"
            duckdb.sql(f"COPY ({select} ORDER BY period, unit) TO '{target}' (FORMAT parquet, COMPRESSION zstd)")
        rows += duckdb.sql(f"SELECT count(*) FROM read_parquet('{target}')").fetchall()[0][0]
    shutil.copy(lake / "registry.csv", made / "registry.csv")
    return rows


def asked(lake: Path, name: str) -> dict[str, object]:
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), *filter(None, sys.path)])}
    command = [sys.executable, "-c", ASKED, str(lake), name]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    return dict(json.loads(done.stdout))


if __name__ == "__main__":
    main(Path(sys.argv[1]), [int(size) for size in sys.argv[2:]] or [1, 20])
