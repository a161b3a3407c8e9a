"""taskwarrior_test.py HOIDAU: Taskwarrior imports what `hoidau export --to taskwarrior` writes, each task once."""
import json, sys, unittest

from client_support import ClientTest

UDAS = ("donvi", "phoihop", "vanban", "nguon", "thoigian", "dinhky")


class Taskwarrior(ClientTest):
    def setUp(self):
        super().setUp()
        self.write("taskrc", f"data.location={self.dir}/tasks\nconfirmation=no\n" + "".join(f"uda.{u}.type=string\n" for u in UDAS))

    def task(self, *arguments):
        return self.client("task", *arguments, env={"TASKRC": str(self.dir / "taskrc")})

    def import_file(self, name):
        """How often Taskwarrior says add, mod and skip."""
        words = [line.split()[0] for line in self.task("import", name).splitlines() if line.startswith(" ")]
        return {word: words.count(word) for word in set(words)}

    def tasks(self):
        return {task["description"]: task for task in json.loads(self.task("rc.verbose=nothing", "export"))}

    def test_added_then_skipped_then_changed(self):
        self.export("--to", "taskwarrior", "plan.json", "-o", "out/tasks.json")
        self.assertEqual(self.import_file("out/tasks.json"), {"add": 3})
        self.assertEqual(self.import_file("out/tasks.json"), {"skip": 3})

        self.export("--to", "taskwarrior", "plan.json", "-o", "out/tasks.json")
        self.assertEqual(self.import_file("out/tasks.json"), {"skip": 3}, "nothing is new, and the file is left")

        self.change(0, due="2026-04-20")
        self.export("--to", "taskwarrior", "plan.json", "-o", "out/tasks.json")
        self.assertEqual(self.import_file("out/tasks.json"), {"mod": 1})
        self.assertEqual(len(self.tasks()), 3)

    def test_what_a_task_says(self):
        self.export("--to", "taskwarrior", "plan.json", "-o", "tasks.json")
        self.import_file("tasks.json")
        task = self.tasks()["Tham mưu phương án ứng phó, hoàn thành trước ngày 15/4/2026."]
        self.assertEqual(task["due"], "20260414T165959Z")
        self.assertEqual((task["donvi"], task["project"]), ("Phòng Kinh tế", "15/KH-UBND"))
        self.assertEqual(task["nguon"], "plan.txt, trang 1")
        self.assertEqual(task["tags"], ["phòng_kinh_tế"])
        self.assertIn("2026-04-14", self.task("rc.dateformat=Y-M-D", "rc.defaultwidth=200", "due:2026-04-14", "list"))

    def test_a_task_that_is_done_stays_done(self):
        self.export("--to", "taskwarrior", "plan.json", "-o", "tasks.json")
        self.import_file("tasks.json")
        self.task("donvi:Các thôn", "done")
        self.change(0, due="2026-04-20")
        self.export("--to", "taskwarrior", "plan.json", "-o", "tasks.json")
        self.assertEqual(self.import_file("tasks.json"), {"mod": 1})
        self.assertEqual(self.tasks()["Thành lập đội xung kích."]["status"], "completed")

    def test_undo_deletes(self):
        self.export("--to", "taskwarrior", "plan.json", "-o", "tasks.json")
        self.import_file("tasks.json")
        self.export("--to", "taskwarrior", "--undo", "-o", "tasks.json")
        self.import_file("tasks.json")
        self.assertEqual({task["status"] for task in self.tasks().values()}, {"deleted"})


if __name__ == "__main__":
    ClientTest.program = sys.argv.pop(1)
    unittest.main()
