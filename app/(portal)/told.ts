/** What a page may be told about the one before it, in its address: a word that stands for a sentence, nothing else. */
export const tidings = ["agreed", "refused", "kept", "childAdded"] as const;
export type Tidings = (typeof tidings)[number];

/** The address of a page of ours that says what was just done. */
export function telling(page: string, told: Tidings): string {
  const address = new URL(page, "http://page");
  address.searchParams.set("told", told);
  return `${address.pathname}${address.search}`;
}
