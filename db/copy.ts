/** One field of a row: how its type is written, and its value in the driver's terms. */
export type CopyField = { readonly type: string; of(row: object): unknown };

/** How much is handed over at a time, in bytes: the server takes rows in while the next ones are being written. */
const PIECE = 64 * 1024;
/** The signature, no flags, no extension. */
const HEADER = Buffer.from("PGCOPY\n\xff\r\n\0\0\0\0\0\0\0\0\0", "latin1");
const NULL = -1;
const END = -1;
const DASH = 45;
/** Shorter texts are quicker written byte by byte than by a call into the runtime. */
const SHORT = 40;

/** Rows in PostgreSQL's binary COPY format, piece by piece: nothing in a value needs escaping. */
export function* copyOf(fields: readonly CopyField[], rows: readonly object[]): Generator<Buffer> {
  const writers = fields.map(({ type, of }) => ({ of, write: writerOf(type) }));
  let out = new Out();
  out.bytes(HEADER);
  for (const row of rows) {
    out.int16(writers.length);
    for (const { of, write } of writers) {
      const value = of(row);
      if (value === null || value === undefined) out.int32(NULL);
      else write(out, value);
    }
    if (out.length >= PIECE) {
      yield out.written();
      out = new Out();
    }
  }
  out.int16(END);
  yield out.written();
}

/** Writes a value behind its length. */
function writerOf(type: string): (out: Out, value: unknown) => void {
  switch (type) {
    case "bigint":
      return (out, value) => {
        if (!Number.isSafeInteger(value)) throw new RangeError("not a whole number");
        out.int32(8);
        out.int64(Number(value));
      };
    case "boolean":
      return (out, value) => {
        out.int32(1);
        out.int8(value === true ? 1 : 0);
      };
    case "bytea":
      return (out, value) => {
        if (!Buffer.isBuffer(value)) throw new TypeError("not bytes");
        out.int32(value.length);
        out.bytes(value);
      };
    case "uuid":
      return (out, value) => {
        out.int32(16);
        out.uuid(String(value));
      };
    case "text":
      return (out, value) => out.text(String(value));
    default:
      throw new TypeError(`COPY of ${type} is not known`);
  }
}

/** Bytes as they are written; it grows for what does not fit. */
class Out {
  length = 0;
  #room = Buffer.allocUnsafe(PIECE + PIECE / 4);

  written(): Buffer {
    return this.#room.subarray(0, this.length);
  }

  int8(value: number): void {
    this.#ensure(1);
    this.#room[this.length++] = value;
  }

  int16(value: number): void {
    this.#ensure(2);
    this.#room[this.length++] = value >> 8;
    this.#room[this.length++] = value;
  }

  int32(value: number): void {
    this.#ensure(4);
    const room = this.#room;
    room[this.length++] = value >> 24;
    room[this.length++] = value >> 16;
    room[this.length++] = value >> 8;
    room[this.length++] = value;
  }

  int64(value: number): void {
    const high = Math.floor(value / 2 ** 32);
    this.int32(high);
    this.int32((value - high * 2 ** 32) | 0);
  }

  bytes(value: Buffer): void {
    this.#ensure(value.length);
    this.#room.set(value, this.length);
    this.length += value.length;
  }

  uuid(value: string): void {
    this.#ensure(16);
    const end = this.length + 16;
    for (let at = 0; at < value.length; at += 2) {
      if (value.charCodeAt(at) === DASH) at += 1;
      const byte = (digit(value.charCodeAt(at)) << 4) | digit(value.charCodeAt(at + 1));
      if (byte < 0 || this.length === end) throw new RangeError("not a UUID");
      this.#room[this.length++] = byte;
    }
    if (this.length !== end) throw new RangeError("not a UUID");
  }

  /** A text behind its length in UTF-8. */
  text(value: string): void {
    this.#ensure(4 + 3 * value.length);
    const start = this.length + 4;
    const length = (value.length < SHORT && this.#ascii(value, start)) || this.#room.write(value, start);
    this.int32(length);
    this.length += length;
  }

  /** Writes a text that consists of ASCII and gives its length; 0 for any other. */
  #ascii(value: string, start: number): number {
    for (let at = 0; at < value.length; at += 1) {
      const code = value.charCodeAt(at);
      if (code > 127) return 0;
      this.#room[start + at] = code;
    }
    return value.length;
  }

  #ensure(bytes: number): void {
    if (this.length + bytes <= this.#room.length) return;
    const larger = Buffer.allocUnsafe(2 * (this.length + bytes));
    this.#room.copy(larger, 0, 0, this.length);
    this.#room = larger;
  }
}

/** The value of a hexadecimal digit; negative for any other character. */
function digit(code: number): number {
  if (code >= 48 && code <= 57) return code - 48;
  const letter = code | 32;
  return letter >= 97 && letter <= 102 ? letter - 87 : -1;
}
