import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { SUPPORT } from '../../e2e/test-system.ts';
import { until } from '../../support/until.ts';
import { PASSWORD, prepareServing } from './serve-fixture.ts';

const serving = prepareServing();
const { serve, ready, check, answers, put, writeInventory, writeDevices } = serving;

describe('serve with an inventory that changes', () => {
  it('takes a changed inventory over as a whole, and a faulty one not at all', async () => {
    await using served = serve({ FTM_CHECK_SELF_CHECK_MINUTES: '0', FTM_CHECK_AUDIT: 'off' });
    const { get } = await ready(served);
    await put('devices: { fgt-hq: { address: 192.0.2.1, nonsense: 1 } }\n');
    served.child.kill('SIGHUP');
    await served.line('inventory rejected: the previous one stays in force');
    expect((await get('/readyz')).text).toMatch(/1 device\(s\); a changed file was rejected/);
    // The watcher may have seen the file before the signal came.
    expect((await get('/metrics')).text).toMatch(
      /ftm_check_inventory_reloads_total\{result="rejected"\} [12]\b/,
    );

    await writeInventory('fgt-branch-07', 'fgt-branch-08');
    await writeFile(join(serving.folder, 'password'), 'wrong');
    served.child.kill('SIGHUP');
    await served.line('changed inventory loaded');
    expect((await get('/metrics')).text).toContain('ftm_check_inventory_devices 2');
    await check('fgt-branch-08');
    const said = () => JSON.stringify(serving.slack.messages(SUPPORT));
    await until(() => said().includes('did not accept'), 'the changed password is used');
    expect((await get('/metrics')).text).toContain(
      'ftm_check_device_errors_total{kind="ftm_device_auth_failed"} 1',
    );

    await writeFile(join(serving.folder, 'password'), PASSWORD);
    await check('fgt-branch-08');
    await until(() => answers().length === 1, 'the right one is used again');
    expect(await served.end()).toBe(0);
  });

  it('takes no inventory over whose secrets are not there, and takes it once they are', async () => {
    await using served = serve({ FTM_CHECK_SELF_CHECK_MINUTES: '0' });
    const { get } = await ready(served);
    await writeDevices(['fgt-branch-07', 'fgt-branch-08'], 'new-password');
    served.child.kill('SIGHUP');
    const refused = await served.line('inventory rejected: the previous one stays in force');
    expect(JSON.stringify(refused)).toMatch(
      /new-password cannot be read\. Needed for fgt-branch-07, fgt-branch-08\./,
    );
    await check('fgt-branch-07');
    await until(() => answers().length === 1, 'the inventory before still works');
    await writeFile(join(serving.folder, 'new-password'), PASSWORD);
    served.child.kill('SIGHUP');
    await served.line('changed inventory loaded');
    expect((await get('/readyz')).text).toMatch(/"2 device\(s\)"/);
    await check('fgt-branch-08');
    await until(() => answers().length === 2, 'the new one works');
    expect(await served.end()).toBe(0);
  });
});
