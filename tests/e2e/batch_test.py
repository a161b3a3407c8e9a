#!/usr/bin/env python3
"""Batches as a user meets them: outputs, going on after anything, duplicates, limits, search.

usage: batch_test.py HOIDAU SOURCE_DIR [unittest options]
"""
import contextlib, json, os, pathlib, random, shutil, signal, sqlite3, subprocess, sys, time, unittest

sys.path.insert(0, os.path.dirname(__file__))
from cli_support import PLAN, CliTest

SOURCE = pathlib.Path()


def text_pdf(lines):
    """A PDF with a text layer of ASCII lines."""
    content = b"BT /F1 12 Tf 72 760 Td 16 TL " + b"".join(b"(" + line.encode() + b") Tj T* " for line in lines) + b"ET"
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
               b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
               b" /Resources << /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >>",
               b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content)]
    out, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return out + b"xref\n0 5\n0000000000 65535 f \n" + table + b"trailer << /Size 5 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % len(out)


class BatchTest(CliTest):
    def setUp(self):
        super().setUp()
        (self.dir / "plan.txt").unlink()

    def write_scans(self):
        for number in range(5):
            self.write(f"scans/2025/plan {number}.txt", PLAN.replace("15/KH", f"{number}/KH") + "\fTrang hai\nchuyển đổi số\n")
        self.write("scans/plan 0.txt", PLAN)
        self.write("scans/plan 0.md", PLAN + "Khác\n")
        self.write("scans/2026/kế hoạch.txt", PLAN)  # a duplicate
        self.write("scans/layer.pdf", text_pdf(["KE HOACH", "Chuyen doi so nam 2026", "1. Phong Kinh te", "- Tham muu phuong an."]))
        self.write("scans/layer copy.pdf", (self.dir / "scans/layer.pdf").read_bytes())
        self.write("scans/empty.txt", "")
        self.write("scans/broken.pdf", (self.dir / "scans/layer.pdf").read_bytes()[:300])
        self.write("scans/.hidden.txt", PLAN)

    def outputs(self, out="out"):
        """{name: bytes} of everything but the batch's own folder."""
        root = self.dir / out
        return {str(p.relative_to(root)): p.read_bytes() for p in root.rglob("*") if p.is_file() and ".hoidau" not in p.parts}

    def batch(self, *arguments, **options):
        code, out, err = self.run_hoidau("batch", *arguments, "--json", **options)
        return code, json.loads(out) if out else None, err

    def start(self, *arguments):
        return subprocess.Popen([self.program, "batch", *arguments], cwd=self.dir, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                                start_new_session=True)

    def workers(self, process):
        try:
            return [int(p) for p in pathlib.Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()]
        except OSError:
            return []

    def wait_for(self, condition, seconds=60):
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            got = condition()
            if got:
                return got
            time.sleep(0.02)
        self.fail("has not come")

    def status(self, out="out"):
        code, text, err = self.run_hoidau("batch", "status", out, "--json")
        self.assertEqual(code, 0, err)
        return json.loads(text)


