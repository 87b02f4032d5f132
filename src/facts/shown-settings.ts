import type { Section } from '../evidence/types.ts';
import { parseConfig } from '../fortios/config/parse.ts';
import { type Fact, known, type Sourced, unknown } from './fact.ts';

/** Settings that somebody picked out of an object, by `<path> <name>`: `system global admin-sport`. */
export type ShownSettings = ReadonlyMap<string, Sourced<string>>;

/** `show full-configuration system global | grep admin-sport`: of the other settings it tells nothing, defaults included. */
const PICKED = /^show (?:full-configuration )?([a-z][a-z0-9 -]*[a-z0-9]) ?\| ?grep\b/;
const SET = /^[ \t]*set [a-z0-9-]+ \S/;

/** Lines of `show … | grep …`. Of a setting that was shown twice the later stands, as in a session before and after a change. */
export function readShownSettings(sections: readonly Section[]): Fact<ShownSettings> {
  const settings = new Map<string, Sourced<string>>();
  for (const section of sections) {
    const path = section.kind === 'output' && !section.failure && PICKED.exec(section.command ?? '')?.[1];
    if (!path) continue;
    section.lines.forEach((line, index) => {
      if (!SET.test(line)) return;
      const [block] = parseConfig([`config ${path}`, line, 'end']).blocks;
      const [setting] = block?.settings ?? [];
      if (!setting) return;
      const quote = { source: section.source, line: section.start + index, text: line.trim() };
      const value = setting.values.join(' ').trim();
      settings.set(`${path} ${setting.name}`, { value, explicit: true, quotes: [quote] });
    });
  }
  return settings.size > 0
    ? known(
        settings,
        [...settings.values()].flatMap((each) => each.quotes),
      )
    : unknown('the evidence holds no setting that was picked out with `grep`');
}
