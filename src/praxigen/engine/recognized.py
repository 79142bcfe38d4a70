"""Says which answers rest on words that were recognized from a picture with low confidence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from praxigen.model.answer import Answer
from praxigen.model.document import Document
from praxigen.model.report import Determination

_NAMED = 6
_ANSWERED = (Answer.MET, Answer.NOT_MET, Answer.WAIVED)


def recognized_with_doubt(document: Document, determinations: Iterable[Determination]) -> Iterator[str]:
    """A warning for the criteria that are answered by words of which the recognition was not sure."""
    found: dict[str, dict[str, None]] = {}
    for determination in determinations:
        for result in determination.result.walk() if determination.result else ():
            if not result.children and result.answer in _ANSWERED:
                for quote in result.quotes:
                    for word in document.unsure(quote.start, quote.end):
                        found.setdefault(result.criterion.says, {})[word] = None
    told = [f"{says} ({', '.join(words)})" for says, words in found.items()]
    if told:
        more = f"; and {len(told) - _NAMED} more" if len(told) > _NAMED else ""
        yield (
            "Answers that rest on words recognized from a picture with low confidence; compare them with the page: "
            f"{'; '.join(told[:_NAMED])}{more}."
        )
