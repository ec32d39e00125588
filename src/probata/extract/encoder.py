"""The parser model run by hand: the same weights and results as spaCy's own pipes, without their detours.

What the model knows of a word before it looks at its neighbours depends on the word's form alone, so it is kept by
form. No `Doc` is made of a report, so the model's string store does not grow with the texts read.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from threading import Lock
from typing import TYPE_CHECKING, Any

import numpy as np
from spacy.attrs import IDS
from spacy.strings import get_string_id
from spacy.tokens import Doc
from thinc.api import Model

if TYPE_CHECKING:
    from spacy.language import Language

Rows = np.ndarray[Any, np.dtype[np.float32]]
Tree = tuple[list[str], list[str], list[int]]  # tags, labels and heads of a sentence; a root is its own head
_FORMS = 10_000  # word forms kept, 38 MB if a text has so many
_SENTENCES = 2000  # parsed sentences kept, 5 MB: agencies' copies repeat them
_PAD = 0  # the row of what stands between sentences: nothing


class Encoder:
    """Word forms to tags and trees."""

    def __init__(self, nlp: Language) -> None:
        self._nlp = nlp
        tok2vec, tagger, self._parser = (nlp.get_pipe(name) for name in ("tok2vec", "tagger", "parser"))
        self._embed = tok2vec.model.get_ref("embed").layers
        encode = tok2vec.model.get_ref("encode")
        self._pad = encode.attrs["pad"]
        maxouts = [n for n in encode.walk() if n.name == "maxout"]
        norms = [n for n in encode.walk() if n.name == "layernorm"]
        self._layers = [_Layer(m, n) for m, n in zip(maxouts, norms, strict=True)]
        softmax = next(n for n in tagger.model.walk() if n.name == "softmax")
        self._tag_weights, self._tag_bias = softmax.get_param("W").T, softmax.get_param("b")
        self._tags = list(tagger.labels)
        strings = nlp.vocab.strings
        self._labels = {strings[move[2:]]: move[2:] for move in self._parser.move_names}
        self._crossed = frozenset(label for label in self._labels.values() if "||" in label)
        self._moves = _Moves(self._parser)
        self._table = np.zeros((_FORMS + 1, encode.get_dim("nO")), dtype="f")
        # what the first layer makes of a form as the word before, the word itself and the word after
        self._beside = [np.zeros((_FORMS + 1, self._layers[0].weights.shape[1]), dtype="f") for _ in range(3)]
        self._beside[1][_PAD] = self._layers[0].bias
        self._known: dict[str, int] = {}
        self._trees: dict[tuple[str, ...], Tree] = {}
        self._one = Lock()  # rows and known forms are shared between threads

    def parse(self, sentences: Sequence[Sequence[str]]) -> list[Tree]:
        """Tags, labels and heads of each sentence; none may be empty. Costs 8 KB a word while it runs."""
        with self._one:
            keys = list(map(tuple, sentences))
            if len(self._trees) > _SENTENCES:
                self._trees.clear()
            if new := [k for k in dict.fromkeys(keys) if k not in self._trees]:
                self._trees.update(zip(new, self._parse(new), strict=True))
            return [
                (tags.copy(), deps.copy(), heads.copy()) for tags, deps, heads in map(self._trees.__getitem__, keys)
            ]

    def _parse(self, sentences: Sequence[Sequence[str]]) -> list[Tree]:
        rows = self.encoded(sentences)
        tags = [self._tags[k] for k in (rows @ self._tag_weights + self._tag_bias).argmax(axis=1).tolist()]
        states = self._moves.run([_blank(self._nlp.vocab, len(words)) for words in sentences], rows)
        out = []
        at = 0
        for words, state in zip(sentences, states, strict=True):
            deps, heads = self._tree(state, len(words))
            out.append((tags[at : at + len(words)], deps, heads))
            at += len(words)
        return out

    def _tree(self, state: Any, length: int) -> tuple[list[str], list[int]]:
        deps, heads = ["ROOT"] * length, list(range(length))
        for arc in state.arcs:
            child = arc["child"]
            heads[child], deps[child] = arc["head"], self._labels[arc["label"]]
        if not self._crossed.isdisjoint(deps):  # crossing branches, which spaCy sets right in a document
            doc = Doc(self._nlp.vocab, words=["x"] * length)
            self._parser.set_annotations([doc], [state])
            return [t.dep_ for t in doc], [t.head.i for t in doc]
        return deps, heads

    def encoded(self, sentences: Sequence[Sequence[str]]) -> Rows:
        """A row for each word of the sentences: the word among its neighbours."""
        forms = self._numbers(sentences)
        between = [_PAD] * self._pad
        flat = list(between)
        for words in sentences:
            flat += [forms[w] for w in words]
            flat += between
        index = np.array(flat)
        before, own, after = self._beside
        read: Rows = own.take(index, axis=0)
        read[1:] += before.take(index[:-1], axis=0)
        read[:-1] += after.take(index[1:], axis=0)
        rows = self._layers[0].finish(read, self._table.take(index, axis=0))
        for layer in self._layers[1:]:
            rows = layer.run(rows)
        kept: Rows = rows[index != _PAD]
        return kept

    def _numbers(self, sentences: Sequence[Sequence[str]]) -> dict[str, int]:
        """Word form to its row in the table, for all words of the sentences at least."""
        known = self._known
        new = [w for w in dict.fromkeys([w for words in sentences for w in words]) if w not in known]
        if len(known) + len(new) > _FORMS:
            known.clear()
            new = list(dict.fromkeys([w for words in sentences for w in words]))
        if new:
            rows: Any = [self._attributes(new)]
            for layer in self._embed[1:]:
                rows = layer.predict(rows)
            first = len(known) + 1
            stop = first + len(new)
            self._table[first:stop] = rows[0]
            width = self._table.shape[1]
            for k, table in enumerate(self._beside):
                np.matmul(rows[0], self._layers[0].weights[k * width : (k + 1) * width], out=table[first:stop])
            self._beside[1][first:stop] += self._layers[0].bias
            known.update(zip(new, range(first, stop), strict=True))
        return known

    def _attributes(self, forms: Sequence[str]) -> np.ndarray[Any, np.dtype[np.uint64]]:
        """What the first layer would read off a document, without noting the words in the model's store."""
        read = self._nlp.vocab.lex_attr_getters
        columns = []
        values: list[str | int]
        for name in self._embed[0].attrs["columns"]:
            # a word is taken to be followed by a space
            if name == "SPACY":
                values = [1] * len(forms)
            elif name == "SHAPE":
                values = [_plain_shape(form) or read[IDS[name]](form) for form in forms]
            else:
                values = [read[IDS[name]](form) for form in forms]
            columns.append([get_string_id(v) if isinstance(v, str) else int(v) for v in values])
        return np.array(columns, dtype=np.uint64).T.copy()


