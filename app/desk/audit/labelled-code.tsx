import { CodeBlock } from "../../ui/code-block.tsx";

/** Text for machines under the heading that says what it is. */
export function LabelledCode({ label, text }: { label: string; text: string }) {
  return (
    <div className="grid min-w-0 gap-1">
      <h3 className="text-base font-strong">{label}</h3>
      <CodeBlock label={label} text={text} />
    </div>
  );
}
