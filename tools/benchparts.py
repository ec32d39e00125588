"""The measurements of `make bench`, each run in a process of its own: texts in, figures out."""

from __future__ import annotations

import inspect
import json
import resource
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import date
from functools import wraps
from pathlib import Path
from types import FunctionType
from typing import Any

from probata import pipeline
from probata.acquire import Options, report_of_text
from probata.model.report import Report

WORDS = 565  # the length of an article in all figures
ROOT = Path(__file__).resolve().parent.parent


def articles(number: int, words: int) -> tuple[list[str], str]:
    """Texts of about so many words and where they come from: the corpora if there, else the demo reports."""
    corpora = ROOT.parent / "shared" / "corpora"
    files = [corpora / name / "reports.jsonl" for name in ("fakes", "airwars")]
    if all(f.is_file() for f in files):
        texts = [json.loads(line)["text"] for f in files for line in f.read_text(encoding="utf-8").splitlines()]
        texts.sort(key=lambda t: (abs(len(t.split()) - words), t))
        return texts[:number], "the corpora, those nearest in length"
    demo = "\n\n".join(p.read_text(encoding="utf-8") for p in sorted((ROOT / "demo").rglob("*.txt")))
    return list(_pieces(demo, number, words)), "the demo reports, joined and cut"


def _pieces(text: str, number: int, words: int) -> Iterator[str]:
    lines = [line for line in text.splitlines() if line.strip()]
    at = 0
    for _ in range(number):
        piece: list[str] = []
        while sum(len(line.split()) for line in piece) < words:
            piece.append(lines[at % len(lines)])
            at += 1
        yield "\n\n".join(piece)


def _figures(number: int, start: float, busy: float) -> dict[str, Any]:
    """Articles a second by the clock and by the processor's own time, and peak memory."""
    wall, cpu = time.perf_counter() - start, time.process_time() - busy
    return {"rate": number / wall, "cpu_rate": number / cpu, "memory": _memory()}


def _memory() -> float:
    """Peak resident memory of this process, in MB."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1024 * 1024 if sys.platform == "darwin" else 1024)


def _reports(texts: list[str]) -> list[Report]:
    options = Options(published=date(2031, 5, 20))
    return [report_of_text(text, options, f"r{i}") for i, text in enumerate(texts)]


def _read(texts: list[str]) -> int:
    return sum(len(list(claims)) for _, claims in pipeline.read_many(_reports(texts)))


def reading(texts: list[str]) -> dict[str, Any]:
    """Articles a second from texts to claims, once warm; none of the texts that are timed has been read before."""
    _read([t for t in articles(len(texts) + 3, WORDS)[0] if t not in set(texts)][:3] or texts[:1])
    start, busy = time.perf_counter(), time.process_time()
    found = _read(texts)
    return _figures(len(texts), start, busy) | {"found": found}


def peer(texts: list[str]) -> dict[str, Any]:
    """Articles a second of textacy's direct quotations over the model's standard pipeline, in a batch, once warm."""
    import spacy
    from textacy.extract.triples import direct_quotations

    from probata.extract.parse import model_path

    nlp = spacy.load(model_path())
    list(nlp.pipe(texts[:3]))
    start, busy = time.perf_counter(), time.process_time()
    found, refused = 0, 0
    for doc in nlp.pipe(texts):
        try:
            found += len(list(direct_quotations(doc)))
        except ValueError:  # it refuses a text with an odd number of quotation marks, after parsing it
            refused += 1
    return _figures(len(texts), start, busy) | {"found": found, "refused": refused}


def linear(texts: list[str]) -> dict[str, Any]:
    """Seconds a character of reading one text as long as 1, 2, 4, ... articles; the same articles at each length."""
    from probata.extract import parse

    sizes = []
    part = texts[:16]
    _read(part)
    for times in (1, 2, 4, 8, 16):
        parse.reader.cache_clear()  # the parser keeps sentences: each length is to be parsed anew
        parse.reader()
        joined = ["\n\n".join(part[i : i + times]) for i in range(0, len(part), times)]
        start = time.perf_counter()
        _read(joined)
        spent = time.perf_counter() - start
        characters = sum(map(len, joined))
        sizes.append({"times": times, "characters": characters // len(joined), "per_character": spent / characters})
    return {"sizes": sizes}


def stages(texts: list[str]) -> dict[str, Any]:
    """Seconds by module that pipeline.read calls into, each without what it calls in another timed module."""
    _read(texts[:3])
    clock = _Clock()
    for module in [v for v in vars(pipeline).values() if inspect.ismodule(v) and v.__name__.startswith("probata.")]:
        for name, value in list(vars(module).items()):
            if isinstance(value, FunctionType) and value.__module__.startswith(module.__name__):
                setattr(module, name, clock.timed(value))
    for name, value in list(vars(pipeline).items()):
        if isinstance(value, FunctionType) and value.__module__.startswith("probata."):
            setattr(pipeline, name, clock.timed(value))
    _read(texts)
    return {"seconds": dict(clock.spent)}


class _Clock:
    """Adds up the time of functions by module and name; a function within a function stops the outer one's clock."""

    def __init__(self) -> None:
        self.spent: dict[str, float] = defaultdict(float)
        self._open: list[str] = []
        self._since = 0.0

    def timed(self, function: Callable[..., Any]) -> Callable[..., Any]:
        """The same function, timed; a generator is run to its end, for its time to be its own."""
        key = f"{function.__module__.removeprefix('probata.')}.{function.__name__}"
        generates = inspect.isgeneratorfunction(function)

        @wraps(function)
        def run(*args: Any, **more: Any) -> Any:
            self._switch()
            self._open.append(key)
            try:
                result = function(*args, **more)
                return iter(list(result)) if generates else result
            finally:
                self._switch()
                self._open.pop()

        return run

    def _switch(self) -> None:
        now = time.perf_counter()
        if self._open:
            self.spent[self._open[-1]] += now - self._since
        self._since = now


PARTS: dict[str, Callable[[list[str]], dict[str, Any]]] = {
    "reading": reading,
    "peer": peer,
    "linear": linear,
    "stages": stages,
}
