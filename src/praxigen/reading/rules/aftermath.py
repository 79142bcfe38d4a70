"""Pain that stayed or came back after an operation on the spine, where the note tells the two together."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from praxigen.model.fact import Fact, State, Who
from praxigen.reading.context import Context
from praxigen.reading.patterns import Pattern

_PAINS = ("symptom.pain", "symptom.axial_pain", "symptom.limb_pain", "symptom.radicular", "symptom.neuropathic_pain")
_NEAR = 320  # characters between the operation and the pain
_STILL = Pattern(
    r"\b(?:persist\w*|continu\w*|recurr\w*|return\w*|again|since|never|still|worse\w*|residual|chronic"
    r"|ongoing|came back|now|same|despite|after|following|status post|s/p|new|intractable|post|develop\w*"
    r"|presents?|complain\w*)\b",
    re.IGNORECASE,
)
_WELL = Pattern(
    r"\b(?:full recovery|did well|done well|complete(?:ly)? (?:relief|resol\w+)|asymptomatic|no (?:pain"
    r"|symptoms|back|trouble)|symptom[- ]free|pain[- ]free|symptoms resolved|subsequently improved"
    r"|(?:much|greatly|markedly|significantly|substantially|considerably|dramatically|nicely) (?:improved|better|less)"
    r"|excellent (?:result|relief|recovery)|stayed away|has not (?:returned|come back|recurred))\b",
    re.IGNORECASE,
)
_GONE = Pattern(
    r"\b(?:pain[- ]free|free of pain|completely gone|entirely gone|no (?:further |residual |more "
    r"|recurrent )?(?:back |leg |neck |arm |limb )*(?:pain|symptoms)|full recovery|asymptomatic"
    r"|(?:pain|symptoms|sciatica) (?:vanished|disappeared|went away|has stayed away|stayed away)|stayed away"
    r"|(?:complete|full|total) (?:relief|resolution) of (?:his|her|the|their) (?:\w+ )?(?:pain|symptoms|sciatica)"
    r"|has not returned|did not return|resolved completely|completely resolved|without (?:residual "
    r"|recurrent )?pain)\b",
    re.IGNORECASE,
)
# "Back pain, status post back surgery."
_PAIN_AFTER = Pattern(
    r"(?<!\bno )(?<!knee )(?<!hip )(?<!shoulder )(?<!chest )(?<!abdominal )(?<!foot )(?<!joint"
    r" )\bpain,?\s+(?:status[- ]post"
    r"|s/p)\s+(?:\w+\s+){0,4}?(?:back|neck|spin\w+|lumbar|cervical|lamin\w+|fusion|dis[ck]ectomy|decompression)\b",
    re.IGNORECASE,
)
# Pain that names no part of the body, told of as there now.
_UNNAMED = Pattern(
    r"(?<!\bno )(?<!\bno more )(?<!\bdenies )(?<!\bwithout )(?<!\bif )"
    r"\b(?:(?:greatly |progressively |severe |constant |significant )?(?:increasing|increased|progressive"
    r"|worsening|persistent"
    r"|recurrent|intractable|ongoing|continued|continuing|residual)(?: \w+)? pain\b(?! (?:control"
    r"|management|clinic|relief))"
    r"|(?:pains?|symptoms|sciatica|it) (?:has |have |had )?(?:\w+ )?(?:returned|recurred|persists?|persisted"
    r"|c[ao]me (?:back|again)"
    r"|never left|continues)"
    r"|(?:not|never|n't)(?: \w+){0,3}? (?:a|one) (?:single |good |comfortable )?day(?:'s peace)? (?:without"
    r"|free (?:of|from)) (?:\w+ )?(?:pain|it)"
    r"|(?:hurt|hurting|in pain|painful|pain) ever since)",
    re.IGNORECASE,
)
# "Was operated on in 2016, and after three good months the pains came again."
_CAME_AGAIN = Pattern(
    r"\b(?:operat\w+|surger\w+|fus(?:ion|ed)|\w*ectomy|decompress\w+)\b[^;]{0,140}?\b(?:pains?|symptoms|sciatica"
    r"|trouble|it)\s+"
    r"(?:has |have |had |then |soon |all )*(?:returned|recurred|came (?:back|again)|come (?:back|again)|was back"
    r"|were back|started again"
    r"|never left)\b",
    re.IGNORECASE,
)
_PLACES = frozenset(
    {
        "history",
        "opening",
        "assessment",
        "diagnosis",
        "indications",
        "other",
        "trial",
        "prior_treatment",
        "imaging",
        "records",
        "plan",
    }
)


def aftermath_facts(context: Context, facts: Iterable[Fact]) -> Iterator[Fact]:
    """A current pain told close after an operation that was done before, or named as what is left of it."""
    facts = list(facts)
    operations = [
        f for f in facts if "history.spine_surgery" in f.kinds and f.state is State.DONE and f.who is Who.PATIENT
    ]
    pains = [
        f
        for f in facts
        if f.concept in _PAINS and f.state is State.PRESENT and f.who is Who.PATIENT and f.section in _PLACES
    ]
    around: dict[int, list[Fact]] = {}  # so that a long chart is not compared with itself
    for pain in pains:
        stretch = pain.quote.start // (_NEAR + 1)
        for near in (stretch - 1, stretch, stretch + 1):
            around.setdefault(near, []).append(pain)
    for operation in operations:
        for pain in around.get(operation.quote.start // (_NEAR + 1), ()):
            start, end = sorted((operation.quote.start, pain.quote.start))
            if end - start > _NEAR:
                continue
            stop = max(operation.quote.end, pain.quote.end)
            told = context.text[start:stop]
            if _WELL.search(told) or not _STILL.search(told):
                continue
            yield replace(
                pain,
                concept="history.pain_after_surgery",
                kinds=("history.pain_after_surgery",),
                rule="aftermath",
                basis=operation.quotes() if operation.quote != pain.quote else (),
            )
            break
        else:
            yield from _unnamed(context, operation)
    if operations and not pains:
        yield from _free_of_pain(context, operations)


def _unnamed(context: Context, operation: Fact) -> Iterator[Fact]:
    """ "Status post fusion. The patient reports greatly increasing pain": no part of the body is named, nor another."""
    if operation.section not in _PLACES:
        return
    if _PAIN_AFTER.search(operation.quote.text) and not _WELL.search(operation.quote.text):
        yield replace(
            operation,
            concept="history.pain_after_surgery",
            kinds=("history.pain_after_surgery",),
            state=State.PRESENT,
            rule="aftermath.status-post",
        )
        return
    again = _CAME_AGAIN.search(operation.quote.text)
    if again is not None and not _WELL.search(again.group()):
        yield replace(
            operation,
            concept="history.pain_after_surgery",
            kinds=("history.pain_after_surgery",),
            state=State.PRESENT,
            rule="aftermath.came-again",
        )
        return
    told = context.text[operation.quote.end : operation.quote.end + _NEAR]
    match = _UNNAMED.search(told)
    if match is None or _WELL.search(told[: match.end()]):
        return
    start = operation.quote.end + match.start()
    sentence = context.page.sentence_at(start)
    if sentence is None:
        return
    section = sentence.section
    # Under another heading the pain may be any pain.
    if section.kind not in _PLACES or sentence.general or not section.start <= operation.quote.start < section.end:
        return
    yield replace(
        operation,
        concept="history.pain_after_surgery",
        kinds=("history.pain_after_surgery",),
        state=State.PRESENT,
        rule="aftermath.unnamed",
        quote=context.quote_span(sentence.start, sentence.end),
        basis=operation.quotes(),
    )


def _free_of_pain(context: Context, operations: list[Fact]) -> Iterator[Fact]:
    """The note says that the operation took the pain away, and tells of no pain now."""
    for operation in operations:
        told = context.text[operation.quote.start : operation.quote.end + _NEAR]
        match = _GONE.search(told)
        if match:
            start = operation.quote.start + match.start()
            quote = context.quote_span(start, operation.quote.start + match.end())
            yield replace(
                operation,
                concept="history.pain_after_surgery",
                kinds=("history.pain_after_surgery",),
                state=State.ABSENT,
                rule="aftermath.free",
                quote=quote,
                basis=operation.quotes(),
            )
            return