class Outputs(BatchTest):
    def test_everything_once_as_run_makes_it(self):
        self.write_scans()
        code, summary, err = self.batch("scans", "-o", "out")
        self.assertEqual(code, 2, err)
        self.assertEqual((summary["files"], summary["done"], summary["failed"], summary["duplicates"]), (12, 10, 2, 2))
        self.assertEqual([f["file"] for f in summary["failures"]], ["scans/broken.pdf", "scans/empty.txt"])
        self.assertIn("scans/empty.txt: is empty", err)
        got = self.outputs()
        stems = ["2025/plan 0", "2025/plan 1", "2025/plan 2", "2025/plan 3", "2025/plan 4", "2026/kế hoạch", "layer copy", "layer",
                 "plan 0", "plan 0.txt"]
        self.assertEqual(sorted(got), sorted(s + e for s in stems for e in (".json", ".txt")))
        for stem, source in (("2025/plan 3", "2025/plan 3.txt"), ("2026/kế hoạch", "2026/kế hoạch.txt"), ("layer", "layer.pdf"),
                             ("layer copy", "layer copy.pdf"), ("plan 0.txt", "plan 0.txt")):
            _, alone, _ = self.run_hoidau("run", "scans/" + source)
            self.assertEqual(got[stem + ".json"], alone, stem)
        everything = b"".join(got.values()).decode()
        self.assertNotIn(str(self.dir), everything)
        self.assertEqual([p.name for p in (self.dir / "out/.hoidau").rglob("*.json")], [])
        self.assertEqual(list((self.dir / "out/.hoidau/staging").iterdir()), [])

        before = {p: p.stat().st_mtime_ns for p in (self.dir / "out").rglob("*.json")}
        code, summary, _ = self.batch("scans", "-o", "out")
        self.assertEqual((code, summary["done"], summary["done_before"], summary["failed"]), (2, 0, 10, 2))
        self.assertEqual(before, {p: p.stat().st_mtime_ns for p in before})

    def test_every_format_of_a_duplicate(self):
        pdf = text_pdf(["KE HOACH", "Chuyen doi so nam 2026"])
        self.write("scans/a.pdf", pdf)
        self.write("scans/b.pdf", pdf)
        code, summary, err = self.batch("scans", "-o", "out", "--format", "txt,pdf,hocr,alto,md")
        self.assertIn(code, (0, 20), err)
        self.assertEqual(summary["duplicates"], 1)
        self.run_hoidau("run", "scans/a.pdf", "scans/b.pdf", "-o", "alone", "--format", "json,txt,pdf,hocr,alto,md")
        self.assertEqual(self.outputs("alone"), self.outputs("out"))

    def test_files_lists_and_collisions(self):
        self.write("a/plan.txt", PLAN)
        self.write("b/plan.txt", PLAN + "b\n")
        self.write("list", "b/plan.txt\n")
        code, summary, err = self.batch("a/plan.txt", "--files-from", "list", "-o", "out")
        self.assertEqual((code, summary["done"]), (0, 2), err)
        self.assertEqual(self.record("out/plan.json")["source"]["file"], "a/plan.txt")
        self.assertEqual(self.record("out/plan.txt.json")["source"]["file"], "b/plan.txt")
        # Another spelling of the path, and a folder that has moved, are the same files.
        code, summary, _ = self.batch("./a/plan.txt", "-o", "out")
        self.assertEqual((summary["done"], summary["done_before"]), (0, 1))
        (self.dir / "a").rename(self.dir / "c")
        code, summary, _ = self.batch("c/plan.txt", "b/plan.txt", "-o", "out")
        self.assertEqual((summary["done"], summary["done_before"]), (0, 2))
        self.assertEqual(len(self.outputs()), 4)

    def test_names_that_are_no_text(self):
        name = b"scans/k\xff ho\xe1ch.txt"
        path = os.path.join(os.fsencode(self.dir), name)
        os.makedirs(os.path.dirname(path))
        with open(path, "wb") as f:
            f.write(PLAN.encode())
        code, summary, err = self.batch("scans", "-o", "out")
        self.assertEqual((code, summary["done"]), (0, 1), err)
        self.assertIn(b"k\xff ho\xe1ch.json", os.listdir(os.fsencode(self.dir / "out")))

    def test_usage(self):
        self.write("scans/plan.txt", PLAN)
        self.assertEqual(self.run_hoidau("batch")[0], 1)
        self.assertEqual(self.run_hoidau("batch", "scans")[0], 1)
        self.assert_one_error(self.run_hoidau("batch", "-", "-o", "out"), 2, "standard input")
        self.assert_one_error(self.run_hoidau("batch", "scans", "-o", "scans/"), 2, "is the input")
        self.assert_one_error(self.run_hoidau("batch", "status", "nowhere"), 5, "no batch")
        self.assert_one_error(self.run_hoidau("search", "nowhere", "plan"), 5, "no batch")
        code, summary, err = self.batch("scans", "gone.txt", "-o", "scans/out")  # OUT inside the input is no input
        self.assertEqual((code, summary["files"], summary["failed"]), (5, 2, 1), err)
        self.assertEqual(self.batch("scans", "-o", "scans/out")[1]["files"], 1)


