#!/usr/bin/env python3
"""Reads the same pages with hoidau, with Tesseract as it comes and with OCRmyPDF, and writes a table of their errors:

    tools/report/pages.py --presets office-200-grey,poor-150,stamped --documents 8      # pages made of the corpus
    tools/report/pages.py --scans DIR --truths DIR                                      # NAME.pdf with NAME.txt
    tools/report/pages.py --presets phone --without flatten,deskew   # each step left out; all: every one that there is
    tools/report/pages.py --presets stamped --cost                   # processor time beside that of bare Tesseract
    tools/report/pages.py --presets stamped --speed                  # how much sooner a batch is done than bare Tesseract
    tools/report/pages.py --seals --documents 20                     # lines under a seal, with the seal and without

A truth NAME.txt is of the first page; NAME.1-3.txt is of pages 1 to 3. Where it has a form feed between pages each page is
scored, else the pages together. OCRmyPDF is left out where it is not installed. What was read is kept (--cache) by the
digest of the pages and of the program, so a second run is fast.

Errors are edit distance over the length of the truth, in NFC, white space folded, dashes and quotation marks as one, and the
tones of open oa, oe, uy in one place. Syllables are runs of letters and digits, compared with case. Order is the longest
common subsequence of syllables over those that both texts have.

Page numbers are left out of the truth and of every reading: the corpus has them as the first line of their page also where
they are printed at its foot, and a program that gives them where they stand is right. A number that was misread is an error.
"""
import argparse
import collections
import concurrent.futures
import hashlib
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import time
import unicodedata

from report import ROOT, table

TONES = "\u0300\u0301\u0303\u0309\u0323"
ALLOWED = 0.5  # points of syllable error by which a page may be worse than the better bare Tesseract
PROGRAMS = {"before": "hoidau, before recovery", "after": "hoidau", "vie": "tesseract -l vie",
            "Vietnamese": "tesseract -l Vietnamese", "ocrmypdf": "ocrmypdf --force-ocr -l vie"}


def fold(text):
    text = unicodedata.normalize("NFD", re.sub("[–—]", "-", re.sub("[“”]", '"', re.sub("[‘’]", "'", text))))
    text = re.sub(f"([oO])([aAeE])([{TONES}])(?![A-Za-z])", r"\1\3\2", text)
    text = re.sub(f"(?<![qQ])([uU])([yY])([{TONES}])(?![A-Za-z])", r"\1\3\2", text)
    return re.sub(r"\s+", " ", unicodedata.normalize("NFC", text)).strip()


def syllables(text):
    return re.findall(r"[^\W_]+", fold(text))


def masks(a):
    out = {}
    for i, x in enumerate(a):
        out[x] = out.get(x, 0) | 1 << i
    return out


def distance(a, b):
    """Edit distance with unit costs, bit-parallel (Myers 1999, Hyyrö 2003)."""
    if not a:
        return len(b)
    where, full, top = masks(a), (1 << len(a)) - 1, 1 << (len(a) - 1)
    plus, minus, score = full, 0, len(a)
    for x in b:
        eq = where.get(x, 0)
        diagonal = (((eq & plus) + plus) ^ plus) | eq | minus
        up, down = minus | ~(diagonal | plus) & full, plus & diagonal
        score += bool(up & top) - bool(down & top)
        up, down = (up << 1 | 1) & full, down << 1 & full
        plus, minus = down | ~(diagonal | up) & full, up & diagonal
    return score


def common(a, b):
    """Length of the longest common subsequence, bit-parallel (Hyyrö 2004)."""
    where, full = masks(a), (1 << len(a)) - 1
    rows = full
    for x in b:
        hit = rows & where.get(x, 0)
        rows = (rows + hit | rows - hit) & full
    return len(a) - bin(rows).count("1")


def page_number(truth):
    """That of a page of truth: its first line, where that is a number alone; else None."""
    found = re.match(r"\s*(\d{1,4})[ \t]*(?:\n|$)", truth)
    return found and found[1]


def without_number(text, number):
    """The page without its number where that is the whole of its first or its last line, with or without dashes around."""
    if number is None:
        return text
    alone = rf"[ \t]*[-–—]?[ \t]*{number}[ \t]*[-–—]?[ \t]*"
    first = re.sub(rf"\A\s*{alone}(?:\n|\Z)", "", text)
    return first if first != text else re.sub(rf"(?:\A|\n){alone}\s*\Z", "\n", text)


