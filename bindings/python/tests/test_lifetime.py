# SPDX-License-Identifier: MIT
"""Handles are closed once, whoever lets go of what first; threads share a codec."""
import concurrent.futures
import gc
import threading
import unittest

import dragoman
from common import METER, METER_PLUGIN, REPORT
from dragoman import _library

DECODES = 10_000
THREADS = 8


class Counted:
    """Counts the handles that are opened and closed by the library."""

    def __init__(self, library):
        self._library = library
        self._lock = threading.Lock()
        self.opened, self.closed = [], []

    def __getattr__(self, name):
        function = getattr(self._library, name)
        if name.endswith("_close"):
            return self._closing(function)
        if name.startswith("dgm_ffi_load") or name.endswith(("_open", "_parse_profile")):
            return self._opening(function)
        return function

    def _closing(self, function):
        def call(handle):
            with self._lock:
                self.closed.append(handle.value)
            function(handle)

        return call

    def _opening(self, function):
        def call(*arguments):
            status = function(*arguments)
            with self._lock:
                self.opened.append(arguments[-1]._obj.value)
            return status

        return call


class Lifetime(unittest.TestCase):
    def setUp(self):
        gc.collect()
        real = _library.library()
        self.counted = Counted(real)
        _library._loaded = self.counted
        self.addCleanup(setattr, _library, "_loaded", real)

    def assert_all_closed(self):
        gc.collect()
        self.assertEqual(len(self.counted.opened), len(self.counted.closed))
        self.assertEqual(sorted(self.counted.opened), sorted(self.counted.closed))

    def test_collected_codecs_are_closed_once(self):
        for _ in range(50):
            codec = dragoman.load_profile(METER)
            codec.decode(REPORT)
            codec.itself = codec  # only the collector frees it
            del codec
        self.assert_all_closed()
        self.assertEqual(len(self.counted.opened), 100)

    def test_closing_twice_closes_once(self):
        codec = dragoman.load_plugin(METER_PLUGIN)
        codec.decode(REPORT)
        codec.close()
        codec.close()
        self.assertTrue(codec.closed)
        with self.assertRaises(ValueError):
            codec.decode(REPORT)
        self.assert_all_closed()

    def test_refused_products_are_closed(self):
        with self.assertRaises(dragoman.ProfileError):
            dragoman.compile_profile("a: b")
        with self.assertRaises(dragoman.LoadError):
            dragoman.load_plugin(METER)
        self.assertEqual(len(self.counted.opened), 2)
        self.assert_all_closed()

    def test_closing_under_calls_lets_them_end(self):
        codec = dragoman.load_profile(METER)
        ends = []

        def work():
            try:
                while True:
                    ends.append(codec.decode(REPORT)["Meter"]["flow"])
            except ValueError:
                pass

        threads = [threading.Thread(target=work) for _ in range(THREADS)]
        for thread in threads:
            thread.start()
        while len(ends) < 500:
            pass
        codec.close()
        for thread in threads:
            thread.join()
        self.assertEqual(set(ends), {12.345})
        self.assert_all_closed()


class Threads(unittest.TestCase):
    def test_threads_share_a_codec(self):
        with dragoman.load_profile(METER) as codec:

            def work(number):
                frame = b"\1" + number.to_bytes(4, "big") + b"\x24\x60"
                found = codec.decode(frame)["Meter"]["flow"]
                good = found == number / 1000 and codec.encode(codec.decode(frame)) == frame
                try:
                    codec.decode(frame[: number % 7])
                except dragoman.DataError as error:
                    good = good and error.status in ("truncated", "no-message")
                return good

            with concurrent.futures.ThreadPoolExecutor(THREADS) as pool:
                self.assertTrue(all(pool.map(work, range(DECODES), chunksize=50)))


if __name__ == "__main__":
    unittest.main()
