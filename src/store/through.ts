import type { Store } from "./store.ts";

/** Does the work of a method, in whatever way. */
export type Run = <T>(method: string, work: () => Promise<T>) => Promise<T>;

type Methods = Readonly<Record<string, (...args: never[]) => Promise<unknown>>>;

function throughRun<T extends object>(table: T, run: Run): T {
  const methods = Object.entries(table as Methods).map(([name, method]) => [
    name,
    (...args: never[]) => run(name, () => method(...args)),
  ]);
  return Object.fromEntries(methods) as T;
}

/** A store all of whose methods are called by `run`, but for its end. */
export function throughEach({ close, forgetSources, together, ...tables }: Store, run: Run): Store {
  const through = Object.fromEntries(
    Object.entries(tables).map(([name, table]) => [name, throughRun(table, run)]),
  ) as typeof tables;
  return {
    ...through,
    forgetSources: () => run("forgetSources", forgetSources),
    together: (work) => run("together", () => together(work)),
    close,
  };
}
