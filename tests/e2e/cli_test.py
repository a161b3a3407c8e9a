#!/usr/bin/env python3
"""The command line as a user meets it: streams, files, exit codes.

usage: cli_test.py HOIDAU [unittest options]
"""
import json, os, pathlib, signal, subprocess, sys, time, unittest
from xml.etree import ElementTree

sys.path.insert(0, os.path.dirname(__file__))
from cli_support import PLAN, CliTest, check_record

COMMANDS = "run repair ocr extract batch search register export eval blame schema doctor version".split()


class Help(CliTest):
    def test_every_command_has_examples(self):
        code, out, err = self.run_hoidau("--help")
        self.assertEqual((code, err), (0, ""))
        everything = out.decode()
        for command in COMMANDS:
            self.assertIn(command, everything)
            code, out, err = self.run_hoidau(command, "--help")
            self.assertEqual((code, err), (0, ""))
            self.assertIn(f"Examples:\n  hoidau {command}", out.decode())

    def test_usage_errors(self):
        for arguments in ([], ["fly"], ["run"], ["run", "--fly", "plan.txt"], ["run", "plan.txt", "plan.txt"], ["ocr"],
                          ["run", "--mode", "sometimes", "plan.txt"], ["run", "--threads", "-1", "plan.txt"],
                          ["run", "--mode", "auto", "--force-ocr", "plan.txt"], ["repair", "--document-bytes", "0"],
                          ["repair", "--strip", "--json"]):
            code, out, err = self.run_hoidau(*arguments)
            self.assertEqual((code, out), (1, b""), arguments)
            self.assertTrue(err.strip(), arguments)
            self.assertLess(len(err), 300, arguments)

    def test_version_and_schema(self):
        code, out, _ = self.run_hoidau("version")
        self.assertEqual(code, 0)
        self.assertRegex(out.decode(), r"^hoidau \d+\.\d+\.\d+\n$")
        self.assertEqual(self.run_hoidau("--version"), (0, out, ""))
        code, out, _ = self.run_hoidau("version", "--json")
        self.assertEqual(json.loads(out)["schema"], "hoidau-document/1")
        code, out, _ = self.run_hoidau("schema")
        self.assertEqual(json.loads(out)["properties"]["schema"]["const"], "hoidau-document/1")

    def test_doctor(self):
        code, out, _ = self.run_hoidau("doctor", "--json")
        report = json.loads(out)
        self.assertEqual(code, 0 if report["ok"] else 3)
        names = {c["name"]: c for c in report["components"]}
        self.assertTrue(names["recovery model"]["ok"] and names["structure rules"]["ok"] and names["extraction rules"]["ok"])
        code, out, _ = self.run_hoidau("doctor", "--models", self.dir)
        self.assertEqual(code, 3)
        self.assertIn(b"MISSING", out)


