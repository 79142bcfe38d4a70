"""What can be wrong with a rule that loads."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from praxigen.datafiles import Fault, did_you_mean
from praxigen.library.lint.dates import stale
from praxigen.library.lint.guidelines import UNREAD_HINT, claims_unread, unlocated_sources
from praxigen.library.lint.places import Page
from praxigen.library.rules import find_rules
from praxigen.model.requirement import Payer
from praxigen.model.rule import Rule, RuleExample


def lint_rule(rule: Rule, page: Page, today: date, payers: Mapping[str, Payer] | None) -> Iterator[Fault]:
    """The faults of one rule. `payers` is None where their list has faults of its own."""
    yield from stale(page, rule.last_verified, rule.review_every_days, today)
    yield from unlocated_sources(rule.sources, page)
    for number, group in enumerate(rule.groups):
        if claims_unread(group.citation):
            message = f"the group {group.id!r} claims to be binding, but was not read"
            yield page.error(page.of("groups", number, "source"), "binding-unread", message, UNREAD_HINT)
    for number, payer in enumerate(rule.payers):
        if payers is not None and payer not in payers:
            hint = did_you_mean(payer, payers) or "Add it to payers.yaml."
            yield page.error(page.of("payers", number), "unknown-payer", f"no payer is called {payer!r}", hint)
    if not rule.examples:
        message = f"no example shows what {rule.id!r} reaches"
        yield page.error(page.of("id"), "untested", message, "Add one under 'tests'.")
    for example in rule.examples:
        found = stands(rule, example)
        if found != example.expect:
            message = f"the example {example.name!r} expects {example.expect!r}, but the rule says {found!r}"
            place = page.at_line(example.line, "expect")
            yield page.error(place, "wrong-example", message, "Correct the rule or the example.")


def stands(rule: Rule, example: RuleExample) -> str:
    """Where the code of an example stands in its rule; out_of_reach where the rule does not speak of the request."""
    payer = rule.payers[0] if rule.payers else None
    found = find_rules(
        (rule,),
        example.code,
        example.plan,
        payer=payer,
        state=example.state,
        place=example.place,
        on=example.date,
    )
    return found[0].listing.value if found else "out_of_reach"
