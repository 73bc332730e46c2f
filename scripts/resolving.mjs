// Loaded first in every process of ours. For each module of a package Node takes the package's whole manifest apart anew;
// that of drizzle-orm has 179 kB and it has hundreds of modules: three fifths of what a process did at its start.
import module from "node:module";

const known = new Map();

module.registerHooks?.({
  resolve(specifier, context, next) {
    const from = context.parentURL ?? "";
    if (specifier.startsWith(".") && /\/node_modules\/drizzle-orm\/.*\.js$/.test(from))
      return { url: new URL(specifier, from).href, format: "module", shortCircuit: true };
    if (!specifier.startsWith("drizzle-orm") || !from.endsWith(".ts")) return next(specifier, context);
    const found = known.get(specifier) ?? { ...next(specifier, context), shortCircuit: true };
    known.set(specifier, found);
    return found;
  },
});
