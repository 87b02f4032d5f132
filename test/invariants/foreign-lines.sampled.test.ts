import { expect, it } from 'vitest';
import { backupText } from '../support/backup.ts';
import { diagnoseText, rulesIn } from '../support/diagnose-text.ts';

/*
 * A line that no reader understands may stand where a setting was: a block that holds one shows no absence.
 */
const FOREIGN = [
  'Nov 30 10:01:01 fgt-branch-07 kernel: eth0: link up',
  'and here somebody wrote a remark',
  '2026-11-30 10:01:01 [909] update_auth_token_session-config does not require 2fa',
  '-- page 3 --',
  'set',
  '        set status',
];

const SOUND = backupText();
const LINES = SOUND.split('\n');
const SETTINGS = LINES.flatMap((line, at) => (/^ +(?:set|edit) /.test(line) ? [at] : []));

it('the backup is sound', () => {
  expect(rulesIn(diagnoseText(SOUND))).toEqual([]);
});

it.each(FOREIGN)('in place of any setting, `%s` is no finding', (foreign) => {
  for (const at of SETTINGS) {
    const text = LINES.with(at, foreign).join('\n');
    expect({ [LINES[at] ?? '']: rulesIn(diagnoseText(text)) }).toEqual({ [LINES[at] ?? '']: [] });
  }
});
