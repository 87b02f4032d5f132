import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { createInstallationStore, type Installations } from '../../../src/bot/slack/installation-store.ts';
import { silentLogger } from '../../../src/platform/observe/logger.ts';
import { createMemoryRecords } from '../../../src/platform/store/memory-records.ts';

type Stored = Parameters<Installations['storeInstallation']>[0];

const installationOf = (team: string, token: string, enterprise?: string): Stored => ({
  team: { id: team },
  enterprise: enterprise === undefined ? undefined : { id: enterprise },
  user: { id: 'UANA', token: undefined, scopes: undefined },
  bot: { id: `B${team}`, userId: `U${team}`, token, scopes: ['chat:write'] },
  isEnterpriseInstall: false,
});

const key = randomBytes(32);
const texts = () => createMemoryRecords();
const storeOn = (records = texts(), sealed = key): Installations =>
  createInstallationStore({ texts: records, key: sealed, logger: silentLogger });

describe('an installation store', () => {
  it('keeps the workspaces apart, and forgets who removed the app', async () => {
    const store = storeOn();
    await store.storeInstallation(installationOf('T1', 'xoxb-one'));
    await store.storeInstallation(installationOf('T2', 'xoxb-two'));
    await store.storeInstallation(installationOf('T1', 'xoxb-one-again'));
    expect(await store.find({ team: 'T1' })).toMatchObject({ botToken: 'xoxb-one-again', teamId: 'T1' });
    expect(await store.find({ team: 'T2' })).toMatchObject({ botToken: 'xoxb-two', botUserId: 'UT2' });
    expect(await store.find({ team: 'T3' })).toBeUndefined();
    await store.deleteInstallation?.({ teamId: 'T1', enterpriseId: undefined, isEnterpriseInstall: false });
    expect(await store.find({ team: 'T1' })).toBeUndefined();
    expect(await store.find({ team: 'T2' })).toBeDefined();
  });

  it('falls back to the installation of the whole organisation', async () => {
    const store = storeOn();
    await store.storeInstallation({ ...installationOf('-', 'xoxb-org', 'E1'), team: undefined });
    expect(await store.find({ team: 'T9', enterprise: 'E1' })).toMatchObject({ botToken: 'xoxb-org' });
    expect(await store.find({ team: 'T9' })).toBeUndefined();
  });

  it('forgets what was removed, but not what was installed since', async () => {
    let now = 1_800_000_000_500;
    const store = createInstallationStore({ texts: texts(), key, logger: silentLogger, now: () => now });
    const query = { teamId: 'T1', enterpriseId: undefined, isEnterpriseInstall: false };
    await store.storeInstallation(installationOf('T1', 'xoxb-one'));
    const removedAt = 1_800_000_000_000;
    await store.remove(query, removedAt);
    expect(await store.find({ team: 'T1' })).toBeUndefined();
    now += 5000;
    await store.storeInstallation(installationOf('T1', 'xoxb-two'));
    await store.remove(query, removedAt);
    expect(await store.find({ team: 'T1' })).toMatchObject({ botToken: 'xoxb-two' });
  });

  it('does not forget what is installed while it forgets', async () => {
    const records = texts();
    let now = 1_800_000_000_000;
    const common = { key, logger: silentLogger, now: () => now };
    const store = createInstallationStore({ ...common, texts: records });
    await store.storeInstallation(installationOf('T1', 'xoxb-one'));
    now += 5000;
    const removing = createInstallationStore({
      ...common,
      texts: {
        ...records,
        async get(name) {
          const stored = await records.get(name);
          if (stored?.version === 1) await store.storeInstallation(installationOf('T1', 'xoxb-two'));
          return stored;
        },
      },
    });
    const query = { teamId: 'T1', enterpriseId: undefined, isEnterpriseInstall: false };
    await removing.remove(query, now - 2000);
    expect(await store.find({ team: 'T1' })).toMatchObject({ botToken: 'xoxb-two' });
  });

  it('gives no token away to who reads the store, has another key, or swaps two workspaces', async () => {
    const records = texts();
    const store = storeOn(records);
    await store.storeInstallation(installationOf('T1', 'xoxb-one'));
    await store.storeInstallation(installationOf('T2', 'xoxb-two'));
    const one = await records.get('slack-installation:T1');
    const two = await records.get('slack-installation:T2');
    expect(`${one?.text}${two?.text}`).not.toContain('xoxb');
    expect(await storeOn(records, randomBytes(32)).find({ team: 'T1' })).toBeUndefined();
    await records.put('slack-installation:T1', two?.text ?? '', one?.version ?? 0, 60_000);
    expect(await store.find({ team: 'T1' })).toBeUndefined();
  });
});
