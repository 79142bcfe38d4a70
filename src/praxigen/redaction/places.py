"""Where people live, and which facility saw them: everything smaller than a state; of a ZIP code three digits stay."""

from __future__ import annotations

import re
from collections.abc import Iterator

from praxigen.redaction.findings import Finding
from praxigen.redaction.kinds import Kind
from praxigen.redaction.words import Words

_STATES = (
    r"A[LKZR]|C[AOT]|D[EC]|FL|GA|HI|I[DLNA]|K[SY]|LA|M[EDAINSOT]|N[EVHJMYCD]|O[HKR]|PA|RI|S[CD]|T[NX]|UT|V[TA]|W[AVIY]"
)
_STATE_NAMES = (
    r"Alabama|Alaska|Arizona|Arkansas|California|Colorado|Connecticut|Delaware|Florida|Georgia|Hawaii|Idaho|Illinois"
    r"|Indiana|Iowa|Kansas|Kentucky|Louisiana|Maine|Maryland|Massachusetts|Michigan|Minnesota|Mississippi|Missouri"
    r"|Montana|Nebraska|Nevada|New Hampshire|New Jersey|New Mexico|New York|North Carolina|North Dakota|Ohio|Oklahoma"
    r"|Oregon|Pennsylvania|Rhode Island|South Carolina|South Dakota|Tennessee|Texas|Utah|Vermont|Virginia|Washington"
    r"|West Virginia|Wisconsin|Wyoming"
)
# Areas of fewer than 20,000 people in the census of 2000, as the Office for Civil Rights lists them in its guidance.
_SPARSE_WORDS = "036 059 063 102 203 556 692 790 821 823 830 831 878 879 884 890 893"
_SPARSE = frozenset(_SPARSE_WORDS.split())
_SUFFIX = (
    r"street|st|avenue|ave|av|boulevard|blvd|road|rd|drive|dr|lane|ln|court|ct|circle|cir|place|pl|terrace|ter|way"
    r"|parkway|pkwy"
    r"|highway|hwy|trail|trl|square|sq|loop|alley|plaza|crossing|run|row|path|pike|expressway|crescent|commons"
)
_PROPER_SUFFIX = "|".join(f"{word.capitalize()}|{word.upper()}" for word in _SUFFIX.split("|"))
_UNIT = (
    r"(?:[ \t]*,?[ \t]*(?:apt|apartment|suite|ste|unit|floor|fl|bldg|building|room|rm|lot|#)"
    r"\.?[ \t]*#?[ \t]*[\w-]{1,6})"
)
_STREET = re.compile(
    rf"(?<![\w/.,-])\d{{1,6}}[A-Z]?(?:-\d{{1,4}})?[ \t]+(?:(?:[NSEW]{{1,2}}|North|South|East|West)\.?[ \t]+)?"
    rf"(?:(?:[A-Z][\w'’.-]*|\d{{1,3}}(?:st|nd|rd|th))[ \t]+){{1,4}}?(?:{_PROPER_SUFFIX})\b\.?(?:[ \t]+(?:[NSEW]{{1,2}}"
    rf"|North|South|East|West)\b\.?)?(?i:{_UNIT})?"
)
_LOW_STREET = re.compile(
    rf"(?<![\w/.,-])\d{{1,6}}[ \t]+(?:(?:north|south|east|west|[nsew])\.?[ \t]+)?(?:(?:[a-z][\w'’.-]*"
    rf"|\d{{1,3}}(?:st|nd|rd|th))[ \t]+){{1,3}}?"
    r"(?:street|avenue|ave|boulevard|blvd|road|rd|lane|ln|(?:st|drive|dr|court|circle|terrace|place)(?=[ \t]*,"
    rf"|[ \t]*$|[ \t]*\.|[ \t]+(?:apt|unit|suite|ste|#)))\b\.?(?:{_UNIT})?",
    re.IGNORECASE | re.MULTILINE,
)
_BOX = re.compile(
    r"\bP\.?[ \t]?O\.?[ \t]?Box[ \t]+\d+|\b(?:rural route|rr|hc)[ \t]*#?\d+[ \t,]+box[ \t]+\d+"
    r"|(?<!operative )(?<!operating )(?<!surgical )\b(?:apt|apartment|suite|ste)\.?[ \t]*#?[ \t]*\d+[a-z]?\b",
    re.IGNORECASE,
)
_ADDRESS = re.compile(
    r"\b(?:(?:home|mailing|street|billing|postal|permanent|current"
    r"|work)[ \t]+)?address(?:[ \t]+(?:line)?[ \t]*[12])?[ \t]*[:=][ \t]*(?P<value>[^\n|;]{3,90}?)(?=[ \t]{2,}|\t"
    r"|\n|\||;|$|[ \t]+(?:phone|tel|fax|dob|city|email|mrn)\b)",
    re.IGNORECASE,
)
_CITY_STATE = re.compile(
    rf"\b(?P<city>[A-Z][\w'’.-]+(?:[ \t]+[A-Z][\w'’.-]+){{0,3}})(?P<comma>,[ \t]*"
    rf"|[ \t]+)(?:(?P<state>(?:{_STATES})\b|(?:{_STATE_NAMES})\b))(?:,?[ \t]+(?P<zip>\d{{5}}(?:-\d{{4}})?))?(?!\w)"
)
_LOW_CITY_STATE = re.compile(
    rf"\b(?P<city>[a-z][a-z'’.-]+(?:[ \t]+[a-z]+){{0,2}}),?[ \t]+(?P<state>{_STATES.lower()}"
    rf"|{_STATES})[ \t]+(?P<zip>\d{{5}}(?:-\d{{4}})?)\b",
    re.IGNORECASE,
)
_ZIP = re.compile(
    r"\b(?:zip(?:[ \t]?code)?|postal[ \t]?code)[ \t]*[:#=]?[ \t]*(?:is[ \t]+)?(?P<zip>\d{5}(?:-\d{4})?)\b",
    re.IGNORECASE,
)
_CITY = re.compile(
    r"\b(?:city|town|county|municipality|borough|parish|village|birth ?place|hometown"
    r"|precinct)[ \t]*[:=][ \t]*(?P<city>[A-Za-z][A-Za-z'’. -]{1,40}?)(?=[ \t]{2,}|\t|\n|[,;|]|$|[ \t]+(?:state|zip"
    r"|county|phone)\b)",
    re.IGNORECASE,
)
_LIVES = re.compile(
    r"\b(?:(?:[Ll]iv(?:es|ed|ing)|[Rr]esid(?:es|ed|ing)|[Ww]orks|[Ww]orked|[Ww]orking|[Bb]orn|[Rr]aised|[Hh]ome"
    r"|[Hh]ouse|[Aa]partment|[Gg]rew up|[Ss]taying|[Rr]etired|[Vv]acation\w*|[Dd]ied|[Aa]ccident|[Cc]rash|[Ss]een"
    r"|[Ff]armer|[Pp]ractice[sd]?)(?:[ \t]+\w+){0,4}?"
    r"[ \t]+(?:in|near|outside|to|at)|[Mm]oved(?:[ \t]+(?:here|back|away|up|down))?[ \t]+(?:from|to)|(?:resident"
    r"|native|citizen|suburb|town|city|village|county|outskirts)[ \t]+of|[Tt]ravel(?:s|ed|ing|led)[ \t]+(?:to|from)"
    r"|[Dd]rove[ \t]+(?:in[ \t]+)?from|[Dd]rives[ \t]+(?:in[ \t]+)?from|[Cc]omes?[ \t]+from|[Rr]eturned[ \t]+from"
    r"|[Ff]rom|[Ii]n|[Nn]ear)"
    r"[ \t]+(?P<city>(?:(?:[Dd]owntown|[Nn]orthern|[Ss]outhern|[Ee]astern|[Ww]estern|[Rr]ural"
    r"|[Tt]he)[ \t]+)?(?P<proper>(?:St\.[ \t]+|Mt\.[ \t]+"
    r"|Ft\.[ \t]+)?[A-Z][a-z'’]+(?:[ \t]+(?:[A-Z][a-z'’]+)){0,2}))"
)
_BARE_CUES = frozenset({"from", "in", "near"})
_COUNTY = re.compile(r"\b(?P<city>(?:[A-Z][\w'’.-]+[ \t]+){1,2})(?:County|Township|Parish|Borough)\b")
# States whose letters are a degree as well: without a ZIP code "Jane Roe, MD" is no town in Maryland.
_DEGREES = frozenset({"MD", "PA", "MA", "DC", "MS", "OD"})
_CAPITALS = r"(?:[A-Z][\w'’.&-]*|(?:St|Mt|Ft)\.|&|of|and|the|de|la|del)"


