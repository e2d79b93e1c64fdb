# SPDX-License-Identifier: MIT
"""Decoding and encoding, and what is said when it fails."""
import datetime
import decimal
import enum
import json
import pickle
import unittest

import dragoman
from common import FAMILY_PLUGIN, METER, METER_PLUGIN, NUMBERS, REPORT

UTC = datetime.timezone.utc
ZERO = """
dragoman: 1
product: {manufacturer_id: A, manufacturer_name: A, model: M, device_type: D, protocol_type: CoAP}
messages:
  report: {fields: [{name: level, type: f64}]}
"""


class Decoding(unittest.TestCase):
    def setUp(self):
        self.codec = dragoman.load_profile(METER)
        self.addCleanup(self.codec.close)

    def test_a_frame_becomes_values(self):
        self.assertEqual(
            self.codec.decode(REPORT),
            {"Meter": {"flow": 12.345, "voltage": 3.6, "valve": "open", "leak": True}},
        )

    def test_frames_are_anything_of_bytes(self):
        for frame in (bytearray(REPORT), memoryview(REPORT), memoryview(REPORT * 2)[:7]):
            self.assertEqual(self.codec.decode(frame), self.codec.decode(REPORT))

    def test_what_is_no_bytes_is_refused(self):
        for frame in ("01000030392460", 7, None, [1, 2], {"a": 1}):
            with self.assertRaises(TypeError):
                self.codec.decode(frame)

    def test_shapes_are_chosen(self):
        text = self.codec.decode_json(REPORT, shape="iotda")
        self.assertTrue(text.startswith('{"msg_type":"properties_report"'), text)

    def test_a_plugin_gives_the_same_as_its_profile(self):
        with dragoman.load_plugin(METER_PLUGIN) as plugin:
            self.assertEqual(plugin.decode_json(REPORT), self.codec.decode_json(REPORT))

    def test_warnings_and_the_message_are_told(self):
        result = self.codec.decode_result(bytes.fromhex("01000030392480"))
        self.assertEqual((result.message, result.kind), ("report", "report"))
        (warning,) = result.warnings
        self.assertEqual((warning.status, warning.field), ("enum", "Meter.valve"))
        self.assertEqual((warning.offset, warning.bit, warning.found), (6, 7, 2))
        self.assertEqual(self.codec.decode_result(REPORT).warnings, [])

    def test_an_error_says_where(self):
        with self.assertRaises(dragoman.DataError) as caught:
            self.codec.decode(REPORT[:2])
        error = caught.exception
        self.assertEqual((error.status, error.family), ("truncated", "data"))
        self.assertEqual((error.place, error.offset), ("frame", 1))
        self.assertEqual((error.field, error.found, error.expected), ("Meter.flow", 1, 4))
        self.assertIn("truncated: the frame ends inside a field", str(error))
        self.assertEqual(pickle.loads(pickle.dumps(error)).fault, error.fault)

    def test_limits_are_exact(self):
        with self.assertRaises(dragoman.DataError) as caught:
            self.codec.encode('{"Meter":{"flow":-0.001,"voltage":1,"valve":"open","leak":true}}')
        self.assertEqual(caught.exception.found, decimal.Decimal("-0.001"))
        self.assertEqual(caught.exception.high, decimal.Decimal("4294967.295"))

    def test_huge_and_empty_frames_are_refused(self):
        for frame in (b"", b"\0" * 50_000_000, b"\1" * 70_000):
            with self.assertRaises(dragoman.DataError):
                self.codec.decode(frame)


