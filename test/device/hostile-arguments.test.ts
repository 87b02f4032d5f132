import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createCollector } from '../../src/device/create-collector.ts';
import { COMMANDS, type CommandId, commandSpec } from '../../src/engine/fortios/commands.ts';
import { DEBUG_APPLICATIONS, debugLine, MAX_DEBUG_MINUTES } from '../../src/engine/fortios/debug-commands.ts';
import { parseInventory } from '../../src/platform/config/inventory.ts';
import { sampleConfig } from '../../src/stand-ins/fortigate/samples.ts';
import { SIMULATED_USER, startSimulator } from '../../src/stand-ins/fortigate/start-simulator.ts';
import { anyText } from '../support/any-text.ts';
import { deviceAt } from './device-fixture.ts';

const VDOMS = ['root', 'campus', 'guests'];
const ALLOWED = new Set<string>([
  ...(Object.keys(COMMANDS) as CommandId[])
    .map(commandSpec)
    .flatMap(({ text, short, filter = [] }) => [text, ...(short === undefined ? [] : [short]), ...filter]),
  'config global',
  'config vdom',
  'end',
  'abort',
  'exit',
  ...VDOMS.map((name) => `edit ${name}`),
]);

const DEBUG_LINES = [
  ...(['debug-info', 'debug-reset', 'debug-timestamp', 'debug-enable', 'debug-disable'] as const).map((id) =>
    debugLine({ id }),
  ),
  ...DEBUG_APPLICATIONS.map((application) => debugLine({ id: 'debug-application', application })),
  ...DEBUG_APPLICATIONS.map((application) => debugLine({ id: 'debug-application-off', application })),
  ...(['ike-filter-list', 'ike-filter-clear'] as const).map((id) => debugLine({ id, filter: 'up to 7.2' })),
  ...Array.from({ length: MAX_DEBUG_MINUTES }, (_, index) =>
    debugLine({ id: 'debug-duration', minutes: index + 1 }),
  ),
].flatMap((line) => line ?? []);

const hostile = fc.oneof(
  anyText({ maxLength: 40 }),
  fc
    .tuple(
      fc.constantFrom('root', 'campus', '', 'ftm-check', 'bastion'),
      fc.constantFrom(
        '\n',
        '\r',
        '\r\n',
        ' ',
        '?',
        '\t',
        '\u0003',
        '\u0004',
        '"',
        "'",
        ';',
        '|',
        '\\',
        '\u0000',
        '`',
      ),
      fc.constantFrom(
        'execute reboot',
        'set output standard',
        'end',
        'config system global',
        '$(reboot)',
        '',
      ),
    )
    .map((parts) => parts.join('')),
  fc.constantFrom(...VDOMS, '__proto__', 'constructor', '-oProxyCommand=reboot', '../root', 'vsys_ha'),
);

/** Most often the right user, so that most runs get as far as sending something. */
const sometimes = fc.oneof({ arbitrary: fc.constant(null), weight: 9 }, hostile);

