"""Document in, facts out: the one way into reading."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from praxigen.lexicon import Lexicon, open_lexicon
from praxigen.model.document import Document
from praxigen.model.fact import Fact
from praxigen.reading.collector import collector_at_rest
from praxigen.reading.context import Context
from praxigen.reading.page import Page, Terms
from praxigen.reading.rules.aftermath import aftermath_facts
from praxigen.reading.rules.age import age_facts
from praxigen.reading.rules.blocks import block_facts
from praxigen.reading.rules.care import care_facts
from praxigen.reading.rules.concluded import as_concluded
from praxigen.reading.rules.cord import cord_deficit_facts, cord_facts
from praxigen.reading.rules.counseling import counseling_facts
from praxigen.reading.rules.device_benefit import device_benefit_facts
from praxigen.reading.rules.disability_scales import disability_scale_facts
from praxigen.reading.rules.escalated import as_escalated
from praxigen.reading.rules.evaluations import evaluation_facts
from praxigen.reading.rules.examination import examination_facts
from praxigen.reading.rules.findings import finding_facts
from praxigen.reading.rules.fractures import fracture_facts
from praxigen.reading.rules.fusions import fusion_facts
from praxigen.reading.rules.guidance import guidance_facts
from praxigen.reading.rules.imaging import imaging_facts
from praxigen.reading.rules.joints import joint_facts
from praxigen.reading.rules.lasting import lasting_facts
from praxigen.reading.rules.limb_stories import borne_out, limb_story_facts
from praxigen.reading.rules.measures import measure_facts
from praxigen.reading.rules.mental_opinions import mental_opinion_facts
from praxigen.reading.rules.onset import onset_facts
from praxigen.reading.rules.operated import operated_facts
from praxigen.reading.rules.operations import operation_facts
from praxigen.reading.rules.other_nerves import without_other_nerves
from praxigen.reading.rules.pain_course import pain_course_facts
from praxigen.reading.rules.provocation import provocation_facts
from praxigen.reading.rules.reflexes import reflex_facts
from praxigen.reading.rules.requests import request_facts
from praxigen.reading.rules.scores import score_facts
from praxigen.reading.rules.screening import screening_facts
from praxigen.reading.rules.shown import shown_facts
from praxigen.reading.rules.substances import substance_facts
from praxigen.reading.rules.surgical_opinions import one_kind_refused, surgical_opinion_facts
from praxigen.reading.rules.therapy_notes import therapy_note_facts
from praxigen.reading.rules.told_next import told_next
from praxigen.reading.rules.trial_effects import trial_effect_facts
from praxigen.reading.rules.trial_stories import trial_story_facts
from praxigen.reading.rules.trials import trial_facts
from praxigen.reading.rules.unsuitable import unsuitable_facts
from praxigen.reading.rules.urgency import urgency_facts
from praxigen.reading.treatments import treatment_facts
from praxigen.reading.view import stretches


@cache
def terms(lexicon: Lexicon | None = None) -> Terms:
    """The lexicon ready to find, built once."""
    return Terms(lexicon or open_lexicon())


def read_facts(document: Document, lexicon: Lexicon | None = None) -> tuple[Fact, ...]:
    """Every fact of a document, in order of place. Each fact's quotes are exact spans of the document.

    Each part of a chart is read for itself: "six weeks ago" counts from the day of its own note.
    """
    with collector_at_rest():
        return _read(document, terms(lexicon))


def _read(document: Document, found: Terms) -> tuple[Fact, ...]:
    parts = [
        (stretch, Context(Page(stretch.note(), found), stretch.day))
        for stretch in stretches(document, found.knows)
        if stretch.text.strip()
    ]
    _share_region([context for _, context in parts])
    facts = [stretch.in_document(fact) for stretch, context in parts for fact in _read_part(context)]
    for fact in facts:
        for quote in fact.quotes():
            document.prove(quote)
    return tuple(sorted(facts, key=lambda fact: (fact.quote.start, fact.quote.end, fact.concept, fact.rule)))


def _share_region(contexts: Sequence[Context]) -> None:
    """Let a note that names no place be about the one region that the other notes of its chart are about."""
    if len(contexts) < 2:
        return
    regions = {context.own_region for context in contexts} - {None}
    for context in contexts:
        if len(regions) == 1 and context.names_no_place:
            (context.chart_region,) = regions


def _read_part(context: Context) -> list[Fact]:
    facts = [
        *finding_facts(context),
        *limb_story_facts(context),
        *reflex_facts(context),
        *onset_facts(context),
        *treatment_facts(context),
        *therapy_note_facts(context),
        *imaging_facts(context),
        *operation_facts(context),
        *operated_facts(context),
        *surgical_opinion_facts(context),
        *evaluation_facts(context),
        *mental_opinion_facts(context),
        *trial_facts(context),
        *trial_story_facts(context),
        *block_facts(context),
        *disability_scale_facts(context),
        *guidance_facts(context),
        *request_facts(context),
        *pain_course_facts(context),
        *substance_facts(context),
        *counseling_facts(context),
        *screening_facts(context),
        *unsuitable_facts(context),
        *trial_effect_facts(context),
        *device_benefit_facts(context),
        *age_facts(context),
        *care_facts(context),
        *fracture_facts(context),
        *lasting_facts(context),
        *measure_facts(context),
        *provocation_facts(context),
        *score_facts(context),
        *shown_facts(context),
    ]
    facts = borne_out(context, without_other_nerves(context, facts))
    facts.extend(examination_facts(facts, ("sign.normal_examination",)))
    facts.extend(cord_facts(facts, context.page.lexicon.kinds["diagnosis.myelopathy"]))
    facts = list(told_next(context, facts))
    facts.extend(aftermath_facts(context, facts))
    facts = as_escalated(context, one_kind_refused(context, as_concluded(facts)))
    facts.extend(joint_facts(context, facts))
    facts.extend(fusion_facts(context, facts))
    facts.extend(urgency_facts(facts, ("redflag.cord_compression", "redflag")))
    facts.extend(cord_deficit_facts(facts, context.page.lexicon.kinds["sign.deficit"]))
    return facts