class _Layer:
    """One residual layer: each row with the rows beside it, the greatest of three readings, normalised, added."""

    def __init__(self, maxout: Model[Any, Any], norm: Model[Any, Any]) -> None:
        width, pieces, _ = maxout.get_param("W").shape
        self.width, self.pieces = width, pieces
        # the readings one after the other, not interleaved: their maximum is then taken over whole stretches
        self.weights = np.ascontiguousarray(maxout.get_param("W").transpose(1, 0, 2).reshape(width * pieces, -1).T)
        self.bias = maxout.get_param("b").T.reshape(-1).copy()
        self.scale, self.shift = norm.get_param("G"), norm.get_param("b")

    def run(self, rows: Rows) -> Rows:
        n, width = rows.shape
        window = np.zeros((n, 3 * width), dtype="f")
        window[1:, :width] = rows[:-1]
        window[:, width : 2 * width] = rows
        window[:-1, 2 * width :] = rows[1:]
        read = window @ self.weights
        read += self.bias
        return self.finish(read, rows)

    def finish(self, read: Rows, rows: Rows) -> Rows:
        """The rows with what the layer adds to them, given its readings."""
        width = rows.shape[1]
        best: Rows = read[:, :width]
        for k in range(1, self.pieces):
            best = np.maximum(best, read[:, k * width : (k + 1) * width])
        best -= best.mean(axis=1, keepdims=True)
        variance = np.einsum("ij,ij->i", best, best)[:, None] / width
        best *= 1.0 / np.sqrt(variance + 1e-8)
        best *= self.scale
        best += self.shift
        best += rows
        return best


