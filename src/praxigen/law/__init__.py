"""The clock after a request or a denial: whose law reaches a plan, when a step runs out, who must review.

    law = Law.open()
    case = Case(plan="commercial", funding="self_funded", events=(Event.read("denial_received", "2026-10-02"),))
    answer(case, law).deadlines

Nothing here knows today's date, and no answer rests on a row of confidence C.
"""

from praxigen.law.answer import Answer, answer, deadlines, overview
from praxigen.law.case import Case, Event
from praxigen.law.cases import MyCase, read_cases
from praxigen.law.clock import Clock, Consequence, Extension, Length, Provision, Unit
from praxigen.law.deadline import Deadline, Kind, State
from praxigen.law.files import Law
from praxigen.law.plans import Regime, which_law

__all__ = [
    "Answer",
    "Case",
    "Clock",
    "Consequence",
    "Deadline",
    "Event",
    "Extension",
    "Kind",
    "Law",
    "Length",
    "MyCase",
    "Provision",
    "Regime",
    "State",
    "Unit",
    "answer",
    "deadlines",
    "overview",
    "read_cases",
    "which_law",
]
