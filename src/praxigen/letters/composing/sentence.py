"""A sentence of a letter: what kind of statement it is, and what it rests on.

Letters are made of typed sentences, so that a machine can walk a letter and find the source of everything it states.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from praxigen.exports.safe_text import printable
from praxigen.model.document import Quote
from praxigen.model.provenance import Citation


class Kind(StrEnum):
    """What a sentence is. All but the last three state a fact and need a support."""

    POLICY = "policy"  # what the payer's policy asks, in its words or in ours
    CHART = "chart"  # words of the chart
    DENIAL = "denial"  # words of the payer's answer
    LITERATURE = "literature"  # a published work that the library holds
    LAW = "law"  # a rule with its citation
    RECORD = "record"  # a number, code, day or name, from the request, the payer's answer or the practice
    ARGUMENT = "argument"  # a conclusion of ours, labelled as such, from sentences that it names
    FORM = "form"  # courtesy and requests: states nothing
    GAP = "gap"  # a visible placeholder, with what to find out


FACTUAL = frozenset({Kind.POLICY, Kind.CHART, Kind.DENIAL, Kind.LITERATURE, Kind.LAW, Kind.RECORD})

# Every argument begins with these words, so that no reader takes it for something that a source says.
ARGUMENT_LABEL = "In our view"


@dataclass(frozen=True, slots=True)
class PolicySupport:
    """A line of a policy: guideline and edition, the criterion, its citation, and the words that the sentence repeats.

    `words` are a passage of the policy's own text where `verbatim`, else our statement of the criterion. `criterion` is
    empty where the sentence speaks of the policy as a whole.
    """

    guideline: str
    edition: str
    criterion: str
    citation: Citation
    words: str
    verbatim: bool


@dataclass(frozen=True, slots=True)
class QuoteSupport:
    """Words of the chart or of the payer's answer, with the place where people find them."""

    quote: Quote
    place: str
    criterion: str = ""


@dataclass(frozen=True, slots=True)
class LawSupport:
    """A rule: its id in `policies/law`, its citation, and the words of ours that the sentence repeats.

    `verify` says why the citation is none to stand on, and no letter holds such a rule; empty where it is one.
    """

    id: str
    citation: str
    words: str
    verify: str = ""


@dataclass(frozen=True, slots=True)
class WorkSupport:
    """A published work of the library: its id, how letters cite it, its finding in our words, and the criterion."""

    id: str
    citation: str
    shows: str
    criterion: str


@dataclass(frozen=True, slots=True)
class RecordSupport:
    """A value and who gave it: request, payer's answer, practice, code set, person, requirement or chart.

    `quote` are the words that it was read from, where it was read.
    """

    field: str
    value: str
    origin: str
    quote: Quote | None = None


Support = PolicySupport | QuoteSupport | LawSupport | WorkSupport | RecordSupport


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence as it stands in the letter. `rests_on` are the sentences that an argument concludes from."""

    kind: Kind
    text: str
    supports: tuple[Support, ...] = ()
    rests_on: tuple[Sentence, ...] = ()

    def walk(self) -> Iterator[Sentence]:
        """This sentence and those that it rests on."""
        yield self
        for other in self.rests_on:
            yield from other.walk()


def form(text: str) -> Sentence:
    """A sentence that states nothing."""
    return Sentence(Kind.FORM, text)


def gap(ask: str) -> Sentence:
    """A placeholder in brackets with what to find out."""
    return Sentence(Kind.GAP, f"[{plain(ask)}]")


def argue(text: str, *basis: Sentence) -> Sentence:
    """A conclusion of ours from other sentences, labelled."""
    return Sentence(Kind.ARGUMENT, f"{ARGUMENT_LABEL}, {text}", rests_on=basis)


def record(text: str, *supports: RecordSupport) -> Sentence:
    """A sentence that states values and where they come from."""
    return Sentence(Kind.RECORD, text, supports)


def plain(text: str) -> str:
    """The text on one line, with what could move a cursor or turn text around written out."""
    return printable(" ".join(text.split()))
