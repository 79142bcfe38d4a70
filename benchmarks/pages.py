"""Measures charts of pages: a printed PDF to its report, and scanned pages beside the OCR engine alone.

    python -m benchmarks.pages [--notes N] [--times N] [--scans | --printed]

Faxes are made from the development notes of benchmarks/labelled with benchmarks/fax.py. "Engine alone" is the least
program that has Tesseract read the same file: a process of its own that loads the same model, unpacks each page, hands
it to the engine and prints the text; once with the pages as they came and once as praxigen prepares them.
Both sides pay for the start of their processes. Seconds are those of the processor, children included, but where the
clock on the wall is named.
"""

from __future__ import annotations

import argparse
import compileall
import os
import re
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from io import BytesIO
from pathlib import Path

from benchmarks import fax, formats

import praxigen
from praxigen import read_document
from praxigen.documents import Recognition, recognition
from praxigen.documents.formats import ocr
from praxigen.documents.formats.clean import straighten

ASK = ["--payer", "qualcare", "--code", "63047", "--date-of-service", "2026-08-03"]
ALONE = """
import sys
models, dpi, *sys.path = sys.argv[1:]
from io import BytesIO
import tesserocr
from PIL import Image, ImageSequence
engine = tesserocr.PyTessBaseAPI(path=models, lang="eng", psm=tesserocr.PSM.AUTO)
for page in ImageSequence.Iterator(Image.open(BytesIO(sys.stdin.buffer.read()))):
    engine.SetImage(page.convert("L"))
    engine.SetSourceResolution(int(dpi))
    sys.stdout.buffer.write(engine.GetUTF8Text().encode())
"""
BANDS = ((0.92, 1.01), (0.8, 0.92), (0.6, 0.8), (0.0, 0.6))


