"""Everything that was read from one file."""

from dataclasses import dataclass

from indicators.observation import Imbalance, Observation
from reports.report import Report


@dataclass(frozen=True)
class Ingestion:
    """A report with its figures, ready to be saved in one transaction (problems travel in report.problems)."""

    report: Report
    observations: tuple[Observation, ...]
    imbalances: tuple[Imbalance, ...] = ()
