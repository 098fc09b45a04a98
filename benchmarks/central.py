"""The centre: packages made by the real exporter, into the lake, one month more, and one question asked of it.

`central.py [UNITS] [MONTHS] [FOLDER]`; 300 units × 120 months unless given. A FOLDER keeps the packages for next time.
Each part is a fresh process, so that its memory is its own. Growth is measured at a tenth, a third and the whole.
"""

from __future__ import annotations

import json
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
ROUNDS = 5
QUESTION = """
SELECT municipality, period,
  SUM(CASE WHEN indicator='AR_A' AND dim1='P' THEN value ELSE 0 END) AS a,
  SUM(CASE WHEN indicator='AR_U' AND dim1='P' THEN value ELSE 0 END) AS u,
  SUM(CASE WHEN indicator IN ('AR_A','AR_U') AND dim1='P' THEN CASE WHEN value=3 THEN 9.0 WHEN value>3 THEN 4.0
    WHEN value=0 THEN 0.35 ELSE 0.0 END ELSE 0.0 END) AS sd2
FROM t WHERE freq='M' GROUP BY municipality, period ORDER BY 1, 2
"""
"""Activation rate by municipality and month with its variance (indicators.md §10.3)."""


def main(units: int, months: int, folder: Path) -> None:
    pickup = folder / f"pickup-{months}"
    rows = generated(pickup, units, months)
    done = {share: ingested(folder, pickup, units * share // 10, months) for share in (1, 3, 10)}
    say(f"{'units':>6} {'packages':>9} {'rows':>9} {'s':>7} {'rows/s':>8} {'packages/s':>10} {'MB':>5} {'lake MB':>7}")
    for share, told in done.items():
        count, packages, held = units * share // 10, units * share // 10 * months, rows * share // 10
        speed = f"{held / told['s']:>8.0f} {packages / told['s']:>10.0f} {told['mb']:>5.0f} {told['lake']:>7.1f}"
        say(f"{count:>6} {packages:>9} {held:>9} {told['s']:>7.1f} {speed}")
    lake = folder / f"lake-{units}"
    more, nothing = one_more_month(folder, pickup, lake, units)
    say(
        f"one month more, {units} packages among {units * months}: {more['s']:.1f} s; nothing new: {nothing['s']:.1f} s"
    )
    answers(lake)
    report(lake, folder)


def say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def generated(pickup: Path, units: int, months: int) -> int:
    """The rows of all packages; made only where they do not lie there yet."""
    import central_units

    codes = [central_units.unit_code(n) for n in range(units)]
    rows = (months * 115) + (months // 3) * 200 + (months // 12) * 16
    todo = [code for code in codes if len(list((pickup / code).glob("*.zip"))) != months]
    begun = time.perf_counter()
    with ProcessPoolExecutor() as pool:
        list(pool.map(_deliver, [(pickup, code, months) for code in todo]))
    if todo:
        took = time.perf_counter() - begun
        say(f"made {len(todo) * months} packages in {took:.0f} s ({len(todo) * months / took:.0f} a second)")
    return rows * units


def _deliver(job: tuple[Path, str, int]) -> int:
    import central_units

    return central_units.deliver(*job)


def ingested(folder: Path, pickup: Path, units: int, months: int) -> dict[str, float]:
    """A fresh lake of the first `units` units."""
    lake, chosen = folder / f"lake-{units}", folder / f"pickup-{units}-{months}"
    shutil.rmtree(lake, ignore_errors=True)
    shutil.rmtree(chosen, ignore_errors=True)
    _register(lake, units)
    chosen.mkdir()
    for place in sorted(pickup.iterdir())[:units]:
        (chosen / place.name).mkdir()
        for file in place.iterdir():
            os.link(file, chosen / place.name / file.name)
    told = ingest(chosen, lake)
    shutil.rmtree(chosen)
    told["lake"] = sum(path.stat().st_size for path in lake.glob("year=*/*.parquet")) / 1e6
    return told


def _register(lake: Path, units: int) -> None:
    import central_units

    from valmentaja.central import registry
    from valmentaja.central.registry import Entry
    from valmentaja.crypto import minisign

    codes = [central_units.unit_code(n) for n in range(units)]
    registry.write(
        lake / "registry.csv",
        [
            Entry(
                unit=code,
                municipality=central_units.municipality(code),
                public_key=minisign.public_key_of(central_units.private_key(code)).line,
            )
            for code in codes
        ],
    )


def ingest(pickup: Path, lake: Path) -> dict[str, float]:
    return measured([sys.executable, "-m", "valmentaja.central", "ingest", str(pickup), str(lake)])


MEASURED = """
import json, resource, subprocess, sys, time
begun = time.perf_counter()
subprocess.run(sys.argv[1:], check=True, stdout=subprocess.DEVNULL)
took = time.perf_counter() - begun
print(json.dumps({"s": took, "mb": resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024}))
"""


def measured(command: list[str]) -> dict[str, float]:
    """Seconds, and the memory of the largest process among the command and its workers, in MB."""
    done = subprocess.run(
        [sys.executable, "-c", MEASURED, *command], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return dict(json.loads(done.stdout))


def one_more_month(folder: Path, pickup: Path, lake: Path, units: int) -> tuple[dict[str, float], dict[str, float]]:
    """The lake as it was without the newest month, then with it, then the same again."""
    without = folder / "pickup-without"
    newest = max(path.name.split("_")[3] for path in next(pickup.iterdir()).iterdir())
    shutil.rmtree(without, ignore_errors=True)
    shutil.rmtree(lake)
    _register(lake, units)
    for place in sorted(pickup.iterdir())[:units]:
        (without / place.name).mkdir(parents=True)
        for file in place.iterdir():
            if newest not in file.name:
                os.link(file, without / place.name / file.name)
    ingest(without, lake)
    for place in sorted(pickup.iterdir())[:units]:
        for file in place.glob(f"*{newest}*"):
            os.link(file, without / place.name / file.name)
    told = ingest(without, lake), ingest(without, lake)
    shutil.rmtree(without)
    return told


ENGINES = {
    "DuckDB": """
import duckdb
c = duckdb.connect(config={"threads": 2})
c.execute(f"CREATE VIEW t AS SELECT * FROM read_parquet('{LAKE}/year=*/*.parquet')")
answer = c.execute(QUESTION).fetchall()
""",
    "Polars": """
import polars as pl
t = pl.scan_parquet(f"{LAKE}/year=*/*.parquet", hive_partitioning=False)
answer = pl.SQLContext(t=t).execute(QUESTION).collect().rows()
""",
    "pandas": """
import glob
import pandas as pd
t = pd.concat([pd.read_parquet(p, partitioning=None) for p in sorted(glob.glob(f"{LAKE}/year=*/*.parquet"))])
t = t[(t.freq == "M") & (t.dim1 == "P") & t.indicator.isin(["AR_A", "AR_U"])]
t["sd2"] = t.value.map(lambda v: 9.0 if v == 3 else 4.0 if v > 3 else 0.35 if v == 0 else 0.0)
t["a"] = t.value.where(t.indicator == "AR_A", 0)
t["u"] = t.value.where(t.indicator == "AR_U", 0)
g = t.groupby(["municipality", "period"])[["a", "u", "sd2"]].sum().reset_index().sort_values(["municipality", "period"])
answer = list(g.itertuples(index=False, name=None))
""",
}
ASKED = """
import json, resource, sys, time
LAKE, QUESTION = sys.argv[1], sys.argv[2]
begun = time.perf_counter()
{engine}
took = time.perf_counter() - begun
rounded = [[m, p, int(a), int(u), round(float(s), 2)] for m, p, a, u, s in answer]
print(json.dumps({{"s": took, "mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, "answer": rounded}}))
"""


def answers(lake: Path) -> None:
    """The same question in three engines, loading included; a different answer is an error."""
    found = {}
    for name, engine in ENGINES.items():
        runs = [_asked(engine, lake) for _ in range(ROUNDS)]
        found[name] = runs[0]["answer"]
        took, most = statistics.median(run["s"] for run in runs), max(run["mb"] for run in runs)
        say(f"{name:<7} activation rate by municipality and month: {took:.2f} s, {most:.0f} MB")
    if len({json.dumps(answer) for answer in found.values()}) != 1:
        raise RuntimeError("the engines disagree")


def _asked(engine: str, lake: Path) -> dict[str, float]:
    code = ASKED.format(engine=engine)
    command = [sys.executable, "-c", code, str(lake), QUESTION]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return dict(json.loads(done.stdout))


def report(lake: Path, folder: Path) -> None:
    """The whole command, with the start of Python."""
    command = [sys.executable, "-m", "valmentaja.central", "report", str(lake), "--out", str(folder / "report")]
    for name, more in (("page", ["--no-pdf"]), ("page and paper", [])):
        runs = [measured([*command, *more]) for _ in range(ROUNDS)]
        took, most = statistics.median(run["s"] for run in runs), max(run["mb"] for run in runs)
        say(f"national report, {name}: {took:.2f} s, {most:.0f} MB")


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    chosen = [*sys.argv[1:], *("300", "120")[len(sys.argv) - 1 :]]
    if len(chosen) > 2:
        Path(chosen[2]).mkdir(parents=True, exist_ok=True)
        main(int(chosen[0]), int(chosen[1]), Path(chosen[2]))
    else:
        with tempfile.TemporaryDirectory() as place:
            main(int(chosen[0]), int(chosen[1]), Path(place))
