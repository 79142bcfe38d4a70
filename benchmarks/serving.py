"""How the workspace answers under a steady load: signed-in pages and stored checks at once, from a process of its own.

    python benchmarks/serving.py                                        SQLite, one minute
    python benchmarks/serving.py --seconds 300                          the run of docs/speed.md
    tools/with-postgresql python benchmarks/serving.py --postgresql     PostgreSQL

Requests are sent when their time has come, whether or not earlier ones were answered, so that a slow answer is not
hidden by a client that waits. A time is counted from when the request was due. Asked: 100 pages and 20 checks a second
on two cores, 99 of 100 pages within 250 ms and 99 of 100 checks within one second, no error.
"""

from __future__ import annotations

import argparse
import http.client
import json
import os
import queue
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

PAGES_WANTED, CHECKS_WANTED = 100, 20  # a second
_IDLE = 1.0  # seconds; servers close connections that are silent for two
_FORM = "application/x-www-form-urlencoded"


@dataclass
class Tally:
    """What was measured of one kind of request: seconds of each answer, and answers that were none."""

    seconds: list[float] = field(default_factory=list)
    errors: int = 0

    def part(self, share: float) -> float:
        """The time within which a share of the requests was answered, in milliseconds."""
        ordered = sorted(self.seconds)
        return 1_000 * ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else float("nan")


class Browser:
    """One signed-in browser. Keeps its connection, follows no redirect."""

    def __init__(self, address: str, cookie: str = "") -> None:
        self._host = urlsplit(address).netloc
        self._cookie = cookie
        self._connection = http.client.HTTPConnection(self._host, timeout=60)
        self._last = 0.0

    def ask(self, path: str, form: str | None = None) -> tuple[int, str, str]:
        """Status, text and Location of the answer."""
        headers = {"Cookie": self._cookie, "Host": self._host}
        if form is not None:
            headers |= {"Content-Type": _FORM, "Sec-Fetch-Site": "same-origin"}
            form = f"csrfmiddlewaretoken={self._token()}&{form}"  # each browser has its own
        if time.monotonic() - self._last > _IDLE:  # the server may just be closing it
            self._connection.close()
        try:
            self._connection.request("GET" if form is None else "POST", path, form, headers)
            answer = self._connection.getresponse()
            text = answer.read().decode("utf-8", "replace")
        except (OSError, http.client.HTTPException):
            self._connection.close()
            return 0, "", ""
        self._keep(answer)
        self._last = time.monotonic()
        return answer.status, text, answer.headers.get("Location", "")

    def _token(self) -> str:
        pairs = (each.partition("=") for each in self._cookie.split("; "))
        return next((value for name, _, value in pairs if name == "__Host-csrf"), "")

    def _keep(self, answer: http.client.HTTPResponse) -> None:
        for line in answer.headers.get_all("Set-Cookie") or ():
            name, _, value = line.partition(";")[0].partition("=")
            kept = [each for each in self._cookie.split("; ") if each and not each.startswith(f"{name}=")]
            self._cookie = "; ".join([*kept, f"{name}={value}"])


def main(arguments: Sequence[str] | None = None) -> int:
    """Serve a demonstration in a folder of its own, load it, print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--pages", type=int, default=PAGES_WANTED, help="pages a second")
    parser.add_argument("--checks", type=int, default=CHECKS_WANTED, help="checks a second")
    parser.add_argument("--browsers", type=int, default=16, help="members who work at the same time")
    parser.add_argument(
        "--workers", type=int, help="processes of the server, where not as many as `praxigen serve` has"
    )
    parser.add_argument("--threads", type=int, help="threads of each process, likewise")
    parser.add_argument("--postgresql", action="store_true", help="on the server of PRAXIGEN_TEST_DATABASE")
    told = parser.parse_args(arguments)
    folder = Path(tempfile.mkdtemp(prefix="praxigen-serving-"))
    serve = [sys.executable, "-m", "praxigen", "serve", "--demo", "--data", str(folder / "data")]
    serve += ["--key-file", str(folder / "keys" / "k"), "--port", "0"]
    serve += [f"--{name}={getattr(told, name)}" for name in ("workers", "threads") if getattr(told, name)]
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("DJANGO", "PRAXIGEN_D"))}
    # All browsers are one member here, who would meet the limits of a person.
    environment["PRAXIGEN_PAGES_A_MINUTE"] = environment["PRAXIGEN_COSTLY_A_MINUTE"] = "1000000"
    if told.postgresql:
        environment["PRAXIGEN_DATABASE"] = os.environ["PRAXIGEN_TEST_DATABASE"]
    try:
        subprocess.run([*serve, "--background"], check=True, env=environment, stdout=subprocess.DEVNULL)  # noqa: S603
        return _load(folder / "data", told)
    finally:
        subprocess.run([*serve, "--stop"], check=False, env=environment, stdout=subprocess.DEVNULL)  # noqa: S603
        shutil.rmtree(folder, ignore_errors=True)


def _load(data: Path, told: argparse.Namespace) -> int:
    state = json.loads((data / "serving.json").read_text(encoding="ascii"))
    address, link = state["address"], urlsplit(state["first"][0][1]).path
    browsers = [Browser(address) for _ in range(told.browsers)]
    for browser in browsers:
        _need(browser.ask(link)[0] == 302, "the demonstration did not let us in")
    pages, checks = _what_to_ask(browsers[0])
    tallies = {"pages": Tally(), "checks": Tally()}
    work: queue.SimpleQueue[tuple[float, str, str, str | None] | None] = queue.SimpleQueue()

    def answer(browser: Browser) -> None:
        while (job := work.get()) is not None:
            due, kind, path, form = job
            status, _text, _where = browser.ask(path, form)
            tally = tallies[kind]
            tally.seconds.append(time.perf_counter() - due)
            tally.errors += status not in (200, 302)

    threads = [threading.Thread(target=answer, args=(browser,), daemon=True) for browser in browsers]
    for thread in threads:
        thread.start()
    before = _processor_of(state["pid"])
    begun = time.perf_counter()
    for due, kind in _schedule(told.seconds, told.pages, told.checks):
        wait = begun + due - time.perf_counter()
        if wait > 0:
            time.sleep(wait)
        path, form = next(pages if kind == "pages" else checks)
        work.put((begun + due, kind, path, form))
    for _ in threads:
        work.put(None)
    for thread in threads:
        thread.join()
    spent = time.perf_counter() - begun
    _print(tallies, spent, told)
    _print_processor(_processor_of(state["pid"]) - before, sum(len(tally.seconds) for tally in tallies.values()))
    return 0


def _processor_of(server: int) -> float:
    """Seconds of the processor that the server's processes have used. 0 where the system does not tell."""
    ticks = 0
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:  # it has just ended
            continue
        if server in (int(stat.parent.name), int(fields[1])):
            ticks += int(fields[11]) + int(fields[12])  # in programs, and in the system for them
    return ticks / os.sysconf("SC_CLK_TCK")


