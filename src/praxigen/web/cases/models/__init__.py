"""What the workspace stores of a case, one table an idea."""

from praxigen.web.cases.models.answers import Authorization, Decision, Submission, SubmissionKind, Urgency, Way
from praxigen.web.cases.models.case import Case, ClosedFor, Stage, Turn
from praxigen.web.cases.models.chart import ChartFile, FileState, RemovedFor, Role
from praxigen.web.cases.models.check import Check, Decided, Disposition, Question
from praxigen.web.cases.models.letter import Call, Deadline, Letter, LetterTemplate
from praxigen.web.cases.models.policy import PolicyChange

__all__ = [
    "Authorization",
    "Call",
    "Case",
    "ChartFile",
    "Check",
    "ClosedFor",
    "Deadline",
    "Decided",
    "Decision",
    "Disposition",
    "FileState",
    "Letter",
    "LetterTemplate",
    "PolicyChange",
    "Question",
    "RemovedFor",
    "Role",
    "Stage",
    "Submission",
    "SubmissionKind",
    "Turn",
    "Urgency",
    "Way",
]
