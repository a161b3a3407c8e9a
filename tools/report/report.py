#!/usr/bin/env python3
"""Measures the project on its corpus and writes RESULTS.md with tables and plots (SVG), by one command:

    tools/report/report.py [--build build/release]

It makes scans of the corpus where they are missing (hoidau-damage), runs `hoidau eval` and `hoidau blame`, and draws.
What recognition gave is kept below build/, so a second run is fast.
"""
import argparse
import concurrent.futures
import datetime
import json
import os
import pathlib
import platform
import subprocess
import sys
import time

import confusions
import svg

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
TEXT_KINDS = ["clean", "stripped", "lost", "old", "new", "nfd"]
LAYER_KINDS = ["print:layer"]
SCAN_KINDS = ["office-200-grey:vie", "poor-150:vie", "office-200-grey:eng"]
BARE_KINDS = ["office-200-grey:vie:bare", "office-200-grey:Vietnamese:bare"]
VARIANTS = ["order2", "order3", "one-letter", "lines", "no-acronyms", "no-document"]
WHAT = {
    "clean": "as it is", "stripped": "all marks off", "lost": "letters gone with their tone", "old": "hòa, ủy",
    "new": "hoà, uỷ", "nfd": "decomposed", "pair": "a real document",
}
TEXT_COLUMNS = [("before.syllables", "before"), ("syllables", "syllables"), ("characters", "characters"),
                ("diacritics", "letters with marks"), ("errors_removed", "errors removed"),
                ("mark_errors_removed", "errors of marks removed"), ("made_worse", "documents made worse"), ("harm", "harmed"),
                ("harm_figures", "figures harmed"), ("lines_kept", "right lines kept"), ("order", "in order")]
TRUST_COLUMNS = [("calibration", "calibration error"), ("unsure_share", "marked unsure"), ("unsure", "of them wrong"),
                 ("unsure_at_5", "wrong among the 5 % least sure")]
PARTS = ["metadata", "sections", "section_titles", "section_roles", "tasks", "assigned_tasks", "task_units", "task_due",
         "task_when", "task_requested", "task_report_to", "dates", "dates_in_name", "references", "events", "units",
         "quantities"]
STAGES = ["ocr", "repair-missed", "repair-harmed", "segment", "extract"]


def percent(value, digits=2):
    return f"{100 * value:.{digits}f}"


def cell(row, name):
    e = row["estimates"].get(name)
    if e is None:
        return "–"
    many = len(row["documents"]) > 1
    return percent(e[0]) + (f" <sub>{percent(e[1], 1)}–{percent(e[2], 1)}</sub>" if many else "")


def table(header, rows):
    out = ["| " + " | ".join(header) + " |", "|" + "|".join([" --- "] + [" ---: "] * (len(header) - 1)) + "|"]
    return "\n".join(out + ["| " + " | ".join(row) + " |" for row in rows]) + "\n"


def documents(corpus):
    return sorted(p.parent for p in corpus.glob("*/layout.json"))


def make_scans(args, kinds, wanted):
    """One scan a document and preset; the document's place in the corpus is its seed."""
    damage = args.build / "tools/print/hoidau-damage"
    jobs = []
    for preset in sorted({k.split(":")[0] for k in kinds if ":" in k}):
        folder = args.scans / preset
        folder.mkdir(parents=True, exist_ok=True)
        for seed, document in enumerate(documents(args.corpus), 1):
            if document not in wanted:
                continue
            target = folder / (document.name + ".pdf")
            if not target.exists() and preset == "print":
                jobs.append([args.build / "tools/print/hoidau-print", document / "layout.json", "--pdf", target])
            elif not target.exists():
                jobs.append([damage, document / "layout.json", "--preset", preset, "--seed", str(seed), "--pdf", target])
    if jobs and not damage.exists():
        sys.exit(f"report: {damage} is missing: build it, or leave scans out with --no-scans")
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        for done in pool.map(lambda job: subprocess.run(job, capture_output=True, text=True), jobs):
            if done.returncode != 0:
                sys.exit(f"report: {done.stderr}")
    return len(jobs)


