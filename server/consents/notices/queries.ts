import { and, asc, desc, eq, inArray, max, or, sql } from "drizzle-orm";
import type { Reader } from "#db/client.ts";
import { noticeDrafts, noticeVersions } from "#db/schema/notices.ts";
import { staff } from "#db/schema/staff.ts";
import type { StaffId } from "../../core/id.ts";
import { Refusal } from "../../core/refusal.ts";
import { termsHash } from "../../core/terms-hash.ts";
import { activitiesInForce } from "../activities/queries.ts";
import { fieldDefinitions } from "../fields/queries.ts";
import type { NoticeVersionId, PurposeCode } from "../model.ts";
import { type FrozenPurpose, kindOf, type NoticeKey, type NoticeVersion, noticeKeyOf, purposeOf } from "./model.ts";
import { gaps, hashedDraft, mustBeMaterial, noticeDiff } from "./rules.ts";

/** The version of a notice in force: the newest; null before the first. */
export async function currentNotice(reader: Reader, key: NoticeKey): Promise<NoticeVersion | null> {
  const [row] = await reader
    .select(columns)
    .from(noticeVersions)
    .where(eq(noticeVersions.key, key))
    .orderBy(desc(noticeVersions.version))
    .limit(1);
  return row ?? null;
}

/** One version by its id, however old; null when there is none. */
export async function noticeVersion(reader: Reader, id: NoticeVersionId): Promise<NoticeVersion | null> {
  const [row] = await reader.select(columns).from(noticeVersions).where(eq(noticeVersions.id, id));
  return row ?? null;
}

/**
 * The active purposes that a notice tells of, as they are now: the member's own in the general notice, those about
 * children in the children's rules, the one of an enhanced notice if it rests on consent.
 */
export async function purposesNow(reader: Reader, key: NoticeKey): Promise<FrozenPurpose[]> {
  return purposesIn(await activitiesInForce(reader), key);
}

/** Which of these purposes need an impact assessment that was not approved yet (PIPL Art. 55). */
export async function unassessed(reader: Reader, purposes: readonly FrozenPurpose[]): Promise<PurposeCode[]> {
  const due = (await activitiesInForce(reader)).filter(({ assessed }) => !assessed).map(({ code }) => code);
  return due.filter((code) => purposes.some((purpose) => purpose.code === code));
}

/** Every notice there can be as the desk lists them: how its version in force and its draft stand. */
export async function list(reader: Reader) {
  const activities = await activitiesInForce(reader);
  const definitions = await fieldDefinitions(reader);
  const current = new Map((await currentNotices(reader)).map((notice) => [notice.key, notice]));
  const drafts = new Map((await reader.select().from(noticeDrafts)).map((draft) => [draft.key, draft]));
  const onConsent = activities.filter(({ terms }) => terms.basis === "consent").map(({ code }) => noticeKeyOf(code));
  const keys: readonly NoticeKey[] = ["general", "child", ...onConsent];
  return [...new Set([...keys, ...current.keys(), ...drafts.keys()])].map((key) => {
    const purposes = purposesIn(activities, key);
    const inForce = current.get(key) ?? null;
    const draft = drafts.get(key);
    return {
      key,
      kind: kindOf(key),
      /** The name of the one purpose of an enhanced notice. */
      purpose: activities.find(({ code }) => code === purposeOf(key))?.terms.name ?? null,
      draftable: purposes.length > 0,
      current:
        inForce === null
          ? null
          : {
              version: inForce.version,
              title: inForce.content.title,
              publishedAt: inForce.publishedAt,
              /** What it would have to say by now and does not, such as a recipient that the settings brought. */
              gaps: gaps(inForce.kind, inForce.content, purposes, definitions).length,
            },
      /** True when the purposes have changed since the version in force told of them. */
      behind: inForce !== null && !tellsOf(inForce.purposes, purposes),
      draft:
        draft === undefined
          ? null
          : {
              savedAt: draft.savedAt,
              reviewed: draft.reviewedBy !== null,
              gaps: gaps(draft.kind, draft.content, purposes, definitions).length,
            },
    };
  });
}

/**
 * One notice with its draft, what the draft lacks and changes, and every version. Refuses: NOTICE_NOT_FOUND when there
 * is neither a draft nor a version nor anything to draft it from.
 */
