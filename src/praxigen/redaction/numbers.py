"""Numbers and addresses that name one person or thing: telephone, e-mail, record, account, license, serial and others.

Most are known by the label before them; what has a form of its own is found without one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from praxigen.redaction.findings import Finding
from praxigen.redaction.kinds import Kind

_EMAIL = re.compile(r"[\w.+-]{1,64}\s?(?:@|\(at\)|\[at\])\s?[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}", re.IGNORECASE)
_TLD = r"(?:com|org|net|edu|gov|health|clinic|care|io|us|info|biz|me|app|link)"
_URL = re.compile(
    r"\b(?:(?:https?|ftp)://[^\s<>\")\]]+|www\.[^\s<>\")\]]+"
    rf"|(?<![@\w.])[\w-]{{2,40}}(?:\.[\w-]{{2,40}}){{0,3}}\.{_TLD}\b(?:/[^\s<>\")\]]*)?)",
    re.IGNORECASE,
)
_IP = re.compile(
    r"(?<![\d.])(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)\.){3}(?:25[0-5]|2[0-4]\d|1?\d?\d)(?![\d.]\d)"
    r"|(?<![\w:])(?:[0-9a-f]{1,4}:){4,7}(?::?[0-9a-f]{1,4}){1,3}(?![\w:])"
    r"|(?<![\w:])(?:[0-9a-f]{2}[:-]){5}[0-9a-f]{2}(?![\w:])",
    re.IGNORECASE,
)
_D = r"[0-9OolISB]"
_PHONE = re.compile(
    rf"(?<![\w-])(?:\+?1[\s.-]?)?(?:\({_D}{{3}}\)[\s.-]{{0,2}}|{_D}{{3}}(?:[.-]|\s[-–]\s?|\s"
    rf"|[–]))[2-9OolI]{_D}{{2}}(?:[.-]|\s[-–]\s?|\s|[–])?{_D}{{4}}(?!\w|-\d|\.\d)"
    r"(?:[ \t]*(?:x|ext\.?|extension)[ \t]*\d{1,6})?",
    re.IGNORECASE,
)
_SHORT_PHONE = re.compile(
    r"\b(?:phone|tel|telephone|ph|cell|mobile|home|work|office|fax|pager|beeper|contact|call(?:ed|back)?|reach(?:ed"
    r"|able)?|at|extension|number(?: is)?)\b\.?"
    r"[ \t:#]*(?:at[ \t]+|is[ \t]+|number[ \t:]*"
    r"|no\.?[ \t]*)?(?P<value>(?:\+?\d{1,3}[ \t.-])?(?:\(?\d{2,4}\)?[ \t.-])?\d{3}[ .-]?\d{4})(?![\d-]|[ \t]*(?:mg"
    r"|ml|units))",
    re.IGNORECASE,
)
_EXTENSION = re.compile(
    r"\b(?:ext|extension)\b\.?[ \t:#]*(?P<value>\d{2,6})\b|\bx(?P<short>\d{3,5})\b(?=[ \t]*[.,;)]|[ \t]*$)",
    re.IGNORECASE | re.MULTILINE,
)
_FAX_BEFORE = re.compile(
    r"\b(?:fax(?:ed)?|f|facsimile)\b(?:[ \t]*(?:no\.?|number|#|to|line))?[ \t:.#)(]*$", re.IGNORECASE
)
_SSN = re.compile(
    rf"(?<![\w-])(?:{_D}{{3}}|[xX*]{{3}})(?:-|–|\s-\s?)(?:{_D}{{2}}|[xX*]{{2}})(?:-|–|\s-\s?){_D}{{4}}(?![\w-])"
)

_VALUE = r"(?P<value>[A-Z0-9][A-Z0-9*_./-]*(?:[ ][A-Z0-9-]*\d[A-Z0-9-]*){0,3})"
_IS = (
    r"(?:[ \t]*(?:number|num|no|nbr|id|code|#|s)\b\.?|[ \t]*#)*[ \t]*(?:\([A-Za-z ]{1,20}\)[ \t]*)?"
    r"(?:[:#=.\-–]|is\b|was\b|of\b|ending(?:[ \t]+in)?\b|(?=[ \t]*[A-Z]{0,4}\d))+[ \t#:]*"
)
# What the label says that the number is. Of several the first that stands at a place decides.
_LABELS: tuple[tuple[Kind, str], ...] = (
    (Kind.SSN, r"ss[n#]|s\.s\.n\.?|social(?:[ \t]+security)?|soc[ \t]sec"),
    (
        Kind.MRN,
        (
            r"m\.?r\.?n\.?|mr[ \t]?#|medical[ \t]+rec(?:ord)?s?|med[ \t]+rec|chart|patient[ \t]+(?:id|identifier|number"
            r"|no|acct|#)|pt[ \t]+(?:id|#|no)|pid|unit[ \t]+(?:number|no|#)|hospital[ \t]+(?:number|no|#)|record|emr"
            r"|ehr|epi|medrec|uhid|person[ \t]+id"
        ),
    ),
    (
        Kind.PLAN,
        (
            r"(?:member|subscriber|enrollee|insured|beneficiary|policy|group|plan|insurance|payer|payor|rx[ \t]?grp"
            r"|rx[ \t]?bin|rx[ \t]?pcn|medicare|medicaid|hicn?|mbi|tricare|dod|health[ \t]+plan"
            r"|coverage|certificate|contract|aetna|cigna|humana|bcbs|uhc)(?:[ \t]+(?:member|policy|group|plan"
            r"|beneficiary|health|insurance))?"
        ),
    ),
    (
        Kind.ACCOUNT,
        (
            r"acc(?:oun)?t|acct|fin|csn|har|visit|encounter|encntr|enc|billing|bank|routing|credit[ \t]+card|card"
            r"|invoice|statement|guarantor[ \t]+acct|contact[ \t]+serial|iban"
        ),
    ),
    (
        Kind.LICENSE,
        (
            r"licen[cs]e|lic|dea|npi|upin|driver'?s?[ \t]+licen[cs]e|d\.?l\.?|state[ \t]+id|passport|certification|cert"
            r"|tin|tax[ \t]+id|ein|clia|taxonomy"
        ),
    ),
    (Kind.VEHICLE, r"vin|vehicle(?:[ \t]+(?:id\w*|identification))?|(?:license[ \t]+)?plates?|tag|registration"),
    (
        Kind.DEVICE,
        (
            r"serial|s/n|sn|ser|udi|imei|device[ \t]+(?:id\w*|serial)|implant[ \t]+(?:id|serial)|lot|lot/sn|batch|gtin"
            r"|generator[ \t]+s/?n|lead[ \t]+s/?n|ipg[ \t]+s/?n|barcode|di"
        ),
    ),
    (
        Kind.BIOMETRIC,
        (
            r"finger[ \t]?prints?|voice[ \t]?prints?|retina\w*[ \t]+(?:scan)?|iris[ \t]+(?:scan|code)|palm[ \t]+(?:vein"
            r"|print)s?|face[ \t]?(?:print|id)|biometric\w*|dna[ \t]+(?:profile|sample)"
        ),
    ),
    (
        Kind.OTHER,
        (
            r"accession|acc|case|claim|auth(?:orization)?|prior[ \t]+auth\w*|reference|ref|order|req(?:uisition)?"
            r"|confirmation|specimen|job|dictation|doc(?:ument)?|transaction|tracking|ticket"
            r"|control|file|report|study|series|image|message|referral|rx|prescription|trial[ \t]+subject|subject|badge"
            r"|employee|student|inmate|military|va|claimant|wcb|adj|jcn|carrier[ \t]+case|tcn|dcn|icn|uuid|guid|oid|id"
            r"|identifier|jobid|session|user|login|username|d|t"
        ),
    ),
)
_NEEDS_HASH_WORDS = (
    "acc case auth ref order req job doc control file report study series image message rx subject va d t visit "
    "card cert tag chart record policy group plan insurance medicare medicaid coverage contract aetna cigna "
    "humana bcbs uhc lic dl d.l. registration lot batch billing statement di ser har fin enc beneficiary member "
    "insured id hic certificate bank tricare dod payer payor confirmation specimen claim referral employee "
    "student user session prescription unit social certification"
)
_NEEDS_HASH = frozenset(_NEEDS_HASH_WORDS.split())
_LONG = re.compile(
    r"(?<![\w.,/$+-])(?P<value>\d{7,20})(?![\w%]|[.,]\d|[ \t]*(?:mg|mcg|ml|units?|iu|cells|copies|cc|x10|/))"
)
_MIXED = re.compile(
    r"(?<![\w/.-])(?=[A-Z0-9-]{7,30}(?![\w-]))(?=[A-Z-]*\d)(?=(?:[A-Z-]*\d){5})(?=\d*-?[A-Z])(?P<value>[A-Z0-9]+(?:-[A-Z0-9]+)*)(?![\w-]|\.\d)"
)
_UUID = re.compile(
    r"\b[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}\b|\burn:(?:oid|uuid):[\w.:-]+|\b[0-2](?:\.\d{1,12}){5,20}\b",
    re.IGNORECASE,
)
_VIN = re.compile(r"\b(?=[A-HJ-NPR-Z0-9]*\d)(?=[A-HJ-NPR-Z0-9]*[A-Z])[A-HJ-NPR-Z0-9]{17}\b")
_HYPHENED = re.compile(r"(?<![\w/.-])\d{2,5}-\d{4,10}(?![\w%-])(?![ \t]*(?:mg|ml|units))")
_DICOM = re.compile(r"(?<![\w-])[A-Z]{1,4}-?\d{5,}(?![\w%-]|\.\d)")
_PLATE = re.compile(
    r"\b(?:license[ \t]+plates?|plates?(?:[ \t]+(?:number|no\.?|#))?"
    r"|plate)[ \t:#]*(?:is[ \t]+)?(?P<value>(?=[A-Z0-9 -]*\d)[A-Z0-9]{1,4}(?:[ -][A-Z0-9]{2,5})?)\b"
)
_DOSES = re.compile(
    r"[ \t]*(?:mg|mcg|ml|%|units?|weeks?|months?|days?|years?|visits?|sessions?|levels?|/10|mm\b|cm\b|degrees)",
    re.IGNORECASE,
)
_PHOTO = re.compile(
    r"(?im)^[ \t]*\[?(?:photo(?:graph)?|image|picture|img|figure)s?\b[^\n\]]{0,60}?\b[\w-]+\.(?:jpe?g|png|tiff?|gif"
    r"|bmp|heic|dcm)\b[^\n\]]{0,20}\]?|\b[\w-]+\.(?:jpe?g|png|tiff?|gif|bmp|heic|dcm)\b"
)


def find_numbers(text: str) -> Iterator[Finding]:
    """Every such number, e-mail and network address."""
    for kind, pattern, rank in (
        (Kind.EMAIL, _EMAIL, 1),
        (Kind.IP, _IP, 1),
        (Kind.URL, _URL, 2),
        (Kind.SSN, _SSN, 1),
        (Kind.PHOTO, _PHOTO, 1),
    ):
        for found in pattern.finditer(text):
            if kind is Kind.URL and found[0].endswith((".", ",")):
                yield _of(kind, text, found.start(), found.end() - 1, rank)
            elif kind is not Kind.SSN or any(letter.isdigit() for letter in found[0]):
                yield _of(kind, text, found.start(), found.end(), rank)
    yield from _phones(text)
    yield from _labelled(text)
    for pattern, kind, rank in (
        (_UUID, Kind.OTHER, 2),
        (_VIN, Kind.VEHICLE, 4),
        (_LONG, Kind.OTHER, 7),
        (_MIXED, Kind.OTHER, 7),
        (_HYPHENED, Kind.OTHER, 7),
        (_DICOM, Kind.OTHER, 7),
    ):
        for found in pattern.finditer(text):
            yield _of(kind, text, found.start(), found.end(), rank)
    for found in _PLATE.finditer(text):
        yield _of(Kind.VEHICLE, text, *found.span("value"), 2)


def _of(kind: Kind, text: str, start: int, end: int, rank: int) -> Finding:
    key = re.sub(r"[^0-9a-z@]", "", text[start:end].lower().translate(str.maketrans("ol", "01")))
    return Finding(start, end, kind, key, rank=rank)


def _phones(text: str) -> Iterator[Finding]:
    for found in _PHONE.finditer(text):
        if sum(letter.isdigit() for letter in found[0]) >= 8:
            yield _of(_phone_or_fax(text, found.start()), text, found.start(), found.end(), 3)
    for found in _SHORT_PHONE.finditer(text):
        start, end = found.span("value")
        yield _of(_phone_or_fax(text, start), text, start, end, 4)
    for found in _EXTENSION.finditer(text):
        start, end = found.span("value") if found["value"] else found.span("short")
        yield _of(Kind.PHONE, text, start, end, 4)


def _phone_or_fax(text: str, start: int) -> Kind:
    return Kind.FAX if _FAX_BEFORE.search(text, max(0, start - 30), start) else Kind.PHONE


def _labelled(text: str) -> Iterator[Finding]:
    for kind, labels in _LABELS:
        pattern = re.compile(rf"(?<![\w])(?P<label>{labels})(?P<is>{_IS}){_VALUE}", re.IGNORECASE)
        for found in pattern.finditer(text):
            finding = _judge(kind, found, text)
            if finding is not None:
                yield finding


def _judge(kind: Kind, found: re.Match[str], text: str) -> Finding | None:
    """The number behind a label, or None where it is none: a word, a dose, a date, a small count."""
    start, value = found.start("value"), found["value"].rstrip("-./_*")
    end = start + len(value)
    if not any(letter.isdigit() for letter in value) or _DOSES.match(text, end):
        return None
    first = value.split(" ")[0]
    if not any(letter.isdigit() for letter in first) and len(first) > 3:
        return None
    sure = bool(re.search(r"[#:=]|\b(?:no|number|num|id|nbr)\b", found["is"], re.IGNORECASE))
    label = re.sub(r"\s+", " ", found["label"].lower())
    digits = sum(letter.isdigit() for letter in value)
    weak = label in _NEEDS_HASH
    if weak and not sure:
        return None
    if digits < (4 if weak or kind is Kind.OTHER else 3) and not (kind is Kind.SSN and digits >= 3):
        return None
    if (
        re.fullmatch(r"\d{1,2}([/.-])\d{1,2}\1(?:\d\d){1,2}|(?:19|20)\d\d[/.-]\d\d?[/.-]\d\d?", first)
        and kind is not Kind.SSN
    ):
        return None
    if " " in value and re.match(r"\d{1,2}[/-]\d{1,2}[/-]\d{2,4}$", value.split(" ")[-1]):
        end = start + len(value.rsplit(" ", 1)[0])
    return _of(kind, text, start, end, 4 if kind is Kind.OTHER else 3)
