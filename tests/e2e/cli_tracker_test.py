#!/usr/bin/env python3
"""Registers and exports as a user meets them.

usage: cli_tracker_test.py HOIDAU [unittest options]
"""
import csv, http.server, io, json, os, pathlib, re, sys, threading, unittest, urllib.parse, zipfile

sys.path.insert(0, os.path.dirname(__file__))
from cli_support import CliTest


class Tracker(CliTest):
    """`self.dir` holds plan.json, a record with two tasks."""

    def setUp(self):
        super().setUp()
        code, out, err = self.run_hoidau("extract", "plan.txt")
        self.assertEqual(code, 0, err)
        self.write("plan.json", out)
        self.assertEqual(len(json.loads(out)["tasks"]), 2)

    def ok(self, *arguments):
        code, out, err = self.run_hoidau(*arguments)
        self.assertEqual(code, 0, err)
        return out.decode()

    def change(self, name="plan.json", **values):
        record = self.record("plan.json")
        record["tasks"][0].update(values)
        self.write(name, json.dumps(record, ensure_ascii=False))


class Register(Tracker):
    def test_excel_and_csv_of_every_kind(self):
        for kind in ("documents", "archive", "tasks", "incoming"):
            self.ok("register", "plan.json", "--kind", kind, "-o", kind + ".xlsx")
            self.assertIsNone(zipfile.ZipFile(self.dir / (kind + ".xlsx")).testzip())
            self.ok("register", "plan.json", "--kind", kind, "-o", kind + ".csv", "--bom")
            content = (self.dir / (kind + ".csv")).read_bytes()
            self.assertTrue(content.startswith(b"\xef\xbb\xbf") and content.endswith(b"\r\n"))
            rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
            self.assertEqual({len(row) for row in rows}, {len(rows[0])})
            self.assertEqual(len(rows), 2 if kind in ("documents", "archive") else 3)

    def test_a_folder_is_all_records_in_it(self):
        other = self.record("plan.json")
        other["metadata"].update(number="16", symbol="16/KH-UBND")
        for name in ("out/a.json", "out/.hoidau/c.json"):
            self.change(name)
        self.write("out/sub/b.json", json.dumps(other))
        self.write("out/sub/b.txt", "no record")
        self.ok("register", "out", "--kind", "documents", "-o", "all.csv")
        self.assertEqual(len((self.dir / "all.csv").read_text().splitlines()), 3)

    def test_a_document_that_comes_twice_is_listed_once(self):
        self.change("copy.json")
        for kind, lines in (("documents", 2), ("archive", 2), ("tasks", 3), ("incoming", 3)):
            code, _, err = self.run_hoidau("register", "plan.json", "copy.json", "--kind", kind, "-o", "r.csv")
            self.assertEqual(code, 0)
            self.assertIn("1 of the records", err)
            self.assertIn("copy.json", err)
            self.assertEqual(len((self.dir / "r.csv").read_text().splitlines()), lines)

    def test_what_is_no_record(self):
        self.write("bad.json", "{}")
        (self.dir / "empty").mkdir()
        for command in (("register",), ("export", "--to", "taskwarrior")):
            for name in ("bad.json", "plan.txt"):
                result = self.run_hoidau(*command, name, "-o", "r.csv")
                self.assert_one_error(result, 2, name + ": is no record of hoidau")
                self.assertNotIn("json.exception", result[2])
            self.assert_one_error(self.run_hoidau(*command, "empty", "-o", "r.csv"), 2, "no records in empty")
            self.assertFalse((self.dir / "r.csv").exists())
        self.assert_one_error(self.run_hoidau("export", "--to", "taskwarrior", "missing"), 5, "missing")

    def test_days_and_party_numbers_as_the_office_writes_them(self):
        self.ok("register", "plan.json", "--kind", "incoming", "-o", "r.csv")
        text = (self.dir / "r.csv").read_text()
        self.assertIn("ngày 05/03/2026", text)
        self.assertIn(",14/04/2026,", text)
        record = self.record("plan.json")
        record["metadata"]["date"].update(text="ngày tháng 6 năm 2026", kind="month", value="2026-06")
        record["metadata"].update(number="07", symbol="07-KH/BCĐ")
        self.write("party.json", json.dumps(record))
        self.ok("register", "party.json", "--kind", "incoming", "-o", "r.csv")
        self.assertIn(", tháng 6/2026,", (self.dir / "r.csv").read_text())
        self.ok("register", "party.json", "--kind", "documents", "-o", "r.csv")
        self.assertIn(",07,KH/BCĐ,tháng 6/2026,", (self.dir / "r.csv").read_text())

    def test_the_same_records_give_the_same_bytes(self):
        for name in ("a.xlsx", "b.xlsx"):
            self.ok("register", "plan.json", "-o", name)
        self.assertEqual((self.dir / "a.xlsx").read_bytes(), (self.dir / "b.xlsx").read_bytes())

    def test_a_bad_record_is_named_and_the_others_go_on(self):
        self.write("bad.json", "{}")
        self.assert_one_error(self.run_hoidau("register", "bad.json", "plan.json", "-o", "r.csv"), 2, "bad.json")
        self.assertEqual(len((self.dir / "r.csv").read_text().splitlines()), 3)
        self.assert_one_error(self.run_hoidau("register", "bad.json", "-o", "none.csv"), 2, "bad.json")
        self.assertFalse((self.dir / "none.csv").exists())
        self.assert_one_error(self.run_hoidau("register", "missing.json", "-o", "none.csv"), 5, "missing.json")
        self.assert_one_error(self.run_hoidau("register", "plan.json", "-o", "plan.pdf"), 1, ".xlsx")
        self.assert_one_error(self.run_hoidau("register", "plan.json", "-o", "no/folder.xlsx"), 5, "no/folder.xlsx")


