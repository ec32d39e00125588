#!/usr/bin/env python3
"""Train the judge of attributions on a corpus of marked attributions, and write its weights.

    train_attribution.py ../shared/corpora/polnear/train

Reads text/*.txt and attributions/*.ann (brat stand-off), writes src/probata/extract/attribution/weights.json. Features
are cue lemmas of vocab/cues.yml, tags, dependency labels and function words; no sentence of the corpus is kept. Needs
scikit-learn; reading does not.
"""

from __future__ import annotations

import argparse
import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from probata.extract.attribution import candidates, finding
from probata.extract.attribution.cues import lexicon
from probata.extract.attribution.quotes import quotations
from probata.extract.attribution.sources import of_verb
from probata.extract.attribution.weights import Weights
from probata.extract.parse import cut_sentences, parse
from probata.extract.sentences import Sentence
from probata.model.report import Block, BlockKind

OUT = Path(__file__).resolve().parent.parent / "src/probata/extract/attribution/weights.json"
Spans = list[tuple[int, int]]
Gold = dict[str, Spans]
LEAST = 4  # times a feature must occur
SHARE = 0.3  # of the gold content a candidate must cover, and of their union


def read_gold(path: Path) -> list[Gold]:
    """The attributions of one annotation file as offsets of source, cue and content; those without content left out."""
    spans: dict[str, Spans] = {}
    events: list[dict[str, list[str]]] = []
    for line in path.read_text(encoding="utf-8").split("\n"):
        part = line.split("\t")
        if len(part) < 2:
            continue
        if part[0].startswith("T"):
            where = part[1].split(" ", 1)[1]
            spans[part[0]] = [(int(a), int(b)) for a, b in (x.split() for x in where.split(";"))]
        elif part[0].startswith("E"):
            slots: dict[str, list[str]] = defaultdict(list)
            for pair in part[1].split():
                key, value = pair.split(":")
                slots[re.sub(r"\d+$", "", key)].append(value)
            events.append(slots)
    keys = ("Source", "Cue", "Content")
    return [{k: [s for v in e.get(k, []) for s in spans[v]] for k in keys} for e in events if e.get("Content")]


def articles(folder: Path) -> Iterator[tuple[str, list[Sentence], list[Gold]]]:
    """Text, parsed sentences and attributions of each marked article; of several annotators the first."""
    for file in sorted((folder / "text").glob("*.txt")):
        marked = sorted((folder / "attributions").glob(file.stem + "*.ann"))
        if not marked:
            continue
        text = file.read_text(encoding="utf-8")
        blocks, at = [], 0
        for line in text.split("\n"):
            if line.strip():
                blocks.append(Block(BlockKind.PARAGRAPH, at, at + len(line)))
            at += len(line) + 1
        sentences = cut_sentences(text, blocks)
        parse(sentences)
        yield text, sentences, read_gold(marked[0])


def inside(s: Sentence, word: int, spans: Spans) -> bool:
    """Whether a word touches one of the spans."""
    return any(a < s.ends[word] and s.starts[word] < b for a, b in spans)


def content_rows(sentences: Sequence[Sentence], gold: Sequence[Gold]) -> Iterator[tuple[list[str], bool]]:
    """Features and truth for every dependent of every marked verb cue: is it content?"""
    lex = lexicon()
    for s in sentences:
        here = [g for g in gold if any(a < s.end and s.start < b for a, b in g["Cue"])]
        for i, w in enumerate(s.low) if here else ():
            entry = lex.verbs.get(w)
            if entry is None or not candidates.can_be_cue(s, i):
                continue
            mine = [g for g in here if inside(s, i, g["Cue"])]
            frame, (head, _) = candidates.frame_of(s, i), of_verb(s, i)
            for k in s.kids[i] if mine else ():
                if candidates.is_function(s, k) or k == head or any(inside(s, k, g["Cue"]) for g in mine):
                    continue
                yield candidates.kid_features(s, i, k, *entry, frame), any(inside(s, k, g["Content"]) for g in mine)


def hits(found: Sequence[finding.Found], gold: Sequence[Gold]) -> list[bool]:
    """For each candidate whether it is a marked attribution: one to one, shared cue first, then best overlap."""
    marked = [{i for a, b in g["Content"] for i in range(a, b)} for g in gold]
    pairs = []
    for j, f in enumerate(found):
        mine = {i for a, b in f.content for i in range(a, b)}
        for i, theirs in enumerate(marked):
            both = len(mine & theirs)
            if both > SHARE * len(theirs) and both >= SHARE * len(mine | theirs):
                cue = any(a < f.cue[1] and f.cue[0] < b for a, b in gold[i]["Cue"])
                pairs.append((cue, both / len(mine | theirs), i, j))
    used: set[int] = set()
    right: set[int] = set()
    for _, _, i, j in sorted(pairs, reverse=True):
        if i not in used and j not in right:
            used.add(i)
            right.add(j)
    return [j in right for j in range(len(found))]


def fit(rows: Sequence[list[str]], truth: Sequence[bool], strength: float) -> dict[str, float]:
    """Logistic regression over the features that occur often enough; "" is the intercept."""
    often = Counter(f for r in rows for f in set(r))
    vectors = DictVectorizer()
    x = vectors.fit_transform([{f: 1 for f in r if f and often[f] >= LEAST} for r in rows])
    x.indices, x.indptr = x.indices.astype(np.int32), x.indptr.astype(np.int32)
    model = LogisticRegression(C=strength, max_iter=300, solver="liblinear").fit(x, np.array(truth))
    names = vectors.get_feature_names_out()
    table = {f: round(float(w), 3) for f, w in zip(names, model.coef_[0], strict=True) if abs(w) >= 0.01}
    table[""] = round(float(model.intercept_[0]), 3)
    print(f"{len(rows)} rows, {sum(truth)} right, {len(table)} weights")
    return dict(sorted(table.items()))


def main() -> None:
    """Train both models and write them."""
    ap = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    ap.add_argument("folder", type=Path)
    folder = ap.parse_args().folder
    data = list(articles(folder))
    rows = [row for _, sentences, gold in data for row in content_rows(sentences, gold)]
    content = fit([r for r, _ in rows], [t for _, t in rows], 0.5)
    features, truth = [], []
    for text, sentences, gold in data:
        found = finding.candidates_of(text, sentences, Weights(content, {}), quotations(text, sentences))
        features += [f.candidate.features for f in found]
        truth += hits(found, gold)
    keep = fit(features, truth, 0.2)
    OUT.write_text(json.dumps({"content": content, "keep": keep}, indent=0) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
