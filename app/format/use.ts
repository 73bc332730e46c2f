import { useLocale } from "next-intl";
import { boundTo, type Formats } from "./bound.ts";

/** The formatters in the visitor's language, for client components and for server components that are not async. */
export function useFormats(): Formats {
  return boundTo(useLocale());
}
