"""Measures redaction on made-up notes whose identifiers are known, and on real ones what else it masks.

    python benchmarks/redaction.py [--half development|heldout] [--notes 30] [--seed 7] [--missed] [--false]
    python benchmarks/redaction.py --clinical NOTES.jsonl [--false]

Each half has its own layouts and its own names: those of the development half are frequent in the census lists that
redaction knows, those of the held-out half stand in none of them. An identifier counts as masked where no letter or
digit of it is left. `--clinical` reads notes that were published without identifiers and counts what is masked in them.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from praxigen.datafiles import plain_values, read_yaml
from praxigen.model.document import Document
from praxigen.redaction import Kind, Redaction, redact

DATA = Path(__file__).with_suffix(".yaml")
KEY = b"the key of the benchmark"
_SLOT = re.compile(r"<([\w.]+)>|\{(\w+)\}")
_MISREAD = {
    "o": "0",
    "O": "0",
    "0": "O",
    "l": "1",
    "1": "l",
    "i": "l",
    "e": "c",
    "m": "rn",
    "S": "5",
    "5": "S",
    "8": "B",
}
_RATE = 0.02  # of the letters of a scanned note


@dataclass(frozen=True, slots=True)
class Identifier:
    """Characters `start` to `end` of a note are an identifier; `kind` is the one that should mask it."""

    start: int
    end: int
    kind: str


@dataclass(frozen=True, slots=True)
class Note:
    """A made-up note with its identifiers."""

    layout: str
    text: str
    identifiers: tuple[Identifier, ...]


def notes(half: str, count: int, seed: int) -> Iterator[Note]:
    """So many notes of each layout of one half."""
    data = plain_values(read_yaml(DATA, DATA.name))
    for layout in data["layouts"]:
        for number in range(count):
            chance = random.Random(f"{seed} {half} {layout['name']} {number}")  # noqa: S311  no secret
            values, words = _values(data["names"][half], half, chance)
            yield _filled(layout["name"], layout[half], values, words, chance, noise=layout.get("noise") == "yes")


def _filled(
    name: str,
    template: str,
    values: Mapping[str, tuple[str, str]],
    words: Mapping[str, str],
    chance: random.Random,
    *,
    noise: bool,
) -> Note:
    pieces: list[str] = []
    found: list[Identifier] = []
    at = length = 0
    for slot in _SLOT.finditer(template):
        before = _misread(template[at : slot.start()], chance) if noise else template[at : slot.start()]
        pieces.append(before)
        length += len(before)
        if slot[2]:
            piece = words[slot[2]]
        else:
            piece, kind = values[slot[1]]
            piece = _misread(piece, chance) if noise else piece
            found.append(Identifier(length, length + len(piece), kind))
        pieces.append(piece)
        length += len(piece)
        at = slot.end()
    pieces.append(template[at:])
    return Note(name, "".join(pieces), tuple(found))


def _misread(text: str, chance: random.Random) -> str:
    return "".join(_MISREAD[letter] if letter in _MISREAD and chance.random() < _RATE else letter for letter in text)


def _values(
    names: Mapping[str, list[str]], half: str, chance: random.Random
) -> tuple[dict[str, tuple[str, str]], dict[str, str]]:
    given, family = chance.sample(names["given"], 7), chance.sample(names["family"], 5)
    digits = _digits(chance)
    woman = chance.random() < 0.5
    values: dict[str, tuple[str, str]] = {}
    for letter, kind, first, last in (
        ("p", "name", given[0], family[0]),
        ("d", "doctor", given[1], family[1]),
        ("e", "doctor", given[2], family[2]),
        ("k", "name", given[3], family[3]),
        ("a", "doctor", given[6], family[4]),
        ("q", "name", given[4], family[0]),
        ("r", "name", given[5], family[0]),
    ):
        middle = chance.choice("ABCDEFGHJKLMPRST")
        values |= {
            f"{letter}.{form}": (text, kind)
            for form, text in {
                "full": f"{first} {last}" if letter != "p" or half == "development" else f"{first} {middle}. {last}",
                "given": first,
                "initials": f"{first[0]}{last[0]}".upper() + "/kt",
                "family": last,
                "upper": f"{first} {middle}. {last}".upper(),
                "last_first": f"{last}, {first} {middle}.",
                "lower": f"{first} {last}".lower(),
                "given_lower": first.lower(),
                "family_lower": last.lower(),
            }.items()
        }
    facilities = chance.sample(names["facility"], 2)
    for letter, facility in zip("fg", facilities, strict=True):
        values |= {f"{letter}.name": (facility, "facility"), f"{letter}.name_lower": (facility.lower(), "facility")}
    streets = chance.sample(names["street"], 2)
    values |= {
        "street": (streets[0], "place"),
        "street2": (streets[1], "place"),
        "street_lower": (streets[0].lower(), "place"),
    }
    values["city"] = (chance.choice(names["city"]), "place")
    values["zip"] = (chance.choice(["80215", "03602", "44074-1123", "55379", "89310"]), "zip")
    values |= _days(chance) | _numbers(digits, chance, half)
    words = {
        "age": str(chance.randint(31, 88)),
        "person": "woman" if woman else "man",
        "Title": ("Mrs." if woman else "Mr."),
        "Sub": "She" if woman else "He",
        "sub": "she" if woman else "he",
        "poss": "her" if woman else "his",
        "Poss": "Her" if woman else "His",
        "poss_cap": "Her" if woman else "His",
        "kin": chance.choice(["daughter", "son", "sister", "brother", "husband" if woman else "wife"]),
        "state": chance.choice(["CO", "MN", "WA", "AK"]),
    }
    return values, words


def _digits(chance: random.Random) -> Callable[[str], str]:
    """A pattern with # for a digit and ? for a letter, filled."""

    def fill(pattern: str) -> str:
        letters = (
            str(chance.randint(0, 9))
            if sign == "#"
            else chance.choice("ABCDEFGHJKLMNPRSTUVWXYZ")
            if sign == "?"
            else sign
            for sign in pattern
        )
        return "".join(letters)

    return fill


