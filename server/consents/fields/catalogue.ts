import type { FieldDefinition } from "./model.ts";

/** Gated fields that every brand has in its catalogue. Age is none of them: it follows from the birth month. */
export const builtInFields: readonly FieldDefinition[] = [
  {
    key: "child.birthMonth",
    subject: "child",
    class: "minor",
    name: { "zh-CN": "宝宝出生年月", en: "Child's birth month" },
    format: { kind: "month" },
  },
  {
    key: "child.weight",
    subject: "child",
    class: "minor",
    name: { "zh-CN": "宝宝体重", en: "Child's weight" },
    format: { kind: "number", unit: { "zh-CN": "千克", en: "kg" }, min: 0.5, max: 60, decimals: 2, measured: true },
  },
  {
    key: "child.sex",
    subject: "child",
    class: "minor",
    name: { "zh-CN": "宝宝性别", en: "Child's sex" },
    format: {
      kind: "choice",
      options: [
        { value: "girl", name: { "zh-CN": "女", en: "Girl" } },
        { value: "boy", name: { "zh-CN": "男", en: "Boy" } },
      ],
    },
  },
];
