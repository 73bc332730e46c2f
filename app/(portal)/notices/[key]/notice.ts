import { notFound } from "next/navigation";
import { server } from "#app/trpc/server.ts";
import { keyOfSlug, ReadNotice } from "#server/consents/notices/model.ts";

/** The notice that an address names, in the version that its query asks for; ends in a 404 where there is none. */
export async function noticeAt(slug: string, version: string | undefined) {
  const asked = ReadNotice.safeParse({
    key: keyOfSlug(decodeURIComponent(slug)),
    version: version === undefined ? undefined : Number(version),
  });
  if (!asked.success) notFound();
  const api = await server();
  return api.consents.notices.read(asked.data);
}
