"""libreoffice_test.py HOIDAU: LibreOffice opens the registers: dates are dates, and what a document says is text."""
import csv, io, sys, unittest, zipfile, xml.etree.ElementTree as xml

from client_support import ClientTest

OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"


class LibreOffice(ClientTest):
    def convert(self, name, target):
        self.client("soffice", f"-env:UserInstallation=file://{self.dir}/office", "--headless", "--convert-to", target, "--outdir", self.dir / "converted",
                    self.dir / name)
        return next((self.dir / "converted").iterdir())

    def cells(self, name):
        """Rows of (type, value, formula) as LibreOffice sees the sheet."""
        rows = []
        for row in xml.parse(self.convert(name, "fods")).getroot().iter(TABLE + "table-row"):
            cells = []
            for cell in row.iter(TABLE + "table-cell"):
                kind = cell.get(OFFICE + "value-type")
                value = cell.get(OFFICE + "date-value") or cell.get(OFFICE + "value") or "\n".join("".join(p.itertext()) for p in cell.iter(TEXT + "p"))
                cells += [(kind, value, cell.get(TABLE + "formula"))] * min(int(cell.get(TABLE + "number-columns-repeated", "1")), 20)
            rows.append(cells)
        return rows

    def register(self, name, kind="tasks"):
        code, _, err = self.run_hoidau("register", "plan.json", "--kind", kind, "-o", name)
        self.assertEqual(code, 0, err)

    def test_traps_are_text(self):
        for index, action in enumerate(("=1+1", "- Tham mưu phương án", "@SUM(A1:A9)")):
            self.change(index, action=action)
        self.register("tasks.xlsx")
        rows = self.cells("tasks.xlsx")
        column = [cell[1] for cell in rows[0]].index("Nội dung nhiệm vụ")
        self.assertEqual([row[column] for row in rows[1:4]],
                         [("string", "=1+1", None), ("string", "- Tham mưu phương án", None), ("string", "@SUM(A1:A9)", None)])

    def test_dates_are_dates(self):
        self.register("tasks.xlsx")
        rows = self.cells("tasks.xlsx")
        heads = [cell[1] for cell in rows[0]]
        self.assertEqual(rows[1][heads.index("Thời hạn")], ("date", "2026-04-14", None))
        self.assertEqual(rows[1][heads.index("STT")][:2], ("float", "1"))
        self.assertEqual(rows[1][heads.index("Đơn vị chủ trì")], ("string", "Phòng Kinh tế", None))

    def test_as_csv_the_sheet_reads_as_printed(self):
        self.register("tasks.xlsx")
        # Separator, quotes, UTF-8, from line 1, no column formats, no quotes of all text, dates as they are shown.
        converted = self.convert("tasks.xlsx", "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,true")
        rows = list(csv.reader(io.StringIO(converted.read_text(encoding="utf-8"))))
        self.assertEqual(rows[1][rows[0].index("Thời hạn")], "14/04/2026")
        self.assertEqual(len(rows), 4)

    def test_every_register_opens(self):
        for kind, column in (("documents", "Ngày, tháng, năm văn bản (IssuedDate)"), ("archive", "Ngày, tháng văn bản")):
            self.register(f"{kind}.xlsx", kind)
            rows = self.cells(f"{kind}.xlsx")
            self.assertEqual(rows[1][[cell[1] for cell in rows[0]].index(column)][:2], ("date", "2026-03-05"))
            for path in (self.dir / "converted").iterdir():
                path.unlink()

    def test_filters_and_the_hidden_key(self):
        self.register("tasks.xlsx")
        tree = xml.parse(self.convert("tasks.xlsx", "fods")).getroot()
        self.assertTrue(any(r.get(TABLE + "display-filter-buttons") == "true" for r in tree.iter(TABLE + "database-range")))
        self.assertEqual([c.get(TABLE + "visibility") for c in tree.iter(TABLE + "table-column")].count("collapse"), 1)

    def test_the_head_is_frozen(self):
        self.register("tasks.xlsx")
        sheet = zipfile.ZipFile(self.dir / "tasks.xlsx").read("xl/worksheets/sheet1.xml").decode()
        self.assertRegex(sheet, r'<pane ySplit="1"[^>]* state="frozen"/>')

    def test_a_csv_register_opens_as_text(self):
        self.change(0, action="=1+1")
        self.register("tasks.csv")
        converted = self.convert("tasks.csv", "fods")
        self.assertNotIn("table:formula", converted.read_text(encoding="utf-8"))


if __name__ == "__main__":
    ClientTest.program = sys.argv.pop(1)
    unittest.main()
