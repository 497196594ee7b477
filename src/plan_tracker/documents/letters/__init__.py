"""The letters (domain §6): a function for each kind, plain data in, one ``.docx`` out."""

from plan_tracker.documents.letters.facts import (
    KpiCounts,
    KpiLine,
    PlanFacts,
    PlanKpis,
    ProjectLine,
    UnitResults,
    plan_facts,
    plan_kpis,
    unit_results,
)
from plan_tracker.documents.letters.faults import Fault, Place, faults_of
from plan_tracker.documents.letters.orders import write_comments, write_order
from plan_tracker.documents.letters.reference import BLANK, Reference
from plan_tracker.documents.letters.requests import (
    Refused,
    Rejected,
    write_correction,
    write_rejected,
    write_reminder,
    write_request,
)
from plan_tracker.documents.letters.results import write_circulation, write_kpi_results
from plan_tracker.documents.letters.review import Again, Approval, write_consideration, write_to_executives
from plan_tracker.documents.letters.words import Remark, places_of

__all__ = [
    "BLANK",
    "Again",
    "Approval",
    "Fault",
    "KpiCounts",
    "KpiLine",
    "Place",
    "PlanFacts",
    "PlanKpis",
    "ProjectLine",
    "Reference",
    "Refused",
    "Rejected",
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
    "write_rejected",
    "write_reminder",
    "write_request",
    "write_to_executives",
]
