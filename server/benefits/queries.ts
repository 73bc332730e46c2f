import type { Reader } from "#db/client.ts";
import type { FieldClass, FieldDefinition, FieldKey } from "../consents/fields/model.ts";
import { fieldDefinitions } from "../consents/fields/queries.ts";
import { childrenOf } from "../consents/guardianship/queries.ts";
import type { ChildId, PurposeCode } from "../consents/model.ts";
import type { MemberId, StaffId } from "../core/id.ts";
import type { PublicText } from "../core/public-text.ts";
import { businessDay, startOfBusinessDay } from "../core/time.ts";
import type { TierCode } from "../tiers/model.ts";
import { standingOf } from "../tiers/queries.ts";
import { latestBookings, type OwnBooking, ownBookings, today as todayAt } from "./booking/queries.ts";
import { grantsOf, usesOfEach } from "./entitlements/queries.ts";
import type { Uses } from "./entitlements/rules.ts";
import { standingUnder } from "./locks/queries.ts";
import type { BenefitId, BenefitState, BenefitTerms, StoreId } from "./model.ts";
import { type Benefit, published, publishedOne } from "./publishing/queries.ts";
import { latestUses } from "./redemption/queries.ts";
import { isForChild, isUsedAt, type Lock, lockOf, purposeOf, stateOf } from "./rules.ts";
import { demandWorksAt, type Store, list as storeList } from "./stores/queries.ts";

/** How many uses and bookings a history shows. */
const HISTORY_SHOWN = 50;

/** A field that a benefit needs, as the person it is asked of reads it. */
export type Need = {
  readonly field: FieldKey;
  readonly name: PublicText;
  readonly class: FieldClass;
  readonly necessity: PublicText;
  readonly mandatory: boolean;
};

/** Somebody for whom the benefit would be used: the member, or one child of theirs. */
export type Person = {
  readonly childId: ChildId | null;
  /** 1 for 宝宝 1; null for the member, and while there is no child yet. */
  readonly childOrdinal: number | null;
  /** Null when it can be used now. */
  readonly lock: Lock | null;
  /** Which of the needed fields have a value. */
  readonly given: readonly FieldKey[];
};

/** Uses left, without the names of periods. */
export type ShownUses = Pick<Uses, "left" | "fromTier" | "granted" | "allowance" | "renewsAt">;

/** A benefit as a member sees it: what it is, whether it is open, what it needs and why. */
export type OwnBenefit = Pick<
  BenefitTerms,
  "title" | "description" | "tiers" | "gives" | "quota" | "booked" | "window"
> & {
  readonly id: BenefitId;
  readonly state: BenefitState;
  readonly open: boolean;
  readonly purpose: PurposeCode | null;
  readonly needs: readonly Need[];
  /** All that store staff see of what was given: bands under these names. */
  readonly shownInStore: readonly PublicText[];
  readonly forChild: boolean;
  readonly people: readonly Person[];
  readonly uses: ShownUses;
  readonly stores: readonly Pick<Store, "id" | "name" | "address">[];
  /** Today's and later bookings, earliest first. */
  readonly bookings: readonly OwnBooking[];
};

/** Every benefit that is public now, of any tier, as it stands for one member. */
export async function mine(reader: Reader, memberId: MemberId, now: Date): Promise<OwnBenefit[]> {
  const live = (await published(reader)).filter((benefit) => stateOf(benefit, now) === "live");
  return asSeenBy(reader, live, memberId, now);
}

/** What a tier gives now, the same for everybody in it. */
export async function ofTier(reader: Reader, tier: TierCode, now: Date) {
  return (await published(reader))
    .filter((benefit) => stateOf(benefit, now) === "live" && benefit.terms.tiers.includes(tier))
    .map(({ id, terms: { title, quota, needs } }) => ({ id, title, quota, asks: needs.length > 0 }));
}

/** One benefit that was ever published, as it stands for one member. Refuses: BENEFIT_NOT_FOUND. */
export async function one(reader: Reader, benefitId: BenefitId, memberId: MemberId, now: Date): Promise<OwnBenefit> {
  const benefit = await publishedOne(reader, benefitId);
  const [seen] = await asSeenBy(reader, [benefit], memberId, now);
  if (seen === undefined) throw new Error("a benefit that was found was not shown");
  return seen;
}

/** A member's uses and bookings, newest first, with the benefit's title. */
export async function history(reader: Reader, memberId: MemberId) {
  const titles = await titlesOf(reader);
  const titled = <T extends { readonly benefitId: BenefitId }>(row: T) => ({ ...row, title: titles(row.benefitId) });
  return {
    uses: (await latestUses(reader, memberId, HISTORY_SHOWN)).map(titled),
    bookings: (await latestBookings(reader, memberId, HISTORY_SHOWN)).map(titled),
  };
}