export async function detail(reader: Reader, key: NoticeKey, staffId: StaffId) {
  const purposes = await purposesNow(reader, key);
  const definitions = await fieldDefinitions(reader);
  const [draft] = await reader.select().from(noticeDrafts).where(eq(noticeDrafts.key, key));
  const rows = await reader
    .select()
    .from(noticeVersions)
    .where(eq(noticeVersions.key, key))
    .orderBy(desc(noticeVersions.version));
  const current = rows[0] ?? null;
  if (draft === undefined && current === null && purposes.length === 0) {
    throw new Refusal("NOTICE_NOT_FOUND", {}, "missing");
  }
  const names = await namesOf(reader, [
    ...rows.flatMap((row) => [row.draftedBy, row.reviewedBy, row.publishedBy]),
    draft?.savedBy ?? null,
    draft?.reviewedBy ?? null,
  ]);
  const nameOf = (id: StaffId | null) => (id === null ? null : (names.get(id) ?? null));
  return {
    key,
    kind: kindOf(key),
    purposes,
    definitions,
    current:
      current === null
        ? null
        : {
            version: current.version,
            content: current.content,
            gaps: gaps(current.kind, current.content, purposes, definitions),
          },
    /** Purposes whose impact assessment is due: the notice is not published before. */
    unassessed: await unassessed(reader, purposes),
    behind: current !== null && !tellsOf(current.purposes, purposes),
    draft:
      draft === undefined
        ? null
        : {
            content: draft.content,
            contentHash: draft.contentHash,
            /** True when whoever asks had a hand in it, and so may not review it. */
            own: draft.editors.includes(staffId),
            savedBy: nameOf(draft.savedBy),
            savedAt: draft.savedAt,
            reviewedBy: nameOf(draft.reviewedBy),
            reviewedAt: draft.reviewedAt,
            /** The activities have changed since it was written: it must be renewed or saved again. */
            outdated: termsHash(hashedDraft(draft.content, purposes)) !== draft.contentHash,
            gaps: gaps(draft.kind, draft.content, purposes, definitions),
            changes: current === null ? [] : noticeDiff(current, { content: draft.content, purposes }),
            mustBeMaterial: current !== null && mustBeMaterial(current.purposes, purposes),
          },
    versions: rows.map((row, index) => {
      const before = rows[index + 1];
      return {
        version: row.version,
        publishedAt: row.publishedAt,
        hash: row.hash,
        material: row.material,
        materialReason: row.materialReason,
        draftedBy: nameOf(row.draftedBy),
        reviewedBy: nameOf(row.reviewedBy),
        publishedBy: nameOf(row.publishedBy),
        purposes: row.purposes,
        changes: before === undefined ? [] : noticeDiff(before, row),
      };
    }),
  };
}

/** The version in force of every notice that was ever published: the general one first, then the children's rules. */
export async function currentNotices(reader: Reader): Promise<NoticeVersion[]> {
  const newest = await reader
    .select({ key: noticeVersions.key, version: max(noticeVersions.version) })
    .from(noticeVersions)
    .groupBy(noticeVersions.key);
  const rows = await reader
    .select(columns)
    .from(noticeVersions)
    .where(
      or(
        sql`false`,
        ...newest.map(({ key, version }) => and(eq(noticeVersions.key, key), eq(noticeVersions.version, version ?? 0))),
      ),
    )
    .orderBy(asc(noticeVersions.key));
  const order = (kind: NoticeVersion["kind"]) => ["general", "child", "enhanced"].indexOf(kind);
  return rows.sort((a, b) => order(a.kind) - order(b.kind));
}

/** What anybody may read: one version, what it changed, and which others there are. Refuses: NOTICE_NOT_FOUND. */
export async function publicNotice(reader: Reader, key: NoticeKey, version?: number) {
  const versions = await reader
    .select({
      version: noticeVersions.version,
      publishedAt: noticeVersions.publishedAt,
      material: noticeVersions.material,
    })
    .from(noticeVersions)
    .where(eq(noticeVersions.key, key))
    .orderBy(desc(noticeVersions.version));
  const asked = version ?? versions[0]?.version ?? 0;
  const found = await reader
    .select(columns)
    .from(noticeVersions)
    .where(and(eq(noticeVersions.key, key), inArray(noticeVersions.version, [asked, asked - 1])))
    .orderBy(desc(noticeVersions.version));
  const [notice, before] = found;
  if (notice === undefined || notice.version !== asked) throw new Refusal("NOTICE_NOT_FOUND", {}, "missing");
  return { notice, versions, changes: before === undefined ? [] : noticeDiff(before, notice) };
}

const columns = {
  id: noticeVersions.id,
  key: noticeVersions.key,
  kind: noticeVersions.kind,
  version: noticeVersions.version,
  content: noticeVersions.content,
  purposes: noticeVersions.purposes,
  hash: noticeVersions.hash,
  publishedAt: noticeVersions.publishedAt,
};

function purposesIn(activities: Awaited<ReturnType<typeof activitiesInForce>>, key: NoticeKey): FrozenPurpose[] {
  const kind = kindOf(key);
  return activities
    .filter(({ code, state, terms }) => {
      if (state !== "active") return false;
      if (kind === "enhanced") return code === purposeOf(key) && terms.basis === "consent";
      return terms.subject === (kind === "child" ? "child" : "member");
    })
    .map(({ code, version, terms }) => ({ code, version, terms }));
}

function tellsOf(told: readonly FrozenPurpose[], now: readonly FrozenPurpose[]): boolean {
  const spell = (purposes: readonly FrozenPurpose[]) =>
    purposes.map(({ code, terms }) => `${code} ${termsHash(terms)}`).sort();
  return spell(told).join() === spell(now).join();
}

async function namesOf(reader: Reader, ids: readonly (StaffId | null)[]): Promise<ReadonlyMap<StaffId, string>> {
  const known = [...new Set(ids)].filter((id) => id !== null);
  if (known.length === 0) return new Map();
  const rows = await reader.select({ id: staff.id, name: staff.name }).from(staff).where(inArray(staff.id, known));
  return new Map(rows.map(({ id, name }) => [id, name]));
}