class Run(CliTest):
    @classmethod
    def setUpClass(cls):
        cls.schema = json.loads(subprocess.run([cls.program, "schema"], capture_output=True, check=True).stdout)

    def test_record_to_standard_output(self):
        code, out, err = self.run_hoidau("run", "plan.txt")
        self.assertIn(code, (0, 20), err)
        self.assertEqual(err, "")
        record = json.loads(out)
        check_record(self, record, self.schema)
        self.assertEqual(record["source"]["file"], "plan.txt")
        self.assertEqual(record["metadata"]["symbol"], "15/KH-UBND")
        self.assertEqual(record["text"], PLAN)
        self.assertEqual(record["tasks"][0]["due"], "2026-04-14")
        self.assertIsNone(record["pages"][0]["width"])
        self.assertEqual(self.entries(), ["plan.txt"])

    def test_standard_input(self):
        code, out, err = self.run_hoidau("run", "-", stdin=PLAN)
        self.assertIn(code, (0, 20), err)
        self.assertEqual(json.loads(out)["metadata"]["symbol"], "15/KH-UBND")
        self.run_hoidau("run", "-", "-o", "out", stdin=PLAN)
        self.assertEqual(self.entries("out"), ["stdin.json", "stdin.txt"])

    def test_outputs_into_a_folder(self):
        code, out, err = self.run_hoidau("run", "plan.txt", "-o", "a/b")
        self.assertIn(code, (0, 20), err)
        self.assertEqual((out, err), (b"", ""))
        self.assertEqual(self.entries("a/b"), ["plan.json", "plan.txt"])
        check_record(self, self.record("a/b/plan.json"), self.schema)
        self.assertEqual((self.dir / "a/b/plan.txt").read_text(), self.record("a/b/plan.json")["text"])

    def test_formats(self):
        code, out, err = self.run_hoidau("run", "--format", "md,hocr,alto", "--json", "plan.txt", "-o", "out")
        self.assertIn(code, (0, 20), err)
        names = ["plan.alto.xml", "plan.hocr", "plan.md"]
        self.assertEqual(self.entries("out"), names)
        self.assertEqual(sorted(json.loads(out)["files"][0]["outputs"]), [f"out/{name}" for name in names])
        words = lambda root, name, value: [value(e) for e in root.iter() if e.tag.endswith(name)]
        alto = ElementTree.parse(self.dir / "out/plan.alto.xml").getroot()
        self.assertEqual(words(alto, "}String", lambda e: e.get("CONTENT")), PLAN.split())
        hocr = ElementTree.parse(self.dir / "out/plan.hocr").getroot()
        self.assertEqual([e.text for e in hocr.iter() if e.get("class") == "ocrx_word"], PLAN.split())
        code, out, err = self.run_hoidau("run", "--format", "md", "plan.txt")
        self.assertEqual(out, (self.dir / "out/plan.md").read_bytes())
        self.assertIn("## I. TỔ CHỨC THỰC HIỆN\n\n### 1. Phòng Kinh tế\n\n- Tham mưu", out.decode())
        self.assertEqual(self.run_hoidau("run", "--format", "txt", "plan.txt")[1].decode(), PLAN)

    def test_formats_that_cannot_be(self):
        for arguments in (["--format", "doc"], ["--format", "json,txt"], ["--format", "pdf", "-o", "out", "-"]):
            code, out, err = self.run_hoidau("run", *arguments, "plan.txt")
            self.assertEqual((code, out), (1, b""), arguments)
        self.assert_one_error(self.run_hoidau("run", "--format", "pdf,txt", "plan.txt", "-o", "out"), 2, "plan.txt", "PDF")
        self.assertEqual(self.entries("out"), [])

    def test_a_second_input_of_the_name_keeps_its_extension(self):
        self.write("x/plan.txt", "Kế hoạch\n")
        self.write("y/plan.md", "Mười\n")
        self.run_hoidau("run", "plan.txt", "y/plan.md", "x/plan.txt", "-o", "out")
        self.assertEqual(self.record("out/plan.json")["text"], PLAN)
        self.assertEqual(self.record("out/plan.md.json")["text"], "Mười\n")
        self.assertEqual(self.record("out/plan.txt.json")["text"], "Kế hoạch\n")

    def test_earlier_outputs_are_replaced_and_inputs_never(self):
        self.run_hoidau("run", "plan.txt", "-o", ".")
        self.assertEqual((self.dir / "plan.txt").read_text(), PLAN)
        self.assertEqual(self.entries(), ["plan.txt", "plan.txt.json", "plan.txt.txt"])
        self.write("out/plan.json", "old")
        self.run_hoidau("run", "plan.txt", "-o", "out")
        self.assertEqual(self.record("out/plan.json")["text"], PLAN)

    def test_the_same_input_gives_the_same_bytes(self):
        first = self.run_hoidau("run", "plan.txt")
        self.assertEqual(first, self.run_hoidau("run", "plan.txt"))

    def test_works_from_any_folder(self):
        code, out, err = self.run_hoidau("run", self.dir / "plan.txt")
        self.assertEqual(json.loads(out)["metadata"]["number"], "15", err)

    def test_the_worst_of_several_files_counts(self):
        self.write("empty.txt", "")
        code, out, err = self.run_hoidau("run", "plan.txt", "none.txt", "empty.txt", "-o", "out")
        self.assertEqual(code, 5)
        self.assertEqual(self.entries("out"), ["plan.json", "plan.txt"])
        self.assertEqual(len(err.strip().splitlines()), 2, err)
        self.assertEqual(self.run_hoidau("run", "plan.txt", "empty.txt", "-o", "out")[0], 2)

    def test_report_for_machines(self):
        code, out, err = self.run_hoidau("run", "plan.txt", "none.txt", "-o", "out", "--json")
        report = json.loads(out)["files"]
        self.assertEqual([f["file"] for f in report], ["plan.txt", "none.txt"])
        self.assertEqual(report[0]["outputs"], ["out/plan.json", "out/plan.txt"])
        self.assertEqual((report[1]["exit_code"], report[1]["outputs"]), (5, []))
        self.assertIn("none.txt", report[1]["error"])
        self.assertEqual(code, 5)

    def test_summary_for_people(self):
        code, out, _ = self.run_hoidau("run", "--summary", "plan.txt")
        self.assertIn(code, (0, 20))
        for part in ("15/KH-UBND", "05/03/2026", "14/04/2026", "Phòng Kinh tế", "TỔ CHỨC THỰC HIỆN"):
            self.assertIn(part, out.decode())

    def test_modes_and_their_other_names(self):
        for option in (["--mode", "auto"], ["--mode", "skip"], ["--mode", "redo"], ["--mode", "force"], ["--mode", "off"],
                       ["--skip-text"], ["--redo-ocr"], ["--force-ocr"]):
            self.assertIn(self.run_hoidau("run", *option, "plan.txt")[0], (0, 20), option)

    def test_text_in_nfd_comes_out_in_nfc(self):
        import unicodedata
        code, out, _ = self.run_hoidau("run", "-", stdin=unicodedata.normalize("NFD", PLAN))
        self.assertEqual(json.loads(out)["text"], PLAN)

    def test_pages_by_form_feeds(self):
        code, out, _ = self.run_hoidau("run", "-", stdin="Một\n\fHai\n\f")
        record = json.loads(out)
        self.assertEqual([p["number"] for p in record["pages"]], [1, 2, 3])
        self.assertEqual(record["text"].count("\f"), 2)