def zip_digits(code: str) -> str:
    """What may stay of a ZIP code: three digits, or 000 for areas where few people live."""
    return ("000" if code[:3] in _SPARSE else code[:3]) + "**"


def find_places(text: str, words: Words) -> Iterator[Finding]:
    """Streets, towns, counties and ZIP codes."""
    for pattern, rank in ((_STREET, 2), (_LOW_STREET, 3), (_BOX, 3)):
        for found in pattern.finditer(text):
            if pattern is not _LOW_STREET or _is_street(found[0], words):
                yield _place(text, found.start(), found.end(), rank)
    yield from _towns(text, words)


def _towns(text: str, words: Words) -> Iterator[Finding]:
    for found in _ADDRESS.finditer(text):
        yield from _address(text, *found.span("value"))
    for pattern in (_CITY_STATE, _LOW_CITY_STATE):
        for found in pattern.finditer(text):
            yield from _city_state(found, text, words)
    for found in _ZIP.finditer(text):
        yield Finding(*found.span("zip"), Kind.ZIP, write=zip_digits(found["zip"]), rank=1)
    for found in _CITY.finditer(text):
        yield _place(text, *found.span("city"), 3)
    for found in _COUNTY.finditer(text):
        if not all(words.is_plain(word.lower()) for word in found["city"].split()):
            yield _place(text, found.start("city"), found.start("city") + len(found["city"].rstrip()), 3)
    for found in _LIVES.finditer(text):
        if _is_town(found, words):
            yield _place(text, *found.span("proper"), 6)


