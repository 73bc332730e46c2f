/**
 * An empty table from text to `T`, for keys without number. V8 works out a shape for every object literal with a new set of
 * keys, which costs more than the object; one without a prototype is a table from the start.
 */
export function dictionary<T>(): Record<string, T> {
  return Object.create(null);
}
