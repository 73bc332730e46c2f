const keys = ["file", "check", "run", "report"] as const;
const names = { file: "stepFile", check: "stepCheck", run: "stepRun", report: "stepReport" } as const;

/** The four steps of an import, named. */
export function importSteps(t: (key: `batch.${(typeof names)[keyof typeof names]}`) => string) {
  return keys.map((key) => ({ key, label: t(`batch.${names[key]}`) }));
}
