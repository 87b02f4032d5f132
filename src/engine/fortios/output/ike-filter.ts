const CRITERION = /^\s*([A-Za-z][\w -]{0,30}?)\s*:\s*(.{0,80}?)\s*$/;
const UNSET = /^(?:|any|all|none|no|off|disable|unset|0|-)$/i;

/**
 * `diagnose vpn ike log filter list`: the criteria that are set, as `IPv4 dest: 203.0.113.7`; `undefined` if no line can be
 * understood. The layout is not known for every release, so any value that does not say that nothing is set counts.
 */
export function parseIkeFilter(lines: readonly string[]): readonly string[] | undefined {
  const criteria = lines.flatMap((line) => {
    const [, name, value] = CRITERION.exec(line) ?? [];
    return name === undefined || value === undefined ? [] : [{ text: `${name}: ${value}`, value }];
  });
  if (criteria.length === 0) return undefined;
  return criteria.filter(({ value }) => !UNSET.test(value)).map(({ text }) => text);
}