class Numbers(unittest.TestCase):
    def setUp(self):
        self.codec = dragoman.compile_profile(NUMBERS)
        self.addCleanup(self.codec.close)
        self.frame = b"\xff" * 8 + b"\xff\xff\xff\xff"

    def test_integers_keep_their_digits(self):
        self.assertEqual(self.codec.decode(self.frame, port=1)["big"], 2**64 - 1)
        self.assertEqual(
            self.codec.decode_json(self.frame, port=1),
            '{"big":18446744073709551615,"fine":4.294967295}',
        )

    def test_decimals_keep_their_digits(self):
        values = self.codec.decode(self.frame, port=1, parse_float=decimal.Decimal)
        self.assertEqual(values["fine"], decimal.Decimal("4.294967295"))
        self.assertEqual(self.codec.encode(values, message="report"), self.frame)

    def test_what_is_no_number_of_json_is_refused(self):
        for number in (float("nan"), float("inf"), decimal.Decimal("NaN")):
            with self.assertRaises(ValueError):
                self.codec.encode({"big": 1, "fine": number})

    def test_numbers_of_other_kinds(self):
        class Level(enum.IntEnum):
            HIGH = 7

        frame = self.codec.encode({"big": Level.HIGH, "fine": decimal.Decimal("1E-9")})
        self.assertEqual(frame, b"\0" * 7 + b"\7" + b"\0\0\0\1")
        with self.assertRaises(dragoman.DataError):
            self.codec.encode({"big": decimal.Decimal("1E+999999"), "fine": 1})
        with self.assertRaises(dragoman.DataError):
            self.codec.encode({"big": True, "fine": 1})

    def test_a_number_beyond_every_float_does_not_fit(self):
        with self.assertRaises(dragoman.DataError):
            self.codec.encode({"big": 10**400, "fine": 1})

    def test_a_zero_keeps_its_sign(self):
        with dragoman.compile_profile(ZERO) as codec:
            for frame in (bytes.fromhex("8000000000000000"), bytes(8)):
                self.assertEqual(codec.encode(codec.decode(frame)), frame)


class Texts(unittest.TestCase):
    def setUp(self):
        self.codec = dragoman.compile_profile(NUMBERS)
        self.addCleanup(self.codec.close)

    def test_zeros_are_kept_both_ways(self):
        values = self.codec.decode(b"a\0b", port=2)
        self.assertEqual(values, {"word": "a\0b"})
        self.assertEqual(self.codec.encode(values, message="words"), b"a\0b")
        self.assertEqual(self.codec.encode('{"word":"a\\u0000b"}'), b"a\0b")

    def test_any_character_is_kept_both_ways(self):
        word = "\u00e9\u4e2d\U0001f600\x7f\"\\/"
        frame = self.codec.encode({"word": word})
        self.assertEqual(frame, word.encode())
        self.assertEqual(self.codec.decode(frame, port=2)["word"], word)

    def test_what_is_no_text_is_refused(self):
        with self.assertRaises(dragoman.DataError) as caught:
            self.codec.decode(b"a\xffb", port=2)
        self.assertEqual(caught.exception.offset, 1)
        for text in (b'{"word":"\xff"}', '{"word":"\udc80"}', {"word": "\ud83d"}):
            with self.assertRaises(dragoman.DataError) as caught:
                self.codec.encode(text)
            self.assertEqual(caught.exception.status, "json-utf8")
            self.assertEqual(caught.exception.offset, 9)

    def test_json_is_strict(self):
        for text in ("", "{", "nul", '{"word":"a"} x', "\ufeff{}", '{"word":"a\0"}', b"\0"):
            with self.assertRaises(dragoman.DataError):
                self.codec.encode(text)
        with self.assertRaises(dragoman.DataError) as caught:
            self.codec.encode("[" * 1_000_000)
        self.assertEqual(caught.exception.status, "json-depth")


