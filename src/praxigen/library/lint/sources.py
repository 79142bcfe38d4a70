"""What can be wrong with a source: another policy's number, a first issue for a version, a portal called binding."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date

from praxigen.datafiles import Fault
from praxigen.library.lint.known import Known, KnownPolicy, plain_number
from praxigen.library.lint.places import Page
from praxigen.model.provenance import Read, Source, Trust

# A policy text that has stood unrevised for longer than this is rare enough for a word about it.
LONG_YEARS = 10

_NUMBER = re.compile(
    r"\b(CPB[ -]?[0-9]{4}|CMM-?[0-9]{3}|NCD[ -]?[0-9]+(?:\.[0-9]+)+|[LA][0-9]{5}|[0-9]+(?:\.[0-9]+)+)\b", re.IGNORECASE
)
_COVERAGE = re.compile(
    r"\b([LA][0-9]{5}|NCD|LCD|LCA|local coverage|national coverage|coverage determination)\b", re.IGNORECASE
)
_SUBJECT = r"(?:criteria|thresholds?|limits|numbers|figures|rules|details|requirements)"
_ONLY = r"(?:only|solely|shown|behind|inside|not public|after (?:log|sign)|once the case)"
_PORTAL_ONLY = re.compile(
    rf"^(?=.*\bportal\b)(?!.*\bnot only\b)(?=.*\b{_SUBJECT}\b)(?=.*\b{_ONLY})|\bportal decides\b", re.IGNORECASE
)


def lint_sources(
    sources: Mapping[str, Source], page: Page, known: Known, verified: date, subject: str
) -> Iterator[Fault]:
    """The faults of the sources of one file. `subject` is what the file is about, in its own words."""
    for name, source in sources.items():
        yield from _number(name, source, page, known, subject)
        yield from _effective(name, source, page, known, verified)
        if source.trust is Trust.BINDING and says_portal_only(f"{source.title}. {source.note}"):
            message = f"the source {name!r} is called binding, but its own text says that the criteria are in a portal"
            hint = "Write 'trust: portal_only' where nobody outside the portal can read them, or 'trust: proxy'."
            yield page.error(page.of("sources", name, "trust"), "portal-binding", message, hint)


def says_portal_only(text: str) -> bool:
    """Whether a text says that the criteria stand in a portal and nowhere else."""
    return any(_PORTAL_ONLY.search(part) for part in re.split(r"(?<=[.;!?])\s+", " ".join(text.split())))


def is_coverage_rule(source: Source) -> bool:
    """Whether a source is a Medicare coverage rule, which never says whether prior authorization is needed."""
    return _COVERAGE.search(f"{source.number or ''} {source.title}") is not None


def cited_numbers(source: Source) -> tuple[str, ...]:
    """The policy numbers that a source names, in its number and otherwise in its title."""
    found = _NUMBER.findall(source.number or "") or ([source.number] if source.number else [])
    return tuple(dict.fromkeys(plain_number(number) for number in found or _NUMBER.findall(source.title)))


def _number(name: str, source: Source, page: Page, known: Known, subject: str) -> Iterator[Fault]:
    place = page.of("sources", name, "number" if source.number else "title")
    spoken = f"{source.title} {subject}"
    for number in cited_numbers(source):
        right = _mistaken(number, spoken, known)
        if right is not None:
            message = f"{_shown(number, source)} is not {right.publisher}'s policy on this subject"
            yield page.error(place, "policy-subject", message, f"Write {right.number} ({right.subject}).")
            continue
        policy = known.policies.get(number)
        if policy is not None and not policy.is_about(spoken):
            message = f"{policy.number} is about another subject: {policy.subject}"
            hint = "Correct the number or the title; checks/policy-numbers.yaml lists what each number is about."
            yield page.error(place, "policy-subject", message, hint)


def _mistaken(number: str, spoken: str, known: Known) -> KnownPolicy | None:
    for policy in known.policies.values():
        if policy.is_about(spoken) and number in map(plain_number, policy.mistaken_for):
            return policy
    return None


def _shown(number: str, source: Source) -> str:
    return source.number if source.number and plain_number(source.number) == number else number


def _effective(name: str, source: Source, page: Page, known: Known, verified: date) -> Iterator[Fault]:
    if source.effective is None:
        return
    place = page.of("sources", name, "effective")
    hint = "Write the first day of the version that was read, or 'effective: unknown' with the day in 'note'."
    for number in cited_numbers(source):
        policy = known.policies.get(number)
        if policy is not None and policy.first_issued == source.effective:
            message = f"{source.effective} is the day on which {policy.number} was first issued, not its version's"
            yield page.error(place, "first-issue-date", message, hint)
            return
    years = ((source.retrieved or verified) - source.effective).days / 365.25
    if years > LONG_YEARS and source.read is not Read.FULL_TEXT and not source.note:
        message = f"{source.effective} lies {int(years)} years before the source was read: probably its first issue"
        yield page.error(place, "first-issue-date", message, f"{hint} If it has stood since then, say so in 'note'.")