def say(line: str = "") -> None:
    """Print a line at once."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def spent() -> float:
    """Seconds of processor time of this process and of its children that have ended."""
    own, theirs = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    return own.ru_utime + own.ru_stime + theirs.ru_utime + theirs.ru_stime


def printed(notes: list[tuple[str, str]], pages: int) -> bytes:
    """A PDF of so many printed pages."""
    lines = [piece for _, text in notes for line in [*text.split("\n"), ""] for piece in formats.wrapped(line)]
    wanted = pages * 52
    return formats.as_pdf("\n".join((lines * (wanted // len(lines) + 1))[:wanted]))


def report_of(pdf: bytes, times: int, output: str) -> tuple[float, float]:
    """From the shell to the finished report: seconds on the wall and of the processor, the median of some runs."""
    with tempfile.TemporaryDirectory() as folder:
        chart = Path(folder) / "chart.pdf"
        chart.write_bytes(pdf)
        ask = ["check", str(chart), *ASK, "--output", str(Path(folder) / output)]
        command = [sys.executable, "-c", "from praxigen.cli.main import main; main()", *ask]
        taken = []
        for _ in range(times):
            begun, used = time.perf_counter(), spent()
            done = subprocess.run(command, capture_output=True, check=False)  # noqa: S603  our own command
            if done.returncode not in (0, 1):
                raise SystemExit(done.stderr.decode())
            taken.append((time.perf_counter() - begun, spent() - used))
    return statistics.median(wall for wall, _ in taken), statistics.median(used for _, used in taken)


def prepared(scan: bytes, pages: int) -> bytes:
    """The pages of a fax, straight and clean as praxigen gives them to the engine, in an unpacked TIFF."""
    sheets = [
        straighten(ocr.page_picture("picture", scan, number, None)[0], fax.DPI).clean for number in range(1, pages + 1)
    ]
    out = BytesIO()
    sheets[0].save(out, "TIFF", compression="raw", dpi=(fax.DPI, fax.DPI), save_all=True, append_images=sheets[1:])
    return out.getvalue()


def alone(scan: bytes) -> tuple[float, str]:
    """Seconds for the engine alone to read the pages of a file, its start included, and what it read."""
    command = [
        sys.executable,
        "-I",
        "-S",
        "-c",
        ALONE,
        str(recognition.models()),
        str(fax.DPI),
        *filter(None, sys.path),
    ]
    begun = spent()
    done = subprocess.run(  # noqa: S603  our own command
        command,
        input=scan,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={"OMP_THREAD_LIMIT": "1"},
        check=True,
    )
    return spent() - begun, done.stdout.decode()


def words_missed(told: str, truth: Counter[str]) -> float:
    """The share of the printed words that were not read as they are printed."""
    return sum((truth - Counter(told.split())).values()) / sum(truth.values())


def ours(scan: bytes, pages: int, workers: int) -> tuple[float, float, str]:
    """Seconds on the wall and of the processor for praxigen to read the pages, starting its processes included."""
    job = recognition.Scan("picture", scan, tuple(range(1, pages + 1)))
    begun, used = time.perf_counter(), spent()
    (read,) = recognition.recognize([job], Recognition(workers=workers))
    return time.perf_counter() - begun, spent() - used, "\n".join(page.text for page in read.values())


def trust(notes: list[tuple[str, str]]) -> Counter[tuple[int, bool, bool]]:
    """Words of faxes by the band of their confidence, whether they are numbers, and whether the note has them so."""
    found: Counter[tuple[int, bool, bool]] = Counter()
    for _, text in notes:
        (read,) = recognition.recognize([recognition.Scan("picture", formats.as_fax(text), (1,))], Recognition())
        page = read[1]
        known = set(read_document(formats.as_pdf(text)).text.split())
        for word in page.words:
            told = page.text[word.start : word.end]
            band = next(i for i, (low, high) in enumerate(BANDS) if low <= (word.confidence or 0) < high)
            found[band, bool(re.search(r"\d", told)), told in known] += 1
    return found


def main() -> int:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--notes", type=int, default=12, help="how many notes become faxes")
    parser.add_argument("--scans", action="store_true", help="measure scanned pages alone")
    parser.add_argument("--times", type=int, default=5, help="how often a report is timed; the median counts")
    parser.add_argument("--printed", action="store_true", help="measure printed pages alone")
    arguments = parser.parse_args()
    compileall.compile_dir(str(Path(praxigen.__file__).parent), quiet=1)  # as an installer does
    notes = formats.read_notes(formats.NOTES)[: arguments.notes]
    say(f"{os.cpu_count()} cores, load before the run {os.getloadavg()[0]:.1f}\n")
    charts = ((1, "r.txt"), (10, "r.txt"), (50, "r.txt"), (10, "r.html"), (10, "r.pdf"))
    if not arguments.scans:
        say(f"{'printed PDF, from the shell to the report':46}{'wall s':>8}{'cpu s':>8}")
    for pages, output in () if arguments.scans else charts:
        taken, used = report_of(printed(notes, pages), arguments.times, output)
        say(f"{f'{pages} pages to {output[2:]}':46}{taken:>8.2f}{used:>8.2f}")
    if arguments.printed:
        return 0
    if not recognition.available():
        say('\nscans were left out: the extra "ocr" is not installed')
        return 0
    pages = 8
    paper = printed(notes, pages)
    scan, truth = fax.as_fax(paper, 1), Counter(read_document(paper).text.split())
    straight = prepared(scan, pages)
    raw: list[tuple[float, str]] = []
    ready: list[tuple[float, str]] = []
    one: list[tuple[float, str]] = []
    wall: list[float] = []
    faster: list[float] = []
    for _ in range(arguments.times):  # in turns, so that other work on the machine slows all of them
        raw.append(alone(scan))
        ready.append(alone(straight))
        clock, cpu, text = ours(scan, pages, 1)
        one.append((cpu, text))
        wall.append(clock)
        faster.append(ours(scan, pages, os.cpu_count() or 1)[0])
    used = statistics.median(seconds for seconds, _ in one)
    say(f"\n{f'{pages} full fax pages, one process':46}{'s/page':>8}{'praxigen is':>22}{'words missed':>14}")
    for name, runs in (("engine alone, pages as they came", raw), ("engine alone, pages prepared", ready)):
        seconds, missed = statistics.median(seconds for seconds, _ in runs), words_missed(runs[0][1], truth)
        ratio = statistics.median(mine / its for (mine, _), (its, _) in zip(one, runs, strict=True))
        say(f"{name:46}{seconds / pages:>8.2f}{f'{ratio:.2f} times as long':>22}{missed:>14.1%}")
    say(f"{'praxigen: straight and clean':46}{used / pages:>8.2f}{'':22}{words_missed(one[0][1], truth):>14.1%}")
    at_once = f"on the wall, 1 and {os.cpu_count()} at once"
    ratio = statistics.median(alone_ / both for alone_, both in zip(wall, faster, strict=True))
    say(f"{at_once:46}{statistics.median(wall) / pages:>8.2f}{f'{ratio:.2f} times as fast':>22}")
    children = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    long = fax.as_fax(printed(notes, 3 * pages), 1)
    ours(long, 3 * pages, os.cpu_count() or 1)
    after = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    say(f"{f'most memory of a child, {pages} and {3 * pages} pages, MB':46}{children:>8.0f}{after:>22.0f}")
    found = trust(notes)
    say(f"\n{'confidence of a word':24}{'words':>8}{'wrong':>8}{'numbers':>10}{'wrong':>8}")
    for band, (low, high) in enumerate(BANDS):
        told = [
            sum(found[band, number, right] for right in rights)
            for number, rights in ((False, (True, False)), (False, (False,)), (True, (True, False)), (True, (False,)))
        ]
        say(f"{f'{low:.2f} to {min(high, 1):.1f}':24}{told[0]:>8}{told[1]:>8}{told[2]:>10}{told[3]:>8}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
