import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ics } from '../../oncall/calendar/ics.ts';
import { ANA, BEN, LOCKED, SUPPORT } from '../test-system.ts';
import { usePaging } from './paging-system.ts';

const paging = usePaging();

describe('on call', () => {
  it('says who is on call, and lets a person with a grant take the shift', async () => {
    await paging.open(`  order: [team]
  schedules:
    nights: { timeZone: UTC, rotations: [{ people: [${BEN}], starts: "2020-01-06T08:00" }] }`);
    const ask = async (text: string, channel = SUPPORT) => {
      const told = paging.system.slack.ephemeral(channel, ANA).length;
      await paging.system.slack.slash({ command: '/ftm-check', text, user: ANA, channel });
      return (await paging.system.slack.until(() => paging.system.slack.ephemeral(channel, ANA)[told])).text;
    };
    expect(await ask('oncall')).toContain(`\`nights\`: <@${BEN}>`);
    expect(await ask('oncall take 2h', LOCKED)).not.toContain('is on call');
    expect(await ask('oncall take 2h')).toContain(`<@${ANA}> is on call for \`nights\` until`);
    expect(await ask('oncall')).toMatch(new RegExp(`<@${ANA}> until .*, then <@${BEN}>`));
    expect(await ask('oncall release')).toContain('follows the inventory again');
    expect(await ask('oncall')).toContain(`\`nights\`: <@${BEN}>`);
  });

  it('follows a calendar, and keeps the user group in step with it and with shifts that people take', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'ftm-check-test-'));
    const file = join(folder, 'team.ics');
    await writeFile(
      file,
      ics([
        'DTSTART:20260101T000000Z\nDURATION:P1D\nRRULE:FREQ=DAILY\nSUMMARY:Ben Okafor',
        'DTSTART:20260101T000000Z\nDURATION:PT1H\nRRULE:FREQ=DAILY\nSUMMARY:Standby\\, password: Kx8vTq2LmZ9w',
      ]),
    );
    await paging.open(
      `  order: [team]
  schedules:
    nights:
      timeZone: UTC
      calendar: { file: "${file}", people: { Ben Okafor: ${BEN} } }
      userGroup: { id: S0NIGHTS }`,
      { userGroups: { S0ONCALL: [BEN], S0NIGHTS: [ANA] } },
    );
    const { slack } = paging.system;
    const members = () => slack.calls('usergroups.users.update').map(({ args }) => args.users);
    await slack.until(() => members().length === 1);
    const ask = async (text: string) => {
      const told = slack.ephemeral(SUPPORT, ANA).length;
      await slack.slash({ command: '/ftm-check', text, user: ANA, channel: SUPPORT });
      return (await slack.until(() => slack.ephemeral(SUPPORT, ANA)[told])).text;
    };
    expect(await ask('oncall')).toContain(`\`nights\`: <@${BEN}>`);
    const kept = await paging.system.backend.records.get('on-call-calendar:nights');
    expect(kept?.text).toContain('Standby');
    expect(kept?.text).not.toContain('Kx8vTq2LmZ9w');
    await ask('oncall take 2h');
    await ask('oncall release');
    expect(members()).toEqual([BEN, ANA, BEN]);
    await rm(folder, { recursive: true });
  });
});
