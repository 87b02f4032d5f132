import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TWO_USERS_LOG } from '../../src/stand-ins/fortigate/two-users-log.ts';
import { ANA, BEN, SUPPORT, startTestSystem, type TestSystem } from './test-system.ts';

const ROOM = 'C0ROOM';
const QUIET = 'C0QUIET';

describe('user groups and channels', () => {
  let system: TestSystem;
  beforeAll(async () => {
    system = await startTestSystem({
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
  afterAll(() => system[Symbol.asyncDispose]());

  it('let somebody of the group in, all the way to the device', async () => {
    await system.check('fgt-branch-07', BEN, ROOM);
    const [run] = await system.answered({ alias: 'fgt-branch-07' });
    expect(run).toMatchObject({ asker: { id: BEN }, outcome: { kind: 'diagnosed' } });
  });

  it('refuse everybody else kindly, and audit it', async () => {
    await system.check('fgt-branch-07', ANA, ROOM);
    expect(await system.whisper(ROOM, ANA)).toMatch(/Sorry, you have no access in this channel/);
    expect(system.log.filter((line) => line.includes('"audit":"refused"'))).toHaveLength(1);
  });

  it('leave a log alone where reading unasked is switched off', async () => {
    const { message } = await system.slack.message({ user: ANA, channel: QUIET, text: TWO_USERS_LOG });
    await system.slack.mention({ user: ANA, channel: QUIET, thread: message.ts, text: 'list' });
    expect(await system.whisper(QUIET, ANA)).toMatch(/Your devices here/);
    expect(await system.backend.runs.byThread(QUIET, message.ts, 5)).toEqual([]);
    expect(system.slack.messages(SUPPORT)).toEqual([]);
  });
});
