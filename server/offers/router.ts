import { z } from "zod";
import { anyone, member, router, staff } from "../api/trpc.ts";
import { idSchema } from "../core/id.ts";
import { TierCode } from "../tiers/model.ts";
import { MakeCodes } from "./codes/model.ts";
import * as codes from "./codes/service.ts";
import { DecisionRef, DecisionSearch } from "./decisions/model.ts";
import * as decisions from "./decisions/queries.ts";
import { forms } from "./kinds/form.ts";
import { Channel } from "./model.ts";
import { ApproveDraft, PublishDraft, RetireOffer, SaveDraft } from "./publishing/model.ts";
import * as publishingQueries from "./publishing/queries.ts";
import * as publishing from "./publishing/service.ts";
import { Reserve, Settle } from "./redemptions/model.ts";
import * as redemptions from "./redemptions/service.ts";
import * as service from "./service.ts";
import { ArrangeShowcase, PreviewCart, TryTerms } from "./showcase/model.ts";
import * as showcaseQueries from "./showcase/queries.ts";
import * as showcase from "./showcase/service.ts";
import { Simulate } from "./simulation/model.ts";
import { simulate } from "./simulation/queries.ts";

const OneOffer = z.strictObject({ offerId: idSchema<"offer">() });
const OfTier = z.strictObject({ tier: TierCode });
const InChannel = z.strictObject({ channel: Channel });

/** Offers: read, drafted, approved, published; priced, explained, reserved. */
export const offersRouter = router({
  list: staff("offer:read").query(({ ctx }) => publishingQueries.list(ctx.db, ctx.now)),
  detail: staff("offer:read")
    .input(OneOffer)
    .query(({ ctx, input }) => publishingQueries.detail(ctx.db, input.offerId, ctx.now)),
  forms: staff("offer:read").query(() => forms),
  showcase: staff("offer:read").query(({ ctx }) => showcaseQueries.products(ctx.db)),
  tryTerms: staff("offer:draft")
    .input(TryTerms)
    .query(({ ctx, input }) => showcaseQueries.tryTerms(ctx, input)),
  simulate: staff("offer:simulate")
    .input(Simulate)
    .mutation(({ ctx, input }) => simulate(ctx, input)),
  save: staff("offer:draft")
    .input(SaveDraft)
    .mutation(({ ctx, input }) => publishing.save(ctx, input)),
  approve: staff("offer:approve", { stepUp: true })
    .input(ApproveDraft)
    .mutation(({ ctx, input }) => publishing.approve(ctx, input)),
  publish: staff("offer:publish", { stepUp: true })
    .input(PublishDraft)
    .mutation(({ ctx, input }) => publishing.publish(ctx, input)),
  retire: staff("offer:publish", { stepUp: true })
    .input(RetireOffer)
    .mutation(({ ctx, input }) => publishing.retire(ctx, input)),
  makeCodes: staff("offer:publish", { stepUp: true })
    .input(MakeCodes)
    .mutation(({ ctx, input }) => codes.make(ctx, input)),
  arrangeShowcase: staff("offer:draft")
    .input(ArrangeShowcase)
    .mutation(({ ctx, input }) => showcase.arrange(ctx, input)),

  decisions: staff("decision:read")
    .input(DecisionSearch)
    .query(({ ctx, input }) => decisions.search(ctx.db, input)),
  replay: staff("decision:read")
    .input(DecisionRef)
    .query(({ ctx, input }) => decisions.explain(ctx.db, input.decisionId)),
  fairness: staff("decision:read").query(({ ctx }) => decisions.fairness(ctx.db)),
  redeem: staff("benefit:redeem")
    .input(Settle)
    .mutation(({ ctx, input }) => redemptions.redeem(ctx, input)),
  release: staff("benefit:redeem")
    .input(Settle)
    .mutation(({ ctx, input }) => redemptions.release(ctx, input)),

  /** What the rulebook says of offers: terms, history, prices of every tier. The same for everybody. */
  rulebook: anyone().query(({ ctx }) => publishingQueries.rulebook(ctx.db, ctx.now)),
  ofTier: anyone()
    .input(OfTier)
    .query(({ ctx, input }) => showcaseQueries.ofTier(ctx, input.tier)),
  priceList: anyone()
    .input(InChannel)
    .query(({ ctx, input }) => showcaseQueries.priceList(ctx, input.channel)),
  pricesByTier: anyone()
    .input(PreviewCart)
    .query(({ ctx, input }) => showcaseQueries.pricesByTier(ctx, input)),

  mine: member().query(({ ctx }) => service.publicFacts(ctx, ctx.actor.id)),
  price: member()
    .input(PreviewCart)
    .mutation(({ ctx, input }) => service.price(ctx, input)),
  why: member()
    .input(DecisionRef)
    .query(({ ctx, input }) => decisions.explain(ctx.db, input.decisionId)),
  reserve: member()
    .input(Reserve)
    .mutation(({ ctx, input }) => redemptions.reserve(ctx, ctx.actor.id, input)),
});
