import type { Tone } from "#app/ui/badge.tsx";
import type { FieldClass } from "#server/consents/fields/model.ts";

/** How much care each class asks for. */
export const classTones: Readonly<Record<FieldClass, Tone>> = { general: "neutral", sensitive: "warn", minor: "warn" };
