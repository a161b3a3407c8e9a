"""calendar_test.py HOIDAU: todoman reads the tasks and khal the events that `hoidau export --to ics` writes."""
import json, sys, unittest

from client_support import ClientTest

READ_CALENDAR = """
import icalendar, json, sys
entries = icalendar.Calendar.from_ical(open(sys.argv[1], "rb").read()).subcomponents
print(json.dumps([{"kind": e.name, "uid": str(e["UID"]), "rule": e["RRULE"].to_ical().decode() if "RRULE" in e else None,
                   "units": [str(unit) for unit in e["CATEGORIES"].cats] if "CATEGORIES" in e else []} for e in entries]))
"""


class Calendar(ClientTest):
    def setUp(self):
        super().setUp()
        record = self.record("plan.json")
        record["events"] = [{"id": "e1", "title": "Hội nghị triển khai", "where": "hội trường, tầng 2", "section": None, "part_of": None,
                             "span": [0, 0], "when": {**record["dates"][0], "text": "sáng ngày 10/4/2026", "kind": "day", "value": "2026-04-10",
                                                      "time": "08:00", "start": None, "end": None}}]
        self.write("plan.json", json.dumps(record, ensure_ascii=False))
        self.write("todoman/config.py", f'path = "{self.dir}/calendars/*"\ndate_format = "%Y-%m-%d"\ntime_format = ""\ndefault_list = "plans"\n')
        self.write("khal/config", f"[calendars]\n[[plans]]\npath = {self.dir}/calendars/plans\n[locale]\nlocal_timezone = Asia/Ho_Chi_Minh\n"
                                  "default_timezone = Asia/Ho_Chi_Minh\ntimeformat = %H:%M\ndateformat = %Y-%m-%d\nlongdateformat = %Y-%m-%d\n"
                                  "datetimeformat = %Y-%m-%d %H:%M\nlongdatetimeformat = %Y-%m-%d %H:%M\n")

    def todos(self):
        return json.loads(self.client("todoman", "--config", self.dir / "todoman/config.py", "--porcelain", "list", "--status", "ANY"))

    def send(self, *more):
        self.export("--to", "ics", "plan.json", "-o", "calendars/plans/", *more)

    def test_todoman_reads_the_tasks(self):
        self.send()
        todos = {todo["summary"]: todo for todo in self.todos()}
        self.assertEqual(len(todos), 3)
        todo = todos["Tham mưu phương án ứng phó, hoàn thành trước ngày 15/4/2026."]
        self.assertIn("Đơn vị chủ trì: Phòng Kinh tế\n", todo["description"])
        listed = self.client("todoman", "--config", self.dir / "todoman/config.py", "list")
        self.assertIn("2026-04-14 Tham mưu phương án ứng phó", listed)

    def test_a_second_export_adds_nothing_and_a_change_changes_one(self):
        self.send()
        files = {path.name: path.read_bytes() for path in (self.dir / "calendars/plans").glob("*.ics")}
        self.assertEqual(len(files), 4)
        self.send()
        self.assertEqual(files, {path.name: path.read_bytes() for path in (self.dir / "calendars/plans").glob("*.ics")})
        self.change(0, due="2026-04-20")
        self.send()
        changed = [path.name for path in (self.dir / "calendars/plans").glob("*.ics") if files[path.name] != path.read_bytes()]
        self.assertEqual(len(changed), 1)
        self.assertIn(b"SEQUENCE:1\r\n", (self.dir / "calendars/plans" / changed[0]).read_bytes())
        self.assertEqual(len(self.todos()), 3)

    def test_undo_cancels(self):
        self.send()
        self.export("--to", "ics", "--undo", "-o", "calendars/plans/")
        for path in (self.dir / "calendars/plans").glob("*.ics"):
            self.assertIn(b"STATUS:CANCELLED\r\n", path.read_bytes())

    def test_khal_shows_the_event(self):
        self.send()
        listed = self.client("khal", "--config", self.dir / "khal/config", "list", "--format", "{start-time}|{title}|{location}", "2026-04-10", "1d")
        self.assertIn("08:00|Hội nghị triển khai|hội trường, tầng 2", listed)

    def test_one_file_is_one_calendar(self):
        self.export("--to", "ics", "plan.json", "-o", "plan.ics")
        content = (self.dir / "plan.ics").read_bytes()
        self.assertLessEqual(max(map(len, content.split(b"\r\n"))), 75)
        # The reader that todoman has, in the Python that it runs in.
        found = json.loads(self.client("/usr/bin/python3", "-c", READ_CALENDAR, "plan.ics"))
        self.assertEqual([entry["kind"] for entry in found], ["VTODO", "VTODO", "VTODO", "VEVENT"])
        self.assertEqual(len({entry["uid"] for entry in found}), 4)
        self.assertEqual([entry["rule"] for entry in found], [None, "FREQ=WEEKLY;BYDAY=WE", None, None])
        self.assertEqual([entry["units"] for entry in found], [["Phòng Kinh tế"], ["Phòng Kinh tế"], ["Các thôn"], []])
        self.export("--to", "ics", "plan.json", "-o", "plan.ics")
        self.assertEqual(content, (self.dir / "plan.ics").read_bytes())


if __name__ == "__main__":
    ClientTest.program = sys.argv.pop(1)
    unittest.main()