def hoidau(args, command, *more):
    models = ["--models", args.models] if args.models else []
    run = subprocess.run([args.build / "hoidau", command, "--json", *models, *more], capture_output=True, text=True)
    if run.returncode != 0:
        sys.exit(f"report: hoidau {command}: {run.stderr}")
    return json.loads(run.stdout)


def observed_text(record):
    """What was read, before recovery."""
    return "\f".join("\n".join(" ".join(t["observed"] for t in line["tokens"]) for line in page["lines"]) for page in record["pages"])


def confusion_table(args, documents):
    """Latin OCR damage as made of the documents beside that of the real ones given with --pair."""
    folder = args.cache / "confusions"
    folder.mkdir(parents=True, exist_ok=True)

    def pairs_of(observed, true, out):
        subprocess.run([args.build / "tools/print/hoidau-pairs", "--observed", observed, "--true", true, "--out", out],
                       check=True, capture_output=True)
        return out.read_text()

    (folder / "real.tsv").write_text("".join(pairs_of(p[0], p[1], folder / "pair.tsv") for p in args.pair))
    scans = [args.scans / "office-200-grey" / (d.name + ".pdf") for d in documents]
    models = ["--models", args.models] if args.models else []
    program = args.build / "hoidau"
    # What was read is kept until the scan or the program is another one.
    fresh = lambda scan: (folder / (scan.stem + ".json")).exists() and all(
        f.stat().st_mtime < (folder / (scan.stem + ".json")).stat().st_mtime for f in (scan, program))
    if stale := [scan for scan in scans if not fresh(scan)]:
        subprocess.run([program, "run", "--mode", "force", "--language", "eng", *models, *stale, "-o", folder], capture_output=True)
    made = ""
    for document in documents:
        read = folder / (document.name + ".read.txt")
        read.write_text(observed_text(json.loads((folder / (document.name + ".json")).read_text())))
        made += pairs_of(read, document / "text.txt", folder / "pair.tsv")
    (folder / "made.tsv").write_text(made)
    return confusions.table({"real": confusions.Confusions(folder / "real.tsv"), "made": confusions.Confusions(folder / "made.tsv")}, 25)


def sections(nodes):
    for n in nodes or []:
        yield n
        yield from sections(n.get("children"))


def corpus_table(corpus):
    """Documents by type, with what their gold records hold."""
    rows, total, kinds = {}, [0] * 7, {}
    for path in sorted(corpus.glob("*/gold.json")):
        gold = json.loads(path.read_text())
        text = (path.parent / "text.txt").read_text()
        for d in gold.get("dates") or []:
            kinds[d["kind"]] = kinds.get(d["kind"], 0) + 1
        counts = [1, text.count("\f") + 1, len(text.split()), len(list(sections(gold.get("sections")))),
                  len(gold.get("tasks") or []), len(gold.get("dates") or []), len(gold.get("quantities") or [])]
        row = rows.setdefault((gold.get("metadata") or {}).get("type") or "–", [0] * 7)
        for i, n in enumerate(counts):
            row[i] += n
            total[i] += n
    header = ["type", "documents", "pages", "words", "sections", "tasks", "dates", "quantities"]
    lines = [[name] + [str(n) for n in row] for name, row in sorted(rows.items(), key=lambda r: -r[1][0])]
    by_kind = ", ".join(f"{k} {n}" for k, n in sorted(kinds.items(), key=lambda k: -k[1]))
    return table(header, lines + [["all"] + [str(n) for n in total]]) + f"\nDates by kind: {by_kind}.\n"


def name_of(row, one_set):
    return ("" if one_set else row["set"] + " ") + row["kind"]


