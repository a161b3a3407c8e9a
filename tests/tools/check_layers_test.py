#!/usr/bin/env python3
"""check_layers.py finds what it is there to find.

usage: check_layers_test.py CHECK_LAYERS
"""
import pathlib, subprocess, sys, tempfile

TABLE = """| layer | module | holds | may use | third-party headers |
|---|---|---|---|---|
| 0 | `base` | | | openssl |
| 1 | `text` | | base | unicode |
| 3 | `emit` | | base, text | |
| 3 | `ocr` | | {ocr} | tesseract |
| 4 | `pipeline` | | all of 0-3 | |
"""
GOOD = {
    "base/a.h": '#include <string>\n#include "base/b.h"\n',
    "base/b.h": "#include <sys/stat.h>\n",
    "base/a.cc": "#include <openssl/sha.h>\n#include <unistd.h>\n",
    "pipeline/p.cc": '#include "emit/e.h"\n#include "ocr/o.h"\n',
    "emit/e.h": '#include "text/t.h"\n',
}
# What is added to the good tree, and what must be said.
BAD = [
    ({"base/x.cc": '#include "text/t.h"\n'}, "base/x.cc:1: base may not include text/t.h"),
    ({"emit/x.cc": '\n#include "ocr/o.h"\n'}, "emit/x.cc:2: emit may not include ocr/o.h"),
    ({"text/x.cc": "#include <openssl/sha.h>\n"}, "text/x.cc:1: openssl/sha.h is no third-party header of text"),
    ({"emit/x.cc": "#include <zstd.h>\n"}, "emit/x.cc:1: zstd.h is no third-party header of emit"),
    ({"base/x.h": "#include <openssl/sha.h>\n"}, "base/x.h:1: third-party header openssl/sha.h outside a .cc file"),
    ({"extra/x.cc": ""}, "extra: stands in no row of README.md"),
    ({"README.md": TABLE.format(ocr="base, emit")}, "README.md: ocr may use emit; modules of layer 3 do not know each other"),
    ({"README.md": TABLE.format(ocr="pipeline")}, "README.md: ocr (layer 3) may use pipeline of layer 4"),
    ({"README.md": TABLE.format(ocr="bass")}, "README.md: ocr may use bass, which is no module"),
    ({"README.md": ""}, "README.md: has no layer table"),
]


def check(tool, files):
    with tempfile.TemporaryDirectory() as src:
        for name, content in files.items():
            path = pathlib.Path(src, name)
            path.parent.mkdir(exist_ok=True)
            path.write_text(content, encoding="utf-8")
        done = subprocess.run([sys.executable, tool, src], capture_output=True, text=True)
        return done.returncode, done.stdout.splitlines()


def main():
    good = {"README.md": TABLE.format(ocr="base"), **GOOD}
    failed = []
    code, said = check(sys.argv[1], good)
    if code != 0:
        failed.append(f"the good tree: {code} {said}")
    for change, want in BAD:
        code, said = check(sys.argv[1], {**good, **change})
        if code != 1 or want not in said:
            failed.append(f"wanted: {want}\n   got: {code} {said}")
    print("\n".join(failed) or f"{len(BAD)} faults found")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