/** What staff see of a member's entitlements: uses left, uses given by hand, bookings and uses. Nothing of consent. */
export async function entitlementsOf(reader: Reader, memberId: MemberId, now: Date) {
  const live = (await published(reader)).filter((benefit) => stateOf(benefit, now) === "live");
  const tier = (await standingOf(reader, memberId, now))?.tier ?? null;
  const each = await usesOfEach(reader, live, { memberId, tier, at: now, now });
  const titles = await titlesOf(reader);
  return {
    benefits: each.map(({ benefit: { id, terms }, uses }) => ({
      id,
      title: terms.title,
      inTier: tier !== null && terms.tiers.includes(tier),
      uses: shownUses(uses),
    })),
    grants: (await grantsOf(reader, memberId)).map((grant) => ({ ...grant, title: titles(grant.benefitId) })),
    ...(await history(reader, memberId)),
  };
}

/** Today's bookings at a store of the asker's. Refuses: STORE_NOT_YOURS. */
export async function today(reader: Reader, staffId: StaffId, storeId: StoreId, now: Date) {
  await demandWorksAt(reader, staffId, storeId);
  const titles = await titlesOf(reader);
  return (await todayAt(reader, storeId, now)).map((row) => ({ ...row, title: titles(row.benefitId) }));
}

async function asSeenBy(reader: Reader, shown: readonly Benefit[], memberId: MemberId, now: Date) {
  const tier = (await standingOf(reader, memberId, now))?.tier ?? null;
  const each = await usesOfEach(reader, shown, { memberId, tier, at: now, now });
  const definitions = await fieldDefinitions(reader);
  const stores = (await storeList(reader)).filter(({ open }) => open);
  const from = startOfBusinessDay(businessDay(now));
  const booked = await ownBookings(reader, memberId, { from });
  const family = shown.some(({ terms }) => isForChild(terms)) ? await childrenOf(reader, memberId) : [];
  const seen: OwnBenefit[] = [];
  for (const { benefit, uses } of each) {
    const { id, terms } = benefit;
    const people = await peopleOf(reader, benefit, { memberId, tier, uses, family, now });
    seen.push({
      id,
      title: terms.title,
      description: terms.description,
      tiers: terms.tiers,
      gives: terms.gives,
      quota: terms.quota,
      booked: terms.booked,
      window: terms.window,
      state: stateOf(benefit, now),
      open: people.some(({ lock }) => lock === null),
      purpose: purposeOf(terms),
      needs: needsOf(terms, definitions),
      shownInStore: terms.derivations.map(({ name }) => name),
      forChild: isForChild(terms),
      people,
      uses: shownUses(uses),
      stores: stores.filter((store) => isUsedAt(terms, store.id)).map(({ open: _, ...store }) => store),
      bookings: booked.filter(({ benefitId }) => benefitId === id),
    });
  }
  return seen;
}

type Seer = {
  readonly memberId: MemberId;
  readonly tier: TierCode | null;
  readonly uses: Uses;
  readonly family: readonly { readonly id: ChildId; readonly ordinal: number }[];
  readonly now: Date;
};

/** Each child for whom it could be used; the member where it is not for children, or where there is no child yet. */
async function peopleOf(reader: Reader, benefit: Benefit, { memberId, tier, uses, family, now }: Seer) {
  const { terms, retired } = benefit;
  const persons =
    isForChild(terms) && family.length > 0
      ? family.map(({ id, ordinal }) => ({ childId: id, childOrdinal: ordinal }))
      : [{ childId: null, childOrdinal: null }];
  const people: Person[] = [];
  for (const person of persons) {
    const standing = await standingUnder(reader, benefit, { memberId, childId: person.childId, now });
    const lock = lockOf(terms, { retired, tier, standing, uses }, now);
    const given = terms.needs.map(({ field }) => field).filter((field) => standing?.valued.includes(field));
    people.push({ ...person, lock, given });
  }
  return people;
}

function needsOf({ needs }: BenefitTerms, definitions: ReadonlyMap<FieldKey, FieldDefinition>): Need[] {
  return needs.flatMap((need) => {
    const definition = definitions.get(need.field);
    return definition === undefined ? [] : [{ ...need, name: definition.name, class: definition.class }];
  });
}

function shownUses({ left, fromTier, granted, allowance, renewsAt }: Uses): ShownUses {
  return { left, fromTier, granted, allowance, renewsAt };
}

async function titlesOf(reader: Reader): Promise<(id: BenefitId) => PublicText | null> {
  const titles = new Map((await published(reader)).map(({ id, terms }) => [id, terms.title]));
  return (id) => titles.get(id) ?? null;
}
