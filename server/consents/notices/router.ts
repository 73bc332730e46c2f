import { anyone, router, staff } from "../../api/trpc.ts";
import { DraftNotice, OneNotice, PublishNotice, ReadNotice, ReviewNotice, SaveNotice } from "./model.ts";
import * as queries from "./queries.ts";
import * as notices from "./service.ts";

export const noticesRouter = router({
  list: staff("notice:read").query(({ ctx }) => queries.list(ctx.db)),
  detail: staff("notice:read")
    .input(OneNotice)
    .query(({ ctx, input }) => queries.detail(ctx.db, input.key, ctx.actor.id)),
  draft: staff("notice:draft")
    .input(DraftNotice)
    .mutation(({ ctx, input }) => notices.draft(ctx, input)),
  save: staff("notice:draft")
    .input(SaveNotice)
    .mutation(({ ctx, input }) => notices.save(ctx, input)),
  review: staff("notice:review")
    .input(ReviewNotice)
    .mutation(({ ctx, input }) => notices.review(ctx, input)),
  publish: staff("notice:publish", { stepUp: true })
    .input(PublishNotice)
    .mutation(({ ctx, input }) => notices.publish(ctx, input)),
  /** Every notice in force, for anybody. */
  published: anyone().query(({ ctx }) => queries.currentNotices(ctx.db)),
  read: anyone()
    .input(ReadNotice)
    .query(({ ctx, input }) => queries.publicNotice(ctx.db, input.key, input.version)),
});
