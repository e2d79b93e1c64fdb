# SPDX-License-Identifier: MIT
"""Where the tests find things; meson sets the environment."""
import os
import pathlib

ROOT = pathlib.Path(__file__).resolve().parents[3]
BUILD = pathlib.Path(os.environ.get("DRAGOMAN_BUILD", ROOT / "build"))
METER = ROOT / "profiles" / "acme" / "wm-100.yaml"
METER_PLUGIN = BUILD / "plugins" / "acme-wm-100.so"
FAMILY_PLUGIN = BUILD / "plugins" / "elsys-ers.so"
REPORT = bytes.fromhex("01000030392460")

# 64-bit integers, numbers with many decimals, any bytes as text.
NUMBERS = """
dragoman: 1
product:
  manufacturer_id: Acme
  manufacturer_name: Acme Instruments
  model: N-1
  device_type: Sensor
  protocol_type: LoRaWAN
messages:
  report:
    kind: report
    match: {port: 1}
    fields:
      - {name: big, type: u64}
      - {name: fine, type: u32, scale: 0.000000001}
  words:
    kind: report
    match: {port: 2}
    fields:
      - {name: word, type: text(rest), encoding: utf8}
"""
