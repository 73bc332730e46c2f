"use client";
import { useLocale } from "next-intl";
import { LinkButton } from "#app/ui/link.tsx";
import { remember } from "#app/ui/preference.ts";
import type { StoreId } from "#server/benefits/model.ts";
import type { PublicText } from "#server/core/public-text.ts";

type Store = { readonly id: StoreId; readonly name: PublicText; readonly address: PublicText };

/** The stores at which one works; the chosen one is remembered on this device. */
export function StoreChoice({ stores }: { stores: readonly Store[] }) {
  const locale = useLocale();
  return (
    <ul className="grid gap-3">
      {stores.map(({ id, name, address }) => (
        <li key={id}>
          <LinkButton href={`/desk/redeem?store=${id}`} size="wide" onClick={() => remember("store", id)}>
            <span className="grid py-2">
              <span className="text-lg">{name[locale]}</span>
              <span className="text-sm font-regular text-ink-2">{address[locale]}</span>
            </span>
          </LinkButton>
        </li>
      ))}
    </ul>
  );
}
