/** Where somebody goes after signing in: a page of the desk they asked for, or its home. Never another site. */
export function nextPage(asked: string | string[] | undefined): string {
  return typeof asked === "string" && /^\/desk(?:[/?#]|$)/.test(asked) && !asked.includes("\\") ? asked : "/desk";
}

/** The sign-in page, coming back to `next` afterwards. */
export function signInPath(next: string): string {
  return next === "/desk" ? "/desk/sign-in" : `/desk/sign-in?next=${encodeURIComponent(next)}`;
}
