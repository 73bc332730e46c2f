/** One CSV record (RFC 4180) of cells that no spreadsheet program runs. */
export function csvLine(cells: readonly string[]): string {
  return `${cells.map((cell) => quoted(harmless(cell))).join(",")}\r\n`;
}

/**
 * Text that no spreadsheet program runs: an apostrophe goes before whatever one might take for a formula, full-width signs
 * and leading blanks included, and before a tab or line break, after which a cell may be taken for another one (security.md
 * T14). Control characters that have no place in a file are dropped.
 */
export function harmless(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what it is about
  const safe = text.replace(/[\0-\x08\x0b\x0c\x0e-\x1f]/g, "");
  const runs = /^(?:[\t\r\n]|[\s\u00a0]*[=+\-@＝＋－＠])/.test(safe) && !/^[-—]{1,2}$/.test(safe);
  return runs ? `'${safe}` : safe;
}

function quoted(cell: string): string {
  return /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
