"use client";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { trpc } from "#app/trpc/client.ts";
import { Button } from "#app/ui/button.tsx";
import { FormProblem } from "#app/ui/form.tsx";
import { toast } from "#app/ui/toast.tsx";
import { useSubmit } from "#app/ui/use-submit.ts";
import type { StoreId } from "#server/benefits/model.ts";
import type { StaffId } from "#server/core/id.ts";

type Person = { readonly id: StaffId; readonly name: string; readonly works: boolean };

/** Who works at the store: whoever does may redeem codes there. Each change can be taken back. */
export function Works({ storeId, people }: { storeId: StoreId; people: readonly Person[] }) {
  return (
    <ul className="grid gap-1">
      {people.map((person) => (
        <Row key={person.id} storeId={storeId} person={person} />
      ))}
    </ul>
  );
}

function Row({ storeId, person: { id, name, works } }: { storeId: StoreId; person: Person }) {
  const t = useTranslations("benefits.desk.stores");
  const router = useRouter();
  const assign = async (now: boolean) => {
    await trpc.benefits.stores.assign.mutate({ storeId, staffId: id, works: now });
    router.refresh();
  };
  const form = useSubmit({
    send: () => assign(!works),
    done: () => toast(t(works ? "removed" : "added", { name }), () => void assign(works)),
  });
  return (
    <li className="grid gap-2">
      <FormProblem form={form} signIn="/desk/sign-in" />
      <div className="flex min-h-(--row-height) flex-wrap items-center justify-between gap-2">
        <span>
          {name} <span className="text-ink-2">{t(works ? "worksHere" : "worksNot")}</span>
        </span>
        <Button size="sm" pending={form.pending} onClick={() => form.run()}>
          {t(works ? "removeOf" : "addOf", { name })}
        </Button>
      </div>
    </li>
  );
}
