"""The nine kinds of letters (domain §6): a function for each, plain data in, one ``.docx`` out."""

from plan_tracker.documents.letters.facts import (
    KpiLine,
    PlanFacts,
    PlanKpis,
    ProjectLine,
    UnitResults,
    plan_facts,
    plan_kpis,
    unit_results,
)
from plan_tracker.documents.letters.faults import Fault, faults_of, places_of
from plan_tracker.documents.letters.orders import Remark, write_comments, write_order
from plan_tracker.documents.letters.reference import BLANK, Reference
from plan_tracker.documents.letters.requests import write_correction, write_reminder, write_request
from plan_tracker.documents.letters.results import write_circulation, write_kpi_results
from plan_tracker.documents.letters.review import Again, Approval, write_consideration, write_to_executives

__all__ = [
    "BLANK",
    "Again",
    "Approval",
    "Fault",
    "KpiLine",
    "PlanFacts",
    "PlanKpis",
    "ProjectLine",
    "Reference",
    "Remark",
    "UnitResults",
    "faults_of",
    "places_of",
    "plan_facts",
    "plan_kpis",
    "unit_results",
    "write_circulation",
    "write_comments",
    "write_consideration",
    "write_correction",
    "write_kpi_results",
    "write_order",
    "write_reminder",
    "write_request",
    "write_to_executives",
]
