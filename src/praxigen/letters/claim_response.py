"""A FHIR ClaimResponse, alone or in its bundle, as the Da Vinci guide for prior authorization (PAS) shapes it."""

from __future__ import annotations

from collections.abc import Iterator

from praxigen.documents.dates import stamped_day
from praxigen.letters.json_places import Group, Leaf, Place, read_places
from praxigen.letters.reasons import category_of, code_label, coded_category, make_reason
from praxigen.model.denial import (
    Category,
    Denial,
    Form,
    Outcome,
    ReasonCode,
    Reference,
    Reviewer,
    Stated,
    StatedCode,
    StatedDay,
    StatedReason,
)
from praxigen.model.document import Document, Quote

_OUTCOMES = {
    "A1": Outcome.APPROVED,
    "A2": Outcome.DENIED_IN_PART,
    "A3": Outcome.DENIED,
    "A4": Outcome.PENDED,
    "A6": Outcome.DENIED_IN_PART,
    "C": Outcome.CANCELLED,
    "CT": Outcome.PENDED,
    "NA": Outcome.NOT_REQUIRED,
}
# The last part of a code system's address says which list a code is from.
_SYSTEMS = {"306": "hcr", "886": "review", "901": "aaa", "889": "follow_up"}
_PROCEDURES = ("cpt", "hcpcs")
_GENERAL = frozenset({Category.OTHER, Category.MEDICAL_NECESSITY})
_NOT_SPECIFIC = frozenset({Category.PA_DENIED, Category.MEDICAL_NECESSITY, Category.OTHER, Category.PENDED})


def read_claim_response(document: Document) -> tuple[Denial, ...]:
    """One answer for each ClaimResponse. ValueError where the text is no JSON object."""
    root = read_places(document.text)
    resources = _resources(root)
    answers = [resource for resource in resources if _kind(resource) == "ClaimResponse"]
    return tuple(_Reader(document, resources, answer, tuple(_addressed(root))).denial() for answer in answers)


def _addressed(root: Group) -> Iterator[tuple[str, Group]]:
    """The resources of a bundle by the address that it gives each of them."""
    for entry in root.groups("entry"):
        address, resource = entry.leaf("fullUrl"), entry.get("resource")
        if address is not None and isinstance(resource, Group):
            yield address.text, resource


def _resources(root: Group) -> list[Group]:
    if _kind(root) != "Bundle":
        return [root]
    entries = (entry.get("resource") for entry in root.groups("entry"))
    return [resource for resource in entries if isinstance(resource, Group)]


def _kind(resource: Group) -> str:
    found = resource.leaf("resourceType")
    return found.text if found else ""


def _walk(place: Place) -> Iterator[Group]:
    if isinstance(place, Group):
        yield place
        for _, inner in place.entries:
            yield from _walk(inner)


