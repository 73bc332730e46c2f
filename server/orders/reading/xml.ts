import { MAX_FIELD } from "./csv.ts";

const NAMED: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

/** The text that escaped XML character data means; the `_x0009_` escapes of workbooks too. */
export function unescapeXml(text: string): string {
  const plain = text.includes("&")
    ? text.replace(/&(#x?[0-9a-fA-F]{1,6}|[a-z]{2,4});/g, (match, name: string) => character(name) ?? match)
    : text;
  return plain.includes("_x")
    ? plain.replace(/_x([0-9A-F]{4})_/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
    : plain;
}

function character(name: string): string | undefined {
  if (!name.startsWith("#")) return NAMED[name];
  const code = name.startsWith("#x") ? Number.parseInt(name.slice(2), 16) : Number.parseInt(name.slice(1), 10);
  return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : undefined;
}

/** The value of an attribute in the text of a tag; "" when it is not there. */
export function attribute(tag: string, name: string): string {
  const at = tag.indexOf(` ${name}="`);
  if (at >= 0) {
    const start = at + name.length + 3;
    return tag.slice(start, tag.indexOf('"', start));
  }
  const loose = new RegExp(`[\\s:]${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)')`).exec(tag);
  return loose?.[1] ?? loose?.[2] ?? "";
}

/** The character data of all `t` elements, without the phonetic hints (`rPh`) of East Asian workbooks. */
export function textRuns(xml: string, prefix: string): string {
  let source = xml;
  if (source.includes(`<${prefix}rPh`))
    source = source.replace(new RegExp(`<${prefix}rPh[^]*?</${prefix}rPh>`, "g"), "");
  const open = `<${prefix}t`;
  const close = `</${prefix}t>`;
  let text = "";
  for (let at = source.indexOf(open); at >= 0; at = source.indexOf(open, at)) {
    const tagEnd = source.indexOf(">", at);
    if (tagEnd < 0) break;
    const next = source.charCodeAt(at + open.length);
    at = tagEnd + 1;
    if ((next !== 0x3e && next > 0x20) || source.charCodeAt(tagEnd - 1) === 0x2f) continue;
    const end = source.indexOf(close, at);
    if (end < 0) break;
    text += source.slice(at, end);
    if (text.length > 8 * MAX_FIELD) break;
    at = end;
  }
  return unescapeXml(text);
}

/** The namespace prefix that a part's root element carries, with its colon; "" for none. Null when it is another root. */
export function prefixOf(xml: string, root: string): string | null {
  const match = new RegExp(`<((?:\\w+:)?)${root}[\\s>/]`).exec(xml);
  return match?.[1] ?? null;
}