class BadInput(CliTest):
    def test_files_that_cannot_be_read(self):
        self.assert_one_error(self.run_hoidau("run", "none.pdf"), 5, "none.pdf", "No such file")
        self.assert_one_error(self.run_hoidau("run", "."), 5, "directory")
        self.assert_one_error(self.run_hoidau("ocr", "none.pdf"), 5, "none.pdf")
        self.assert_one_error(self.run_hoidau("extract", "none.txt"), 5, "none.txt")
        self.assert_one_error(self.run_hoidau("repair", "none.txt"), 5, "none.txt")
        self.assert_one_error(self.run_hoidau("repair", "."), 5, "directory")
        self.assert_one_error(self.run_hoidau("repair", "--words", "none.txt"), 5, "none.txt")
        self.assert_one_error(self.run_hoidau("repair", "--lm", "none.lm", stdin="a"), 5, "none.lm")

    def test_files_that_are_not_what_they_should_be(self):
        cases = {"empty.pdf": b"", "cut.pdf": b"%PDF-1.7\n1 0 obj\n<<", "cut.png": b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR",
                 "cut.jpg": b"\xff\xd8\xff\xe0\0\x10JFIF", "cut.tif": b"II*\0\xff\xff\xff\x7f", "program": b"\x7fELF\0\0\0\1" * 100}
        for name, content in cases.items():
            self.write(name, content)
            self.assert_one_error(self.run_hoidau("run", name), 2, name)
            self.assert_one_error(self.run_hoidau("run", name, "-o", "out"), 2, name)
        self.assertEqual(self.entries("out"), [])

    def test_an_encrypted_file(self):
        pdf = (b"%PDF-1.4\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n2 0 obj\n<</Type/Pages/Kids[3 0 R]/Count 1>>\nendobj\n"
               b"3 0 obj\n<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]>>\nendobj\n4 0 obj\n<</Filter/Standard/V 2/R 3/Length 128/P -4"
               b"/O<" + b"11" * 32 + b">/U<" + b"22" * 32 + b">>>\nendobj\ntrailer\n<</Root 1 0 R/Encrypt 4 0 R/ID[<00><00>]/Size 5>>\n%%EOF\n")
        self.write("secret.pdf", pdf)
        self.assert_one_error(self.run_hoidau("run", "secret.pdf"), 8, "secret.pdf")

    def test_text_with_bytes_that_are_none(self):
        self.write("bad.txt", PLAN.encode() + b"\xff\xfe x\n")
        code, out, err = self.run_hoidau("run", "bad.txt")
        self.assertEqual(code, 20, err)
        record = json.loads(out)
        self.assertIn("\ufffd", record["text"])
        self.assertIn("invalid-utf8", [i["code"] for i in record["issues"]])

    def test_text_with_nothing_on_it(self):
        for content in (b"\n", b" \n\n\t", b"\f", b"x"):
            self.write("blank.txt", content)
            code, out, err = self.run_hoidau("run", "blank.txt")
            self.assertIn(code, (0, 20), err)
            self.assertEqual(json.loads(out)["tasks"], [])

    def test_models_that_are_not_there(self):
        self.assert_one_error(self.run_hoidau("run", "plan.txt", "--models", "none"), 3, "none")
        self.assert_one_error(self.run_hoidau("run", "plan.txt", env={"HOIDAU_MODELS": "gone"}), 3, "gone", "HOIDAU_MODELS")
        (self.dir / "models/rules").mkdir(parents=True)
        self.assert_one_error(self.run_hoidau("run", "plan.txt", "--models", "models"), 3, "models")

    def test_outputs_that_cannot_be_written(self):
        self.write("file", "x")
        self.assert_one_error(self.run_hoidau("run", "plan.txt", "-o", "file/out"), 5, "file/out")
        (self.dir / "out/plan.json").mkdir(parents=True)
        self.assert_one_error(self.run_hoidau("run", "plan.txt", "-o", "out"), 5, "plan.json")
        self.assertEqual(self.entries("out"), ["plan.json"])

    def test_a_closed_pipe_ends_quietly(self):
        for inherits in (False, True):  # Python ignores SIGPIPE; its children do where they inherit that
            for command in (["run", "plan.txt"], ["repair", "plan.txt"], ["schema"]):
                reader, writer = os.pipe()
                os.close(reader)
                code, _, err = self.run_hoidau(*command, stdout=writer, restore_signals=not inherits)
                os.close(writer)
                self.assertEqual((code, err), (141 if inherits else -signal.SIGPIPE, ""), command)

    @unittest.skipUnless(os.path.exists("/dev/full"), "no /dev/full")
    def test_standard_output_that_is_full(self):
        for command in (["run", "plan.txt"], ["ocr", "plan.txt"], ["extract", "plan.txt"], ["repair", "plan.txt"],
                        ["repair", "--json", "plan.txt"], ["schema"], ["version"]):
            with open("/dev/full", "wb") as full:
                code, _, err = self.run_hoidau(*command, stdout=full)
            self.assertEqual(code, 5, command)
            self.assertIn("standard output", err)