class Export(Tracker):
    def test_dry_run_says_what_and_writes_nothing(self):
        before = self.entries()
        text = self.ok("export", "--to", "taskwarrior", "plan.json", "-o", "tasks.json", "--dry-run")
        self.assertEqual(text.splitlines()[-1], "create 2, update 0, skip 0")
        self.assertEqual(self.entries(), before)
        self.ok("export", "--to", "taskwarrior", "plan.json", "-o", "tasks.json")
        self.change(due="2026-04-20")
        text = self.ok("export", "--to", "taskwarrior", "plan.json", "-o", "tasks.json", "--dry-run")
        self.assertIn("\n            due: 2026-04-14 → 2026-04-20\n", text)
        self.assertEqual(text.splitlines()[-1], "create 0, update 1, skip 1")

    def test_a_second_export_adds_nothing(self):
        for target, name in (("taskwarrior", "t.json"), ("csv:jira", "jira.csv"), ("csv:vikunja", "vikunja.csv")):
            self.ok("export", "--to", target, "plan.json", "-o", name)
            first = (self.dir / name).read_text()
            self.ok("export", "--to", target, "plan.json", "-o", name)
            self.assertEqual((self.dir / name).read_text(), first, "it may not be imported yet")
            code, _, err = self.run_hoidau("export", "--to", target, "plan.json", "-o", name)
            self.assertIn(f"nothing new: {name} is left as it is", err)
            self.ok("export", "--to", target, "plan.json", "-o", "new-" + name)
            self.assertLess(len((self.dir / ("new-" + name)).read_text()), len(first) / 2, "the same ledger")
            self.ok("export", "--to", target, "plan.json", "-o", name, "--all")
            self.assertEqual((self.dir / name).read_text(), first)

    def test_standard_output_remembers_nothing_without_a_ledger(self):
        first = self.ok("export", "--to", "taskwarrior", "plan.json")
        self.assertEqual(self.ok("export", "--to", "taskwarrior", "plan.json"), first)
        self.assertEqual(self.ok("export", "--to", "taskwarrior", "plan.json", "--ledger", "sent"), first)
        self.assertEqual(json.loads(self.ok("export", "--to", "taskwarrior", "plan.json", "--ledger", "sent")), [])

    def test_a_vanished_task_is_reported(self):
        self.ok("export", "--to", "ics", "plan.json", "-o", "plan.ics")
        record = self.record("plan.json")
        gone = record["tasks"].pop()
        self.write("plan.json", json.dumps(record, ensure_ascii=False))
        code, _, err = self.run_hoidau("export", "--to", "ics", "plan.json", "-o", "plan.ics")
        self.assertEqual(code, 0)
        self.assertIn(gone["id"], err)
        self.assertEqual((self.dir / "plan.ics").read_text().count("BEGIN:VTODO"), 2, "left where it is")

    def test_a_key_lets_a_csv_update(self):
        self.ok("export", "--to", "csv:jira", "plan.json", "-o", "jira.csv")
        uuid = next(csv.DictReader(io.StringIO((self.dir / "jira.csv").read_text())))["External ID"]
        self.change(due="2026-04-20")
        code, _, err = self.run_hoidau("export", "--to", "csv:jira", "plan.json", "-o", "jira.csv")
        self.assertEqual(code, 0)
        self.assertIn("2026-04-20", err, "what the import cannot do is said")
        self.write("keys.tsv", f"{uuid}\tKH-7\n")
        self.ok("export", "--to", "csv:jira", "plan.json", "-o", "jira.csv", "--keys", "keys.tsv")
        rows = list(csv.DictReader(io.StringIO((self.dir / "jira.csv").read_text())))
        self.assertEqual([(row["Issue Key"], row["Due Date"]) for row in rows], [("KH-7", "2026-04-20")])

    def test_undo(self):
        self.ok("export", "--to", "taskwarrior", "plan.json", "-o", "t.json")
        self.change(due="2026-04-20")
        self.ok("export", "--to", "taskwarrior", "plan.json", "-o", "t.json")
        self.ok("export", "--to", "taskwarrior", "--undo", "-o", "t.json")
        self.assertEqual([(t["status"], t["due"]) for t in self.record("t.json")], [("pending", "20260414T165959Z")])
        self.ok("export", "--to", "taskwarrior", "--undo", "-o", "t.json")
        self.assertEqual([t["status"] for t in self.record("t.json")], ["deleted", "deleted"])
        text = self.ok("export", "--to", "taskwarrior", "plan.json", "-o", "t.json", "--dry-run")
        self.assertEqual(text.splitlines()[-1], "create 2, update 0, skip 0")

    def test_a_secret_document_stays(self):
        text = (self.dir / "plan.txt").read_text().replace("KẾ HOẠCH\n", "MẬT\nKẾ HOẠCH\n", 1)
        code, out, err = self.run_hoidau("extract", "-", stdin=text)
        self.assertEqual(code, 0, err)
        self.write("secret.json", out)
        self.assert_one_error(self.run_hoidau("export", "--to", "csv:gitlab", "secret.json", "-o", "out/secret.csv"), 2, "MẬT")
        self.assertFalse((self.dir / "out/secret.csv").exists())
        self.ok("export", "--to", "csv:gitlab", "secret.json", "-o", "out/secret.csv", "--allow-secret")
        self.assertGreater((self.dir / "out/secret.csv").read_text().count("\n"), 2)

    def test_a_map_and_a_profile_of_ones_own(self):
        self.write("rules/office.tsv", "option\tdate\tdd/MM/yyyy\ncolumn\tViệc\t{title}\ncolumn\tAi\t{assignee}\ncolumn\tHạn\t{due}\n")
        self.write("units.tsv", "Phòng Kinh tế\tlan\tkinh-te\n")
        self.ok("export", "--to", "csv:office", "--rules", "rules", "--map", "units.tsv", "plan.json", "-o", "office.csv")
        rows = list(csv.DictReader(io.StringIO((self.dir / "office.csv").read_text())))
        self.assertEqual([(row["Ai"], row["Hạn"]) for row in rows], [("lan", "14/04/2026"), ("", "")])

    def test_a_map_names_units_as_they_are_printed(self):
        record = self.record("plan.json")
        for unit in record["units"]:
            if unit["name"] == "Phòng Kinh tế":
                unit["name"] = "Kinh tế"
        for assignee in record["tasks"][0]["assignees"]:
            assignee["name"] = "Kinh tế"
        self.write("plan.json", json.dumps(record))
        self.write("units.tsv", "Phòng Kinh tế\tlan\tkinh-te\nTrạm Y tế\tmai\ty-te\n")
        code, out, err = self.run_hoidau("export", "--to", "csv:gitlab", "--map", "units.tsv", "plan.json")
        self.assertEqual(code, 0)
        self.assertIn("lan", out.decode())
        self.assertIn("no task of Trạm Y tế", err)

    def test_a_map_that_is_none(self):
        self.assert_one_error(self.run_hoidau("export", "--to", "ics", "--map", "nomap", "plan.json"), 5, "--map nomap")
        self.write("two.tsv", "Phòng Kinh tế\tlan\n")
        self.assert_one_error(self.run_hoidau("export", "--to", "ics", "--map", "two.tsv", "plan.json"), 2, "--map two.tsv:1")

    def test_an_undo_that_a_csv_cannot_do_is_said_once(self):
        self.ok("export", "--to", "csv:todoist", "plan.json", "-o", "t.csv")
        code, _, err = self.run_hoidau("export", "--to", "csv:todoist", "--undo", "-o", "t.csv")
        self.assertEqual((code, err.count("for a person (2)")), (0, 1), err)

    def test_what_a_server_needs_is_said(self):
        server = "gitea:https://git.example.vn/ubnd/plans"
        self.assert_one_error(self.run_hoidau("export", "--to", server, "plan.json"), 1, "--ledger")
        result = self.run_hoidau("export", "--to", server, "plan.json", "--ledger", "sent", "-o", "x")
        self.assert_one_error(result, 1, "takes no -o")
        self.assertNotIn("--ledger", result[2])
        for target in ("gitea:", "github:foo", "gitlab:foo"):
            self.assert_one_error(self.run_hoidau("export", "--dry-run", "--to", target, "plan.json", "--ledger", "sent"), 2, target)

    def test_what_is_wrong_is_said_in_one_line(self):
        self.assert_one_error(self.run_hoidau("export", "--to", "trello", "plan.json"), 1, "trello")
        self.assert_one_error(self.run_hoidau("export", "--to", "csv:trello", "plan.json"), 2, "csv:jira")
        self.assert_one_error(self.run_hoidau("export", "--to", "csv:../verbs", "plan.json"), 2, "csv:../verbs")
        self.assert_one_error(self.run_hoidau("export", "--to", "ics"), 1, "no records")
        self.write("broken", "{")
        self.assert_one_error(self.run_hoidau("export", "--to", "ics", "plan.json", "--ledger", "broken"), 2, "broken")
        self.assertEqual((self.dir / "broken").read_text(), "{")


