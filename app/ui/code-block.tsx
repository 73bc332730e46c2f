import { CopyButton } from "./copy-button.tsx";

/** Text for machines: keys, commands, checkpoints. It scrolls inside a region that the keyboard reaches. */
export function CodeBlock({ label, text, copy = true }: { label: string; text: string; copy?: boolean }) {
  return (
    <figure className="relative min-w-0">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard (WCAG 2.1.1) */}
      <pre tabIndex={0} role="region" aria-label={label} className="overflow-x-auto rounded-md border border-line bg-sunken p-3 pe-20 font-mono text-sm">
        <code>{text}</code>
      </pre>
      {copy && <CopyButton text={text} className="absolute end-1.5 top-1.5" />}
    </figure>
  );
}