def _what_to_ask(browser: Browser) -> tuple[Iterator[tuple[str, str | None]], Iterator[tuple[str, str | None]]]:
    """Pages in the mixture of a working day, and the form that checks a case again."""
    status, worklist, _ = browser.ask("/practice/")
    _need(status == 200, "the work list does not answer")
    cases = sorted(set(re.findall(r"/practice/cases/([0-9a-f-]{36})/", worklist)))
    _need(cases, "the work list names no case")
    case_pages = {case: browser.ask(f"/practice/cases/{case}/")[1] for case in cases}
    link = re.compile(r"/practice/cases/[0-9a-f-]{36}/checks/[0-9a-f-]{36}/")
    checks = sorted({found for text in case_pages.values() for found in link.findall(text)})
    _need(checks, "no case shows its check")
    paths = ["/practice/", *(f"/practice/cases/{case}/" for case in cases), *checks, "/practice/deadlines/"]
    again = [f"/practice/cases/{case}/check/" for case in cases]
    return _round([(path, None) for path in paths]), _round([(path, "") for path in again])


def _need(there: object, otherwise: str) -> None:
    if not there:
        sys.exit(f"benchmarks/serving.py: {otherwise}")


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")


def _round(things: Sequence[tuple[str, str | None]]) -> Iterator[tuple[str, str | None]]:
    while True:
        yield from things


def _schedule(seconds: int, pages: int, checks: int) -> Iterator[tuple[float, str]]:
    """When each request is due, evenly spread."""
    due = [(number / pages, "pages") for number in range(seconds * pages)] if pages else []
    due += [((number + 0.5) / checks, "checks") for number in range(seconds * checks)] if checks else []
    return iter(sorted(due))


def _print(tallies: Mapping[str, Tally], spent: float, told: argparse.Namespace) -> None:
    kind = "PostgreSQL" if told.postgresql else "SQLite"
    _say(f"{kind}, {told.seconds} s, {told.browsers} browsers, {os.cpu_count()} cores")
    heads = zip(("median", "95 of 100", "99 of 100", "longest", "errors"), (9, 10, 10, 9, 7), strict=True)
    _say(f"{'':8} {'asked/s':>8} {'done/s':>8} " + " ".join(f"{head:>{width}}" for head, width in heads))
    for name, tally in tallies.items():
        asked = told.pages if name == "pages" else told.checks
        cells = (f"{tally.part(share):.0f} ms" for share in (0.5, 0.95, 0.99, 1.0))
        _say(
            f"{name:8} {asked:8} {len(tally.seconds) / spent:8.1f} "
            + " ".join(f"{cell:>{width}}" for cell, width in zip(cells, (9, 10, 10, 9), strict=True))
            + f" {tally.errors:7}"
        )


def _print_processor(spent: float, requests: int) -> None:
    own = resource.getrusage(resource.RUSAGE_SELF)
    _say(
        f"The server used {spent:.0f} s of processor, {1_000 * spent / max(1, requests):.1f} ms a request; "
        f"the load generator {own.ru_utime + own.ru_stime:.0f} s."
    )


if __name__ == "__main__":
    sys.exit(main())
