import { type Fact, known, type Sourced, unknown } from '../fact.ts';
import type { TruncatedBackup } from '../values.ts';
import type { ConfigView } from './config-view.ts';
import { toShownSetting } from './shown-settings.ts';

/** The first truncated backup; nothing if another one is complete. */
export function readTruncatedBackup({ documents }: ConfigView): Fact<TruncatedBackup> {
  const cut = documents.find(({ extent }) => extent.kind === 'cut');
  const { endsWith } = cut?.extent ?? {};
  if (!cut || endsWith === undefined || documents.some(({ extent }) => extent.kind === 'whole')) {
    return unknown('the evidence contains no backup that was cut');
  }
  const last = cut.document.blocks.at(-1) ?? cut.document.header;
  return known({ source: cut.section.source, endsWith }, last ? [cut.quote(last)] : []);
}

/** The block in which a text without a header ends, where no other text shows it to its end. */
export function readCutBlock(view: ConfigView): Fact<TruncatedBackup> {
  for (const { document, extent, section, quote } of view.documents) {
    const block = extent.kind === 'cut' ? undefined : document.blocks.find((each) => !each.closed);
    if (block === undefined || block.abridged || view.covers(block.path)) continue;
    return known({ source: section.source, endsWith: `config ${block.path}` }, [quote(block)]);
  }
  return unknown('the evidence contains no block that was cut');
}

/**
 * What a paste shows of the entries of a table that it does not show to its end: `vpn ssl web portal staff host-check`. The
 * last line may be cut within its value.
 */
export function readCutEntries({
  documents,
}: ConfigView): readonly (readonly [path: string, Sourced<string>])[] {
  return documents.flatMap(({ document, extent, quote }) => {
    const open = extent.kind === 'cut' ? [] : document.blocks.filter(({ closed }) => !closed);
    return open.flatMap(({ path, entries }) =>
      entries.flatMap(({ key, settings, closed }) =>
        (closed ? settings : settings.slice(0, -1)).flatMap((setting) => {
          const shown = setting.verb === 'set' ? toShownSetting(setting) : undefined;
          if (!shown) return [];
          const read = { value: shown.value, explicit: true, quotes: [quote(setting)] };
          return [[`${path} ${key} ${shown.name}`, read] as const];
        }),
      ),
    );
  });
}

export function readWholeBackup({ documents }: ConfigView): Fact<string> {
  const whole = documents.find(({ extent }) => extent.kind === 'whole');
  const header = whole?.document.header;
  return whole && header
    ? known(whole.section.source, [whole.quote(header)])
    : unknown('the evidence contains no whole backup');
}
