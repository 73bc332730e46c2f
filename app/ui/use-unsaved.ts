"use client";
import { useTranslations } from "next-intl";
import { useEffect } from "react";

/** While `dirty`, leaving by a link or by closing the tab asks first. Nothing asks when everything is saved. */
export function useUnsaved(dirty: boolean): void {
  const t = useTranslations("shell.form");
  useEffect(() => {
    if (!dirty) return;
    const question = t("unsaved");
    const onClose = (event: BeforeUnloadEvent) => event.preventDefault();
    const onClick = (event: MouseEvent) => {
      const link = event.target instanceof Element ? event.target.closest("a[href]") : null;
      if (link === null || link.getAttribute("target") === "_blank" || link.getAttribute("href")?.startsWith("#"))
        return;
      if (window.confirm(question)) return;
      event.preventDefault();
      event.stopPropagation();
    };
    window.addEventListener("beforeunload", onClose);
    document.addEventListener("click", onClick, true);
    return () => {
      window.removeEventListener("beforeunload", onClose);
      document.removeEventListener("click", onClick, true);
    };
  }, [dirty, t]);
}
