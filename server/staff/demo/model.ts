import type { Role } from "../model.ts";

/** The password of every demo account. It exists nowhere but in the demo brand. */
export const DEMO_PASSWORD = "evenhand-demo-only";

/** One account for each role. The authenticator secrets are as public as this file. */
export const demoStaff = [
  { role: "owner", name: "管理员小安", email: "owner@demo.example", totpSecret: "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP" },
  {
    role: "operator",
    name: "运营小路",
    email: "operator@demo.example",
    totpSecret: "KRSXG5CTMVRXEZLUKRSXG5CTMVRXEZLU",
  },
  {
    role: "operator",
    name: "运营小秦",
    email: "operator2@demo.example",
    totpSecret: "MFRGGZDFMZTWQ2LKMFRGGZDFMZTWQ2LK",
  },
  {
    role: "privacyOfficer",
    name: "个保负责人小宁",
    email: "privacy@demo.example",
    totpSecret: "NBSWY3DPO5XXE3DENBSWY3DPO5XXE3DE",
  },
  {
    role: "orderOperations",
    name: "订单专员小顾",
    email: "orders@demo.example",
    totpSecret: "ONSWG4TFOQQHIZLTONSWG4TFOQQHIZLT",
  },
  {
    role: "storeStaff",
    name: "门店店员小米",
    email: "store@demo.example",
    totpSecret: "OZSXE6JAONSWG4TFOZSXE6JAONSWG4TF",
  },
  {
    role: "auditor",
    name: "审计员小严",
    email: "auditor@demo.example",
    totpSecret: "PFXXK4RAMRSW23ZAPFXXK4RAMRSW23ZA",
  },
] as const satisfies readonly { role: Role; name: string; email: string; totpSecret: string }[];