def _days(chance: random.Random) -> dict[str, tuple[str, str]]:
    visit = date(2026, 7, 1) + timedelta(days=chance.randint(0, 90))
    onset, mri, birth = visit - timedelta(days=chance.randint(60, 300)), visit - timedelta(days=20), date(1948, 3, 2)
    birth += timedelta(days=chance.randint(0, 14000))
    form = chance.choice(["%m/%d/%Y", "%m/%d/%y", "%B %d, %Y", "%d %b %Y", "%m-%d-%Y"])
    return {
        "visit": (f"{visit:{form}}", "date"),
        "dob": (f"{birth:%m/%d/%Y}", "date"),
        "onset": (f"{onset:{form}}", "date"),
        "mri": (f"{mri:%m/%d/%Y}", "date"),
        "ptfrom": (f"{onset:%m/%d/%Y}", "date"),
        "ptto": (f"{onset + timedelta(days=56):%m/%d/%Y}", "date"),
        "month": (f"{onset:%B %Y}", "date"),
        "month_lower": (f"{onset:%B %Y}".lower(), "date"),
        "long_onset": (f"{onset:%B} {onset.day}", "date"),
        "short": (f"{visit.month}/{visit.day}", "date"),
        "iso_dob": (birth.isoformat(), "date"),
        "iso_visit": (visit.isoformat(), "date"),
        "iso_onset": (onset.isoformat(), "date"),
        "stamp_dob": (f"{birth:%Y%m%d}", "date"),
        "stamp_visit": (f"{visit:%Y%m%d}103000", "date"),
        "age90": (str(chance.randint(90, 104)), "age"),
    }


def _numbers(fill: Callable[[str], str], chance: random.Random, half: str) -> dict[str, tuple[str, str]]:
    known = half == "development"
    phone = chance.choice(
        ["(303) 555-####", "303-555-####", "303.555.####"]
        if known
        else ["+1 303 555 ####", "(303)555-####", "1-303-555-####", "303 555-####"]
    )
    patterns = {
        "mrn": ("00######" if known else "?#####-#", "mrn"),
        "phone": (phone, "phone"),
        "phone2": (phone, "phone"),
        "fax": ("303-555-####", "fax"),
        "ext": ("####", "phone"),
        "ssn": ("###-##-####", "ssn"),
        "plan": ("???#########" if known else "#########-0#", "plan"),
        "group": ("#######" if known else "??#####", "plan"),
        "mbi": ("1?#0-??#-??##", "plan"),
        "account": ("99#####" if known else "A-#######", "account"),
        "visitno": ("V#######", "account"),
        "claim": ("CLM-2026-#####" if known else "A#########", "other"),
        "job": ("######", "other"),
        "acc": ("RAD-26-######" if known else "26########", "other"),
        "npi": ("1#########", "license"),
        "dea": ("?B#######", "license"),
        "lic": ("DR.00#####" if known else "MD-#####-##", "license"),
        "dl": ("##-###-####" if known else "#########", "license"),
        "vin": ("1HGCM826#3A######", "vehicle"),
        "plate": ("???-###", "vehicle"),
        "serial": ("NKL######H" if known else "######.#", "device"),
        "lot": ("#######", "device"),
        "bio": ("FP-#####" if known else "VP#######", "biometric"),
    }
    values = {name: (fill(pattern), kind) for name, (pattern, kind) in patterns.items()}
    values["email"] = (fill("pat##@mail.example.com" if known else "a.b_###@practice-example.org"), "email")
    values["url"] = ("https://portal.example.org/p/4711" if known else "www.spine-example.com/msg", "url")
    values["ip"] = (f"10.{chance.randint(0, 255)}.30.{chance.randint(1, 254)}", "ip")
    values["photo"] = (fill("back_####.jpg" if known else "IMG-####.PNG"), "photo")
    values["uuid"] = ("db734647-fc99-424c-a864-7e3cda82e703", "other")
    return values


