"use client";
import {
  Baby,
  ClipboardList,
  Coins,
  FileCheck2,
  Gauge,
  Gift,
  Hourglass,
  KeyRound,
  Layers,
  ListChecks,
  Menu,
  PanelLeftClose,
  PanelLeftOpen,
  ScanLine,
  ScrollText,
  Star,
  Store,
  UserRoundCog,
  Users,
  Workflow,
  X,
} from "lucide-react";
import Link, { useLinkStatus } from "next/link";
import { usePathname } from "next/navigation";
import { useState } from "react";
import { IconButton } from "../ui/button.tsx";
import { prefer } from "../ui/preference.ts";
import { liesIn, type PlaceKey } from "./navigation.ts";

const icons = {
  dashboard: Gauge,
  members: Users,
  tiers: Layers,
  points: Star,
  offers: Coins,
  benefits: Gift,
  redeem: ScanLine,
  stores: Store,
  orders: ClipboardList,
  fields: ListChecks,
  activities: Workflow,
  notices: FileCheck2,
  minors: Baby,
  retention: Hourglass,
  staff: UserRoundCog,
  apiKeys: KeyRound,
  audit: ScrollText,
};

type Labels = { nav: string; open: string; close: string; narrow: string; wide: string };

/** The desk's places: 216 px or 56 px wide, remembered; under 1024 px behind a menu button. */
export function Sidebar({
  brand,
  items,
  narrow,
  labels,
}: {
  brand: string;
  items: readonly { key: PlaceKey; href: string; label: string }[];
  narrow: boolean;
  labels: Labels;
}) {
  const path = usePathname();
  const [open, setOpen] = useState(false);
  const [small, setSmall] = useState(narrow);
  const toggle = () => {
    prefer("nav", small ? "wide" : "narrow");
    setSmall(!small);
  };
  return (
    <div className="sidebar" data-open={open || undefined} data-print="hide">
      <div className="flex min-h-12 items-center gap-2 px-3">
        <Link
          prefetch={false}
          href="/desk"
          className="sidebar-label min-w-0 truncate font-strong text-ink no-underline"
          title={brand}
        >
          {brand}
        </Link>
        <IconButton
          className="ms-auto lg:hidden"
          label={open ? labels.close : labels.open}
          aria-expanded={open}
          aria-controls="places"
          onClick={() => setOpen(!open)}
        >
          {open ? <X aria-hidden size={18} /> : <Menu aria-hidden size={18} />}
        </IconButton>
        <IconButton
          className="ms-auto hidden! lg:inline-flex!"
          label={small ? labels.wide : labels.narrow}
          onClick={toggle}
        >
          {small ? <PanelLeftOpen aria-hidden size={18} /> : <PanelLeftClose aria-hidden size={18} />}
        </IconButton>
      </div>
      <nav id="places" aria-label={labels.nav} className="sidebar-places px-2 pb-3">
        <ul className="grid gap-0.5">
          {items.map((item) => {
            const Icon = icons[item.key];
            return (
              <li key={item.key}>
                <Link
                  prefetch={false}
                  href={item.href}
                  title={small ? item.label : undefined}
                  aria-current={liesIn(path, item.href) ? "page" : undefined}
                  onClick={() => setOpen(false)}
                  className="flex min-h-9 items-center gap-2.5 rounded-md px-2.5 text-ink-2 no-underline hover:bg-sunken hover:text-ink aria-[current=page]:bg-brand-soft aria-[current=page]:font-strong aria-[current=page]:text-brand"
                >
                  <Icon aria-hidden size={18} className="shrink-0" />
                  <span className="sidebar-label">{item.label}</span>
                  <Pending />
                </Link>
              </li>
            );
          })}
        </ul>
      </nav>
    </div>
  );
}

/** A mark on the place that was chosen while its page takes longer than 150 ms. */
function Pending() {
  const { pending } = useLinkStatus();
  return pending && <span aria-hidden className="late ms-auto size-2 shrink-0 rounded-full bg-brand" />;
}
