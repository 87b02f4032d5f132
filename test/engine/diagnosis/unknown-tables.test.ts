import { describe, expect, it } from 'vitest';
import { backupBlocks } from '../../support/backup.ts';
import { answerOf, diagnoseText } from '../../support/diagnose-text.ts';

/** Tables that no list of this program names. */
const UNKNOWN: readonly (readonly [what: string, block: string])[] = [
  ['an object', 'config gui console\n    unset preferences\nend'],
  ['an empty object', 'config dpdk global\nend'],
  ['a table', 'config dpdk cpus\n    edit 0\n        set rx-cpus "all"\n    next\nend'],
  [
    'a table with blocks inside',
    'config frobnicate profile\n    edit "one"\n        config rule\n            edit 1\n                set status enable\n            next\n        end\n    next\nend',
  ],
  ['an object with a value of several lines', 'config quux banner\n    set text "one\ntwo\nend\n"\nend'],
  ['a name of one word', 'config telemetry2\n    set status enable\nend'],
  ['a name of four words', 'config acme one two three\n    set status enable\nend'],
];

describe.each(UNKNOWN)('an unknown table (%s)', (_what, unknown) => {
  it('changes nothing wherever it stands in a backup', () => {
    const [header = '', ...blocks] = backupBlocks();
    const usual = answerOf(diagnoseText(`${[header, ...blocks].join('\n')}\n`));
    for (let at = 1; at <= blocks.length; at += 1) {
      const text = [header, ...blocks.slice(0, at), unknown, ...blocks.slice(at)].join('\n');
      expect(answerOf(diagnoseText(`${text}\n`)), `after block ${at}`).toEqual(usual);
    }
  });

  it('hides no cut behind it', () => {
    const blocks = backupBlocks();
    const cut = [...blocks.slice(0, 8), unknown, 'config firewall address\n    edit "lan"'].join('\n');
    const { verdict, headline } = diagnoseText(`${cut}\n`);
    expect(verdict).toBe('inconclusive');
    expect(headline).toContain('config firewall address');
  });
});
