import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TWO_USERS_LOG } from '../../src/demo/scenario-two-users.ts';
import { ANA, BEN, SUPPORT, startTestSystem, type TestSystem } from './test-system.ts';

const ROOM = 'C0ROOM';
const QUIET = 'C0QUIET';

describe('user groups and channels', () => {
  let house: TestSystem;
  beforeAll(async () => {
    house = await startTestSystem({
      channels: [
        { id: ROOM, name: 'room' },
        { id: QUIET, name: 'quiet' },
      ],
      userGroups: { S0NETWORK: [BEN] },
      access: `
  - { userGroups: [S0NETWORK], channels: [${ROOM}], devices: [fgt-branch-07] }
  - { channels: [${QUIET}], devices: ["*"] }
channels:
  ${QUIET}: { autodetect: false }
`,
    });
  });
  afterAll(() => house[Symbol.asyncDispose]());

  it('let somebody of the group in, all the way to the device', async () => {
    await house.check('fgt-branch-07', BEN, ROOM);
    const [run] = await house.answered({ alias: 'fgt-branch-07' });
    expect(run).toMatchObject({ asker: { id: BEN }, outcome: { kind: 'diagnosed' } });
  });

  it('refuse everybody else kindly, and audit it', async () => {
    await house.check('fgt-branch-07', ANA, ROOM);
    expect(await house.whisper(ROOM, ANA)).toMatch(/Sorry, you have no access in this channel/);
    expect(house.log.filter((line) => line.includes('"audit":"refused"'))).toHaveLength(1);
  });

  it('leave a log alone where reading unasked is switched off', async () => {
    const { message } = await house.slack.message({ user: ANA, channel: QUIET, text: TWO_USERS_LOG });
    await house.slack.mention({ user: ANA, channel: QUIET, thread: message.ts, text: 'list' });
    expect(await house.whisper(QUIET, ANA)).toMatch(/Your devices here/);
    expect(await house.backend.runs.byThread(QUIET, message.ts, 5)).toEqual([]);
    expect(house.slack.messages(SUPPORT)).toEqual([]);
  });
});
