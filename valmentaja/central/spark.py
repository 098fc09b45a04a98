"""The same questions answered by Apache Spark, for lakes that one machine no longer holds (docs/scaling.md).

Here it runs within this machine: Java is a child of this process, and the two talk over the loopback address alone.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from subprocess import DEVNULL
from types import TracebackType
from typing import Any, Self

from valmentaja.base.errors import N_, StorageError, UserError
from valmentaja.central.engine import QUESTIONS, UNREADABLE, Choice, Rows, within
from valmentaja.central.lake import Lake

LOOPBACK = "127.0.0.1"
FILES = "lake_files"
SETTINGS = {
    "spark.app.name": "valmentaja-kokoaja",
    "spark.master": "local[*]",
    "spark.driver.host": LOOPBACK,
    "spark.driver.bindAddress": LOOPBACK,
    "spark.driver.memory": "1g",
    "spark.driver.extraJavaOptions": f"-Dlog4j2.configurationFile={(QUESTIONS / 'log4j2.properties').as_uri()}",
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.sql.catalogImplementation": "in-memory",
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.shuffle.partitions": "4",
    "spark.sql.sources.partitionColumnTypeInference.enabled": "false",
}
NEEDS = N_("--engine spark needs Java 17 or newer, and PySpark: pip install valmentaja[spark]. DuckDB needs neither.")


class Spark:
    """A Spark of this process's own, over the Parquet files of a lake; Java ends with it."""

    def __init__(self, lake: Lake) -> None:
        self._files = lake.month_files()
        self._scratch = tempfile.TemporaryDirectory(prefix="valmentaja-spark-", ignore_cleanup_errors=True)
        try:
            self._java, self._session = _started(Path(self._scratch.name))
        except BaseException:
            self._scratch.cleanup()
            raise

    def ask(self, question: str, choice: Choice) -> Rows:
        files = within(self._files, choice)
        if not files:
            return []
        text = f"WITH t AS (SELECT {choice.columns} FROM {FILES} WHERE {choice.condition}) {question}"
        with _readable():
            self._session.read.parquet(*files).createOrReplaceTempView(FILES)
            return [tuple(row) for row in self._session.sql(text).collect()]

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._session.stop()
        _end(self._java)
        self._scratch.cleanup()


def _started(scratch: Path) -> tuple[Any, Any]:
    """Java and a session in it; UserError when Java or PySpark is not there, or too old."""
    if shutil.which("java", path=_java_places()) is None:
        raise UserError(NEEDS)
    os.environ |= {
        "SPARK_LOCAL_IP": LOOPBACK,
        "SPARK_LOCAL_HOSTNAME": LOOPBACK,
    }  # or Spark asks for this machine's name
    try:
        from pyspark import SparkConf, SparkContext
        from pyspark.errors import PySparkException
        from pyspark.java_gateway import launch_gateway
        from pyspark.sql import SparkSession
    except ImportError as error:
        raise UserError(NEEDS) from error
    folders = {"spark.local.dir": str(scratch), "spark.sql.warehouse.dir": str(scratch)}
    settings = SparkConf().setAll([*SETTINGS.items(), *folders.items()])
    try:
        # What Java says while it lives is not for the person at the command line; errors come as exceptions.
        java = launch_gateway(settings, {"stdout": DEVNULL, "stderr": DEVNULL})
    except PySparkException as error:  # it ended at once: too old
        raise UserError(NEEDS) from error
    try:
        return java, SparkSession(SparkContext(conf=settings, gateway=java))
    except BaseException:
        _end(java)
        raise


@contextmanager
def _readable() -> Iterator[None]:
    """What Spark could not read, as a sentence."""
    from py4j.protocol import Py4JError
    from pyspark.errors import PySparkException

    try:
        yield
    except (PySparkException, Py4JError) as error:
        raise StorageError(UNREADABLE, reason=str(error).splitlines()[0][:200]) from error


def _end(java: Any) -> None:
    """Closing its input ends Java; PySpark must forget it, or the next Spark here would speak to the dead."""
    from pyspark import SparkContext

    java.shutdown()
    java.proc.stdin.close()
    java.proc.wait()
    SparkContext._gateway = None  # noqa: SLF001 - there is no other way to say it
    SparkContext._jvm = None  # noqa: SLF001


def _java_places() -> str:
    home = os.environ.get("JAVA_HOME", "")
    return str(Path(home) / "bin") if home else os.environ.get("PATH", "")