class Issues(http.server.BaseHTTPRequestHandler):
    """The part of the three documented REST interfaces that an export needs."""

    # Kind: path of the issues, field of the text, of the number, method of a change, where the token stands.
    KINDS = {"gitea": ("/api/v1/repos/ubnd/plans/issues", "body", "number", "PATCH", ("Authorization", "token bí-mật")),
             "github": ("/repos/ubnd/plans/issues", "body", "number", "PATCH", ("Authorization", "Bearer bí-mật")),
             "gitlab": ("/api/v4/projects/ubnd%2Fplans/issues", "description", "iid", "PUT", ("PRIVATE-TOKEN", "bí-mật"))}

    def log_message(self, *_):
        pass

    def answer(self, status, value):
        body = json.dumps(value).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def serve(self):
        root, text, number, change, (header, token) = self.KINDS[self.server.kind]
        sent = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        path, _, query = self.path.partition("?")
        issues = self.server.issues
        if (self.headers.get(header) or "").encode("latin-1").decode() != token:
            return self.answer(401, {"message": "no"})
        if self.command == "GET" and path in (root, "/search/issues"):
            words = [value for key, value in urllib.parse.parse_qsl(query) if key in ("q", "search")][0].split()
            found = [issue for issue in issues.values() if words[-1] in issue[text]]
            return self.answer(200, {"items": found} if self.server.kind == "github" else found)
        if self.command == "POST" and path == root:
            n = len(issues) + 1
            issues[n] = {number: n, "state": "open", **json.loads(sent)}
            return self.answer(201, issues[n])
        at = re.fullmatch(re.escape(root) + r"/(\d+)", path)
        if self.command == change and at and int(at[1]) in issues:
            issues[int(at[1])].update(json.loads(sent))
            return self.answer(200, issues[int(at[1])])
        self.answer(404, {"message": "not found"})

    do_GET = do_POST = do_PATCH = do_PUT = serve


