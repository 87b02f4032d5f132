import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { diagnosisSchema } from '../../src/engine/diagnosis/diagnosis.ts';
import { debugOfLogin, WREN } from '../fixtures/logs/debug-of-login.ts';
import { until } from '../support/until.ts';
import { prepareLiveChecks } from './live-fixture.ts';
import { ftmCheck } from './test-io.ts';

const { env, withDevice, openLive } = prepareLiveChecks();

const watch = (inventory: string, seconds = '20', more: readonly string[] = []) =>
  ftmCheck(['check', 'fgt', '--inventory', inventory, '--live', seconds, ...more], { env });

describe('check --live', () => {
  it('says when to log in, ends with the login, and diagnoses it with all that was read', async () => {
    await withDevice({ debug: debugOfLogin() }, true, async (inventory, simulator) => {
      const ran = await watch(inventory, '60', ['--user', 'wren', '--format', 'json']);
      expect(ran.stderr).toMatch(
        /Now let the user log in: the debug of fgt is on for 60 s\.\nSwitching the debug/,
      );
      const diagnosis = diagnosisSchema.parse(JSON.parse(ran.stdout));
      expect(diagnosis.live).toMatchObject({ state: 'watched', ended: 'login', commands: [] });
      expect(diagnosis.attempts).toMatchObject([{ user: 'wren', outcome: 'succeeded' }]);
      // What was read is judged together with the login: what let this one in cannot keep others out.
      expect(diagnosis.verdict).toBe('healthy');
      expect(diagnosis.device).toMatchObject({ alias: 'fgt', version: '7.2.8' });
      expect(diagnosis.sources.map(({ name }) => name)).toContain('live debug');
      expect(ran.status).toBe(0);
      expect(simulator.debugOn()).toEqual([]);
      expect(simulator.writes).toEqual([]);
    });
  });

  it('takes the secrets out of what it saw', async () => {
    // In the name that was typed, because the answer shows who logged in.
    const debug = {
      ...debugOfLogin({ ...WREN, user: 'password=hunter2-hunter2' }),
      fnbamd: [{ text: "[12] x-secret psk 'hunter2-hunter2' password=hunter2-hunter2", afterMs: 300 }],
    };
    await withDevice({ debug }, true, async (inventory) => {
      const ran = await watch(inventory, '10', ['--format', 'json']);
      expect(ran.stdout).not.toContain('hunter2');
      const { live, attempts } = diagnosisSchema.parse(JSON.parse(ran.stdout));
      expect(live).toMatchObject({ state: 'watched' });
      expect(attempts).toMatchObject([
        { user: expect.stringMatching(/^password=<(?:password|psk)#\d>$/) as string },
      ]);
    });
  });

  it.each([
    [undefined, '60', /Live debug is not allowed on fgt\.[\s\S]*`live: true`/],
    [false, '60', /Live debug is not allowed on fgt\./],
    [true, '5', /can be watched for 10 to 300 seconds/],
    [{ max: '1m' }, '61', /can be watched for 10 to 60 seconds/],
  ])('with live: %j, %s s are refused, and nothing is connected to', async (live, seconds, message) => {
    await withDevice({}, live, async (inventory, simulator) => {
      const ran = await watch(inventory, seconds);
      expect(ran).toMatchObject({ status: 2, stdout: '' });
      expect(ran.stderr).toMatch(message);
      expect(simulator.commands).toEqual([]);
    });
  });

  it('says in the answer why no login was watched', async () => {
    await withDevice({ diagnose: false }, true, async (inventory, simulator) => {
      const ran = await watch(inventory);
      expect(ran.stdout).toMatch(/No login was watched: The account may not run `diagnose`/);
      expect(simulator.debugOn()).toEqual([]);
    });
  });

  it('Ctrl-C in an open window switches debug off, and the configuration is answered', async () => {
    await withDevice({}, true, async (inventory, simulator) => {
      const child = openLive(inventory, ['--format', 'json']);
      let stdout = '';
      child.stdout.setEncoding('utf8').on('data', (text: string) => {
        stdout += text;
      });
      child.stderr.resume();
      const exited = once(child, 'close');
      await until(() => simulator.debugOn().includes('output'), 'the window is open', 30_000);
      child.kill('SIGINT');
      expect(await exited).toEqual([1, null]);
      const diagnosis = diagnosisSchema.parse(JSON.parse(stdout));
      expect(diagnosis.live).toMatchObject({ state: 'watched', ended: 'stopped' });
      expect(diagnosis.findings.length).toBeGreaterThan(0);
      expect(simulator.debugOn()).toEqual([]);
    });
  });

  it('is opened without a record where none can be kept, and says so', async () => {
    await withDevice({ debug: debugOfLogin() }, true, async (inventory, simulator) => {
      const ran = await ftmCheck(
        ['check', 'fgt', '--inventory', inventory, '--live', '60', '--user', 'wren'],
        { env: { ...env, XDG_STATE_HOME: inventory } },
      );
      expect(ran.stderr).toContain('The debug session cannot be recorded on this machine');
      expect(ran.status).toBe(0);
      expect(simulator.debugOn()).toEqual([]);
    });
  });
});
