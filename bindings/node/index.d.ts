// SPDX-License-Identifier: MIT
/** Frames of devices to platform JSON and back, by profiles and plug-ins of Dragoman. */

export type Bytes = Uint8Array | ArrayBuffer | DataView;
export type Path = string | Buffer | URL;

/** What is wrong, where. Members that do not apply are undefined. */
export interface Fault {
  /** "truncated"; docs/errors.md has them all. */
  status: string;
  /** "data", "usage", "table", "system" or "bug"; of a warning undefined. */
  family?: string;
  /** One line for people. */
  text: string;
  /** What `offset` counts bytes of. */
  place?: 'frame' | 'json' | 'table';
  offset?: number;
  bit?: number;
  /** "Meter.flow" */
  field?: string;
  found?: number | bigint;
  expected?: number | bigint;
  low?: number | bigint;
  high?: number | bigint;
}

/** A finding in a profile. Lines and columns count from 1. */
export interface Finding {
  severity: 'error' | 'warning' | 'note';
  file: string;
  line: number;
  column: number;
  width: number;
  rule: string;
  text: string;
}

/** `message` is `text` of the fault. */
export class DragomanError extends Error implements Omit<Fault, 'text'> {
  status: string;
  family?: string;
  place?: 'frame' | 'json' | 'table';
  offset?: number;
  bit?: number;
  field?: string;
  found?: number | bigint;
  expected?: number | bigint;
  low?: number | bigint;
  high?: number | bigint;
  /** All that the library tells. */
  report: Record<string, unknown>;
}
/** The frame or the JSON is wrong. */
export class DataError extends DragomanError {}
/** An argument is wrong, or one is missing. */
export class CallError extends DragomanError {}
/** A plug-in, a key or a file is refused or cannot be had. */
export class LoadError extends DragomanError {}
/** A profile has errors. */
export class ProfileError extends LoadError {
  readonly findings: Finding[];
}
/** The library is missing, or was made for another version of this package. */
export class LibraryError extends Error {}

export interface CallOptions {
  /** Which one, of a product with several. */
  manufacturer?: string;
  model?: string;
  shape?: 'oceanconnect' | 'iotda' | 'plain';
  direction?: 'up' | 'down';
  /** Only this one, by its name. */
  message?: string;
  /** LoRaWAN port or CAN identifier. */
  port?: number | bigint;
  /** Of MQTT. */
  topic?: string;
  /** When it came: a date, or milliseconds since 1970. */
  received?: Date | number | bigint;
  /** The bytes that a reply answers. */
  request?: Bytes;
  requestFormat?: 'base64' | 'hex' | 'array';
  /** What becomes of members that the message does not have. */
  unknown?: 'refuse' | 'ignore';
  /** Of newState(): what a code plug-in remembers of the device. Changed by the call. */
  state?: Buffer;
}

export interface DecodeOptions extends CallOptions {
  /**
   * 'number' rounds as JSON.parse() does; with 'bigint' whole numbers beyond 2^53 are
   * BigInt; with 'text' all numbers are strings, digit by digit.
   */
  numbers?: 'number' | 'bigint' | 'text';
}

export interface Result<Output> {
  /** null if the frame carries no data, or the message needs no bytes. */
  output: Output | null;
  message?: string;
  kind?: string;
  /** Where an encoded frame wants to go. */
  port?: number;
  topic?: string;
  warnings: Fault[];
}

/** A plug-in or profile, ready for use. */
export class Codec {
  private constructor();
  readonly models: { manufacturerId: string; model: string }[];
  /** Warnings and notes of the compiler; of a plug-in none. */
  readonly findings: Finding[];
  readonly closed: boolean;
  /** Free it now, and not when it is collected. Closing twice does no harm. */
  close(): void;
  newState(): Buffer;
  decode(frame: Bytes, options?: DecodeOptions): any;
  /** The JSON text, digit by digit. */
  decodeJson(frame: Bytes, options?: CallOptions): string | null;
  decodeResult(frame: Bytes, options?: CallOptions): Result<string>;
  /** `values`: JSON text as string or bytes, or values, where BigInt keeps its digits. */
  encode(values: unknown, options?: CallOptions): Buffer | null;
  encodeResult(values: unknown, options?: CallOptions): Result<Buffer>;
}

/** Compile the profile in a file, with those that it includes. */
export function loadProfile(path: Path): Codec;
/** Compile a profile in memory; `name` stands for it in findings. No file is read. */
export function compileProfile(text: string | Bytes, options?: { name?: string }): Codec;
/** Load a plug-in without code; signed, if there is a PEM file of keys. */
export function loadPlugin(path: Path, options?: { trustedKeys?: Path }): Codec;
/** Start a code plug-in: its code runs in a process of its own. */
export function loadCode(
  path: Path,
  options?: { settings?: Bytes; trustedKeys?: Path },
): Codec;
/** Version of the library that is loaded. */
export const libraryVersion: string;
