/** `diagnose sys vd list`: `name=root/root index=0 enabled …`; `vsys_…` are internal. */
const LISTED_BY_DIAGNOSE = /^name=([A-Za-z0-9_-]{1,31})(?:\/[A-Za-z0-9_-]{1,31})? index=/;
/** `get system vdom-property`: `== [ root ]`. */
const LISTED_AS_PROPERTY = /^== ?\[ ?([A-Za-z0-9_-]{1,31}) ?\]$/;

/** VDOM names from the output of either command, in its order; empty if it names none. */
export function parseVdomList(lines: readonly string[]): readonly string[] {
  return lines.flatMap((line) => {
    const name = (LISTED_BY_DIAGNOSE.exec(line.trim()) ?? LISTED_AS_PROPERTY.exec(line.trim()))?.[1];
    return name === undefined || name.startsWith('vsys_') ? [] : [name];
  });
}
