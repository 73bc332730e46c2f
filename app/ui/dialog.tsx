"use client";
import { X } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Heading, Modal, ModalOverlay, Dialog as RacDialog } from "react-aria-components";
import { IconButton } from "./button.tsx";

/**
 * A modal dialog of the desk: focus enters, Tab cycles, Escape closes, focus returns to the opener.
 * Controlled: `open` and `onClose`. Portal pages use `Sheet` instead.
 */
export function Dialog({
  open,
  onClose,
  title,
  children,
  wide = false,
}: {
  open: boolean;
  onClose: () => void;
  title: ReactNode;
  children: ReactNode;
  wide?: boolean;
}) {
  const t = useTranslations("shell");
  return (
    <ModalOverlay
      isOpen={open}
      onOpenChange={(next) => next || onClose()}
      isDismissable
      className="fixed inset-0 z-50 grid place-items-center overflow-y-auto bg-[rgb(16_32_38/.45)] p-4"
    >
      <Modal className={`w-full ${wide ? "max-w-4xl" : "max-w-lg"}`}>
        <RacDialog className="max-h-[calc(100dvh-32px)] overflow-y-auto rounded-lg border border-line bg-surface p-5 shadow-pop outline-none">
          <div className="mb-3 flex items-start justify-between gap-3">
            <Heading slot="title" className="text-lg font-strong">
              {title}
            </Heading>
            <IconButton label={t("close")} onClick={onClose}>
              <X aria-hidden size={16} />
            </IconButton>
          </div>
          {children}
        </RacDialog>
      </Modal>
    </ModalOverlay>
  );
}
