/** Chinese numerals as people spell phone numbers with them, radio style included. */
const numerals = ["零〇洞", "一幺壹", "二贰两", "三叁", "四肆", "五伍", "六陆", "七柒拐", "八捌", "九玖勾"];

const digitOf: ReadonlyMap<string, string> = new Map(
  numerals.flatMap((spellings, digit) => [...spellings].map((numeral) => [numeral, String(digit)] as const)),
);

/** All characters that stand for a digit in a spelled-out number. */
export const chineseDigits = numerals.join("");

/** The same text with every Chinese numeral turned into its digit, place for place. */
export function toDigits(text: string): string {
  let digits = "";
  for (const character of text) digits += digitOf.get(character) ?? character;
  return digits;
}

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const CHECKS = "10X98765432";

/** Whether 18 characters are a resident identity number: a real date of birth and the ISO 7064 check digit (GB 11643). */
export function isIdCard(text: string): boolean {
  const year = Number(text.slice(6, 10));
  const month = Number(text.slice(10, 12));
  const day = Number(text.slice(12, 14));
  const born = new Date(Date.UTC(year, month - 1, day));
  if (year < 1900 || year > 2100 || born.getUTCMonth() !== month - 1 || born.getUTCDate() !== day) return false;
  const sum = WEIGHTS.reduce((total, weight, place) => total + weight * Number(text[place]), 0);
  return CHECKS[sum % 11] === text[17]?.toUpperCase();
}

/** Whether the last digit is the check digit of the others (ISO/IEC 7812, Luhn). */
export function passesLuhn(digits: string): boolean {
  let sum = 0;
  for (let place = 0; place < digits.length; place++) {
    const digit = Number(digits[digits.length - 1 - place]);
    const doubled = digit * 2;
    sum += place % 2 === 0 ? digit : doubled > 9 ? doubled - 9 : doubled;
  }
  return sum % 10 === 0;
}
