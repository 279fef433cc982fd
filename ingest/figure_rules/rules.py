"""All rules, in the order in which they are tried."""

from ingest.figure_rules.disputes import DISPUTES
from ingest.figure_rules.institution import INSTITUTION
from ingest.figure_rules.proactive import PROACTIVE
from ingest.figure_rules.requests import REQUESTS
from ingest.figure_rules.response import RESPONSE
from ingest.figure_rules.rule import Rule
from ingest.figure_rules.services import SERVICES

RULES: tuple[Rule, ...] = (*DISPUTES, *REQUESTS, *RESPONSE, *INSTITUTION, *SERVICES, *PROACTIVE)
