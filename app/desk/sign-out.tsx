"use client";
import { LogOut } from "lucide-react";
import { useTranslations } from "next-intl";
import { trpc } from "../trpc/client.ts";
import { IconButton } from "../ui/button.tsx";
import { useSubmit } from "../ui/use-submit.ts";

/** Ends this session. A full load follows, so that nothing of it stays in the browser's memory. */
export function SignOut() {
  const t = useTranslations("desk");
  const form = useSubmit({
    send: () => trpc.staff.signIn.signOut.mutate(),
    done: () => window.location.assign("/desk/sign-in"),
  });
  return (
    <IconButton label={t("signOut")} pending={form.pending} onClick={() => form.run()}>
      <LogOut aria-hidden size={18} />
    </IconButton>
  );
}
