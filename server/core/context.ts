import type { Db } from "#db/client.ts";
import type { Permission, Role } from "../staff/model.ts";
import type { Id, MemberId, NewId, StaffId } from "./id.ts";
import type { Keys } from "./seal.ts";

/** Who acts. Staff and members are separate worlds: nothing turns one into the other. */
export type Actor =
  | StaffActor
  | MemberActor
  | { readonly kind: "apiKey"; readonly id: Id<"apiKey">; readonly scopes: ReadonlySet<string> }
  | { readonly kind: "system"; readonly name: string }
  | { readonly kind: "visitor" };

export type StaffActor = {
  readonly kind: "staff";
  readonly id: StaffId;
  readonly sessionId: Id<"staffSession">;
  readonly roles: readonly Role[];
  readonly permissions: ReadonlySet<Permission>;
  /** When a second factor was last shown in this session; null before any step-up. */
  readonly steppedUpAt: Date | null;
};

export type MemberActor = {
  readonly kind: "member";
  readonly id: MemberId;
  readonly sessionId: Id<"memberSession">;
};

/** What one request or job works with. Services take it first; rules never see it. */
export type Context<A extends Actor = Actor> = {
  readonly actor: A;
  /** The instant of the request, read once from the clock at the door. */
  readonly now: Date;
  readonly newId: NewId;
  readonly db: Db;
  readonly keys: Keys;
  /** Joins log lines, audit entries and error pages of one request. */
  readonly requestId: string;
};
