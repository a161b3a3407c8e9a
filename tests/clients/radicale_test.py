"""radicale_test.py HOIDAU: a CalDAV server holds one object for each task that `hoidau export --to caldav:URL` sends."""
import base64, re, socket, subprocess, sys, time, unittest, urllib.error, urllib.request

from client_support import ClientTest

LOGIN = "van-thu:mật khẩu"


class Radicale(ClientTest):
    def setUp(self):
        super().setUp()
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        self.write("users", LOGIN + "\n")
        self.write("radicale.ini", f"[server]\nhosts = 127.0.0.1:{port}\n[auth]\ntype = htpasswd\nhtpasswd_filename = {self.dir}/users\n"
                                   f"htpasswd_encryption = plain\ndelay = 0\n[storage]\nfilesystem_folder = {self.dir}/storage\n")
        server = subprocess.Popen(["radicale", "--config", self.dir / "radicale.ini"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self.addCleanup(server.wait)
        self.addCleanup(server.terminate)
        self.url = f"http://127.0.0.1:{port}/van-thu/plans/"
        for _ in range(100):
            try:
                self.ask("MKCALENDAR", self.url)
                break
            except urllib.error.URLError:
                time.sleep(0.1)
        else:
            self.fail("radicale does not answer")

    def ask(self, method, url, body=None, **headers):
        login = base64.b64encode(LOGIN.encode()).decode()
        request = urllib.request.Request(url, method=method, data=body, headers={"Authorization": "Basic " + login, **headers})
        with urllib.request.urlopen(request) as answer:
            return answer.read().decode()

    def objects(self):
        """{name: content} of the collection."""
        found = self.ask("PROPFIND", self.url, Depth="1")
        return {name: self.ask("GET", self.url + name) for name in re.findall(r"[0-9a-f-]{36}\.ics", found)}

    def send(self, *arguments, login=LOGIN):
        return self.run_hoidau("export", "--to", "caldav:" + self.url, "--ledger", "sent", *arguments, env={"HOIDAU_TRACKER_LOGIN": login})

    def test_put_twice_is_one_object(self):
        self.assertEqual(self.send("plan.json")[0], 0)
        first = self.objects()
        self.assertEqual(len(first), 3)
        self.assertEqual(self.send("plan.json"), (0, b"", "create 0, update 0, skip 3\n"))
        self.assertEqual(self.objects(), first)
        self.change(0, due="2026-04-20")
        self.assertEqual(self.send("plan.json")[0], 0)
        second = self.objects()
        self.assertEqual([name for name in first if first[name] != second[name]], [name for name in second if "20260420" in second[name]])

    def test_a_lost_ledger_overwrites_nothing(self):
        self.send("plan.json")
        first = self.objects()
        (self.dir / "sent").unlink()
        self.change(0, due="2026-04-20")
        code, _, err = self.send("plan.json")
        self.assertEqual(code, 20)
        self.assertEqual(err.count("another version"), 3)
        self.assertEqual(self.objects(), first)

    def test_somebody_elses_change_stays(self):
        self.send("plan.json")
        name, content = next((n, c) for n, c in self.objects().items() if "20260414" in c)
        theirs = content.replace("NEEDS-ACTION", "COMPLETED")
        self.ask("PUT", self.url + name, theirs.encode(), **{"Content-Type": "text/calendar"})
        self.change(0, due="2026-04-20")
        code, _, err = self.send("plan.json")
        self.assertEqual(code, 20)
        self.assertIn("another version", err)
        self.assertIn("COMPLETED", self.objects()[name])
        self.assertEqual(self.send("plan.json")[0], 20, "it is not taken for sent")

    def test_undo_deletes_what_it_made(self):
        self.send("plan.json")
        self.change(0, due="2026-04-20")
        self.send("plan.json")
        self.assertEqual(self.send("--undo")[0], 0)
        self.assertTrue(any("20260414" in content for content in self.objects().values()))
        self.assertEqual(self.send("--undo")[0], 0)
        self.assertEqual(self.objects(), {})

    def test_no_and_nobody(self):
        result = self.send("plan.json", login="van-thu:sai")
        self.assert_one_error(result, 5, "401")
        self.assertNotIn("sai", result[2])
        self.write("login", LOGIN + "\n")
        self.assertEqual(self.send("plan.json", "--login-file", "login", login="")[0], 0)
        self.url = "http://127.0.0.1:9/"
        self.assert_one_error(self.send("plan.json"), 5, "127.0.0.1:9")


if __name__ == "__main__":
    ClientTest.program = sys.argv.pop(1)
    unittest.main()
