"""The criteria of a guideline as they are written, and whether its tests try each evidence leaf both ways."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NewType

from praxigen.model.answer import Answer
from praxigen.model.criterion import Criterion, Op
from praxigen.model.guideline import Guideline
from praxigen.model.provenance import Citation

LEAVES = frozenset({Op.EVIDENCE, Op.ATTEST, Op.REQUEST})

# What tells written criteria apart: copies of a part have the line and words of the part, under other ids.
_Written = NewType("_Written", tuple[int, str])


@dataclass(frozen=True, slots=True)
class Tested:
    """One evidence leaf, and whether some test expects it met and some test something else."""

    criterion: Criterion
    met: bool
    otherwise: bool

    @property
    def both_ways(self) -> bool:
        """Whether the tests show that the leaf can tell the two apart."""
        return self.met and self.otherwise


def written_criteria(guideline: Guideline) -> tuple[Criterion, ...]:
    """Every criterion once, in the order of the trees, however often a part is used."""
    found: dict[_Written, Criterion] = {}
    for indication in guideline.indications.values():
        for node in indication.criteria.walk():
            found.setdefault(_written(node), node)
    return tuple(found.values())


def cited_leaves(guideline: Guideline) -> tuple[tuple[Criterion, Citation], ...]:
    """Every leaf with its citation; a leaf of a part comes once for each citation that its copies inherit."""
    found: dict[tuple[_Written, Citation], Criterion] = {}
    for indication in guideline.indications.values():
        for node in indication.criteria.walk():
            if node.op in LEAVES and node.citation is not None:
                found.setdefault((_written(node), node.citation), node)
    return tuple((node, citation) for (_, citation), node in found.items())


def tested_leaves(guideline: Guideline) -> tuple[Tested, ...]:
    """Every evidence leaf with what the guideline's own tests expect of it, in whichever indication."""
    met: set[_Written] = set()
    otherwise: set[_Written] = set()
    for example in guideline.examples:
        for node in guideline.indications[example.indication].criteria.walk():
            answer = example.expect.get(node.id)
            if answer is not None:
                (met if answer == Answer.MET else otherwise).add(_written(node))
    return tuple(
        Tested(node, _written(node) in met, _written(node) in otherwise)
        for node in written_criteria(guideline)
        if node.op is Op.EVIDENCE
    )


def _written(node: Criterion) -> _Written:
    return _Written((node.line, node.says))