class Text(CliTest):
    def test_repair_is_a_filter(self):
        code, out, err = self.run_hoidau("repair", stdin="Uy ban nhan dan xa to chuc hoi nghi\n\nKế hoạch\n")
        self.assertEqual((code, out.decode(), err), (0, "Ủy ban nhân dân xã tổ chức hội nghị\n\nKế hoạch\n", ""))

    def test_clean_text_stays_byte_for_byte(self):
        for text in (PLAN, PLAN.replace("\n", "\r\n"), PLAN[:-1], "", "\n", "\f", "a b@c.vn https://x.vn/?q=1 57-NQ/TW 1.500.000\n"):
            self.assertEqual(self.run_hoidau("repair", stdin=text)[:2], (0, text.encode()))

    def test_strip_then_repair_comes_back(self):
        code, stripped, _ = self.run_hoidau("repair", "--strip", stdin=PLAN)
        self.assertEqual(code, 0)
        self.assertTrue(stripped.isascii())
        self.assertEqual(stripped.decode().splitlines()[6], "KE HOACH")
        code, out, _ = self.run_hoidau("repair", stdin=stripped)
        same = sum(a == b for a, b in zip(out.decode().split(), PLAN.split()))
        self.assertGreater(same, 0.9 * len(PLAN.split()), out.decode())

    def test_repair_warns_of_bytes_that_are_no_text(self):
        code, out, err = self.run_hoidau("repair", stdin=b"K\xff\xfe\n\0\n")
        self.assertEqual((code, out), (0, b"K\xff\xfe\n\0\n"))
        self.assertIn("2 bytes", err)

    def test_repair_tokens(self):
        code, out, _ = self.run_hoidau("repair", "--json", stdin="Ke hoach\n\nso 2\n")
        lines = [json.loads(line) for line in out.decode().splitlines()]
        self.assertEqual([line["line"] for line in lines], [1, 2, 3])
        self.assertEqual(lines[0]["tokens"][0]["observed"], "Ke")
        self.assertEqual(lines[0]["text"], " ".join(t["text"] for t in lines[0]["tokens"]))
        for token in lines[0]["tokens"]:
            self.assertEqual(sorted(token), ["alternatives", "confidence", "observed", "text", "unsure"])

    def test_repair_knows_the_users_words(self):
        self.write("words.txt", "Hoach\n")
        code, out, err = self.run_hoidau("repair", "--words", "words.txt", stdin="ong Hoach den\n")
        self.assertEqual(code, 0, err)
        self.assertIn("Hoach", out.decode())

    def test_repair_documents_end_where_they_should(self):
        text = "Ke hoach\n\n" * 200
        whole = self.run_hoidau("repair", stdin=text)[1]
        cut = self.run_hoidau("repair", "--document-bytes", "50", stdin=text)[1]
        self.assertEqual(whole.count(b"\n"), 400)
        self.assertEqual(cut.count(b"\n"), 400)

    def test_ocr_of_text_is_its_recovered_text(self):
        self.write("two.txt", "Kế hoạch\n\fHai\n")
        code, out, _ = self.run_hoidau("ocr", "two.txt")
        self.assertIn(code, (0, 20))
        self.assertEqual(out.decode(), "Kế hoạch\n\fHai\n")
        code, out, _ = self.run_hoidau("ocr", "--json", "two.txt")
        self.assertEqual(len(json.loads(out)["pages"]), 2)

    def test_extract(self):
        for arguments, stdin in ((["plan.txt"], ""), (["-"], PLAN), ([], PLAN)):
            code, out, err = self.run_hoidau("extract", *arguments, stdin=stdin)
            self.assertEqual(code, 0, err)
            self.assertEqual(json.loads(out)["metadata"]["symbol"], "15/KH-UBND")

    def test_memory_does_not_grow_with_the_stream(self):
        # 300 documents of 16 KiB in one stream; a process that kept them would hold all of their lattices.
        text = (("Uy ban nhan dan xa to chuc hoi nghi trien khai ke hoach\n" * 290)[:16000] + "\n\f").encode()
        few, many = (self.peak_memory(text * n) for n in (2, 40))
        self.assertLess(many, 1.3 * few + 8192, f"{few} KiB for 2 documents, {many} for 40")

    def peak_memory(self, stdin):
        script = ("import resource, subprocess, sys; subprocess.run([sys.argv[1], 'repair'], check=True, stdout=subprocess.DEVNULL);"
                  "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)")
        done = subprocess.run([sys.executable, "-c", script, self.program], input=stdin, capture_output=True, check=True)
        return int(done.stdout)


class Signals(CliTest):
    def test_ctrl_c_ends_at_once(self):
        for command in (["repair"], ["extract", "-"], ["run", "-", "-o", "out"]):
            child = subprocess.Popen([self.program, *command], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=self.dir)
            time.sleep(0.5)
            child.send_signal(signal.SIGINT)
            self.assertEqual(child.wait(timeout=10), 130, command)
            for stream in (child.stdin, child.stdout, child.stderr):
                stream.close()
        self.assertEqual(self.entries("out"), [])


if __name__ == "__main__":
    CliTest.program = str(pathlib.Path(sys.argv.pop(1)).resolve())
    unittest.main()
