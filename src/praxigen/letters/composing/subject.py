"""What a letter is about, by rule: people, numbers, codes with units, diagnoses by the official table, and days.

These are the parts that letters written by machines drop or get wrong; here each is looked up, or asked for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from praxigen.codesets import DiagnosisState, look_up_diagnosis
from praxigen.letters.composing.letter import Field, Table
from praxigen.letters.composing.matter import FIELDS, Matter
from praxigen.letters.composing.sentence import RecordSupport, Sentence, gap, plain, record
from praxigen.model.document import Document
from praxigen.model.report import Report

_CODE = re.compile(r"(?<![\w.])[A-TV-Z][0-9][0-9AB]\.[0-9A-Z]{1,4}(?![\w])")


def value(matter: Matter, name: str) -> Sentence:
    """A field's value with its origin, or the placeholder that asks for it."""
    found = matter.value(name)
    return record(plain(found.value), found) if found else gap(FIELDS[name])


def subject_table(matter: Matter, *, answered: bool) -> Table:
    """The block at the head of a letter. `answered`: whether the payer has decided already."""
    request = matter.report.request
    fields = [
        Field("Patient", value(matter, "patient")),
        Field("Date of birth", value(matter, "birth")),
        Field("Member number", value(matter, "member_id")),
        *_optional(matter, "Group number", "group_number"),
        Field("Payer", record(matter.payer_name, RecordSupport("payer", matter.payer_name, "library"))),
        *_references(matter, answered=answered),
        *([Field("Decision of", value(matter, "decision_date"))] if answered else []),
        *(Field("Service", each) for each in services(matter)),
        *(Field("Diagnosis", each) for each in diagnoses(matter)),
        Field("Date of service", _day(request.date)),
        *_optional(matter, "Period asked for", "period"),
        Field("Performed by", value(matter, "provider")),
        *_optional(matter, "Place of service", "facility"),
    ]
    return Table(tuple(fields))


def services(matter: Matter) -> Iterator[Sentence]:
    """Each procedure code with its label and units."""
    for entry in matter.report.codes:
        supports = [RecordSupport("code", entry.code, "request")]
        text = f"{entry.system} {entry.code}" + (f" ({entry.label})" if entry.label else "")
        if entry.label:
            supports.append(RecordSupport("label", entry.label, "library"))
        units = matter.units.get(entry.code) or matter.value("units")
        if units is None:
            yield Sentence(gap("").kind, plain(f"{text}, units: [{FIELDS['units']}]"), tuple(supports))
        else:
            yield record(plain(f"{text}, units: {units.value}"), *supports, units)


def diagnoses(matter: Matter) -> Iterator[Sentence]:
    """Each diagnosis as the official table of that day has it; a code that no claim accepts is asked about."""
    day = matter.report.request.date
    if not matter.diagnoses or day is None:
        yield gap("diagnosis code (ICD-10-CM) for which the service is asked")
        return
    for each in matter.diagnoses:
        found = look_up_diagnosis(each.value, day)
        if found.state is DiagnosisState.BILLABLE:
            title = RecordSupport("title", found.title, "ICD-10-CM")
            yield record(
                plain(f"{found.code} {found.title}"), RecordSupport("diagnosis", found.code, each.origin), title
            )
        else:
            instead = f" Codes under or in place of it: {', '.join(found.instead)}." if found.instead else ""
            yield gap(f"diagnosis code: {found.code} is not one that a claim of {day.isoformat()} accepts.{instead}")


def diagnosis_notes(matter: Matter) -> Iterator[str]:
    """What a person should know of the diagnoses: a side left open, an edition that does not reach the day."""
    day = matter.report.request.date
    for each in matter.diagnoses if day else ():
        for line in look_up_diagnosis(each.value, day).says if day else ():
            yield f"{each.value}: {line}"


def diagnoses_in_chart(report: Report) -> Iterator[RecordSupport]:
    """The codes that the chart names and that the payer's requirement lists; other codes are other conditions."""
    listed = {each.code for each in report.requirement.diagnoses}
    seen = set()
    for found in _CODE.finditer(report.document.text):
        code = found[0]
        if code in listed and code not in seen and _is_used(report.document, found.start()):
            seen.add(code)
            yield RecordSupport("diagnosis", code, "chart", report.document.quote(*found.span()))


def _is_used(document: Document, offset: int) -> bool:
    return not any(span.start <= offset < span.end for span in document.unused)


def _day(day: date | None) -> Sentence:
    if day is None:
        return gap("date of service")
    return record(day.isoformat(), RecordSupport("date_of_service", day.isoformat(), "request"))


def _optional(matter: Matter, label: str, name: str) -> list[Field]:
    return [Field(label, value(matter, name))] if matter.value(name) else []


def _references(matter: Matter, *, answered: bool) -> list[Field]:
    if matter.references:
        return [
            Field(
                f"{each.field.capitalize()} number" if each.field != "reference" else "Reference",
                record(each.value, each),
            )
            for each in matter.references
        ]
    return [Field("Reference", value(matter, "reference"))] if answered or matter.value("reference") else []
