"use client";
import { usePathname } from "next/navigation";
import { useEffect, useRef } from "react";

/** After a change of page puts the focus on its heading, so that a keyboard and a screen reader start there. */
export function RouteFocus() {
  const path = usePathname();
  const last = useRef(path);
  useEffect(() => {
    if (last.current === path) return;
    last.current = path;
    document.querySelector("h1")?.focus({ preventScroll: true });
  }, [path]);
  return null;
}