class GoingOn(BatchTest):
    def test_changes_are_done_anew(self):
        self.write("scans/plan.txt", PLAN)
        self.write("scans/empty.txt", "")
        self.batch("scans", "-o", "out")
        os.utime(self.dir / "scans/plan.txt", (1, 1))  # touched, not changed
        self.assertEqual(self.batch("scans", "-o", "out")[1]["done_before"], 1)
        self.write("scans/plan.txt", PLAN.replace("15/KH", "16/KH"))
        self.assertEqual(self.batch("scans", "-o", "out")[1]["done"], 1)
        self.assertEqual(self.record("out/plan.json")["metadata"]["number"], "16")
        self.assertEqual(self.batch("scans", "-o", "out", "--max-pages", "7")[1]["done"], 1)  # another setting
        (self.dir / "out/plan.json").unlink()
        self.assertEqual(self.batch("scans", "-o", "out", "--max-pages", "7")[1]["done"], 1)
        self.write("scans/empty.txt", PLAN + "x\n")  # what failed has changed
        self.assertEqual(self.batch("scans", "-o", "out", "--max-pages", "7")[1]["failed"], 0)

    def test_existing(self):
        self.write("scans/plan.txt", PLAN)
        self.write("out/plan.json", "mine")
        code, summary, _ = self.batch("scans", "-o", "out")
        self.assertEqual((code, summary["existing"], self.outputs()), (0, 1, {"plan.json": b"mine"}))
        code, summary, _ = self.batch("scans", "-o", "out", "--existing", "fail")
        self.assertEqual((code, summary["failed"], self.outputs()), (5, 1, {"plan.json": b"mine"}))
        code, summary, _ = self.batch("scans", "-o", "out", "--existing", "overwrite")
        self.assertEqual((code, summary["done"]), (0, 1))
        self.assertEqual(self.record("out/plan.json")["source"]["file"], "scans/plan.txt")
        for existing in ("skip", "fail"):  # what the batch has made is its own
            self.assertEqual(self.batch("scans", "-o", "out", "--existing", existing)[1]["done_before"], 1)
        self.assertEqual(self.batch("scans", "-o", "out", "--existing", "overwrite")[1]["done"], 1)

    def test_retry_and_max_failures(self):
        for number in range(5):
            self.write(f"scans/{number}.pdf", f"%PDF-1.4 {number}")
        code, summary, _ = self.batch("scans", "-o", "out", "--jobs", "1", "--max-failures", "2")
        self.assertEqual((code, summary["failed"], summary["waiting"], summary["stopped"]), (2, 2, 3, "failures"))
        code, summary, err = self.batch("scans", "-o", "out")
        self.assertEqual((summary["failed"], err.count("error")), (5, 3))
        code, summary, err = self.batch("scans", "-o", "out", "--retry")
        self.assertEqual((summary["failed"], err.count("error")), (5, 5))

    def test_killed_at_any_moment(self):
        self.write_scans()
        self.batch("scans", "-o", "want")
        begin = time.monotonic()
        self.batch("scans", "-o", "timed")
        whole = time.monotonic() - begin
        chance = random.Random(7)
        for kill in range(8):
            process = self.start("scans", "-o", "out")
            time.sleep(chance.uniform(0, 1.2 * whole))
            workers = self.workers(process)
            process.kill()
            process.communicate()
            self.wait_for(lambda: not any(os.path.exists(f"/proc/{w}/exe") for w in workers), 20)
            want = self.outputs("want")
            for name, content in self.outputs("out").items():
                self.assertEqual(content, want[name], "no half file, no file of another name")
            if kill in (3, 6):
                shutil.rmtree(self.dir / "out", ignore_errors=True)  # killed before it was made
        code, summary, err = self.batch("scans", "-o", "out")
        self.assertEqual((code, summary["done"] + summary["done_before"], summary["failed"], summary["waiting"]), (2, 10, 2, 0), err)
        self.assertEqual(self.outputs("out"), self.outputs("want"))
        self.assertEqual(list((self.dir / "out/.hoidau/staging").iterdir()), [])
        states = self.status()
        self.assertEqual((states["counts"]["done"], states["counts"]["failed"], states["counts"]["running"]), (10, 2, 0))
        _, hits, _ = self.run_hoidau("search", "out", "chuyển đổi số", "--json")
        self.assertEqual(len(json.loads(hits)["hits"]), 7)  # five texts, and the PDF whose marks are brought back, twice

    def test_interrupted_goes_on(self):
        for number in range(40):
            self.write(f"scans/{number}.txt", PLAN + str(number))
        process = self.start("scans", "-o", "out", "--jobs", "1", "--json")
        self.wait_for(lambda: (self.dir / "out").exists() and self.outputs())
        os.killpg(process.pid, signal.SIGINT)  # as a terminal does
        out, err = process.communicate(timeout=60)
        summary = json.loads(out)
        self.assertEqual((process.returncode, summary["stopped"], summary["failed"]), (130, "interrupted", 0), err)
        self.assertEqual(summary["done"] + summary["waiting"], 40)
        self.assertGreater(summary["waiting"], 0)
        self.assertEqual(self.status()["counts"]["running"], 0)
        code, summary, _ = self.batch("scans", "-o", "out")
        self.assertEqual((code, summary["done"] + summary["done_before"]), (0, 40))

    def test_stopped_between_pages_goes_on_with_the_next(self):
        self.write("scans/scan.pdf", (SOURCE / "corpus/dev/kh-001-chuyen-doi-so/scan.pdf").read_bytes())
        pages = self.dir / "out/.hoidau/pages"
        kept = lambda: sorted(pages.rglob("*.page")) if pages.exists() else []
        process = self.start("scans", "-o", "out", "--jobs", "1", "--threads", "1", "--json")
        self.wait_for(kept)
        os.killpg(process.pid, signal.SIGINT)
        out, err = process.communicate(timeout=60)
        self.assertEqual((process.returncode, json.loads(out)["waiting"], self.outputs()), (130, 1, {}), err)
        first = kept()[0]
        reading = json.loads(first.read_text(encoding="utf-8"))
        reading["reason"] = "kept by the run before"
        first.write_text(json.dumps(reading), encoding="utf-8")
        code, summary, err = self.batch("scans", "-o", "out")
        self.assertEqual((code, summary["done"]), (20, 1), err)
        record = json.loads((self.dir / "out/scan.json").read_text(encoding="utf-8"))
        self.assertEqual([p["number"] for p in record["pages"] if p["reason"] == "kept by the run before"], [reading["number"]])
        self.assertEqual(len(record["pages"]), 3)
        self.assertFalse(pages.exists())
        # But for that word it is what an undisturbed run makes.
        self.run_hoidau("run", "scans/scan.pdf", "-o", "want")
        want = json.loads((self.dir / "want/scan.json").read_text(encoding="utf-8"))
        record["pages"][reading["number"] - 1]["reason"] = want["pages"][reading["number"] - 1]["reason"]
        self.assertEqual(record, want)

    def test_interrupted_twice_ends_at_once(self):
        self.write("scans/plan.txt", PLAN)
        process = self.start("scans", "-o", "out", "--json")
        worker = self.wait_for(lambda: self.workers(process))[0]
        os.kill(worker, signal.SIGSTOP)  # it would never finish
        for _ in range(2):
            os.killpg(process.pid, signal.SIGINT)
            time.sleep(0.5)
        out, err = process.communicate(timeout=60)
        self.assertEqual((process.returncode, json.loads(out)["waiting"]), (130, 1), err)
        self.assertFalse(os.path.exists(f"/proc/{worker}"))
        self.assertEqual(self.batch("scans", "-o", "out")[1]["done"], 1)

    def test_two_batches_on_one_folder(self):
        for number in range(40):
            self.write(f"scans/{number}.txt", PLAN + str(number))
        first = self.start("scans", "-o", "out", "--json")
        self.wait_for(lambda: (self.dir / "out").exists() and self.outputs())
        second = self.run_hoidau("batch", "scans", "-o", "out")
        out, err = first.communicate(timeout=60)
        if second[0] != 0:  # else the first was through
            self.assert_one_error(second, 5, "another batch is at work")
        self.assertEqual((first.returncode, json.loads(out)["done"]), (0, 40), err)
        self.assertEqual(len(self.outputs()), 80)

    def test_watch(self):
        self.write("in/first.txt", PLAN)
        process = self.start("in", "-o", "out", "--watch", "--stable", "0.3", "--json")
        self.wait_for(lambda: (self.dir / "out/first.txt").exists())
        path = self.write("in/second.txt", PLAN)
        for _ in range(8):  # not taken while it grows
            time.sleep(0.1)
            self.assertFalse((self.dir / "out/second.json").exists())
            with open(path, "a") as f:
                f.write("Thêm\n")
        self.wait_for(lambda: (self.dir / "out/second.txt").exists())
        self.wait_for(lambda: self.status()["counts"]["done"] == 2)
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=60)
        self.assertEqual((process.returncode, json.loads(out)["done"]), (0, 2), err)
        self.assertEqual(self.record("out/second.json")["text"].count("Thêm"), 8)


