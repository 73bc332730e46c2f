"use client";
import { Search } from "lucide-react";
import dynamic from "next/dynamic";
import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { Button } from "../ui/button.tsx";
import type { PlaceKey } from "./navigation.ts";

const PaletteDialog = dynamic(() => import("./palette-dialog.tsx").then((module) => module.PaletteDialog));

export type PaletteItem = {
  readonly key: PlaceKey;
  readonly href: string;
  readonly label: string;
  readonly alias: string;
};

/** Search and go, from anywhere: Ctrl K or ⌘K, or its button. Only what one may open is in it. */
export function Palette({ items, members }: { items: readonly PaletteItem[]; members: boolean }) {
  const t = useTranslations("desk.palette");
  const [open, setOpen] = useState(false);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== "k" || !(event.metaKey || event.ctrlKey) || event.isComposing) return;
      event.preventDefault();
      setOpen((now) => !now);
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, []);
  return (
    <>
      <Button size="sm" onClick={() => setOpen(true)}>
        <Search aria-hidden size={14} />
        {t("open")}
        <kbd aria-hidden className="hidden font-mono text-xs font-regular text-ink-3 sm:inline">
          Ctrl K
        </kbd>
      </Button>
      {open && <PaletteDialog items={items} members={members} onClose={() => setOpen(false)} />}
    </>
  );
}
