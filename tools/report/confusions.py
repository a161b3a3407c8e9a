#!/usr/bin/env python3
"""Sets the confusions of several tables of pairs (observed TAB true, of hoidau-pairs) side by side: is made damage like
the real thing?

    hoidau-pairs --observed 000.txt --true 000.gold.txt --out real.tsv
    tools/report/confusions.py real=real.tsv made=made.tsv [--top 30]

A confusion is a true letter and what was read for it, from a letter-by-letter alignment of the pair.
"""
import argparse
import collections
import math
import unicodedata


def letters(text):
    """NFC, lower case, without white space."""
    return "".join(unicodedata.normalize("NFC", text).lower().split())


def bare(text):
    return "".join(c for c in unicodedata.normalize("NFD", letters(text).replace("đ", "d")) if not unicodedata.combining(c))


def edits(observed, true):
    """[(true letter, observed letters)] of a cheapest alignment; a letter that was read twice takes both."""
    rows = [list(range(len(observed) + 1))]
    for i, t in enumerate(true, 1):
        row = [i]
        for j, o in enumerate(observed, 1):
            # Letters that differ by their marks are nearer than others.
            swap = 0 if t == o else 0.6 if bare(t) == bare(o) else 1
            row.append(min(rows[-1][j - 1] + swap, rows[-1][j] + 1, row[-1] + 1))
        rows.append(row)
    out, i, j, extra = [], len(true), len(observed), ""
    while i or j:
        t, o = true[i - 1] if i else "", observed[j - 1] if j else ""
        swap = 0 if t == o else 0.6 if bare(t) == bare(o) else 1
        if i and j and math.isclose(rows[i][j], rows[i - 1][j - 1] + swap):
            out.append((t, o + extra))
            i, j, extra = i - 1, j - 1, ""
        elif j and math.isclose(rows[i][j], rows[i][j - 1] + 1):
            j, extra = j - 1, o + extra
        else:
            out.append((t, extra))
            i, extra = i - 1, ""
    return out


class Confusions:
    def __init__(self, path):
        self.letters = collections.Counter()
        self.read = collections.Counter()
        self.pairs = self.right = self.bare_right = self.bare_letters = self.bare_wrong = 0
        for line in open(path, encoding="utf-8"):
            observed, true = line.rstrip("\n").split("\t")[:2]
            if not any(c.isalpha() for c in true):
                continue
            observed, true = letters(observed), letters(true)
            self.pairs += 1
            self.right += observed == true
            self.bare_right += bare(observed) == bare(true)
            for t, o in edits(observed, true):
                self.letters[t] += 1
                self.read[t, o] += 1
                self.bare_letters += 1
                self.bare_wrong += bare(t) != bare(o)

    def share(self, t, o):
        return self.read[t, o] / max(1, self.letters[t])

    def wrong(self):
        """A thousandth of all letters: how often t was read as o."""
        whole = sum(self.letters.values())
        return {k: 1000 * n / whole for k, n in self.read.items() if k[0] != k[1]}


def table(named, top):
    """Markdown; the first is the real one, whose most frequent confusions are shown."""
    names = list(named)
    sets = [named[n] for n in names]
    per_cent = lambda part, whole: f"{100 * part / max(1, whole):.1f}"
    lines = ["| | " + " | ".join(names) + " |", "| --- |" + " ---: |" * len(names)]
    lines.append("| syllables right as read, % | " + " | ".join(per_cent(s.right, s.pairs) for s in sets) + " |")
    lines.append("| … but for their marks, % | " + " | ".join(per_cent(s.bare_right, s.pairs) for s in sets) + " |")
    lines.append("| letters wrong but for their marks, % | " + " | ".join(per_cent(s.bare_wrong, s.bare_letters) for s in sets) + " |")
    first = sets[0].wrong()
    frequent = sorted(first, key=lambda k: -first[k])[:top]
    lines += ["", "| confusion | " + " | ".join(f"{n}: of all letters, ‰ | of this letter, %" for n in names) + " |",
              "| --- |" + " ---: | ---: |" * len(names)]
    for t, o in frequent:
        lines.append(f"| {t} → {o or '(nothing)'} | "
                     + " | ".join(f"{s.wrong().get((t, o), 0):.1f} | {100 * s.share(t, o):.0f}" for s in sets) + " |")
    for name, other in list(zip(names, sets))[1:]:
        wrong = other.wrong()
        common = set(sorted(wrong, key=lambda k: -wrong[k])[:top]) & set(frequent)
        lines += ["", f"Of the {top} most frequent confusions of `{names[0]}` {len(common)} are among the {top} most frequent of `{name}`."]
    return "\n".join(lines) + "\n"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("tables", nargs="+", metavar="NAME=PAIRS.tsv")
    parser.add_argument("--top", type=int, default=30)
    args = parser.parse_args()
    print(table({name: Confusions(path) for name, path in (t.split("=", 1) for t in args.tables)}, args.top))


if __name__ == "__main__":
    main()
