# SPDX-License-Identifier: MIT
"""Profiles, plug-ins and the library itself: what is taken, and what is refused."""
import os
import pathlib
import subprocess
import sys
import tempfile
import unittest

import dragoman
from common import BUILD, METER, METER_PLUGIN, NUMBERS, REPORT, ROOT

CODE_PLUGIN = BUILD / "samples" / "code-plugin" / "acme-sm-10.so"
SEALED = bytes.fromhex("53000000070000002AD3BA3D34DF5BCD98728821EE7DC8BF9317")


class Profiles(unittest.TestCase):
    def test_text_and_bytes_are_compiled(self):
        for text in (NUMBERS, NUMBERS.encode()):
            with dragoman.compile_profile(text) as codec:
                self.assertEqual(codec.models, [("Acme", "N-1")])

    def test_findings_say_where(self):
        with self.assertRaises(dragoman.ProfileError) as caught:
            dragoman.compile_profile(NUMBERS.replace("kind:", "knd:"), name="n.yaml")
        first = caught.exception.findings[0]
        self.assertEqual((first["file"], first["line"]), ("n.yaml", 11))
        self.assertEqual((first["rule"], first["severity"]), ("unknown-key", "error"))
        self.assertIn("n.yaml:11:5: error: ", str(caught.exception))
        with dragoman.load_profile(METER) as codec:
            self.assertEqual({found["severity"] for found in codec.findings}, {"note"})

    def test_what_is_no_profile_is_refused(self):
        for text in ("", "\0", b"\xff\xfe", "{" * 100_000, "a: &a [*a]", NUMBERS + "\0"):
            with self.assertRaises(dragoman.ProfileError):
                dragoman.compile_profile(text)
        for text in (None, 7, ["a"]):
            with self.assertRaises(TypeError):
                dragoman.compile_profile(text)

    def test_a_file_of_parts_is_no_product(self):
        with self.assertRaises(dragoman.LoadError) as caught:
            dragoman.load_profile(ROOT / "profiles" / "decentlab" / "common.yaml")
        self.assertIn("parts for profiles to include", str(caught.exception))

    def test_files_that_cannot_be_read_are_refused(self):
        for load in (dragoman.load_profile, dragoman.load_plugin, dragoman.load_code):
            with self.assertRaises(dragoman.LoadError) as caught:
                load("/nowhere/at/all")
            self.assertEqual(caught.exception.status, "io")
            with self.assertRaises(ValueError):
                load("a\0b")
            with self.assertRaises(TypeError):
                load(7)


class Plugins(unittest.TestCase):
    def test_other_files_are_refused(self):
        with self.assertRaises(dragoman.LoadError) as caught:
            dragoman.load_plugin(METER)
        self.assertEqual(caught.exception.status, "plugin-file")
        self.assertEqual(caught.exception.family, "table")

    def test_signatures_are_wanted_with_keys(self):
        with tempfile.TemporaryDirectory() as folder:
            keys = pathlib.Path(folder, "acme.pub")
            secret = pathlib.Path(folder, "acme.key")
            program = BUILD / "cli" / "dragoman"
            subprocess.run(
                [program, "keygen", secret.with_suffix("")], check=True, capture_output=True
            )
            with self.assertRaises(dragoman.LoadError) as caught:
                dragoman.load_plugin(METER_PLUGIN, trusted_keys=keys)
            self.assertEqual(caught.exception.status, "no-signature")
            plugin = pathlib.Path(folder, "meter.so")
            plugin.write_bytes(METER_PLUGIN.read_bytes())
            subprocess.run(
                [program, "sign", "--key", secret, plugin], check=True, capture_output=True
            )
            with dragoman.load_plugin(plugin, trusted_keys=keys) as codec:
                self.assertIsNotNone(codec.decode(REPORT))
            with self.assertRaises(dragoman.LoadError) as caught:
                dragoman.load_plugin(plugin, trusted_keys=METER)
            self.assertEqual(caught.exception.status, "bad-key")

    @unittest.skipUnless(CODE_PLUGIN.exists(), "the code plug-in is not built")
    def test_code_runs_in_a_process_of_its_own(self):
        with self.assertRaises(dragoman.LoadError) as caught:
            dragoman.load_plugin(CODE_PLUGIN)
        self.assertEqual(caught.exception.status, "plugin-code")
        settings = (ROOT / "samples" / "code-plugin" / "keys.txt").read_bytes()
        with dragoman.load_code(CODE_PLUGIN, settings=settings) as codec:
            for _ in range(2):
                self.assertEqual(codec.decode(SEALED)["Meter"]["flow"], 12.345)
            with self.assertRaises(dragoman.DataError) as caught:
                codec.decode(SEALED[:-1] + b"\0")
            self.assertEqual(caught.exception.status, "hook")
            # A device that is remembered sends no frame twice.
            state = codec.new_state()
            self.assertIsNotNone(codec.decode(SEALED, state=state))
            self.assertNotEqual(state, codec.new_state())
            with self.assertRaises(dragoman.DataError):
                codec.decode(SEALED, state=state)
            with self.assertRaises(dragoman.CallError):
                codec.decode(SEALED, state=bytearray(3))


class Library(unittest.TestCase):
    def load_with(self, path):
        program = "import dragoman; dragoman.library_version()"
        return subprocess.run(
            [sys.executable, "-c", program],
            env={**os.environ, "DRAGOMAN_LIBRARY": str(path)},
            capture_output=True,
            text=True,
        )

    def test_another_version_is_not_used(self):
        found = self.load_with(BUILD / "tests" / "bindings" / "libdragoman-ffi-wrong.so")
        self.assertNotEqual(found.returncode, 0)
        self.assertIn("has version 2 of its interface, this module needs 1", found.stderr)

    def test_a_library_that_is_missing_or_another_is_told(self):
        for path in ("/nowhere/lib.so", str(METER), str(METER_PLUGIN)):
            found = self.load_with(path)
            self.assertNotEqual(found.returncode, 0)
            self.assertIn("LibraryError: " + path + " cannot be used", found.stderr)
            self.assertIn("DRAGOMAN_LIBRARY may name its path", found.stderr)

    def test_the_version_is_told(self):
        self.assertRegex(dragoman.library_version(), r"^\d+\.\d+\.\d+$")


class Example(unittest.TestCase):
    def test_the_example_of_the_page_does_what_it_says(self):
        page = (ROOT / "bindings" / "python" / "README.md").read_text()
        program = page.split("```python\n")[1].split("```")[0]
        expected = page.split("```text\n")[1].split("```")[0]
        self.assertEqual(len(program.splitlines()), 5)
        found = subprocess.run(
            [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True
        )
        self.assertEqual((found.stdout, found.stderr), (expected, ""))


if __name__ == "__main__":
    unittest.main()