def score(truth, text):
    """Counts: errors and length in characters and in syllables; syllables in order and found."""
    t, g = fold(truth), fold(text)
    ts, gs = syllables(truth), syllables(text)
    found = sum((collections.Counter(ts) & collections.Counter(gs)).values())
    return [distance(t, g), len(t), distance(ts, gs), len(ts), common(ts, gs), found]


def run(*command):
    done = subprocess.run([str(c) for c in command], capture_output=True, env={**os.environ, "OMP_THREAD_LIMIT": "1"})
    if done.returncode not in (0, 20):
        raise RuntimeError(f"{command[0]}: {done.stderr.decode(errors='replace').strip()}")
    return done.stdout.decode(errors="replace")


def digest(*parts):
    return hashlib.sha256(b"\0".join(p if isinstance(p, bytes) else str(p).encode() for p in parts)).hexdigest()


class Reader:
    """Every program on one file of pages; a text a page."""

    def __init__(self, args):
        self.args = args
        self.hoidau = args.build / "hoidau"
        self.steps = args.build / "tools/pages/hoidau-read-pages"
        models = args.models = args.models or args.build / "models"
        stamps = [f"{p} {p.stat().st_size} {p.stat().st_mtime_ns}" for p in sorted(models.rglob("*")) if p.is_file() and "rules" not in p.parts]
        self.ours = digest(self.hoidau.read_bytes(), *stamps, *args.option)
        self.tesseract = run("tesseract", "--version").split("\n")[0]
        self.ocrmypdf = run("ocrmypdf", "--version") if shutil.which("ocrmypdf") else None

    def read(self, pdf):
        content = digest(pdf.read_bytes())
        texts = self.kept(digest("ours", self.ours, content), lambda: self.read_ours(pdf))
        for language in ("vie", "Vietnamese"):
            texts[language] = self.kept(digest(self.tesseract, language, content), lambda: self.read_bare(pdf, language))
        if self.ocrmypdf:
            texts["ocrmypdf"] = self.kept(digest("ocrmypdf", self.ocrmypdf, content), lambda: self.read_ocrmypdf(pdf))
        for step in self.args.without:
            texts["without " + step] = self.kept(digest("without", step, self.ours, content), lambda: self.read_by_steps(pdf, step)["after"])
        return texts

    def read_by_steps(self, pdf, *without):
        return json.loads(run(self.steps, "--models", self.args.models, *(f"--without={step}" for step in without), pdf))

    def kept(self, key, make):
        path = self.args.cache / (key + ".json")
        if not path.exists():
            made = make()
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(json.dumps(made, ensure_ascii=False))
        return json.loads(path.read_text())

    def read_ours(self, pdf):
        record = json.loads(run(self.hoidau, "ocr", "--json", "--threads", "1", "--mode", "force", "--models", self.args.models, *self.args.option, pdf))
        before = ["\n".join(" ".join(t["observed"] for t in line["tokens"]) for line in page["lines"]) for page in record["pages"]]
        return {"before": before, "after": record["text"].split("\f")}

    def read_bare(self, pdf, language):
        with tempfile.TemporaryDirectory() as folder:
            return [run("tesseract", image, "-", "--dpi", dpi, "-l", language) for image, dpi in page_images(pdf, folder)]

    def read_ocrmypdf(self, pdf):
        with tempfile.TemporaryDirectory() as folder:
            sidecar = pathlib.Path(folder, "text")
            run("ocrmypdf", "-q", "-j1", "--force-ocr", "-l", "vie", "--output-type", "pdf", "--sidecar", sidecar, pdf,
                pathlib.Path(folder, "out.pdf"))
            return sidecar.read_text().split("\f")


def page_images(pdf, folder):
    """Each page as the scan that it is, or drawn where it is not one image, with its resolution."""
    images = collections.defaultdict(list)
    for line in run("pdfimages", "-list", pdf).split("\n")[2:]:
        column = line.split()
        if len(column) > 12 and column[2] == "image":
            images[int(column[0])].append(int(column[12]))
    pages = int(re.search(r"^Pages:\s+(\d+)", run("pdfinfo", pdf), re.M)[1])
    out = []
    for page in range(1, pages + 1):
        stem = os.path.join(folder, str(page))
        if len(images[page]) == 1:
            run("pdfimages", "-png", "-f", page, "-l", page, pdf, stem)
            out.append((stem + "-000.png", images[page][0]))
        else:
            run("pdftoppm", "-r", "300", "-png", "-singlefile", "-f", page, "-l", page, pdf, stem)
            out.append((stem + ".png", 300))
    return out


