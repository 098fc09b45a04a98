"""A small caseload folder to spoil, and its problems as plain tuples."""

from __future__ import annotations

from pathlib import Path

from valmentaja.domain.caseload import Known, Problem
from valmentaja.exchange.caseload_csv import read_folder
from valmentaja.exchange.tables import TABLES

HEADER = ",".join(TABLES[0].header)
ANNA = "T-1,Testi,Anna,,,405,fi,,,,0,2026-01-10,,,,0,"
OTTO = "T-2,Testi,Otto,,,405,fi,,,,0,2026-02-10,,,,0,"

Said = tuple[str, int, str, str]


def said(problem: Problem) -> Said:
    return (problem.file, problem.line, problem.column, problem.text.format(**dict(problem.values)))


def make_folder(path: Path) -> Path:
    """Two clients and one good row of every other table."""
    write(path, "clients", HEADER, ANNA, OTTO)
    write(path, "labour_status", "client_id,date,status", "T-1,2026-01-10,TYOTON")
    write(path, "benefit_days", "client_id,date,days,source", "T-1,2026-01-10,512,KELA")
    columns = "client_id,service_code,start_date,end_date,employer_sector,provider"
    write(path, "service_periods", columns, "T-1,KUNTOUTTAVA,2026-01-10,,,")
    write(path, "meetings", "client_id,date,mode,minutes,attended", "T-1,2026-01-12,KAYNTI,60,1")
    columns = "client_id,assessment_id,date,instrument,item_id,rater,value"
    write(path, "assessments", columns, "T-1,a,2026-01-12,suunta-1.0,A1,ASIAKAS,EI_HALUA")
    columns = "client_id,plan_id,plan_type,signed_date,review_due_date,reviewed_date"
    write(path, "plans", columns, "T-1,p,MONIALAINEN,2026-01-20,2026-04-20,")
    columns = "client_id,step_id,plan_id,service_code,planned_start,realised_start"
    write(path, "plan_steps", columns, "T-1,s,p,KUNTOUTTAVA,2026-02-01,")
    write(path, "followups", "client_id,date,status", "T-1,2026-09-01,AVOIN_TYO")
    return path


def write(folder: Path, table: str, *lines: str) -> None:
    (folder / f"{table}.csv").write_bytes("".join(f"{line}\n" for line in lines).encode())


def add(folder: Path, table: str, *lines: str) -> None:
    with (folder / f"{table}.csv").open("ab") as out:
        out.write("".join(f"{line}\n" for line in lines).encode())


def problems(folder: Path, known: Known | None = None) -> list[Said]:
    return [said(p) for p in read_folder(folder, known=known or Known()).problems]
