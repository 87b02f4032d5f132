import { type Fact, known, unknown } from '../fact.ts';
import type { TruncatedBackup } from '../values.ts';
import type { ConfigView } from './config-view.ts';

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

export function readWholeBackup({ documents }: ConfigView): Fact<string> {
  const whole = documents.find(({ extent }) => extent.kind === 'whole');
  const header = whole?.document.header;
  return whole && header
    ? known(whole.section.source, [whole.quote(header)])
    : unknown('the evidence contains no whole backup');
}
