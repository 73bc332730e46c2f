import { BAD, isEmpty, parseFen, parseMoment, plain } from "../reading/cells.ts";

/** Fewer columns than these hold no orders. */
const FEWEST = 3;

/**
 * Which of the first records is the header: the first that is known, else the first as wide as the table that is made of
 * names and of no values. -1 for none.
 */
export function findHeader(
  head: readonly (readonly string[])[],
  isKnown: (cells: readonly string[]) => boolean,
): number {
  const known = head.findIndex(isKnown);
  if (known >= 0) return known;
  const widest = head.reduce((most, cells) => Math.max(most, filledIn(cells).length), 0);
  return head.findIndex((cells) => {
    const filled = filledIn(cells);
    return (
      filled.length >= Math.max(FEWEST, widest * 0.6) &&
      filled.every((cell) => cell.length <= 60 && !isValue(cell)) &&
      new Set(filled).size >= filled.length * 0.8
    );
  });
}

function filledIn(cells: readonly string[]): string[] {
  return cells.map(plain).filter((cell) => !isEmpty(cell));
}

/** Whether the text is an amount, a number, a date or a masked value: what stands below names, and is none. */
function isValue(text: string): boolean {
  const moment = { at: BAD, exact: false };
  parseMoment(text, moment);
  return moment.at !== BAD || parseFen(text) !== BAD || /\d{6,}|\*{2,}/.test(text);
}
