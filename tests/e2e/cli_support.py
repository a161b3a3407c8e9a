"""What the tests of the command line share: running the program, and a plan to run it on."""
import json, os, pathlib, subprocess, tempfile, unittest

PLAN = """ỦY BAN NHÂN DÂN
XÃ LỘC VÂN
Số: 15/KH-UBND
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Lộc Vân, ngày 05 tháng 3 năm 2026
KẾ HOẠCH
Phòng, chống thiên tai năm 2026
I. TỔ CHỨC THỰC HIỆN
1. Phòng Kinh tế
- Tham mưu phương án ứng phó, hoàn thành trước ngày 15/4/2026.
2. Các thôn
- Thành lập đội xung kích.
"""


class CliTest(unittest.TestCase):
    """`self.run_hoidau("run", "plan.txt")` runs in a new folder that holds plan.txt."""

    program = ""
    maxDiff = 4000

    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        self.dir = pathlib.Path(self.folder.name)
        self.write("plan.txt", PLAN)

    def write(self, name, content):
        path = self.dir / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    def run_hoidau(self, *arguments, stdin=b"", env=None, **options):
        """(exit code, standard output, standard error) as (int, bytes, str)."""
        options.setdefault("stdout", subprocess.PIPE)
        done = subprocess.run([self.program, *map(str, arguments)], input=stdin.encode() if isinstance(stdin, str) else stdin,
                              stderr=subprocess.PIPE, cwd=self.dir, env={**os.environ, **(env or {})}, timeout=600, **options)
        return done.returncode, done.stdout, done.stderr.decode(errors="replace")

    def assert_one_error(self, result, code, *words):
        """The code, nothing on standard output, one line of error that holds the words."""
        got, out, err = result
        self.assertEqual((got, out), (code, b""), err)
        self.assertEqual(len(err.strip().splitlines()), 1, err)
        for word in words:
            self.assertIn(word, err)

    def entries(self, folder="."):
        return sorted(p.name for p in (self.dir / folder).iterdir())

    def record(self, name):
        return json.loads((self.dir / name).read_text(encoding="utf-8"))


def check_record(test, record, schema):
    """The record keeps to the schema, and every value with a span says what the text says there."""
    import jsonschema

    jsonschema.Draft202012Validator(schema).validate(record)
    issues = [tuple(issue.values()) for issue in record["issues"]]
    test.assertEqual(len(issues), len(set(issues)), "an issue is said once")
    text = record["text"]
    fold = lambda s: " ".join(s.split())
    squeeze = lambda s: "".join(s.split())
    spans = []

    def walk(value):
        if isinstance(value, dict):
            for key, child in value.items():
                if key in ("span", "mentions") and child:
                    spans.extend([child] if key == "span" else child)
                walk(child)
        elif isinstance(value, list):
            for child in value:
                walk(child)

    walk(record)
    for begin, end in spans:
        test.assertTrue(0 <= begin <= end <= len(text), (begin, end, len(text)))
    for page in record["pages"]:
        for line in page["lines"]:
            for token in line["tokens"]:
                test.assertEqual(text[token["span"][0]:token["span"][1]], token["text"])
    for date in record["dates"]:
        test.assertEqual(squeeze(text[date["span"][0]:date["span"][1]]), squeeze(date["text"]))
    for quantity in record["quantities"]:
        test.assertEqual(squeeze(text[quantity["span"][0]:quantity["span"][1]]), squeeze(quantity["text"]))
    for task in record["tasks"]:
        # In order, but for what stands between its lines and is no text: page numbers, specks.
        printed = iter(squeeze(text[task["span"][0]:task["span"][1]]))
        test.assertTrue(all(letter in printed for letter in squeeze(task["action"])), task["id"])

    def sections(nodes):
        for node in nodes:
            test.assertTrue(fold(text[node["span"][0]:node["span"][1]]).startswith(node["label"]) or not node["label"], node["id"])
            for child in node["children"]:
                test.assertTrue(node["span"][0] <= child["span"][0] and child["span"][1] <= node["span"][1], child["id"])
            sections(node["children"])

    sections(record["sections"])
