"""The check of a release: modules of plain Python, used here and put together as the single file check.py of a release.

They run on Python 3.8 with the standard library alone, and import nothing but each other.
"""

from __future__ import annotations

PARTS = (
    "fields",
    "zipform",
    "tree",
    "ed25519",
    "brought",
    "report",
    "opened",
    "origin",
    "logged",
    "ots",
    "release",
    "arguments",
    "command",
)
HEAD = '''\
#!/usr/bin/env python3
"""Checks a release of Probata without Probata: python3 check.py RELEASE.zip

Needs Python 3.8 or newer and nothing else; the answer of a time authority needs the program openssl as well. Says what
is proven, by whom, since when, and what is not. It only reads, and opens no network. custody.md tells how to do the
same by hand. Do not take this file from a release that you distrust: take it from a place that you trust.
Apache-2.0.
"""

from __future__ import annotations

'''
TAIL = """
if __name__ == "__main__":
    sys.exit(main())
"""


def single_file() -> bytes:
    """The source of check.py: the modules one after another, their imports gathered at the top."""
    import ast  # not needed by whoever only checks
    import re
    from collections import defaultdict
    from pathlib import Path

    modules: set[str] = set()
    names: defaultdict[str, set[str]] = defaultdict(set)
    bodies: list[str] = []
    for part in PARTS:
        source = Path(__file__).with_name(f"{part}.py").read_text(encoding="utf-8")
        lines = source.splitlines(keepends=True)
        tree = ast.parse(source)
        title = ast.get_docstring(tree) or part
        taken = {0: tree.body[0].end_lineno or 1}
        for node in tree.body:
            if isinstance(node, (ast.Import, ast.ImportFrom)):
                taken[node.lineno - 1] = node.end_lineno or node.lineno
            if isinstance(node, ast.Import):
                modules |= {alias.name for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module and not node.module.startswith(("__", "probata")):
                names[node.module] |= {alias.name for alias in node.names}
        for start, end in sorted(taken.items(), reverse=True):
            del lines[start:end]
        body = re.sub(r"  # noqa.*", "", "".join(lines)).strip("\n")
        bodies.append(f"# --- {title}\n\n{body}\n")
    top = [f"import {module}" for module in sorted(modules)]
    top += [f"from {module} import {', '.join(sorted(names[module]))}" for module in sorted(names)]
    return (HEAD + "\n".join(top) + "\n\n\n" + "\n\n".join(bodies) + "\n" + TAIL).encode()
