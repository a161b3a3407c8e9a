#!/usr/bin/env python3
"""What a batch withstands and what it costs: killed at random moments, on a disk that is full, against a
loop of `hoidau run`, over many files.

usage: batch_show.py HOIDAU [--files 300] [--scans 6] [--kills 50] [--small 5000] [--seed 1] [--keep FOLDER]

Files are made of corpus/: texts, PDFs with a text layer, scans and page images, broken files, every tenth a duplicate.
Prints a line a figure; the exit status is 1 where a file is missing, done twice or differs from the undisturbed run.
"""
import argparse, collections, json, os, pathlib, random, re, subprocess, sys, tempfile, time, unicodedata

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests/e2e"))
from batch_test import text_pdf


def plain(text):
    """ASCII for a PDF without an embedded font."""
    text = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return "".join(c for c in text if " " <= c <= "~" and c not in "()\\")


def make_files(folder, count, scans, chance):
    """Writes the files in folders by tens; gives how many there are of each kind."""
    texts = [p.read_text(encoding="utf-8") for p in sorted(ROOT.glob("corpus/*/*/text.txt"))]
    pages = sorted(ROOT.glob("corpus/*/*/scan.pdf")) + [ROOT / "tests/data/ke_hoach.png"]
    kinds, made = collections.Counter(), []
    for i in range(count):
        text = texts[i % len(texts)]
        if made and i % 10 == 9:
            suffix, content = made[chance.randrange(len(made))]
            kind = "duplicate"
        elif i % 10 == 4:
            kind = "broken"
            suffix, content = chance.choice([(".pdf", b"%PDF-1.7\n" + os.urandom(400)), (".txt", b""), (".png", b"\x89PNG\r\n\x1a\n" + b"x" * i),
                                             (".pdf", text_pdf([plain(text[:99])])[:200 + i]), (".jpg", b"\xff\xd8\xff\xe0" + b"\0" * i)])
        elif i % 10 in (1, 6) and kinds["scan"] < scans:
            source = pages[kinds["scan"] % len(pages)]
            # What stands behind the end of a PDF or PNG is not read, but is other content.
            kind, suffix, content = "scan", source.suffix, source.read_bytes() + b"\n%% %d\n" % i
        elif i % 10 == 2:
            lines = [plain(line)[:90] for line in text.splitlines()]
            kind, suffix, content = "layer", ".pdf", text_pdf([f"No. {i}"] + lines[:45])
        else:
            kind, suffix, content = "text", ".txt", re.sub(r"Số: \d*", f"Số: {i}", text).encode()
        if kind not in ("duplicate", "broken"):
            made.append((suffix, content))
        kinds[kind] += 1
        path = folder / f"{i // 10:02}" / f"tệp {i}{suffix}"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return kinds


def outputs(root):
    return {str(p.relative_to(root)): p.read_bytes() for p in root.rglob("*") if p.is_file() and ".hoidau" not in p.parts}