class Forges(Tracker):
    def each_forge(self):
        for kind in Issues.KINDS:
            server = http.server.HTTPServer(("127.0.0.1", 0), Issues)
            server.kind, server.issues = kind, {}
            threading.Thread(target=server.serve_forever, daemon=True).start()
            with self.subTest(kind):
                yield kind, server.issues, f"{kind}:http://127.0.0.1:{server.server_port}/ubnd/plans"
            server.shutdown()
            server.server_close()

    def send(self, target, *arguments, token="bí-mật"):
        return self.run_hoidau("export", "--to", target, "--ledger", "sent", *arguments, env={"HOIDAU_TRACKER_LOGIN": token})

    def test_each_task_is_one_issue(self):
        for kind, issues, target in self.each_forge():
            (self.dir / "sent").unlink(missing_ok=True)
            self.change(due="2026-04-14")
            self.assertEqual(self.send(target, "plan.json"), (0, b"", "create 2, update 0, skip 0\n"))
            self.assertEqual(len(issues), 2)
            self.assertIn("2026-04-14", json.dumps(issues[1]))
            self.assertEqual(self.send(target, "plan.json"), (0, b"", "create 0, update 0, skip 2\n"))
            self.change(due="2026-04-20")
            self.assertEqual(self.send(target, "plan.json")[0], 0)
            (self.dir / "sent").unlink()
            self.assertEqual(self.send(target, "plan.json")[0], 0, "the ledger is lost, the issues are found")
            self.assertEqual(len(issues), 2)
            self.assertIn("2026-04-20", json.dumps(issues[1]))
            self.assertEqual(self.send(target, "--undo")[0], 0)
            self.assertEqual({issue.get("state_event") or issue["state"] for issue in issues.values()}, {"close" if kind == "gitlab" else "closed"})
            self.assertEqual(self.send(target, "plan.json")[0], 0)
            self.assertEqual({issue.get("state_event") or issue["state"] for issue in issues.values()}, {"reopen" if kind == "gitlab" else "open"})
            self.assertEqual(len(issues), 2)

    def test_a_wrong_token_is_not_said(self):
        for _, issues, target in self.each_forge():
            result = self.send(target, "plan.json", token="sai-rồi")
            self.assert_one_error(result, 5, "401")
            self.assertNotIn("sai", result[2])
            self.assertEqual(issues, {})

    def test_what_is_no_project(self):
        for target in ("gitea:", "gitea:https://git.example.vn", "github:ubnd/plans", "gitlab:https://host/ubnd/", "gitea:https://a@b/c/d"):
            self.assertNotEqual(self.send(target, "plan.json")[0], 0, target)


if __name__ == "__main__":
    CliTest.program = str(pathlib.Path(sys.argv.pop(1)).resolve())
    unittest.main()
