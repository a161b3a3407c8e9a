#!/usr/bin/env python3
"""What goes wrong around the program: damaged models, torn files, a disk that fills up, a kill at any moment. It never
crashes, and never leaves half a file.

usage: cli_fault_test.py HOIDAU SOURCE_DIR [unittest options]
"""
import json, os, pathlib, random, resource, shutil, signal, subprocess, sys, time, unittest

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "e2e"))
from cli_support import PLAN, CliTest


class Faults(CliTest):
    source = pathlib.Path()

    def setUp(self):
        super().setUp()
        self.random = random.Random(int(os.environ.get("HOIDAU_TEST_SEED", "20251120")))

    def test_damaged_models(self):
        """Each file of the models cut or with a bit turned: an error that names it, or a run as if nothing were."""
        models = self.dir / "models"
        for victim in sorted(p for p in (self.source / "models").rglob("*") if p.is_file()):
            name = victim.relative_to(self.source / "models")
            good = victim.read_bytes()
            for fault in ("empty", "cut", "turned", "gone"):
                shutil.rmtree(models, ignore_errors=True)
                shutil.copytree(self.source / "models", models)
                at = self.random.randrange(len(good))
                bad = {"empty": b"", "cut": good[:at], "turned": good[:at] + bytes([good[at] ^ 1 << self.random.randrange(8)]) + good[at + 1:]}
                if fault == "gone":
                    (models / name).unlink()
                else:
                    (models / name).write_bytes(bad[fault])
                with self.subTest(model=str(name), fault=fault, at=at):
                    code, out, err = self.run_hoidau("run", "plan.txt", "--models", models)
                    self.assertIn(code, (0, 3, 20), err)
                    if code == 3:
                        self.assertEqual(out, b"")
                        self.assertEqual(len(err.strip().splitlines()), 1, err)
                    else:
                        json.loads(out)

    def test_torn_files(self):
        """Prefixes of a scan, and the scan with bytes overwritten: read or refused, never a crash."""
        scans = sorted((self.source / "corpus").glob("dev/*/*.pdf"))
        self.assertTrue(scans)
        good = scans[0].read_bytes()
        for i in range(24):
            bad = bytearray(good[:self.random.randrange(len(good))] if i % 2 else good)
            for _ in range(0 if i % 2 else 40):
                bad[self.random.randrange(len(bad))] = self.random.randrange(256)
            self.write("torn.pdf", bytes(bad))
            with self.subTest(i=i):
                code, out, err = self.run_hoidau("run", "--mode", "off", "torn.pdf", "-o", "out")
                self.assertIn(code, (0, 2, 8, 20), err)
                self.assertEqual(out, b"")
                if code in (2, 8):
                    self.assertFalse((self.dir / "out/torn.json").exists())
                    self.assertEqual(len(err.strip().splitlines()), 1, err)
                shutil.rmtree(self.dir / "out")

    def test_a_disk_that_fills_up(self):
        """A limit on the size of files stands for a full disk: the old outputs stay, and nothing half is left."""
        self.run_hoidau("run", "plan.txt", "-o", "out")
        before = {p.name: p.read_bytes() for p in (self.dir / "out").iterdir()}
        self.write("plan.txt", PLAN + "3. Công an xã\n- Bảo đảm an ninh, trật tự.\n" * 20)

        def limit():
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))

        code, out, err = self.run_hoidau("run", "plan.txt", "-o", "out", preexec_fn=limit)
        self.assertEqual((code, out), (5, b""), err)
        self.assertIn("File too large", err)
        self.assertEqual({p.name: p.read_bytes() for p in (self.dir / "out").iterdir()}, before)

    def test_killed_at_any_moment(self):
        """Every .json that is there is whole; files being written have other names."""
        for i in range(40):
            child = subprocess.Popen([self.program, "run", "plan.txt", "-o", "out"], cwd=self.dir, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            time.sleep(self.random.random() * 0.25)
            child.kill()
            child.wait()
            for path in (self.dir / "out").glob("*.json") if (self.dir / "out").exists() else []:
                self.assertEqual(json.loads(path.read_text(encoding="utf-8"))["text"], PLAN)


if __name__ == "__main__":
    CliTest.program = str(pathlib.Path(sys.argv.pop(1)).resolve())
    Faults.source = pathlib.Path(sys.argv.pop(1)).resolve()
    unittest.main()
