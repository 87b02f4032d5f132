import { expandHome } from './load.ts';

export interface ExpandContext {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly home: string;
  /** By token: `%h` is `h`. */
  readonly tokens: Readonly<Record<string, string>>;
}

/** A path with `~/`, `${NAME}` and `%` tokens; undefined if one of them is not known. */
export function expandPath(path: string, { env, home, tokens }: ExpandContext): string | undefined {
  let isKnown = true;
  const known = (value: string | undefined) => {
    if (value === undefined) isKnown = false;
    return value ?? '';
  };
  const expanded = path
    .replace(/\$\{([^}]*)\}/g, (_, name: string) => known(env[name]))
    .replace(/%(.)/g, (_, token: string) => (token === '%' ? '%' : known(tokens[token])));
  return isKnown ? expandHome(expanded, home) : undefined;
}
