"use client";
import { trpc } from "#app/trpc/client.ts";
import { PhoneCode } from "./phone-code.tsx";

/** Signs in by phone; a new phone becomes a new member. A full load follows. */
export function JoinByPhone({ next, showsOutbox }: { next: string; showsOutbox: boolean }) {
  return (
    <PhoneCode
      showsOutbox={showsOutbox}
      send={(phone) => trpc.members.phones.sendCode.mutate({ phone })}
      check={(given) => trpc.members.phones.signIn.mutate(given)}
      done={() => window.location.assign(next)}
    />
  );
}