class _Moves:
    """The parser's moves, chosen for all sentences at once: spaCy keeps the states, NumPy does the sums."""

    def __init__(self, parser: Any) -> None:
        self._parser = parser
        reduce = parser.model.get_ref("tok2vec").layers[-1]
        lower, upper = parser.model.get_ref("lower"), parser.model.get_ref("upper")
        self._reduce, self._reduce_bias = reduce.get_param("W").T, reduce.get_param("b")
        weights, pad, bias = (lower.get_param(name) for name in ("W", "pad", "b"))
        places, hidden, _, width = weights.shape
        self._places = np.arange(places)
        self._size = hidden
        # the two readings of a hidden unit far apart, not side by side: their maximum is then one long stretch
        self._place = np.ascontiguousarray(weights.transpose(3, 0, 2, 1).reshape(width, -1))
        self._nothing = pad[0].transpose(0, 2, 1).reshape(-1)
        self._bias = bias.T.reshape(-1)
        self._choose, self._choose_bias = upper.get_param("W").T, upper.get_param("b")
        nothing = np.zeros((0, width), dtype="f")
        parser.model.layers[0] = Model("no words", lambda model, docs, is_train: (nothing, None))
        self._step = parser.model.predict([])  # reads where in the sentence a state looks

    def run(self, docs: Sequence[Doc], rows: Rows) -> list[Any]:
        """The final state of each document, given a row for each word of them all."""
        words = np.empty((len(rows) + 1, self._place.shape[1]), dtype="f")
        words[0] = self._nothing
        np.matmul(rows @ self._reduce + self._reduce_bias, self._place, out=words[1:])
        words = words.reshape(-1, 2 * self._size)  # a row for each place that each word can take
        states = self._parser.moves.init_batch(docs)
        open_ = states
        while open_:
            looked_at = (self._step.get_token_ids(open_) + 1) * len(self._places) + self._places
            hidden = words.take(looked_at, axis=0).sum(axis=1)
            hidden += self._bias
            best = np.maximum(hidden[:, : self._size], hidden[:, self._size :])
            open_ = self._parser.transition_states(open_, best @ self._choose + self._choose_bias)
        return list(states)


def _plain_shape(form: str) -> str | None:
    """spaCy's shape of a plain word, lower-case or capitalised, without going through its letters; None for others."""
    if not (form.isascii() and form.isalpha() and len(form) < 100):
        return None
    if form.islower():
        return "xxxx"[: len(form)]
    return "X" + "xxxx"[: len(form) - 1] if form.istitle() else None


def can_encode(nlp: Language) -> bool:
    """Whether a model is built in the one way that Encoder knows: a tagger and a parser over one window encoder."""
    try:
        tok2vec, tagger, parser = (nlp.get_pipe(name).model for name in ("tok2vec", "tagger", "parser"))
        lower = parser.get_ref("lower")
        first = tok2vec.get_ref("embed").layers[0].name
        names = [n.name for n in tok2vec.get_ref("encode").walk()]
        reads = [n.name for n in (*tagger.walk(), *parser.get_ref("tok2vec").walk())]
    except KeyError:
        return False
    windows = [n.attrs["window_size"] for n in tok2vec.get_ref("encode").walk() if n.name == "expand_window"]
    return (
        first == "extract_features"
        and set(windows) == {1}
        and names.count("maxout") == names.count("layernorm") == len(windows)
        and reads.count("tok2vec-listener") == 2
        and "softmax" in reads
        and reads[-1] == "linear"
        and lower.get_dim("nP") == 2
        and parser.attrs["has_upper"]
        and not parser.attrs["unseen_classes"]
    )


def by_pipes(nlp: Language, sentences: Sequence[Sequence[str]]) -> list[Tree]:
    """Tags, labels and heads of each sentence by the model's own pipes, however it is built."""
    out = []
    with nlp.memory_zone():
        docs = [Doc(nlp.vocab, words=list(words)) for words in sentences]
        for _, pipe in nlp.pipeline:
            docs = list(pipe.pipe(docs))
        for doc in docs:
            out.append(([t.tag_ for t in doc], [t.dep_ for t in doc], [t.head.i for t in doc]))
    return out


@lru_cache(maxsize=2000)
def _blank(vocab: Any, length: int) -> Doc:
    """A document of so many words, whichever: the parser sees the words' rows and only counts them."""
    return Doc(vocab, words=["x"] * length)
