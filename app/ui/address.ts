export type Query = Readonly<Record<string, string | readonly string[] | undefined>>;

/** The first value of a query parameter, trimmed; empty counts as absent. */
export function param(query: Query, name: string): string | undefined {
  const value = query[name];
  const first = typeof value === "string" ? value : value?.[0];
  return first?.trim() || undefined;
}

/**
 * An address with the query changed: `null` drops a parameter, anything else sets it.
 * Changing a filter should also drop the cursor: `address(path, query, { tier: null, after: null })`.
 */
export function address(
  path: string,
  query: Query,
  change: Readonly<Record<string, string | number | null>> = {},
): string {
  const next = new URLSearchParams();
  for (const name of Object.keys(query)) {
    const value = param(query, name);
    if (value !== undefined && !(name in change)) next.set(name, value);
  }
  for (const [name, value] of Object.entries(change)) if (value !== null) next.set(name, String(value));
  const text = next.toString();
  return text === "" ? path : `${path}?${text}`;
}