def made_pages(args):
    """(kind, name, PDF, truth): documents of the corpus, spread evenly over it; their place is the seed."""
    layouts = sorted(args.corpus.glob("*/layout.json"))
    step = max(1, len(layouts) // args.documents) if args.documents else 1
    for preset in args.presets:
        for at in range(0, len(layouts), step)[:args.documents or None]:
            document = layouts[at].parent
            pdf = args.made / preset / (document.name + ".pdf")
            if not pdf.exists():
                pdf.parent.mkdir(parents=True, exist_ok=True)
                run(args.build / "tools/print/hoidau-damage", layouts[at], "--preset", preset, "--seed", at + 1, "--pdf", pdf)
            yield preset, document.name, pdf, (document / "text.txt").read_text()


def scanned_pages(args):
    for truth in sorted(args.truths.glob("*.txt")):
        name, _, pages = truth.name.removesuffix(".txt").partition(".")
        target = args.made / "scans" / (name + ".pdf")
        target.parent.mkdir(parents=True, exist_ok=True)
        run("qpdf", "--empty", "--deterministic-id", "--pages", args.scans / (name + ".pdf"), pages or "1", "--", target)
        yield "scan", name, target, truth.read_text()


def compare(reader, job):
    """[(kind, page name, {program: counts})]"""
    kind, name, pdf, truth = job
    texts = reader.read(pdf)
    truths = truth.rstrip("\f\n").split("\f")
    by_page = len(truths) > 1 and all(len(t) >= len(truths) for t in texts.values())
    numbers = [page_number(t) for t in truths] if by_page else [page_number(truth)]
    if by_page or all(len(t) == 1 for t in texts.values()):
        truths = [without_number(t, n) for t, n in zip(truths, numbers)]
        texts = {p: [without_number(page, n) for page, n in zip(t, numbers)] for p, t in texts.items()}
    if not by_page:
        truths, texts = [" ".join(truths)], {p: [" ".join(t)] for p, t in texts.items()}
    return [(kind, f"{name} {page + 1}" if by_page else name, {p: score(truths[page], t[page]) for p, t in texts.items()})
            for page in range(len(truths))]


def rate(rows, program, errors):
    counts = [sum(r[2][program][i] for r in rows) for i in (errors, errors + 1)]
    return 100 * counts[0] / max(1, counts[1])


def costs(reader, jobs):
    """Processor seconds of every part and of `tesseract` on the same pages, one file after the other."""
    kinds = {}
    for kind, name, pdf, truth in jobs:
        kind = kinds.setdefault(kind, collections.Counter())
        made = reader.read_by_steps(pdf)
        for part, seconds in made["seconds"].items():
            kind[part] += seconds
        kind["pages"] += len(made["after"])
        kind["peak_mb"] = max(kind["peak_mb"], made["peak_mb"])
        with tempfile.TemporaryDirectory() as folder:
            images = page_images(pdf, folder)
            before = os.times()
            for image, dpi in images:
                run("tesseract", image, "-", "--dpi", dpi, "-l", "vie")
            after = os.times()
        kind["bare"] += after.children_user + after.children_system - before.children_user - before.children_system
    total = sum(kinds.values(), collections.Counter())
    total["peak_mb"] = max(kind["peak_mb"] for kind in kinds.values())
    parts = ["decode", "prepare and order", "tesseract", "tesseract again", "recovery"]
    rows = []
    for name, kind in [*kinds.items(), ("all", total)]:
        beside = kind["decode"] + kind["prepare and order"] + kind["recovery"]
        ours = sum(kind[part] for part in parts)
        rows.append([name, str(kind["pages"])] + [f"{kind[part]:.2f}" for part in parts] + [
            f"{kind['bare']:.2f}", f"{100 * beside / kind['bare']:.0f} %", f"{kind['bare'] / ours:.2f}", f"{kind['peak_mb']} MB"])
    return "**Processor seconds, one thread**\n\n" + table(
        ["kind", "pages"] + parts + ["tesseract page.png -l vie", "beside Tesseract", "pages per processor second, times", "peak"], rows)


def infix(line, page):
    """Least edit distance of a line to any part of the page (Sellers 1980)."""
    row = [0] * (len(page) + 1)
    for i, x in enumerate(line, 1):
        before, row[0] = row[0], i
        for j, y in enumerate(page, 1):
            before, row[j] = row[j], min(before + (x != y), row[j] + 1, row[j - 1] + 1)
    return min(row)


def under(seal, line):
    """Whether a word reaches into the ring; boxes are left, top, width and height in points."""
    x, y, radius = seal[0] + seal[2] / 2, seal[1] + seal[3] / 2, seal[2] / 2
    aside = ((x - min(max(x, w[0]), w[0] + w[2]), y - min(max(y, w[1]), w[1] + w[3])) for w in (word["box"] for word in line["words"]))
    return any(across**2 + down**2 < radius**2 for across, down in aside)


def seals(args, reader):
    """The lines that seals cover, on pages printed with the seals and on the same pages printed without."""
    counts, pages, lines = {}, 0, 0
    with tempfile.TemporaryDirectory() as folder:
        truth, recipe, pdf = (pathlib.Path(folder, name) for name in ("truth.json", "recipe.json", "page.pdf"))
        layouts = sorted(args.corpus.glob("*/layout.json"))
        for at in range(0, len(layouts), max(1, len(layouts) // args.documents) if args.documents else 1):
            damage = (args.build / "tools/print/hoidau-damage", layouts[at], "--pdf", pdf)
            run(args.build / "tools/print/hoidau-print", layouts[at], "--truth", truth)
            run(*damage, "--preset", "stamped", "--seed", at + 1, "--recipe", recipe)
            printed, marks = json.loads(truth.read_text())["pages"], json.loads(recipe.read_text())
            covered = [[line["text"] for line in page["lines"] if any(under(m["box"], line) for m in made["marks"] if m["kind"] == "seal")]
                       for page, made in zip(printed, marks["pages"])]
            number = next((n for n, found in enumerate(covered) if found), None)
            if number is None:
                continue
            pages, lines = pages + 1, lines + len(covered[number])
            for kind in ("with the seal", "without"):
                if kind == "without":
                    for made in marks["pages"]:
                        made["marks"] = [m for m in made["marks"] if m["kind"] != "seal"]
                    recipe.write_text(json.dumps(marks))
                    run(*damage, "--again", recipe)
                lone = pdf.with_name("lone.pdf")
                run("qpdf", "--deterministic-id", pdf, "--pages", pdf, number + 1, "--", lone)
                for program, text in reader.read(lone).items():
                    text, count = " ".join(text), counts.setdefault(program, {}).setdefault(kind, [0] * 4)
                    for line in covered[number]:
                        for i, unit in enumerate((fold, syllables)):
                            count[2 * i] += infix(unit(line), unit(text))
                            count[2 * i + 1] += len(unit(line))
    rows = [[PROGRAMS[p]] + [f"{100 * kinds[k][i] / max(1, kinds[k][i + 1]):.2f}" for i in (2, 0) for k in kinds] for p, kinds in counts.items()]
    return f"**{lines} lines under the seals of {pages} pages, error, per cent**\n\n" + table(
        ["program", "syllables, with the seal", "without", "characters, with the seal", "without"], rows)


def speed(reader, jobs):
    """Wall clock: `tesseract` page by page, one thread each, and all the files in one `hoidau batch`."""
    with tempfile.TemporaryDirectory() as folder:
        inputs = os.path.join(folder, "in")
        os.mkdir(inputs)
        bare = pages = 0
        for number, (kind, name, pdf, truth) in enumerate(jobs):
            shutil.copy(pdf, os.path.join(inputs, f"{number}.pdf"))
            images = page_images(pdf, tempfile.mkdtemp(dir=folder))
            pages += len(images)
            begin = time.monotonic()
            for image, dpi in images:
                run("tesseract", image, "-", "--dpi", dpi, "-l", "vie")
            bare += time.monotonic() - begin
        begin = time.monotonic()
        run(reader.hoidau, "batch", inputs, "-o", os.path.join(folder, "out"), "--mode", "force", "--models", reader.args.models)
        ours = time.monotonic() - begin
        read = len([f for f in os.listdir(os.path.join(folder, "out")) if f.endswith(".json")])
    if read != len(jobs):
        sys.exit(f"hoidau batch wrote {read} of {len(jobs)} records")
    return (f"{pages} pages of {len(jobs)} files on {os.cpu_count()} cores: tesseract page.png -l vie {bare:.1f} s, "
            f"hoidau batch {ours:.1f} s, {bare / ours:.2f} times as fast\n")


def worse(row):
    better = min(rate([row], p, 2) for p in ("vie", "Vietnamese"))
    return rate([row], "after", 2) - better


def report(rows, programs):
    kinds = list(dict.fromkeys(r[0] for r in rows))
    groups = [(k, [r for r in rows if r[0] == k]) for k in kinds] + ([("all", rows)] if len(kinds) > 1 else [])
    out = []
    for title, at in (("Syllable error, per cent", 2), ("Character error, per cent", 0), ("Reading order, per cent", 4)):
        out.append(f"**{title}**\n\n" + table(["kind", "pages"] + [PROGRAMS[p] for p in programs], [
            [name, str(len(group))] + [f"{rate(group, p, at):.2f}" for p in programs] for name, group in groups]))
    if "scan" in kinds:
        out.append("**Scans, syllable error, per cent**\n\n" + table(["scan"] + [PROGRAMS[p] for p in programs], [
            [r[1]] + [f"{rate([r], p, 2):.2f}" for p in programs] for r in rows if r[0] == "scan"]))
    bad = sorted((r for r in rows if worse(r) > ALLOWED), key=worse, reverse=True)
    out.append(f"Worse than the better bare Tesseract by more than {ALLOWED} points: {len(bad)} of {len(rows)} pages.\n")
    if bad:
        out.append(table(["kind", "page", "points"] + [PROGRAMS[p] for p in programs], [
            [r[0], r[1], f"{worse(r):.2f}"] + [f"{rate([r], p, 2):.2f}" for p in programs] for r in bad]))
    return "\n".join(out)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--build", type=pathlib.Path, default=ROOT / "build/release", help="build folder with hoidau and tools")
    parser.add_argument("--models", type=pathlib.Path, help="models folder, where it is not the program's own")
    parser.add_argument("--corpus", type=pathlib.Path, default=ROOT / "corpus/dev")
    parser.add_argument("--presets", type=lambda s: s.split(","), default=[], help="of hoidau-damage, with commas between")
    parser.add_argument("--documents", type=int, default=0, help="of the corpus; 0: all")
    parser.add_argument("--scans", type=pathlib.Path, help="folder of NAME.pdf")
    parser.add_argument("--truths", type=pathlib.Path, help="folder of NAME.txt or NAME.PAGES.txt")
    parser.add_argument("--option", action="append", default=[], help="of hoidau ocr (--option=--language=eng); may be given again")
    parser.add_argument("--without", type=lambda s: s.split(","), default=[], help="steps of hoidau-read-pages to leave out, each alone; all")
    parser.add_argument("--cost", action="store_true", help="processor time instead of errors; on a machine that does nothing else")
    parser.add_argument("--speed", action="store_true", help="wall clock instead of errors, on all cores; on a machine that does nothing else")
    parser.add_argument("--seals", action="store_true", help="errors on the lines that seals cover instead of those of pages")
    parser.add_argument("--made", type=pathlib.Path, default=ROOT / "build/eval-scans", help="folder for the pages made")
    parser.add_argument("--cache", type=pathlib.Path, default=ROOT / "build/eval-cache/pages")
    parser.add_argument("--jobs", type=int, default=os.cpu_count())
    parser.add_argument("--out", type=pathlib.Path, help="the page to write; else standard output")
    parser.add_argument("--json", type=pathlib.Path, help="keep the counts of each page")
    args = parser.parse_args()
    if bool(args.scans) != bool(args.truths) or not (args.scans or args.presets or args.seals):
        parser.error("give --presets, or --scans with --truths, or both, or --seals")

    reader = Reader(args)
    if not reader.ocrmypdf:
        print("pages: ocrmypdf is not installed and is left out", file=sys.stderr)
    if args.without == ["all"]:
        args.without = run(reader.steps, "--list").split()
    PROGRAMS.update({"without " + step: "hoidau without " + step for step in args.without})
    if args.seals:
        reader.ocrmypdf = None  # it reads as bare Tesseract does
        text = seals(args, reader)
        print(text) if not args.out else args.out.write_text(text)
        return
    jobs = (list(scanned_pages(args)) if args.scans else []) + list(made_pages(args))
    if args.cost or args.speed:
        text = (costs if args.cost else speed)(reader, jobs)
        print(text) if not args.out else args.out.write_text(text)
        return
    rows = []
    with concurrent.futures.ThreadPoolExecutor(args.jobs) as pool:
        for part in pool.map(lambda job: compare(reader, job), jobs):
            rows += part
            print(f"pages: {len(rows)} read", end="\r", file=sys.stderr)
    if args.json:
        args.json.write_text(json.dumps(rows, ensure_ascii=False, indent=0))
    text = report(rows, [p for p in PROGRAMS if p in rows[0][2]])
    if args.out:
        args.out.write_text(text)
    else:
        print(text)


if __name__ == "__main__":
    main()
