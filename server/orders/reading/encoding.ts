import type { Container, Encoding } from "./model.ts";

const UTF8_MARK = [0xef, 0xbb, 0xbf];

/** What a file is by its first bytes. Its name is not asked: tab-separated GBK text called .xlsx is real. */
export function sniff(head: Uint8Array): Container {
  if (startsWith(head, [0x50, 0x4b, 0x03, 0x04]) || startsWith(head, [0x50, 0x4b, 0x05, 0x06])) return "zip";
  if (startsWith(head, [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1])) return "xls";
  const start = decoderFor(detectEncoding(head)).decode(head).slice(0, 4_096).trimStart().toLowerCase();
  const markup =
    /^(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|table|meta|style|\?xml|\w+:workbook|workbook)\b/s;
  return markup.test(start) ? "html" : "csv";
}

/**
 * How a text is encoded: byte order mark (unless the text gives it the lie), else UTF-8 if most of its lines with anything but ASCII are valid UTF-8, else
 * GB18030. Lines are asked one by one, since a single broken row must not turn the file into another language, and a
 * single GBK word may happen to be valid UTF-8.
 */
export function detectEncoding(head: Uint8Array): Encoding {
  if (startsWith(head, UTF8_MARK)) return mostlyUtf8(head.subarray(UTF8_MARK.length)) ? "utf-8-bom" : "gb18030";
  if (startsWith(head, [0xff, 0xfe])) return "utf-16le";
  if (startsWith(head, [0xfe, 0xff])) return "utf-16be";
  return wideOf(head) ?? (mostlyUtf8(head) ? "utf-8" : "gb18030");
}

/** UTF-16 without a mark: every other byte of ASCII is 0. */
function wideOf(head: Uint8Array): Encoding | null {
  let even = 0;
  let odd = 0;
  const length = Math.min(head.length, 4_096);
  for (let i = 0; i < length; i++) {
    if (head[i] !== 0) continue;
    if (i % 2 === 0) even += 1;
    else odd += 1;
  }
  if (even + odd < length / 8) return null;
  return odd > even * 4 ? "utf-16le" : even > odd * 4 ? "utf-16be" : null;
}

function mostlyUtf8(head: Uint8Array): boolean {
  const strict = new TextDecoder("utf-8", { fatal: true });
  let valid = 0;
  let invalid = 0;
  for (let start = 0; start < head.length; ) {
    const feed = head.indexOf(0x0a, start);
    const end = feed < 0 ? head.length : feed;
    const line = head.subarray(start, end);
    if (line.some((byte) => byte >= 0x80) && (feed >= 0 || valid + invalid === 0)) {
      if (isUtf8(strict, feed < 0 ? withoutCutCharacter(line) : line)) valid += 1;
      else invalid += 1;
    }
    start = end + 1;
  }
  return valid >= invalid;
}

function isUtf8(strict: TextDecoder, bytes: Uint8Array): boolean {
  try {
    strict.decode(bytes);
    return true;
  } catch {
    return false;
  }
}

/** The head may end inside a character: up to three bytes of it. */
function withoutCutCharacter(line: Uint8Array): Uint8Array {
  let end = line.length;
  while (end > 0 && line.length - end < 3 && ((line[end - 1] ?? 0) & 0xc0) === 0x80) end -= 1;
  return end > 0 && (line[end - 1] ?? 0) >= 0xc0 ? line.subarray(0, end - 1) : line;
}

/** A decoder that drops the byte order mark and puts U+FFFD for what it cannot decode. */
export function decoderFor(encoding: Encoding): TextDecoder {
  return new TextDecoder(encoding === "utf-8-bom" ? "utf-8" : encoding);
}

/** The bytes without a byte order mark of UTF-8, which files of other encodings carry too. */
export function withoutMark(head: Uint8Array): Uint8Array {
  return startsWith(head, UTF8_MARK) ? head.subarray(UTF8_MARK.length) : head;
}

function startsWith(bytes: Uint8Array, magic: readonly number[]): boolean {
  return bytes.length >= magic.length && magic.every((byte, index) => bytes[index] === byte);
}