def covered(done: Redaction, text: str, identifier: Identifier) -> tuple[bool, bool]:
    """Whether no letter or digit of the identifier is left, and whether its kind is the one that masks it."""
    left = {at for at in range(identifier.start, identifier.end) if text[at].isalnum()}
    kinds = set()
    for mask in done.masks:
        if mask.start < identifier.end and mask.end > identifier.start:
            left -= set(range(mask.start, mask.end))
            kinds.add(mask.kind.value)
    return not left, identifier.kind in kinds


def is_false(start: int, end: int, note: Note) -> bool:
    """Whether a mask covers no letter of any identifier."""
    return not any(each.start < end and each.end > start for each in note.identifiers)


def score(half: str, count: int, seed: int, *, missed: bool, false: bool) -> int:
    """Print recall and precision by kind; the number of identifiers that were missed."""
    total, found, right, masks, wrong = (Counter[str]() for _ in range(5))
    layouts: dict[str, Counter[str]] = {}
    made = list(notes(half, count, seed))
    for note in made:
        done = redact(Document("note", note.text), KEY)
        of = layouts.setdefault(note.layout, Counter())
        for identifier in note.identifiers:
            whole, same = covered(done, note.text, identifier)
            total[identifier.kind] += 1
            found[identifier.kind] += whole
            right[identifier.kind] += whole and same
            of["total"] += 1
            of["found"] += whole
            if missed and not whole:
                around = note.text[max(0, identifier.start - 25) : identifier.end + 15].replace("\n", " / ")
                _say(
                    f"missed {identifier.kind} [{note.text[identifier.start : identifier.end]}]"
                    f" in {note.layout}: {around}"
                )
        for mask in done.masks:
            masks[mask.kind.value] += 1
            no = is_false(mask.start, mask.end, note)
            wrong[mask.kind.value] += no
            if false and no:
                around = note.text[max(0, mask.start - 25) : mask.end + 15].replace("\n", " / ")
                _say(f"false {mask.kind.value} [{note.text[mask.start : mask.end]}] in {note.layout}: {around}")
    _say(f"{half}: {len(made)} notes, seed {seed}\n")
    _say("| kind | identifiers | masked | recall | kind right | masks | on no identifier | precision |")
    _say("| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |")
    for kind in [*(each.value for each in Kind), "all"]:
        if kind == "all":
            counts = [sum(each.values()) for each in (total, found, right, masks, wrong)]
        else:
            counts = [each[kind] for each in (total, found, right, masks, wrong)]
        if counts[0] or counts[3]:
            _say(_row(kind, *counts))
    _say("\n| layout | identifiers | recall |\n| --- | ---: | ---: |")
    for name, of in layouts.items():
        _say(f"| {name} | {of['total']} | {_share(of['found'], of['total'])} |")
    return sum(total.values()) - sum(found.values())


def _row(kind: str, total: int, found: int, right: int, masks: int, wrong: int) -> str:
    cells = [kind, total, found, _share(found, total), _share(right, total), masks, wrong, _share(masks - wrong, masks)]
    return "| " + " | ".join(map(str, cells)) + " |"


def _share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f}%" if whole else ""


def clinical(path: Path, *, false: bool) -> None:
    """Print what is masked in notes that hold no identifiers but those that their publisher put in."""
    kinds, words, masked, count = Counter[str](), 0, 0, 0
    for line in path.read_text(encoding="utf-8").splitlines():
        value = json.loads(line)
        text = value["text"]
        done = redact(Document("note", text), KEY)
        count += 1
        words += len(text.split())
        for mask in done.masks:
            kinds[mask.kind.value] += 1
            masked += len(text[mask.start : mask.end].split())
            if false:
                around = text[max(0, mask.start - 30) : mask.end + 20].replace("\n", " / ")
                _say(f"{value['id']} {mask.kind.value} [{text[mask.start : mask.end]}]: {around}")
    _say(
        f"{count} notes, {words:,} words, {masked:,} masked: {masked / max(count, 1):.2f} a note,"
        f" {_share(masked, words)}"
    )
    for kind, number in kinds.most_common():
        _say(f"  {kind:<10} {number:>6} masks, {number / max(count, 1):.2f} a note")


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")


def main() -> int:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--half", choices=("development", "heldout"), default="development")
    parser.add_argument("--notes", type=int, default=30, help="of each layout")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--missed", action="store_true", help="show each identifier that was missed")
    parser.add_argument("--false", action="store_true", help="show each mask that covers no identifier")
    parser.add_argument(
        "--clinical", type=Path, metavar="NOTES", help="a file with a JSON object with id and text a line"
    )
    arguments = parser.parse_args()
    if arguments.clinical is not None:
        clinical(arguments.clinical, false=arguments.false)
        return 0
    score(arguments.half, arguments.notes, arguments.seed, missed=arguments.missed, false=arguments.false)
    return 0


if __name__ == "__main__":
    sys.exit(main())
