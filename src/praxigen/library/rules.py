"""A rule file in, a Rule out; and what the rules say of one code."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from types import MappingProxyType

from praxigen.datafiles import Faults, Fields, MapNode, Node
from praxigen.library.codes import check_code
from praxigen.library.dates import read_review_every, read_validity
from praxigen.library.sources import read_citation, read_sources
from praxigen.library.statements import check_place, check_schema, read_list, read_statements, refuse_repeats
from praxigen.library.words import FUNDING, PLACES, PLANS, RULE_AUTHORIZATION, STATES
from praxigen.model.provenance import Source
from praxigen.model.rule import CodeGroup, Listing, Rule, RuleExample, RuleFinding, RuleKind

SCHEMA = "praxigen.rule/1"

_NOWHERE: Mapping[str, str] = MappingProxyType({})
_REQUIRED = ("schema", "id", "title", "kind", "law", "plans", "effective", "last_verified", "review_every", "sources")
_OPTIONAL = (
    *("states", "places", "payers", "funding", "prior_authorization", "whole_list", "groups"),
    *("turnaround", "says", "conflicts", "tests"),
)


def read_rule(root: Node, file: str, sha256: str = "", expects: Mapping[str, str] = _NOWHERE) -> Rule:
    """The rule that a file holds. Raises FaultyFileError with everything that is wrong in it."""
    faults = Faults(file)
    head = Fields(root, faults, "a rule", _REQUIRED, _OPTIONAL)
    check_schema(head, SCHEMA)
    check_place(head, expects)
    sources = read_sources(head)
    kind = head.choice("kind", RuleKind, RuleKind.SCOPE)
    if kind is RuleKind.AUTHORIZATION:
        head.need("groups")
        head.need("prior_authorization")
    validity = read_validity(head)
    rule = Rule(
        id=head.name("id"),
        title=head.text("title"),
        kind=kind,
        law=head.text("law"),
        plans=head.words("plans", PLANS),
        states=head.words("states", STATES),
        places=head.words("places", PLACES),
        payers=head.texts("payers"),
        funding=head.words("funding", FUNDING),
        prior_authorization=head.word("prior_authorization", RULE_AUTHORIZATION, "none"),
        whole_list=head.flag("whole_list", default=False),
        groups=_groups(head, sources),
        turnaround=read_statements(head, "turnaround", sources),
        says=read_statements(head, "says", sources),
        conflicts=read_statements(head, "conflicts", sources),
        sources=sources,
        effective_from=validity.first,
        effective_to=validity.last,
        last_verified=head.day("last_verified"),
        review_every_days=read_review_every(head),
        examples=_examples(head),
        file=file,
        sha256=sha256,
    )
    faults.raise_any()
    return rule


def find_rules(
    rules: Iterable[Rule],
    code: str,
    plan: str,
    *,
    payer: str | None = None,
    state: str | None = None,
    place: str | None = None,
    funding: str | None = None,
    on: date | None = None,
) -> tuple[RuleFinding, ...]:
    """What each rule that may reach the request says of the code. What was not given stays open, never guessed."""
    findings = []
    for rule in rules:
        if plan not in rule.plans or _outside(rule, on):
            continue
        limits = (
            ("payer", payer, rule.payers),
            ("state", state, rule.states),
            ("place", place, rule.places),
            ("funding", funding, rule.funding),
        )
        if any(given is not None and allowed and given not in allowed for _, given, allowed in limits):
            continue
        if rule.payers and payer is None:
            continue
        group, listing = _standing(rule, code, on)
        unknown = [name for name, given, allowed in limits if allowed and given is None]
        if listing is Listing.NOT_LISTED and rule.kind is RuleKind.AUTHORIZATION and not rule.whole_list:
            continue
        if listing in {Listing.NOT_LISTED, Listing.NOT_YET, Listing.REMOVED}:
            unknown = []  # A code outside of the list stands there in no state and no place.
        elif group is not None and group.only_with:
            unknown.append("only_with")
        findings.append(RuleFinding(rule, listing, group, tuple(unknown)))
    return tuple(findings)


def _outside(rule: Rule, on: date | None) -> bool:
    if on is None:
        return False
    begun = rule.effective_from is None or rule.effective_from <= on
    return not begun or (rule.effective_to is not None and rule.effective_to < on)


def _standing(rule: Rule, code: str, on: date | None) -> tuple[CodeGroup | None, Listing]:
    """The group of a code and where it stands on a day; without a day, where it stands now."""
    if not rule.groups:
        return None, Listing.GENERAL
    for group in rule.groups:
        ended = group.removed.get(code)
        if code not in group.codes and ended is None:
            continue
        if on is not None and group.since is not None and on < group.since:
            return group, Listing.NOT_YET
        if ended is not None and (on is None or on > ended):
            return group, Listing.REMOVED
        return group, Listing.LISTED
    return None, Listing.NOT_LISTED


def _groups(head: Fields, sources: Mapping[str, Source]) -> tuple[CodeGroup, ...]:
    places: list[tuple[str, Node]] = []

    def read(fields: Fields) -> CodeGroup:
        for key in ("codes", "only_with"):
            for node in fields.text_nodes(key):
                check_code(node, fields.faults)
                if key == "codes":
                    places.append((node.text, node))
        if fields.has("codes") and not fields.items("codes"):
            fields.faults.add(fields.place("codes"), "a group needs at least one code", "List its codes.")
        removed = _removed(fields, places)
        return CodeGroup(
            id=fields.name("id"),
            label=fields.text("label"),
            codes=fields.texts("codes"),
            citation=read_citation(fields, sources),
            since=fields.known_day("since"),
            only_with=fields.texts("only_with"),
            removed=MappingProxyType(removed),
            note=fields.text("note"),
        )

    required, optional = ("id", "label", "codes", "source"), ("since", "only_with", "removed", "note")
    groups = read_list(head, "groups", read, required, optional, unique="id")
    refuse_repeats(places, head.faults, "in the groups")
    return groups


def _removed(fields: Fields, places: list[tuple[str, Node]]) -> dict[str, date]:
    """The last day of each code that was taken out again."""
    entries = fields.entries("removed")
    place = fields.place("removed")
    names = [key.text for key, _ in entries]
    inner = Fields(MapNode(entries, place.line, place.column), fields.faults, "'removed'", optional=names)
    for key, _ in entries:
        check_code(key, fields.faults)
        places.append((key.text, key))
    return {name: inner.day(name) for name in names}


def _examples(head: Fields) -> tuple[RuleExample, ...]:
    def read(fields: Fields) -> RuleExample:
        return RuleExample(
            name=fields.text("name"),
            code=fields.text("code"),
            plan=fields.word("plan", PLANS),
            state=fields.word("state", STATES) or None,
            place=fields.word("place", PLACES) or None,
            date=fields.known_day("date"),
            expect=fields.word("expect", _EXPECTED),
            line=fields.line,
        )

    required, optional = ("name", "code", "plan", "expect"), ("state", "place", "date")
    return read_list(head, "tests", read, required, optional, unique="name")


# What an example may expect: a standing in the list, or that the rule does not reach the request at all.
_EXPECTED = (*(listing.value for listing in Listing), "out_of_reach")
