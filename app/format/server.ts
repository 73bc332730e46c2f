import { getLocale } from "next-intl/server";
import { boundTo, type Formats } from "./bound.ts";

/** The formatters in the visitor's language, for server components. */
export async function formats(): Promise<Formats> {
  return boundTo(await getLocale());
}
