# SPDX-License-Identifier: MIT
"""The vectors of all profiles, through profiles and plug-ins, both ways."""
import json
import os
import random
import sys
import unittest
from decimal import Decimal

import dragoman
from common import BUILD, ROOT

VECTORS = os.environ.get("DRAGOMAN_VECTORS", "")
BENDS = int(os.environ.get("DRAGOMAN_BENDS", "10"))
# Of numbers that someone else computed in floating point, as `dragoman test` has it.
TOLERANCE = Decimal("1e-9")


def same(left, right):
    if isinstance(left, (int, Decimal)) and not isinstance(left, bool):
        if not isinstance(right, (int, Decimal)) or isinstance(right, bool):
            return False
        return abs(left - right) <= TOLERANCE * max(1, abs(left), abs(right))
    if isinstance(left, dict) and isinstance(right, dict):
        return left.keys() == right.keys() and all(same(left[k], right[k]) for k in left)
    if isinstance(left, list) and isinstance(right, list):
        return len(left) == len(right) and all(map(same, left, right))
    return type(left) is type(right) and left == right


def read(text):
    return json.loads(text, parse_float=Decimal)


def arguments_of(vector):
    arguments = dict(vector["arguments"])
    if "request" in arguments:
        arguments["request"] = bytes.fromhex(arguments["request"])
    return arguments


def status_of(call, *arguments, **keywords):
    """What came of a call, or the status of its error."""
    try:
        return call(*arguments, **keywords), None
    except dragoman.Error as error:
        return None, error.status


@unittest.skipUnless(VECTORS, "DRAGOMAN_VECTORS names no file of vectors")
class Vectors(unittest.TestCase):
    def setUp(self):
        self.counts = {"decoded": 0, "encoded": 0, "refused": 0}

    def check_decode(self, codec, vector):
        direction = "down" if vector["down"] else "up"
        result, error = status_of(
            codec.decode_result,
            bytes.fromhex(vector["frame"]),
            direction=direction,
            **arguments_of(vector),
        )
        self.assertEqual(error, vector.get("error"))
        self.counts["refused" if error else "decoded"] += 1
        if error is None and "json" in vector:
            self.assertTrue(same(read(result.output), read(vector["json"])), result.output)
            self.assertEqual(len(result.warnings), vector["warnings"])
        elif error is None:
            self.assertIsNone(result.output)

    def check_encode(self, codec, vector):
        """The text, and the values that it stands for, give the frame."""
        arguments = arguments_of(vector)
        frame, error = status_of(codec.encode, vector["json"], **arguments)
        if error == "wrong-direction" and "frame" in vector:
            return  # the message is for decoding alone
        self.assertEqual(error, vector.get("error"))
        self.counts["refused" if error else "encoded"] += 1
        if error is None and vector["canonical"]:
            self.assertEqual(frame, bytes.fromhex(vector["frame"]) if "frame" in vector else None)
        if error != "duplicate-member":
            again = status_of(codec.encode, read(vector["json"]), **arguments)
            self.assertEqual(again, (frame, error))

    def check(self, codec, vector):
        if "frame" in vector and vector["decode"]:
            self.check_decode(codec, vector)
        if "json" in vector and vector["encode"]:
            self.check_encode(codec, vector)

    def check_all(self, path_of, load):
        codecs = {}
        with open(VECTORS, encoding="utf-8") as lines:
            for vector in map(json.loads, lines):
                path = path_of((BUILD / vector["profile"]).resolve())
                if path not in codecs:
                    codecs[path] = load(path)
                with self.subTest(profile=vector["profile"], line=vector["line"]):
                    self.check(codecs[path], vector)
        print(f"{len(codecs)} products, {self.counts}", file=sys.stderr)
        self.assertGreater(self.counts["decoded"], 500)
        self.assertGreater(self.counts["encoded"], 400)
        self.assertGreater(self.counts["refused"], 100)

    def bend(self, chance, data):
        """One to three bytes changed, put in or taken away."""
        data = bytearray(data)
        for _ in range(chance.randint(1, 3)):
            at = chance.randint(0, len(data))
            data[at : at + chance.randint(0, 2)] = chance.randbytes(chance.randint(0, 2))
        return bytes(data)

    def test_bent_vectors_give_json_or_an_error(self):
        chance = random.Random(1)
        codecs = {}
        outcomes = {"good": 0, "refused": 0}

        def count(call, *arguments, **keywords):
            result, error = status_of(call, *arguments, **keywords)
            outcomes["refused" if error else "good"] += 1
            return result

        with open(VECTORS, encoding="utf-8") as lines:
            vectors = list(map(json.loads, lines))
        for vector in vectors * BENDS:
            path = BUILD / vector["profile"]
            if path not in codecs:
                codecs[path] = dragoman.load_profile(path)
            codec, arguments = codecs[path], arguments_of(vector)
            frame = self.bend(chance, bytes.fromhex(vector.get("frame", "")))
            values = count(codec.decode, frame, parse_float=Decimal, **arguments)
            if values is not None:
                count(codec.encode, values, **arguments)
            count(codec.encode, self.bend(chance, vector.get("json", "").encode()), **arguments)
        print(f"bent: {outcomes}", file=sys.stderr)
        self.assertGreater(outcomes["good"], 1000)
        self.assertGreater(outcomes["refused"], 1000)

    def test_through_profiles(self):
        self.check_all(lambda profile: profile, dragoman.load_profile)

    def test_through_plugins(self):
        def path_of(profile):
            kept = ROOT / "tests" / "profiles"
            is_test = kept in profile.parents
            stem = profile.relative_to(kept if is_test else ROOT / "profiles")
            name = "-".join(stem.with_suffix("").parts) + ".so"
            return BUILD / ("tests/profiles" if is_test else "plugins") / name

        self.check_all(path_of, dragoman.load_plugin)


if __name__ == "__main__":
    unittest.main()
