import type { ConfigChange, NotCompared } from '../../../engine/diagnosis/changes/compare-settings.ts';
import { joinTexts, list } from '../printable.ts';

/** `admin-sport changed from 10443 to 4433 (config system global)`. Values are as the evidence has them. */
export function changeText(change: Pick<ConfigChange, 'kind' | 'place' | 'vdom' | 'setting'>): string {
  const { kind, place, vdom, setting } = change;
  const where = joinTexts([place && `config ${place}`, vdom === undefined ? '' : `VDOM ${vdom}`], ', ');
  if (setting === undefined) return `${where} was ${kind}`;
  return `${settingText(setting)}${where === '' ? '' : ` (${where})`}`;
}

/** `admin-sport changed from 10443 to 4433`. */
export function settingText({ name, before, after }: NonNullable<ConfigChange['setting']>): string {
  if (before === '') return `${name} was set to ${after}`;
  if (after === '') return `${name} was removed (it was ${before})`;
  return `${name} changed from ${before} to ${after}`;
}

const SIDES = {
  old: 'the old state does not show',
  new: 'the new state does not show',
  both: 'neither state shows',
} as const satisfies Record<NotCompared['side'], string>;

export function notComparedTexts(all: readonly NotCompared[]): readonly string[] {
  return Object.entries(SIDES).flatMap(([side, text]) => {
    const what = all.filter((each) => each.side === side).map((each) => each.what);
    return what.length === 0 ? [] : [`${text} ${list(what)}`];
  });
}