class Values(unittest.TestCase):
    def setUp(self):
        self.codec = dragoman.load_profile(METER)
        self.addCleanup(self.codec.close)

    def test_values_and_text_give_the_same_frame(self):
        command = {"command": "Meter.SET_PERIOD", "mid": 2016, "paras": {"minutes": 60}}
        frame = bytes.fromhex("8107E0003C")
        self.assertEqual(self.codec.encode(command), frame)
        self.assertEqual(self.codec.encode(json.dumps(command, indent=2)), frame)
        self.assertEqual(self.codec.encode(json.dumps(command).encode()), frame)
        result = self.codec.encode_result(command)
        self.assertEqual((result.output, result.message), (frame, "set_period"))

    def test_values_that_json_has_not_are_refused(self):
        for value in (object(), {1: 2}, {"a": {1, 2}}, 1j, [b"a"]):
            with self.assertRaises(TypeError):
                self.codec.encode(value)

    def test_a_value_in_itself_is_refused(self):
        ring = []
        ring.append(ring)
        with self.assertRaises(ValueError):
            self.codec.encode(ring)

    def test_a_reply_takes_its_request(self):
        reply = {"reply": "acknowledge", "errcode": 0}
        self.assertEqual(self.codec.encode(reply, request=REPORT), b"\x80\0")
        with self.assertRaises(dragoman.DataError):
            self.codec.encode(reply, request=b"\2")
        with self.assertRaises(dragoman.CallError) as caught:
            self.codec.encode({"msgType": "cloudRsp", "errcode": 0})
        self.assertEqual(caught.exception.status, "no-request")


class Arguments(unittest.TestCase):
    def setUp(self):
        self.codec = dragoman.load_profile(METER)
        self.addCleanup(self.codec.close)

    def test_wrong_values_are_refused(self):
        for argument in (
            {"port": -1},
            {"port": 2**32},
            {"port": 10**40},
            {"shape": "round"},
            {"shape": "plain\0"},
            {"shape": ""},
            {"direction": "left"},
            {"received": 2**63},
            {"unknown": "maybe"},
            {"request_format": "oct"},
            {"model": "WM-101"},
            {"message": "a\0b"},
        ):
            with self.subTest(argument), self.assertRaises(dragoman.CallError) as caught:
                self.codec.decode(REPORT, **argument)
            name = next(iter(argument)).replace("received", "received_ms")
            if name != "model":
                self.assertIn(name + ": expected", str(caught.exception))

    def test_wrong_types_are_refused(self):
        for argument in (
            {"port": "1"},
            {"port": True},
            {"port": 1.0},
            {"shape": b"plain"},
            {"received": "now"},
            {"request": "01"},
            {"topic": 1},
            {"prot": 1},
        ):
            with self.subTest(argument), self.assertRaises(TypeError):
                self.codec.decode(REPORT, **argument)

    def test_the_edges_are_taken(self):
        for argument in (
            {"port": 0},
            {"port": 2**32 - 1},
            {"received": -(2**63)},
            {"received": 2**63 - 1},
            {"received": datetime.datetime(1969, 1, 1, tzinfo=UTC)},
            {"port": None, "shape": None},
            {"topic": "a/b", "message": "report", "direction": "up"},
        ):
            with self.subTest(argument):
                self.assertIsNotNone(self.codec.decode(REPORT, **argument))

    def test_a_time_needs_its_zone(self):
        with self.assertRaises(ValueError):
            self.codec.decode(REPORT, received=datetime.datetime(2026, 1, 1))

    def test_arguments_are_forgotten_after_the_call(self):
        self.codec.decode(REPORT, shape="iotda")
        self.assertIn("Meter", self.codec.decode(REPORT))
        with self.assertRaises(dragoman.CallError):
            self.codec.decode(REPORT, shape="iotda", port=-1)
        self.assertIn("Meter", self.codec.decode(REPORT))

    def test_a_model_is_chosen(self):
        with dragoman.load_plugin(FAMILY_PLUGIN) as family:
            self.assertGreater(len(family.models), 1)
            frame = bytes.fromhex("0100E2")
            with self.assertRaises(dragoman.CallError) as caught:
                family.decode(frame)
            self.assertIn("choose one with 'model'", str(caught.exception))
            maker, model = family.models[0]
            self.assertIsNotNone(family.decode(frame, model=model, manufacturer=maker))
            with self.assertRaises(dragoman.CallError):
                family.decode(frame, model=model, manufacturer="Nobody")


if __name__ == "__main__":
    unittest.main()