describe('nothing outside the catalogue reaches a device', () => {
  it('whatever the VDOM, the user and the alias are called', async () => {
    const collect = createCollector({ readSecret: () => Promise.resolve(SIMULATED_USER.password) });
    const simulator = await startSimulator({ configText: sampleConfig('campus') });
    try {
      await fc.assert(
        fc.asyncProperty(hostile, hostile, sometimes, async (vdom, alias, username) => {
          const device = deviceAt(simulator, { alias, ...(username === null ? {} : { username }) });
          // A strange user is refused, and that is right too.
          await collect({
            device,
            vdom,
            commands: ['dns', 'local-users', 'ssl-vpn', 'policies', 'event-log'],
          }).catch((error: unknown) =>
            expect(error).toMatchObject({ code: expect.stringMatching(/^ftm_(?:device_|unknown_vdom$)/) }),
          );
        }),
        { numRuns: 40 },
      );
      expect(simulator.commands).toContain('get system status');
      expect(simulator.commands.filter((line) => !ALLOWED.has(line))).toEqual([]);
      expect(simulator.keys).toEqual([]);
      expect(simulator.writes).toEqual([]);
      expect(simulator.vdoms()).toEqual(VDOMS);
    } finally {
      await simulator.close();
    }
  });

  it('whatever time a window is asked for, and nothing stays on', async () => {
    const collect = createCollector({ readSecret: () => Promise.resolve(SIMULATED_USER.password) });
    const simulator = await startSimulator({ configText: sampleConfig('campus') });
    const allowed = new Set([...ALLOWED, ...DEBUG_LINES]);
    const odd = fc.oneof(
      fc.constantFrom(Number.NaN, -61, -1e9, 0, 0.2, '9\nexecute reboot', [3], {}),
      hostile,
    );
    try {
      await fc.assert(
        fc.asyncProperty(odd, hostile, async (seconds, client) => {
          const live = { seconds: seconds as number, client, onReport: () => {} };
          const commands = ['phase1-interfaces'] as const;
          await collect({ device: deviceAt(simulator), commands, live }).catch((error: unknown) =>
            expect(error).toMatchObject({
              code: expect.stringMatching(/^ftm_(?:command_not_allowed|device_timeout)$/),
            }),
          );
          expect(simulator.debugOn()).toEqual([]);
        }),
        { numRuns: 12 },
      );
      expect(simulator.commands.filter((line) => !allowed.has(line))).toEqual([]);
      expect(simulator.vdoms()).toEqual(VDOMS);
    } finally {
      await simulator.close();
    }
  });

  it('nor does an inventory take such names', () => {
    const plain = { address: '192.0.2.1', username: 'u', password: { env: 'P' } };
    fc.assert(
      fc.property(
        hostile,
        fc.constantFrom('username', 'vdom', 'address', 'jump', 'alias', 'knownHosts'),
        (text, where) => {
          const entry = where === 'alias' ? plain : { ...plain, [where]: text };
          const file = {
            jumpHosts: {
              bastion: {
                ...plain,
                ...(where === 'address' || where === 'username' ? { [where]: text } : {}),
              },
            },
            devices: { [where === 'alias' ? text : 'fgt']: entry },
          };
          let inventory: ReturnType<typeof parseInventory>;
          try {
            inventory = parseInventory(JSON.stringify(file), 'inventory.yaml');
          } catch (error) {
            expect(error).toMatchObject({ code: 'ftm_inventory_invalid' });
            return;
          }
          for (const device of inventory.devices.values()) {
            expect(device.alias).toMatch(/^[A-Za-z0-9._-]{1,64}$/);
            expect(device.address).toMatch(/^[A-Za-z0-9:][A-Za-z0-9.:-]*$/);
            expect(device.username).toMatch(/^[\x21-\x7e]{1,64}$/);
            expect(device.vdom ?? 'root').toMatch(/^[A-Za-z0-9_-]{1,31}$/);
            expect((device.jumps ?? []).map(({ alias }) => alias)).toEqual(
              where === 'jump' && text !== '' ? ['bastion'] : [],
            );
          }
        },
      ),
      { numRuns: 500 },
    );
  });
});

describe('the source', () => {
  const folder = join(import.meta.dirname, '../../src/device');
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .sort()
    .map((name) => ({ name, text: readFileSync(join(folder, name), 'utf8') }));

  it('writes bytes in one place, and passes on those of SSH in another', () => {
    const writing = files.filter(({ text }) => /\.write\(/.test(text)).map(({ name }) => name);
    // What a forwarded stream carries is SSH itself, for the next host.
    const decoding = 'session/output-buffer.ts';
    expect(writing.filter((name) => name !== decoding)).toEqual([
      'session/write-command.ts',
      'transport/connect.ts',
    ]);
    const buffer = files.find(({ name }) => name === decoding)?.text ?? '';
    expect(buffer.match(/\w+\.write\(/g)).toEqual(['decoder.write(']);
  });

  it('knows no command that changes a console, and no verb but those that read', () => {
    const verbs = new Set(Object.values(COMMANDS).map(({ text }) => text.split(' ', 1)[0]));
    expect(verbs).toEqual(new Set(['get', 'show', 'diagnose', 'execute']));
    const executed = Object.values(COMMANDS).filter(({ text }) => text.startsWith('execute'));
    expect(executed.every(({ text }) => /^execute (?:ping |log display$)/.test(text))).toBe(true);
    expect(files.filter(({ text }) => /output standard|config system console/.test(text))).toEqual([]);
  });
});
