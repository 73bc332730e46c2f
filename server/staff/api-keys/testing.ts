import type { StaffActor } from "../../core/context.ts";
import type { NewId } from "../../core/id.ts";
import { permissions } from "../model.ts";

/** Somebody who may do everything, for benches that make keys without a desk. */
export function testOwner(newId: NewId): StaffActor {
  return {
    kind: "staff",
    id: newId<"staff">(),
    sessionId: newId<"staffSession">(),
    roles: ["owner"],
    permissions: new Set(permissions),
    steppedUpAt: new Date(),
  };
}
