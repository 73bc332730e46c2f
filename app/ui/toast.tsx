"use client";
import { X } from "lucide-react";
import { useTranslations } from "next-intl";
import {
  Text,
  UNSTABLE_Toast as Toast,
  UNSTABLE_ToastContent as ToastContent,
  UNSTABLE_ToastQueue as ToastQueue,
  UNSTABLE_ToastRegion as ToastRegion,
} from "react-aria-components";
import { Button, IconButton } from "./button.tsx";

type Message = { readonly text: string; readonly undo?: () => void };
const queue = new ToastQueue<Message>({ maxVisibleToasts: 3 });

/** Says that something was done, for ten seconds (paused while focused); with `undo` it offers to take it back. */
export function toast(text: string, undo?: () => void): void {
  queue.add({ text, ...(undo ? { undo } : {}) }, { timeout: 10_000 });
}

/** Where toasts appear: a landmark, so that they are reached by keyboard (F6). Once, in the desk's shell. */
export function Toasts() {
  const t = useTranslations("shell");
  return (
    <ToastRegion
      queue={queue}
      aria-label={t("notifications")}
      className="fixed end-4 bottom-4 z-60 grid gap-2 outline-none"
    >
      {({ toast: item }) => (
        <Toast
          toast={item}
          className="flex items-center gap-3 rounded-lg border border-line bg-surface py-2 ps-4 pe-2 shadow-pop"
        >
          <ToastContent>
            <Text slot="title">{item.content.text}</Text>
          </ToastContent>
          {item.content.undo && (
            <Button
              tone="quiet"
              onClick={() => {
                item.content.undo?.();
                queue.close(item.key);
              }}
            >
              {t("undo")}
            </Button>
          )}
          <IconButton label={t("close")} onClick={() => queue.close(item.key)}>
            <X aria-hidden size={16} />
          </IconButton>
        </Toast>
      )}
    </ToastRegion>
  );
}