def _place(text: str, start: int, end: int, rank: int) -> Finding:
    return Finding(start, end, Kind.PLACE, " ".join(text[start:end].lower().split()), rank=rank)


def _is_street(found: str, words: Words) -> bool:
    """Whether a street in small letters has a name: "20 minutes at a rd" has none."""
    between = re.findall(r"[a-z]+", found.lower())[:-1]
    units = {
        "mg",
        "mcg",
        "ml",
        "weeks",
        "days",
        "months",
        "years",
        "hours",
        "minutes",
        "to",
        "and",
        "of",
        "in",
        "the",
        "with",
        "on",
        "at",
        "for",
        "times",
        "by",
        "is",
        "was",
    }
    return bool(between) and not units & set(between) and not all(words.is_kept(word) for word in between)


def _address(text: str, start: int, end: int) -> Iterator[Finding]:
    """A labelled address, without its state and ZIP code, which are found by themselves."""
    tail = re.search(
        rf",?[ \t]+(?:{_STATES}|{_STATE_NAMES})?\.?,?[ \t]*(?P<zip>\d{{5}}(?:-\d{{4}})?)?[ \t]*$", text[start:end]
    )
    stop = start + tail.start() if tail and tail[0].strip() else end
    if tail and tail["zip"]:
        at = start + tail.start("zip")
        yield Finding(at, at + len(tail["zip"]), Kind.ZIP, write=zip_digits(tail["zip"]), rank=1)
    yield _place(text, start, stop, 3)


def _city_state(found: re.Match[str], text: str, words: Words) -> Iterator[Finding]:
    city = found["city"].lower().split()
    code = found["zip"]
    if code:
        yield Finding(*found.span("zip"), Kind.ZIP, write=zip_digits(code), rank=1)
    elif "," not in found["comma"] or found["state"] in _DEGREES or all(words.is_kept(word) for word in city):
        return
    start, end = found.span("city")
    for word in list(city):  # "Orthopedics Lakewood, CO": what is no part of the town's name
        if words.is_kept(word.strip(".")) and len(city) > 1:
            start += len(re.match(r"\S+\s+", text[start:end])[0])  # type: ignore[index]
            city = city[1:]
        else:
            break
    if not code and len(found["state"]) == 2 and city[-1] in {"the", "dr", "patient"}:
        return
    yield _place(text, start, end, 3)