class Show:
    def __init__(self, program, folder):
        self.program, self.folder, self.faults = str(pathlib.Path(program).resolve()), folder, []

    def say(self, name, value):
        print(f"{name:44} {value}", flush=True)

    def expect(self, good, what):
        if not good:
            self.faults.append(what)
            self.say("WRONG", what)

    def batch(self, source, out, *options):
        begin = time.monotonic()
        done = subprocess.run([self.program, "batch", source, "-o", out, "--json", *options], cwd=self.folder, capture_output=True)
        return json.loads(done.stdout), time.monotonic() - begin

    def kill_often(self, kills, whole, chance):
        """Each time a later moment of the whole is reached; some kills fall into the start, some into the work."""
        step = whole / max(1, kills)
        for _ in range(kills):
            process = subprocess.Popen([self.program, "batch", "in", "-o", "killed"], cwd=self.folder, stdout=subprocess.DEVNULL,
                                       stderr=subprocess.DEVNULL)
            time.sleep(chance.uniform(0, 2.5 * step + 0.3))
            process.kill()
            process.wait()
        return self.batch("in", "killed")

    def throughput_and_kills(self, count, scans, kills, chance):
        kinds = make_files(self.folder / "in", count, scans, chance)
        self.say("files", f"{count}: " + ", ".join(f"{n} {kind}" for kind, n in sorted(kinds.items())))
        summary, whole = self.batch("in", "want")
        self.say("batch", f"{whole:.1f} s, {count / whole:.2f} files/s, {summary['pages'] / whole:.2f} pages/s; {summary['failed']} failed")
        self.expect(summary["done"] + summary["failed"] == count and not summary["waiting"], "the batch does not cover its files")
        self.expect(summary["failed"] >= kinds["broken"] * 0.5, "broken files pass")

        begin = time.monotonic()
        for path in sorted((self.folder / "in").rglob("*.*")):
            subprocess.run([self.program, "run", path.relative_to(self.folder), "-o", "loop/" + path.parent.name], cwd=self.folder,
                           stderr=subprocess.DEVNULL)
        loop = time.monotonic() - begin
        self.say("loop of hoidau run", f"{loop:.1f} s: the batch is {loop / whole:.2f} times as fast on {os.cpu_count()} cores")
        want = outputs(self.folder / "want")
        self.expect(outputs(self.folder / "loop") == want, "the batch's outputs are not those of run")

        summary, _ = self.kill_often(kills, whole, chance)
        got = outputs(self.folder / "killed")
        self.say(f"after {kills} kills", f"{len(got)} outputs, {sum(got.get(n) == c for n, c in want.items())} of {len(want)} as undisturbed")
        self.expect(got == want, "outputs differ after kills")
        log = (self.folder / "killed/.hoidau/batch.log").read_text(errors="replace")
        twice = [f for f, n in collections.Counter(re.findall(r" done (.*): \d+ pages", log)).items() if n > 1]
        self.expect(not twice, f"done twice: {twice}")
        self.expect(summary["done"] + summary["done_before"] + summary["failed"] == count, "files are missing after kills")
        self.say("runs in the log, files said done", f"{log.count(' begin')}, {len(re.findall(' done ', log))}")

    def full_disk(self):
        """The outputs go to a disk that is full again and again and grows each time by an eighth of what they need."""
        want = outputs(self.folder / "want")
        need = sum(p.stat().st_size for p in (self.folder / "want").rglob("*") if p.is_file()) // 1024
        disk = self.folder / "disk"
        disk.mkdir()
        mount = lambda options: subprocess.run(["mount", "-t", "tmpfs", "-o", options, "tmpfs", disk], capture_output=True).returncode == 0
        if not mount(f"size={need // 8}k"):
            self.say("full disk", "not tried: only root may mount a small disk")
            return
        try:
            for run in range(1, 40):
                code = subprocess.run([self.program, "batch", "in", "-o", "disk/out"], cwd=self.folder, capture_output=True).returncode
                got = outputs(disk / "out")
                self.expect(all(want.get(n) == c for n, c in got.items()), f"a half file after run {run} on a full disk")
                if code != 5:
                    break
                mount(f"remount,size={need * (run + 1) // 8}k")
            self.expect(got == want, "outputs differ after full disks")
            self.say("full disk", f"{run - 1} times; {len(got)} outputs, {sum(got.get(n) == c for n, c in want.items())} of {len(want)} as undisturbed")
        finally:
            subprocess.run(["umount", disk])

    def many_small(self, count):
        text = (sorted(ROOT.glob("corpus/dev/*/text.txt"))[0]).read_text(encoding="utf-8")[:600]
        for i in range(count):
            path = self.folder / f"small/{i // 100}/{i}.txt"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(f"Số {i}\nChuyển đổi số ở thôn {i % 97}\n{text}", encoding="utf-8")
        begin = time.monotonic()
        process = subprocess.Popen([self.program, "batch", "small", "-o", "many", "--json"], cwd=self.folder, stdout=subprocess.PIPE)
        status = lambda pid, key: int(re.search(key + r":\s+(\d+)", pathlib.Path(f"/proc/{pid}/status").read_text()).group(1)) // 1024
        memory = []  # MiB of the batch and of its largest worker
        while process.poll() is None:
            time.sleep(0.5)
            try:
                workers = pathlib.Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
                memory.append((status(process.pid, "VmRSS"), max((status(w, "VmRSS") for w in workers), default=0)))
            except (OSError, AttributeError):  # it has just ended
                pass
        summary = json.loads(process.communicate()[0])
        seconds = time.monotonic() - begin
        self.expect(summary["done"] == count, "small files are missing")
        self.say(f"{count} small files", f"{seconds:.1f} s, {count / seconds:.0f} files/s")
        quarters = [memory[len(memory) * q // 4] for q in range(1, 4)] + memory[-1:]
        self.say("memory at each quarter: batch, worker (MiB)", "; ".join(f"{b}, {w}" for b, w in quarters))
        size = sum(p.stat().st_size for p in (self.folder / "many/.hoidau").glob("ledger.sqlite*"))
        self.say("ledger and index", f"{size / count / 1024:.1f} KiB a file")
        _, seconds = self.batch("small", "many")
        self.say("the same again: nothing to do", f"{seconds:.2f} s, {1e6 * seconds / count:.0f} µs a file")
        for phrase in ("chuyen doi so", "ở thôn 17", "Số 4711"):
            times = []
            for _ in range(5):
                begin = time.monotonic()
                found = subprocess.run([self.program, "search", "many", phrase, "--limit", "20"], cwd=self.folder, capture_output=True)
                times.append(time.monotonic() - begin)
            self.say(f"search “{phrase}” in {count} records", f"{1000 * sorted(times)[2]:.0f} ms with the program's start, {found.stdout.count(b':1:')} shown")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program")
    for name, value in (("files", 300), ("scans", 6), ("kills", 50), ("small", 5000), ("seed", 1)):
        parser.add_argument("--" + name, type=int, default=value)
    parser.add_argument("--keep")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = pathlib.Path(args.keep or temporary)
        folder.mkdir(parents=True, exist_ok=True)
        show = Show(args.program, folder)
        show.say("seed", args.seed)
        if args.files:
            show.throughput_and_kills(args.files, args.scans, args.kills, random.Random(args.seed))
            show.full_disk()
        if args.small:
            show.many_small(args.small)
    return 1 if show.faults else 0


if __name__ == "__main__":
    sys.exit(main())
