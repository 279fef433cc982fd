"""Everything that was read from one file."""

from dataclasses import dataclass

from indicators.observation import Imbalance, Observation
from reports.passage import Commitment, Passage
from reports.report import Report


@dataclass(frozen=True)
class Ingestion:
    """A report with its figures (of tables and text) and its prose, ready to be saved in one transaction.

    Problems travel in report.problems.
    """

    report: Report
    observations: tuple[Observation, ...]
    imbalances: tuple[Imbalance, ...] = ()
    passages: tuple[Passage, ...] = ()
    commitments: tuple[Commitment, ...] = ()