def _is_town(found: re.Match[str], words: Words) -> bool:
    proper = found["proper"].lower().split()
    if re.fullmatch(_STATE_NAMES, found["proper"], re.IGNORECASE) or any(words.is_kept(word) for word in proper):
        return False
    if proper[-1].endswith(("'s", "’s", "ics", "ology")) or any(word in words.generic for word in proper):
        return False
    cue = found[0][: found.start("city") - found.start()].lower().split()
    if len(cue) == 1 and cue[0] in _BARE_CUES:
        # "from Lakewood": only a word that nobody writes in small letters.
        after = found.string[found.end() : found.end() + 1]
        return (
            cue[0] != "in"
            and (len(proper) > 1 or proper[0] not in words.ordinary)
            and after in {"", ".", ",", " ", "\n"}
        )
    return len(proper) > 1 or proper[0] not in words.ordinary


def find_facilities(text: str, words: Words, keep: frozenset[str]) -> Iterator[Finding]:
    """The words of a facility's name that say which one it is; "Physical Therapy" after them stays, for it is care."""
    yield from _by_tail(text, words, words.strong_facilities, keep, strong=True)
    yield from _by_tail(text, words, words.weak_facilities, keep, strong=False)
    for found in re.finditer(
        r"\b(?:Hospital|University|Clinic|Institute|College|Center)[ \t]+(?:of"
        r"|at)[ \t]+(?P<name>[A-Z][\w'’-]+(?:[ \t]+[A-Z][\w'’-]+){0,2})",
        text,
    ):
        if not re.fullmatch(_STATE_NAMES, found["name"]) and not all(
            words.is_plain(word.lower()) for word in found["name"].split()
        ):
            yield _facility(text, *found.span("name"), 4)


# Before a facility that a person went to, so that ordinary words with capital letters are its name.
_AT = re.compile(r"\b(?:at|from)[ \t]+")


def _by_tail(
    text: str, words: Words, tails: tuple[str, ...], keep: frozenset[str], *, strong: bool
) -> Iterator[Finding]:
    ends = "|".join(re.escape(tail).replace(r"\ ", r"[ \t]+") for tail in tails)
    for found in re.finditer(
        rf"(?<![\w'’-])(?P<name>(?:{_CAPITALS}[ \t]+){{1,5}}?)(?P<tail>(?i:{ends}))(?![\w-])", text
    ):
        if not found["tail"][0].isupper():
            continue
        start, end = found.start("name"), found.end("name")
        while end > start and text[end - 1] in " \t":
            end -= 1
        there = strong or _AT.search(text, max(0, start - 6), start) is not None or _AT.match(text, start) is not None
        start = _without_lead(text, start, end, words, strong=there)
        if start < end and _tells(text[start:end], found, words, keep, strong=strong):
            yield _facility(text, start, end, 4)


def _without_lead(text: str, start: int, end: int, words: Words, *, strong: bool) -> int:
    """Where the name begins, after words that only lead to it: "Seen at", "Outpatient", "The"."""
    while start < end:
        first = re.match(r"\S+", text[start:end])
        word = first[0].lower() if first else ""
        plain = (
            word in words.generic
            or word in {"&", "of", "and", "the", "de", "la"}
            or (not strong and word in words.ordinary)
        )
        if first is None or not plain:
            return start
        gap = re.match(r"\s*", text[start + first.end() : end])
        start += first.end() + (gap.end() if gap else 0)
    return start


def _tells(name: str, found: re.Match[str], words: Words, keep: frozenset[str], *, strong: bool) -> bool:
    """Whether the words before a facility's last words name one."""
    plain = [word.lower().strip(".,") for word in name.split()]
    if any(word in words.eponyms or word in words.clinical for word in plain) and not strong:
        return False
    whole = " ".join(found[0].lower().split())
    if any(payer in whole for payer in keep):
        return False
    if all(words.is_kept(word) or word in words.generic or word.endswith("ology") for word in plain):
        return False
    return not (found[0].isupper() and all(words.is_plain(word) or len(word) == 1 for word in plain))


def _facility(text: str, start: int, end: int, rank: int) -> Finding:
    return Finding(start, end, Kind.FACILITY, " ".join(text[start:end].lower().split()), rank=rank)