def plots(evaluation, blame, folder):
    """SVG files; their names and captions."""
    folder.mkdir(parents=True, exist_ok=True)
    rows = [r for r in evaluation["rows"] if "/" not in r["kind"]]
    one_set = len({r["set"] for r in rows}) == 1
    out = []

    def save(name, caption, content):
        (folder / name).write_text(content)
        out.append((name, caption))

    damaged = [r for r in rows if r["kind"] not in ("clean", "old", "new", "nfd") and "syllables" in r["estimates"]]
    save("recovery.svg", "Syllables right, before recovery and after it, with 95 % intervals",
         svg.bars([name_of(r, one_set) for r in damaged],
                  [("before", [r["estimates"]["before.syllables"] for r in damaged]),
                   ("after", [r["estimates"]["syllables"] for r in damaged])]))
    recorded = [r for r in rows if "record.tasks" in r["estimates"] and r["kind"] in
                ("clean", "stripped", "print:layer", "office-200-grey:vie", "office-200-grey:eng", "pair")]
    if recorded:
        save("record.svg", "F1 of the parts of the record, with 95 % intervals",
             svg.bars([p.replace("_", " ") for p in PARTS],
                      [(name_of(r, one_set), [r["estimates"].get("record." + p) for p in PARTS]) for r in recorded]))
    curves = []
    for r in damaged:
        bins = [sum(c) for c in zip(*(d["measures"]["calibration"] for d in r["documents"]))]
        points = [(bins[i + 1] / bins[i], bins[i + 2] / bins[i]) for i in range(0, 30, 3) if bins[i] >= 20]
        curves.append((name_of(r, one_set), points))
    save("calibration.svg", "How often a token is right against how sure recovery is of it (bins of at least 20 tokens)",
         svg.curves(curves, "confidence", "right"))
    counts = {}
    for b in blame["wrong"]:
        counts.setdefault(b["part"], {}).setdefault(b["stage"], 0)
        counts[b["part"]][b["stage"]] += 1
    parts = sorted(counts, key=lambda p: -sum(counts[p].values()))
    save("blame.svg", "Wrong values by the first stage that fails",
         svg.stacks([p.replace("_", " ") for p in parts], [(s, [counts[p].get(s, 0) for p in parts]) for s in STAGES]))
    return out


def blame_tables(blame):
    out = []
    for kind in dict.fromkeys(b["kind"] for b in blame["wrong"]):
        wrong = [b for b in blame["wrong"] if b["kind"] == kind]
        parts = sorted({b["part"] for b in wrong}, key=lambda p: -sum(b["part"] == p for b in wrong))
        count = lambda part, stage: sum(b["part"] == part and b["stage"] == stage for b in wrong)
        rows = [[p.replace("_", " ")] + [str(count(p, s) or "·") for s in STAGES] + [str(sum(b["part"] == p for b in wrong))]
                for p in parts]
        rows.append(["all"] + [str(sum(b["stage"] == s for b in wrong)) for s in STAGES] + [str(len(wrong))])
        out.append(f"**{kind}**\n\n" + table(["wrong values"] + STAGES + ["all"], rows))
    return "\n".join(out)


