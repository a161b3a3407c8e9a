"""What the tests with real clients share: a record to send, and a home of its own for the client."""
import json, os, pathlib, subprocess, sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "e2e"))
import cli_support

# A weekly duty beside the one with a day, so that recurrence reaches the clients.
PLAN = cli_support.PLAN.replace("2. Các thôn", "- Báo cáo kết quả thứ 4 hàng tuần.\n2. Các thôn")


class ClientTest(cli_support.CliTest):
    """`self.dir` holds plan.json, the record of PLAN, and is the client's home."""

    def setUp(self):
        super().setUp()
        self.write("plan.txt", PLAN)
        code, out, err = self.run_hoidau("extract", "plan.txt")
        self.assertEqual(code, 0, err)
        self.write("plan.json", out)
        self.assertEqual([t["due"] for t in self.record("plan.json")["tasks"]], ["2026-04-14", None, None])

    def change(self, index, **values):
        """Writes plan.json with other values in a task."""
        record = self.record("plan.json")
        record["tasks"][index].update(values)
        self.write("plan.json", json.dumps(record, ensure_ascii=False))

    def export(self, *arguments):
        code, out, err = self.run_hoidau("export", *arguments)
        self.assertEqual(code, 0, err)
        return out.decode()

    def client(self, *command, env=None):
        """Standard output and error of a client, which sees nothing of the user's own."""
        done = subprocess.run(list(map(str, command)), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, cwd=self.dir, timeout=240,
                              env={"PATH": os.environ["PATH"], "HOME": str(self.dir), "LANG": "C.UTF-8", "TZ": "Asia/Ho_Chi_Minh", **(env or {})})
        text = done.stdout.decode(errors="replace")
        self.assertEqual(done.returncode, 0, text)
        return text
