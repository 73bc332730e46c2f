import { z } from "zod";
import { anyone, member, router, staff } from "../api/trpc.ts";
import { idSchema } from "../core/id.ts";
import { TierCode } from "../tiers/model.ts";
import { ListSlots } from "./booking/model.ts";
import * as bookingQueries from "./booking/queries.ts";
import * as booking from "./booking/service.ts";
import * as entitlementQueries from "./entitlements/queries.ts";
import * as entitlements from "./entitlements/service.ts";
import {
  AssignStore,
  BenefitTerms,
  Book,
  ConfirmCode,
  GrantBenefit,
  LookUpCode,
  OfBenefitDraft,
  OneBenefit,
  OneBooking,
  OpenSlots,
  RetireBenefit,
  RevokeBenefitGrant,
  RevokeCodes,
  SaveBenefit,
  SaveStore,
  ShowCode,
} from "./model.ts";
import * as publishingQueries from "./publishing/queries.ts";
import * as publishing from "./publishing/service.ts";
import * as queries from "./queries.ts";
import * as codes from "./redemption/codes/service.ts";
import { outcomeOf } from "./redemption/queries.ts";
import * as redemption from "./redemption/service.ts";
import * as storeQueries from "./stores/queries.ts";
import * as stores from "./stores/service.ts";

const OneMember = z.strictObject({ memberId: idSchema<"member">() });
const OneStore = z.strictObject({ storeId: idSchema<"store">() });

/** Benefits: drafted, approved, published; booked, shown, redeemed. */
export const benefitsRouter = router({
  list: staff("benefit:read").query(({ ctx }) => publishingQueries.list(ctx.db, ctx.now)),
  detail: staff("benefit:read")
    .input(OneBenefit)
    .query(({ ctx, input }) => publishingQueries.detail(ctx.db, input.benefitId, ctx.now)),
  /** A mutation, since terms are too long for an address. */
  check: staff("benefit:draft")
    .input(BenefitTerms)
    .mutation(({ ctx, input }) => publishingQueries.check(ctx.db, input, ctx.now)),
  save: staff("benefit:draft")
    .input(SaveBenefit)
    .mutation(({ ctx, input }) => publishing.save(ctx, input)),
  approve: staff("benefit:approve", { stepUp: true })
    .input(OfBenefitDraft)
    .mutation(({ ctx, input }) => publishing.approve(ctx, input)),
  publish: staff("benefit:publish", { stepUp: true })
    .input(OfBenefitDraft)
    .mutation(({ ctx, input }) => publishing.publish(ctx, input)),
  retire: staff("benefit:publish", { stepUp: true })
    .input(RetireBenefit)
    .mutation(({ ctx, input }) => publishing.retire(ctx, input)),

  stores: router({
    list: staff("benefit:read").query(({ ctx }) => storeQueries.list(ctx.db)),
    save: staff("store:manage")
      .input(SaveStore)
      .mutation(({ ctx, input }) => stores.save(ctx, input)),
    staff: staff("store:manage")
      .input(OneStore)
      .query(({ ctx, input }) => storeQueries.staffOf(ctx.db, input.storeId)),
    assign: staff("store:manage")
      .input(AssignStore)
      .mutation(({ ctx, input }) => stores.assign(ctx, input)),
  }),

  slots: router({
    list: staff("benefit:read")
      .input(ListSlots)
      .query(({ ctx, input }) => bookingQueries.slotList(ctx.db, input)),
    open: staff("benefit:schedule")
      .input(OpenSlots)
      .mutation(({ ctx, input }) => booking.open(ctx, input)),
  }),

  entitlementsOf: staff("benefit:read")
    .input(OneMember)
    .query(({ ctx, input }) => queries.entitlementsOf(ctx.db, input.memberId, ctx.now)),
  grants: router({
    list: staff("benefit:read")
      .input(OneBenefit)
      .query(({ ctx, input }) => entitlementQueries.grantsGiven(ctx.db, input.benefitId)),
    give: staff("benefit:grant")
      .input(GrantBenefit)
      .mutation(({ ctx, input }) => entitlements.give(ctx, input)),
    revoke: staff("benefit:grant")
      .input(RevokeBenefitGrant)
      .mutation(({ ctx, input }) => entitlements.revoke(ctx, input)),
  }),
  codes: router({
    revoke: staff("benefit:grant")
      .input(RevokeCodes)
      .mutation(({ ctx, input }) => codes.revoke(ctx, input)),
  }),

  redeem: router({
    myStores: staff("benefit:redeem").query(({ ctx }) => storeQueries.storesOf(ctx.db, ctx.actor.id)),
    today: staff("benefit:redeem")
      .input(OneStore)
      .query(({ ctx, input }) => queries.today(ctx.db, ctx.actor.id, input.storeId, ctx.now)),
    /** A mutation, so that the code stands in no address and no log. */
    lookUp: staff("benefit:redeem")
      .input(LookUpCode)
      .mutation(({ ctx, input }) => redemption.lookUp(ctx, input)),
    confirm: staff("benefit:redeem")
      .input(ConfirmCode)
      .mutation(({ ctx, input }) => redemption.confirm(ctx, input)),
    outcome: staff("benefit:redeem")
      .input(ConfirmCode)
      .query(({ ctx, input }) => outcomeOf(ctx.db, ctx.actor.id, input)),
  }),

  ofTier: anyone()
    .input(z.strictObject({ tier: TierCode }))
    .query(({ ctx, input }) => queries.ofTier(ctx.db, input.tier, ctx.now)),
  mine: member().query(({ ctx }) => queries.mine(ctx.db, ctx.actor.id, ctx.now)),
  one: member()
    .input(OneBenefit)
    .query(({ ctx, input }) => queries.one(ctx.db, input.benefitId, ctx.actor.id, ctx.now)),
  openSlots: member()
    .input(OneBenefit)
    .query(({ ctx, input }) => bookingQueries.openSlots(ctx.db, input.benefitId, ctx.actor.id, ctx.now)),
  book: member()
    .input(Book)
    .mutation(({ ctx, input }) => booking.book(ctx, input)),
  cancel: member()
    .input(OneBooking)
    .mutation(({ ctx, input }) => booking.cancel(ctx, input)),
  showCode: member()
    .input(ShowCode)
    .mutation(({ ctx, input }) => codes.show(ctx, input)),
  history: member().query(({ ctx }) => queries.history(ctx.db, ctx.actor.id)),
});
