#!/usr/bin/env python3
"""The command line on scans: the sample PDF of the corpus, its page as an image, and an image with nothing on it.

usage: cli_ocr_test.py HOIDAU CORPUS [unittest options]
"""
import json, os, pathlib, shutil, struct, subprocess, sys, unittest, zlib

sys.path.insert(0, os.path.dirname(__file__))
from cli_support import CliTest, check_record


def png(width, height, dpi=100):
    """A white grey-scale page."""
    chunk = lambda kind, data: struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
    rows = b"".join(b"\0" + b"\xff" * width for _ in range(height))
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)) +
            chunk(b"pHYs", struct.pack(">IIB", round(dpi / 0.0254), round(dpi / 0.0254), 1)) +
            chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b""))


class Scans(CliTest):
    corpus = pathlib.Path()

    @classmethod
    def setUpClass(cls):
        cls.schema = json.loads(subprocess.run([cls.program, "schema"], capture_output=True, check=True).stdout)

    def test_sample_scan(self):
        scans = sorted(self.corpus.glob("dev/*/*.pdf"))
        self.assertTrue(scans, "the corpus has no scan")
        gold = json.loads((scans[0].parent / "gold.json").read_text(encoding="utf-8"))
        code, out, err = self.run_hoidau("run", scans[0], "-o", "out")
        self.assertIn(code, (0, 20), err)
        self.assertEqual((out, err), (b"", ""))
        record = self.record(f"out/{scans[0].stem}.json")
        check_record(self, record, self.schema)
        self.assertEqual(record["source"]["kind"], "scanned-pdf")
        self.assertEqual(record["source"]["text_origin"], "ocr")
        self.assertEqual(len(record["pages"]), record["source"]["pages"])
        self.assertEqual(record["text"].count("\f"), len(record["pages"]) - 1)
        self.assertEqual(record["metadata"]["symbol"], gold["metadata"]["symbol"])
        self.assertTrue(record["tasks"])
        for page in record["pages"]:
            for line in page["lines"]:
                left, top, right, bottom = line["box"]
                self.assertTrue(0 <= left < right <= page["width"] and 0 <= top < bottom <= page["height"], line["box"])
        # Threads change nothing but time.
        self.run_hoidau("run", scans[0], "-o", "one", "--threads", "1")
        self.assertEqual(self.record(f"one/{scans[0].stem}.json"), record)

    def test_searchable_pdf(self):
        scan = sorted(self.corpus.glob("dev/*/*.pdf"))[0]
        code, out, err = self.run_hoidau("run", "--format", "pdf,txt", scan, "-o", "out")
        self.assertIn(code, (0, 20), err)
        made = self.dir / f"out/{scan.stem}.pdf"
        if shutil.which("pdftotext"):
            text = subprocess.run(["pdftotext", "-raw", made, "-"], capture_output=True, check=True).stdout.decode()
            ours = (self.dir / f"out/{scan.stem}.txt").read_text(encoding="utf-8")
            # pdftotext joins words that a line end cuts behind a hyphen.
            squeeze = lambda s: "".join(s.split()).replace("-", "")
            self.assertEqual(squeeze(text), squeeze(ours))
        if shutil.which("qpdf"):
            subprocess.run(["qpdf", "--check", made], capture_output=True, check=True)
        # The copy has a good layer: it is read as it is.
        code, out, err = self.run_hoidau("ocr", "--json", made)
        self.assertEqual({page["source"] for page in json.loads(out)["pages"]}, {"text-layer"}, err)

    def test_a_blank_page(self):
        self.write("blank.png", png(800, 1100))
        code, out, err = self.run_hoidau("run", "blank.png")
        self.assertEqual(code, 20, err)
        record = json.loads(out)
        check_record(self, record, self.schema)
        self.assertEqual(record["text"].strip(), "")
        self.assertEqual((record["pages"][0]["width"], record["pages"][0]["height"]), (800, 1100))
        self.assertIn("empty-page", [i["code"] for i in record["issues"]])

    def test_a_page_that_is_too_large(self):
        header = png(1, 1).replace(struct.pack(">II", 1, 1), struct.pack(">II", 60000, 60000), 1)
        data = bytearray(header)
        data[29:33] = struct.pack(">I", zlib.crc32(bytes(data[12:29])))
        self.write("huge.png", bytes(data))
        code, out, err = self.run_hoidau("run", "huge.png")
        self.assertIn(code, (2, 20), err)

    def test_language_data_that_is_not_there(self):
        self.write("blank.png", png(200, 200))
        self.assert_one_error(self.run_hoidau("run", "--language", "xyz", "blank.png"), 3, "xyz")


if __name__ == "__main__":
    CliTest.program = str(pathlib.Path(sys.argv.pop(1)).resolve())
    Scans.corpus = pathlib.Path(sys.argv.pop(1)).resolve()
    unittest.main()
