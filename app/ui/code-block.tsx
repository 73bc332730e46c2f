import { CopyButton } from "./copy-button.tsx";

/** Text for machines: keys, commands, checkpoints. Long lines wrap, so that nothing hides beyond an edge. */
export function CodeBlock({ label, text, copy = true }: { label: string; text: string; copy?: boolean }) {
  return (
    <figure aria-label={label} className="relative min-w-0">
      <pre className="rounded-md border border-line bg-sunken p-3 pe-20 font-mono text-sm break-all whitespace-pre-wrap">
        <code>{text}</code>
      </pre>
      {copy && <CopyButton text={text} className="absolute end-1.5 top-1.5" />}
    </figure>
  );
}
