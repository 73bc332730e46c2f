import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { z } from "zod";
import { actions, problemKinds } from "#server/audit/model.ts";
import { revealPurposes } from "#server/members/directory/model.ts";
import { dialPurposes } from "#server/orders/model.ts";
import { actionKey } from "./names.tsx";

const Names = z.record(z.string(), z.string());
const Catalogue = z.object({ actions: Names, problems: Names, purposes: Names });

test.each(["zh-CN", "en"])(
  "in %s every action, problem and purpose of the log has a name, and no name is left over",
  (locale) => {
    const said = Catalogue.parse(JSON.parse(readFileSync(`app/messages/${locale}/audit.json`, "utf8")));
    expect(Object.keys(said.actions).sort()).toEqual(actions.map(actionKey).sort());
    expect(Object.keys(said.problems).sort()).toEqual([...problemKinds].sort());
    expect(Object.keys(said.purposes)).toEqual(expect.arrayContaining([...revealPurposes, ...dialPurposes]));
  },
);
