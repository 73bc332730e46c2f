/** Where a member goes after signing in: a page of the portal they asked for, or its home. Never another site. */
export function nextPage(asked: string | string[] | undefined): string {
  const isOurs = typeof asked === "string" && /^\/(?![/\\])/.test(asked) && !/^\/desk(?:[/?#]|$)/.test(asked);
  return isOurs ? asked : "/";
}