class _Reader:
    """One ClaimResponse beside the resources that its bundle holds."""

    def __init__(
        self, document: Document, resources: list[Group], answer: Group, addressed: tuple[tuple[str, Group], ...] = ()
    ) -> None:
        self.addressed = addressed
        self.document = document
        self.resources = resources
        self.answer = answer

    def denial(self) -> Denial:
        """Everything that the resource says."""
        actions = list(self._actions())
        errors = self.answer.groups("error")
        outcome, leading = self._outcome(actions, errors)
        patient = self._referred("patient")
        created = self.answer.leaf("created")
        disposition = self.answer.leaf("disposition")
        quote = self._quote(leading) if leading is not None else self._quote(disposition) if disposition else None
        return Denial(
            document=self.document.name,
            form=Form.FHIR,
            outcome=outcome,
            start=self.answer.start,
            end=self.answer.end,
            outcome_quote=quote,
            payer=self._name("insurer"),
            patient=self._patient_name(patient),
            birth=self._day(patient.leaf("birthDate")) if patient else None,
            member_id=self._stated(patient.leaf("identifier", "value")) if patient else self._reference_id("patient"),
            provider=self._name("requestor"),
            references=tuple(self._references()),
            codes=tuple(self._codes()),
            date_of_service=self._service_day(),
            decision_date=self._day(created),
            reasons=tuple(self._rejections(errors) if outcome is Outcome.REJECTED else self._reasons(actions)),
            reviewer=self._reviewer(),
        )

    def _quote(self, place: Place) -> Quote:
        return self.document.quote(place.start, place.end)

    def _stated(self, leaf: Leaf | None) -> Stated | None:
        return Stated(leaf.text, self._quote(leaf)) if leaf else None

    def _day(self, leaf: Leaf | None) -> StatedDay | None:
        day = stamped_day(leaf.text) if leaf else None
        return StatedDay(day, self._quote(leaf)) if leaf and day else None

    def _referred(self, key: str) -> Group | None:
        """The resource of the bundle, or the one contained, to which a reference leads."""
        leaf = self.answer.leaf(key, "reference")
        if leaf is None:
            return None
        for address, resource in self.addressed:
            if address == leaf.text:
                return resource
        for resource in (*self.resources, *self.answer.groups("contained")):
            name, kind = resource.leaf("id"), _kind(resource)
            if name is not None and leaf.text.lstrip("#") in (name.text, f"{kind}/{name.text}"):
                return resource
            if name is not None and leaf.text.endswith(f"{kind}/{name.text}"):
                return resource
        return None

    def _reference_id(self, key: str) -> Stated | None:
        return self._stated(self.answer.leaf(key, "identifier", "value"))

    def _name(self, key: str) -> Stated | None:
        resource = self._referred(key)
        return (
            self._stated(resource.leaf("name"))
            if resource and resource.leaf("name")
            else self._stated(self.answer.leaf(key, "display"))
        )

    def _patient_name(self, patient: Group | None) -> Stated | None:
        name = patient.get("name") if patient else None
        first = name.groups_or_self()[0] if isinstance(name, Group) and name.groups_or_self() else None
        if first is None:
            return self._stated(self.answer.leaf("patient", "display"))
        given, family = first.leaf("given", "0"), first.leaf("family")
        parts = [leaf for leaf in (given, family) if leaf is not None]
        if not parts:
            return self._stated(first.leaf("text"))
        start, end = min(leaf.start for leaf in parts), max(leaf.end for leaf in parts)
        return Stated(" ".join(leaf.text for leaf in parts), self.document.quote(start, end))

    def _references(self) -> Iterator[Reference]:
        for key, kind in (("preAuthRef", "authorization"),):
            leaf = self.answer.leaf(key)
            if leaf is not None:
                yield Reference(kind, leaf.text, self._quote(leaf))
        for action in self._reviews():
            for inner in action.groups("extension"):
                number = inner.leaf("valueString")
                if number is not None and self._url(inner) == "number":
                    yield Reference("authorization", number.text, self._quote(number))
        for identifier in self.answer.groups("identifier"):
            leaf = identifier.leaf("value")
            if leaf is not None:
                yield Reference("reference", leaf.text, self._quote(leaf))

    def _reviews(self) -> Iterator[Group]:
        for place in _walk(self.answer):
            if self._url(place).endswith("extension-reviewAction"):
                yield place

    def _url(self, group: Group) -> str:
        leaf = next((value for name, value in group.entries if name == "url"), None)
        return leaf.text if isinstance(leaf, Leaf) else ""

    def _coded(self, group: Group) -> Iterator[ReasonCode]:
        """The codes of X12 lists in a group, with their places."""
        for place in _walk(group):
            system, code = (next((v for n, v in place.entries if n == key), None) for key in ("system", "code"))
            if isinstance(system, Leaf) and isinstance(code, Leaf):
                kind = _SYSTEMS.get(system.text.rstrip("/").rpartition("/")[2])
                if kind:
                    yield ReasonCode(kind, code.text, code_label(kind, code.text), self._quote(place))

    def _actions(self) -> Iterator[tuple[Group, tuple[ReasonCode, ...]]]:
        for review in self._reviews():
            yield review, tuple(self._coded(review))

    def _outcome(
        self, actions: list[tuple[Group, tuple[ReasonCode, ...]]], errors: tuple[Group, ...]
    ) -> tuple[Outcome, Place | None]:
        said = {
            _OUTCOMES.get(code.code, Outcome.UNCLEAR): code.quote
            for _, codes in actions
            for code in codes
            if code.system == "hcr"
        }
        stated = self.answer.leaf("outcome")
        if errors and not said:
            return Outcome.REJECTED, errors[0]
        if len(said) > 1 and Outcome.DENIED in said:
            return Outcome.DENIED_IN_PART, self._leaf_at(said[Outcome.DENIED])
        if said:
            outcome = next(iter(said))
            return outcome, self._leaf_at(said[outcome])
        if stated is not None and stated.text == "queued":
            return Outcome.PENDED, stated
        return Outcome.UNCLEAR, stated

    def _leaf_at(self, quote: Quote) -> Leaf:
        return Leaf(quote.text, quote.start, quote.end)

    def _reasons(self, actions: list[tuple[Group, tuple[ReasonCode, ...]]]) -> Iterator[StatedReason]:
        given: list[Category] = []
        for _, codes in actions:
            decision = next((code.code for code in codes if code.system == "hcr"), "")
            if _OUTCOMES.get(decision) in (Outcome.APPROVED, Outcome.NOT_REQUIRED):
                continue
            ordered = sorted(codes, key=lambda code: code.system != "review")
            if not ordered:
                continue
            category = coded_category(ordered)
            given.append(category)
            yield make_reason(
                ordered[0].quote, category, specific=category not in _NOT_SPECIFIC, cites=False, reason_codes=ordered
            )
        for note in self.answer.groups("processNote"):
            leaf = note.leaf("text")
            if leaf is not None:
                category = category_of(leaf.text)
                if category in _GENERAL and given:
                    category = given[0]  # the note explains the code
                yield make_reason(self._quote(leaf), category, specific=True, cites=False)

    def _rejections(self, errors: tuple[Group, ...]) -> Iterator[StatedReason]:
        for error in errors:
            codes = tuple(self._coded(error))
            yield make_reason(
                self._quote(error), Category.REJECTED_TECHNICAL, specific=bool(codes), cites=False, reason_codes=codes
            )

    def _codes(self) -> Iterator[StatedCode]:
        seen: set[str] = set()
        decided = self._decided()
        sources = [self.answer, *(each for each in self.resources if _kind(each) == "Claim")]
        items = [
            (item, item.leaf("sequence") or item.leaf("itemSequence"))
            for source in sources
            for item in source.groups("item")
        ]
        for source in sources:
            for place in _walk(source):
                system, code = (next((v for n, v in place.entries if n == key), None) for key in ("system", "code"))
                if isinstance(system, Leaf) and isinstance(code, Leaf):
                    known = any(word in system.text.lower() for word in _PROCEDURES)
                    if known and code.text not in seen:
                        seen.add(code.text)
                        within = [(item, n) for item, n in items if item.start <= place.start < item.end]
                        number = next((n.text for _, n in within if n is not None), "")
                        units = next((leaf for item, _ in within if (leaf := item.leaf("quantity", "value"))), None)
                        count = int(units.text) if units is not None and units.text.isdigit() else None
                        yield StatedCode(code.text, self._quote(code), count, decided.get(number))

    def _decided(self) -> dict[str, Outcome]:
        """What was decided on each item of the request, by its number there."""
        found: dict[str, Outcome] = {}
        for item in self.answer.groups("item"):
            number = item.leaf("itemSequence")
            said = [
                _OUTCOMES[code.code] for code in self._coded(item) if code.system == "hcr" and code.code in _OUTCOMES
            ]
            if number is not None and said:
                found[number.text] = said[0]
        return found

    def _service_day(self) -> StatedDay | None:
        for place in _walk(self.answer):
            if self._url(place).endswith("extension-itemRequestedServiceDate"):
                first = place.leaf("valuePeriod", "start") or place.leaf("valueDate")
                last = place.leaf("valuePeriod", "end")
                day = self._day(first)
                ended = stamped_day(last.text) if last else None
                return StatedDay(day.day, day.quote, ended if ended != day.day else None) if day else None
        return None

    def _reviewer(self) -> Reviewer | None:
        """Whether a person decided, which PAS 2.2 says in so many words."""
        for place in _walk(self.answer):
            if self._url(place) == "wasHumanReviewedFlag":
                flag = place.leaf("valueBoolean")
                if flag is not None:
                    return Reviewer(human=flag.text == "true", quote=self._quote(place))
        return None