def write(args, evaluation, blame, compared, seconds, command):
    rows = evaluation["rows"]
    one_set = len({r["set"] for r in rows}) == 1
    main = [r for r in rows if "/" not in r["kind"]]
    variants = [r for r in rows if "/" in r["kind"]]
    commit = subprocess.run(["git", "-C", ROOT, "rev-parse", "--short", "HEAD"], capture_output=True, text=True).stdout.strip()
    images = plots(evaluation, blame, args.out.parent / args.plots)
    label = lambda r: name_of(r, one_set) + (f" ({WHAT[r['kind']]})" if r["kind"] in WHAT else "")
    image = lambda name: next(f"![{caption}]({args.plots}/{n})\n\n*{caption}*\n" for n, caption in images if n == name)

    out = [f"# Results\n\nWritten by `{command}` on {datetime.date.today()}"
           + (f", commit {commit}" if commit else "") + f", {os.cpu_count()} cores, Python {platform.python_version()}, in "
           f"{seconds:.0f} s. Do not edit: run it again.\n\nAll values are per cent. Small figures are 95 % intervals from a "
           f"bootstrap over documents ({evaluation['resamples']} resamples, fixed seed). What is counted: "
           "`src/eval/evaluate.h`, `text_score.h`, `record_score.h`.\n"]
    out.append(f"## The corpus: `{args.corpus.name}`\n\n" + corpus_table(args.corpus))
    held_out = args.corpus.parent / "held-out"
    if held_out.is_dir() and held_out != args.corpus:
        out.append("Kept back, and in none of the figures below:\n\n" + corpus_table(held_out))
    out.append("## Recovery\n\n`before` are the syllables that were right as observed. A kind `PRESET:LANGUAGE` is a scan made "
               "by `hoidau-damage --preset PRESET` of some of the documents, read by Tesseract's model LANGUAGE (`eng` knows no Vietnamese: the damage of "
               "Latin engines); `bare` leaves out our preparation of the page; `print:layer` is the "
               "PDF as its office would make it, with its text. Harmed: right before, wrong after, of those "
               "right before.\n\n" + table(["kind", "documents"] + [t for _, t in TEXT_COLUMNS],
                                            [[label(r), str(len(r["documents"]))] + [cell(r, n) for n, _ in TEXT_COLUMNS] for r in main])
               + "\n" + image("recovery.svg"))
    out.append("## Confidence\n\n" + table(["kind"] + [t for _, t in TRUST_COLUMNS],
                                          [[label(r)] + [cell(r, n) for n, _ in TRUST_COLUMNS] for r in main])
               + "\n" + image("calibration.svg"))
    if variants:
        out.append("## What each part of recovery brings\n\nThe same text, recovered without one part: language models of order 2 "
                   "and 3, channel edits of one letter only, lines instead of paragraphs, without the document's own "
                   "acronyms, without a second pass for the words that the document uses elsewhere.\n\n"
                   + table(["kind", "syllables", "letters with marks", "harmed", "calibration error"],
                           [[label(r)] + [cell(r, n) for n in ("syllables", "diacritics", "harm", "calibration")]
                            for r in rows if any(v["set"] == r["set"] and v["kind"].startswith(r["kind"].split("/")[0] + "/") for v in variants)]))
    recorded = [r for r in main if "record.tasks" in r["estimates"]]
    if recorded:
        out.append("## The record\n\nF1 of each part.\n\n" + table(["part"] + [name_of(r, one_set) for r in recorded],
                   [[p.replace("_", " ")] + [cell(r, "record." + p) for r in recorded] for p in PARTS])
                   + "\n" + image("record.svg"))
    out.append("## What to work on next\n\nFor each wrong value gold is put into each stage in turn; the first stage with which it "
               "comes out right is to blame (`src/eval/blame.h`; `hoidau blame` shows examples).\n\n" + blame_tables(blame)
               + "\n" + image("blame.svg"))
    if compared:
        out.append("## Is made damage like the real thing?\n\nLetters as they were read, against what was printed: real documents "
                   "with the text layer of their scanner, and scans made of the corpus (`office-200-grey`, read by Tesseract's "
                   "`eng`). The most frequent confusions of the real ones (`tools/report/confusions.py`).\n\n" + compared)
    args.out.write_text("\n".join(out))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--build", type=pathlib.Path, default=ROOT / "build/release", help="build folder with hoidau and tools")
    parser.add_argument("--corpus", type=pathlib.Path, default=ROOT / "corpus/dev")
    parser.add_argument("--models", help="models folder, where it is not the program's own")
    parser.add_argument("--text", nargs="+", default=[], metavar="FILE", help="texts that no training saw, one paragraph a line")
    parser.add_argument("--pair", nargs="+", action="append", default=[], metavar="FILE",
                        help="OBSERVED GOLD [LINES left out]; may be given again")
    parser.add_argument("--no-scans", action="store_true", help="kinds of damage that need no page only")
    parser.add_argument("--scan-every", type=int, default=4, metavar="N",
                        help="recognise the scans of every Nth document only: a page costs seconds (1: all)")
    parser.add_argument("--scans", type=pathlib.Path, default=ROOT / "build/eval-scans")
    parser.add_argument("--cache", type=pathlib.Path, default=ROOT / "build/eval-cache")
    parser.add_argument("--out", type=pathlib.Path, default=ROOT / "RESULTS.md")
    parser.add_argument("--plots", default="docs/results", help="folder of the plots, beside the page")
    parser.add_argument("--json", type=pathlib.Path, help="keep the numbers, for hoidau eval --compare")
    args = parser.parse_args()

    begin = time.monotonic()
    layers, scans = ([], []) if args.no_scans else (LAYER_KINDS, SCAN_KINDS)
    make_scans(args, layers, documents(args.corpus))
    sample = documents(args.corpus)[::args.scan_every]
    make_scans(args, scans, sample)
    folders = [str(d) for d in sample]
    common = ["--scans", str(args.scans), "--cache", str(args.cache)]
    evaluation = hoidau(args, "eval", str(args.corpus), *common, "--kinds", ",".join(TEXT_KINDS + layers))
    parts = hoidau(args, "eval", str(args.corpus), "--stage", "text", "--kinds", "stripped", "--variants", ",".join(VARIANTS))
    evaluation["rows"] += [r for r in parts["rows"] if "/" in r["kind"]]
    blame = hoidau(args, "blame", str(args.corpus), "--kinds", "clean,stripped")
    if scans:
        evaluation["rows"] += hoidau(args, "eval", *folders, *common, "--kinds", ",".join(scans))["rows"]
        evaluation["rows"] += hoidau(args, "eval", *folders, *common, "--stage", "text", "--kinds", ",".join(BARE_KINDS))["rows"]
        parts = hoidau(args, "eval", *folders, *common, "--stage", "text", "--kinds",
                       ",".join(k for k in scans if k.endswith(":eng")), "--variants", ",".join(VARIANTS))
        evaluation["rows"] += [r for r in parts["rows"] if "/" in r["kind"]]
        for row in evaluation["rows"]:
            row["set"] = args.corpus.name  # some documents of it
        blame["wrong"] += hoidau(args, "blame", *folders, *common, "--kinds",
                                 ",".join(k for k in scans if k.startswith("office")))["wrong"]
    if args.text:
        evaluation["rows"] += hoidau(args, "eval", "--stage", "text", "--kinds", "clean,stripped", "--text", *args.text)["rows"]
    for files in args.pair:
        skip = ["--skip", files[2]] if len(files) > 2 else []
        evaluation["rows"] += hoidau(args, "eval", "--pair", *files[:2], *skip)["rows"]
    compared = confusion_table(args, sample) if args.pair and scans else ""
    if args.json:
        args.json.write_text(json.dumps(evaluation, ensure_ascii=False, indent=1) + "\n")
    # The command as a reader can give it: without the folders of this machine.
    name = lambda f: str(pathlib.Path(f).resolve().relative_to(ROOT)) if ROOT in pathlib.Path(f).resolve().parents else pathlib.Path(f).name
    shown = ["tools/report/report.py"] + (["--no-scans"] if args.no_scans else [])
    shown += ["--text", *map(name, args.text)] if args.text else []
    for files in args.pair:
        shown += ["--pair", *map(name, files[:2]), *files[2:]]
    write(args, evaluation, blame, compared, time.monotonic() - begin, " ".join(shown))


if __name__ == "__main__":
    main()
