/** What a visitor chose about the look of things; each is a cookie of the same name, read by the root layouts. */
export type Preference = "theme" | "density" | "text" | "nav" | "locale";

/** Remembers a choice for a year; `store` is where somebody works. */
export function remember(name: Preference | "store", value: string): void {
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is missing from the browsers we support
  document.cookie = `${name}=${value}; path=/; max-age=31536000; samesite=lax`;
}

/** Remembers a choice and shows it at once: every one of these is an attribute of the root element. */
export function prefer(name: Exclude<Preference, "locale">, value: string): void {
  remember(name, value);
  document.documentElement.dataset[name] = value;
}
