/** A public card number: ten digits of which the last is the Luhn check digit (ISO/IEC 7812-1). `below(n)` draws 0..n-1. */
export function cardNumber(below: (limit: number) => number): string {
  const payload = String(100_000_000 + below(900_000_000));
  return `${payload}${luhn(payload)}`;
}

/** True when the number has ten digits and its check digit fits: one wrong or two swapped digits do not pass. */
export function isCardNumber(text: string): boolean {
  return /^\d{10}$/.test(text) && luhn(text.slice(0, -1)) === Number(text.at(-1));
}

function luhn(payload: string): number {
  const sum = [...payload].reverse().reduce((total, digit, place) => {
    const value = Number(digit) * (place % 2 === 0 ? 2 : 1);
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return (10 - (sum % 10)) % 10;
}

/** How a phone is shown, to its owner too: 186****1402. */
export function maskPhone(e164: string): string {
  const digits = e164.replace(/^\+86/, "");
  return `${digits.slice(0, 3)}****${digits.slice(-4)}`;
}