class Limits(BatchTest):
    def at_the_image(self):
        try:
            with contextlib.closing(sqlite3.connect(f"file:{self.dir}/out/.hoidau/ledger.sqlite?mode=ro", uri=True)) as db:
                return db.execute("SELECT 1 FROM files WHERE path LIKE '%.png' AND state = 'running'").fetchone()
        except sqlite3.Error:
            return None

    def test_a_crash_takes_only_its_file(self):
        self.write("scans/page.png", (SOURCE / "tests/data/ke_hoach.png").read_bytes())
        for number in range(5):
            self.write(f"scans/z{number}.txt", PLAN + str(number))
        process = self.start("scans", "-o", "out", "--jobs", "1", "--json")
        self.wait_for(self.at_the_image)
        os.kill(self.workers(process)[0], signal.SIGSEGV)
        out, err = process.communicate(timeout=120)
        summary = json.loads(out)
        self.assertEqual((process.returncode, summary["done"], summary["failed"]), (15, 5, 1), err)
        self.assertIn("its worker crashed: signal 11", summary["failures"][0]["error"])
        code, summary, err = self.batch("scans", "-o", "out")
        self.assertEqual((summary["done"], summary["failed"]), (0, 1), err)
        code, summary, err = self.batch("scans", "-o", "out", "--retry")
        self.assertEqual((summary["done"], summary["failed"]), (1, 0), err)

    def test_memory(self):
        self.write("scans/page.png", (SOURCE / "tests/data/ke_hoach.png").read_bytes())
        code, summary, err = self.batch("scans", "-o", "out", "--memory-limit", "8")
        self.assertEqual((code, summary["failed"]), (2, 1), err)
        self.assertIn("needs more than 8 MiB of memory", summary["failures"][0]["error"])
        code, summary, err = self.batch("scans", "-o", "out", "--retry")
        self.assertEqual(summary["done"], 1, err)

    def test_time(self):
        self.write("scans/page.png", (SOURCE / "tests/data/ke_hoach.png").read_bytes())
        self.write("scans/plan.txt", PLAN)
        process = self.start("scans", "-o", "out", "--jobs", "1", "--time-limit", "20", "--json")
        self.wait_for(self.at_the_image)
        os.kill(self.workers(process)[0], signal.SIGSTOP)  # it would never finish
        out, err = process.communicate(timeout=120)
        summary = json.loads(out)
        self.assertEqual((process.returncode, summary["done"]), (2, 1), err)
        self.assertEqual([f["error"] for f in summary["failures"]], ["took longer than 20 s (read)"])

    def test_full_disk(self):
        small = self.dir / "small"
        small.mkdir()
        mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=700k", "tmpfs", small], capture_output=True)
        if mounted.returncode != 0:
            self.skipTest("may not mount a small disk")
        self.addCleanup(subprocess.run, ["umount", small])
        self.write_scans()
        self.batch("scans", "-o", "want")
        code, _, err = self.run_hoidau("batch", "scans", "-o", "small/out")
        for size in range(700, 3000, 150):
            want = self.outputs("want")
            for name, content in self.outputs("small/out").items():
                self.assertEqual(content, want[name])
            if code == 2:
                break
            self.assertEqual(code, 5, err)
            subprocess.run(["mount", "-o", f"remount,size={size}k", small], check=True)
            code, _, err = self.run_hoidau("batch", "scans", "-o", "small/out")
        self.assertEqual(self.outputs("small/out"), self.outputs("want"))


