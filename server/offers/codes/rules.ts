/** Letters and digits that are not mistaken for each other (Crockford's base 32). */
const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/** Ten random bytes as a code of 16 signs: `7KQ2-9FHM-0XTC-VB41`. */
export function codeOf(random: Uint8Array): string {
  let bits = 0n;
  for (const byte of random.subarray(0, 10)) bits = (bits << 8n) | BigInt(byte);
  const signs = Array.from({ length: 16 }, (_, index) => ALPHABET[Number((bits >> BigInt(75 - index * 5)) & 31n)]);
  return signs.join("").replace(/(.{4})(?=.)/g, "$1-");
}

/** One form for everything that reads as the same code: upper case, no dashes or spaces, no I, L or O. */
export function plainCode(typed: string): string {
  return typed.toUpperCase().replace(/[\s-]/g, "").replace(/[IL]/g, "1").replace(/O/g, "0");
}
