"use client";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Autocomplete, Dialog, Input, Menu, MenuItem, Modal, ModalOverlay, SearchField } from "react-aria-components";
import type { PaletteItem } from "./palette.tsx";

/** The palette itself, loaded when first opened. Enter during composition commits the word and nothing else. */
export function PaletteDialog({
  items,
  members,
  onClose,
}: {
  items: readonly PaletteItem[];
  members: boolean;
  onClose: () => void;
}) {
  const t = useTranslations("desk.palette");
  const router = useRouter();
  const [typed, setTyped] = useState("");
  const word = typed.trim().toLowerCase();
  const found = items.filter((item) => `${item.label} ${item.alias}`.toLowerCase().includes(word));
  const entries = [
    ...found.map(({ href, label }) => ({ href, label })),
    ...(members && /^\d+$/.test(word)
      ? [
          {
            href: `/desk/members?number=${encodeURIComponent(typed.trim())}`,
            label: t("members", { text: typed.trim() }),
          },
        ]
      : []),
  ];
  return (
    <ModalOverlay
      isOpen
      onOpenChange={(open) => open || onClose()}
      isDismissable
      className="fixed inset-0 z-50 bg-[rgb(16_32_38/.45)] p-4 pt-[12vh]"
    >
      <Modal className="mx-auto w-full max-w-lg">
        <Dialog
          aria-label={t("open")}
          className="overflow-hidden rounded-lg border border-line bg-surface shadow-pop outline-none"
        >
          <Autocomplete inputValue={typed} onInputChange={setTyped}>
            <SearchField autoFocus aria-label={t("label")}>
              <Input
                placeholder={t("placeholder")}
                className="h-11 w-full border-b border-line bg-surface px-4 text-lg -outline-offset-2!"
              />
            </SearchField>
            <Menu
              aria-label={t("open")}
              items={entries}
              className="max-h-[50vh] overflow-y-auto p-2"
              renderEmptyState={() => <p className="px-3 py-6 text-center text-ink-2">{t("none")}</p>}
              onAction={(key) => {
                onClose();
                router.push(String(key));
              }}
            >
              {(entry) => (
                <MenuItem
                  id={entry.href}
                  textValue={entry.label}
                  className="flex min-h-9 cursor-pointer items-center rounded-md px-3 outline-none data-focused:bg-brand-soft data-focused:text-brand"
                >
                  {entry.label}
                </MenuItem>
              )}
            </Menu>
          </Autocomplete>
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}