class Search(BatchTest):
    def test_file_page_and_line(self):
        self.write_scans()
        self.batch("scans", "-o", "out")
        for phrase in ("chuyển đổi số", "chuyen doi so", "CHUYỂN ĐỔI", "đổi số"):
            code, out, err = self.run_hoidau("search", "out", phrase)
            self.assertEqual(code, 0, err)
            self.assertIn("scans/2025/plan 0.txt:2:2: chuyển đổi số\n", out.decode(), phrase)
        code, out, err = self.run_hoidau("search", "out", "chuyến đối sổ")
        self.assertEqual((code, out), (0, b""))
        self.assertIn("chuyến đối sổ", err)
        self.assert_one_error(self.run_hoidau("search", "scans", "đổi số"), 5, "scans", "hoidau batch")
        self.assertIn("scans/plan 0.txt:1:9:", self.run_hoidau("search", "out", "TỔ CHỨC THỰC HIỆN")[1].decode())
        self.assertIn("plan 0.txt:1:1:", self.run_hoidau("search", "out", "nhan dan xa loc van")[1].decode())  # over a line end
        self.assertEqual(len(self.run_hoidau("search", "out", "uy ban", "--limit", "3")[1].splitlines()), 3)
        for phrase in ("\"", "AND", "a*", "text: x", "(", "15/KH-UBND"):
            self.assertIn(self.run_hoidau("search", "out", phrase)[0], (0, 2), phrase)

    def test_what_is_done_anew_is_searched_anew(self):
        self.write("scans/plan.txt", "Kế hoạch phòng dịch\n")
        self.batch("scans", "-o", "out")
        self.write("scans/plan.txt", "Kế hoạch hòa giải\n")
        self.batch("scans", "-o", "out")
        self.assertEqual(self.run_hoidau("search", "out", "phòng dịch")[1], b"")
        for phrase in ("hòa giải", "hoà giải", "hoa giai"):
            self.assertEqual(len(self.run_hoidau("search", "out", phrase)[1].splitlines()), 1, phrase)


if __name__ == "__main__":
    CliTest.program, SOURCE = sys.argv.pop(1), pathlib.Path(sys.argv.pop(1))
    unittest.main()
