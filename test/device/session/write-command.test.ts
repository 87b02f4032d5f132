import { PassThrough } from 'node:stream';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  checkVdom,
  type WireKey,
  type WireLine,
  writeKey,
  writeLine,
} from '../../../src/device/session/write-command.ts';
import { COMMANDS, type CommandId, commandSpec } from '../../../src/engine/fortios/commands.ts';
import {
  DEBUG_APPLICATIONS,
  type DebugApplication,
  debugLine,
  MAX_DEBUG_MINUTES,
} from '../../../src/engine/fortios/debug-commands.ts';
import { anyText } from '../../support/any-text.ts';

const LISTED = ['root', 'campus', 'dmz_1'];
const DEBUG_STEPS = [
  'debug-info',
  'debug-reset',
  'debug-timestamp',
  'debug-enable',
  'debug-disable',
] as const;
const DAEMONS = ['fnbamd', 'sslvpn', 'ike', 'eap_proxy', 'samld', 'authd', 'ftm-push'];
/** Every line that a debug window can consist of, written out. */
const DEBUG_LINES = [
  'diagnose debug info',
  'diagnose debug reset',
  'diagnose debug console timestamp enable',
  'diagnose debug enable',
  'diagnose debug disable',
  ...Array.from({ length: 15 }, (_, index) => `diagnose debug duration ${index + 1}`),
  ...DAEMONS.map((name) => `diagnose debug application ${name} -1`),
  ...DAEMONS.map((name) => `diagnose debug application ${name} 0`),
];
const FILTER_PATHS = ['diagnose vpn ike log-filter', 'diagnose vpn ike log filter'];
const ALLOWED = new Set([
  ...FILTER_PATHS.flatMap((path) => [
    `${path} list`,
    `${path} clear`,
    `${path} dst-addr4 203.0.113.7`,
    `${path} rem-addr4 203.0.113.7`,
  ]),
  ...(Object.keys(COMMANDS) as CommandId[])
    .map(commandSpec)
    .flatMap(({ text, short, filter = [] }) => [text, ...(short === undefined ? [] : [short]), ...filter]),
  ...DEBUG_LINES,
  'config global',
  'config vdom',
  'end',
  'abort',
  'exit',
  ...LISTED.map((name) => `edit ${name}`),
]);

/** What stands for the argument of a command, by its kind. */
const WORDS: Readonly<Record<string, string>> = { name: 'SSLVPN_TUNNEL_ADDR1', address: '192.0.2.40' };

function sent(write: (channel: PassThrough) => void): string {
  const channel = new PassThrough();
  try {
    write(channel);
  } catch (error) {
    expect(error).toMatchObject({ code: 'ftm_command_not_allowed' });
    expect(channel.read()).toBeNull();
    return '';
  }
  return String(channel.read() ?? '');
}

/** Shapes that a caller without types could pass, filled with what a hostile person could type. */
const hostile = fc.oneof(
  anyText(),
  fc.constantFrom(
    'execute reboot',
    'system-status\nexecute reboot',
    '__proto__',
    'constructor',
    'toString',
    'root\nexecute factoryreset',
    'root?',
    'root ',
    'edit root',
    ...LISTED,
    ...Object.keys(COMMANDS),
    ...DEBUG_STEPS,
    ...DEBUG_APPLICATIONS,
    'sslvpn -1\ndiagnose sys kill',
  ),
);
const hostileDebug = fc.record({
  kind: fc.constant('debug'),
  command: fc.oneof(
    hostile,
    fc.record({
      id: fc.oneof(
        fc.constantFrom(
          'debug-duration',
          'debug-application',
          'debug-application-off',
          'ike-filter-list',
          'ike-filter-set',
          'ike-filter-clear',
          ...DEBUG_STEPS,
        ),
        hostile,
      ),
      filter: fc.oneof(fc.constantFrom('up to 7.2', '7.4.0', 'since 7.4.1'), hostile),
      client: fc.oneof(
        fc.constantFrom('203.0.113.7', '203.0.113.7\nexecute reboot', ['203.0.113.7']),
        hostile,
      ),
      minutes: fc.oneof(fc.integer(), fc.double(), hostile, fc.constantFrom(1, 15, 16, 0, '5', [5])),
      application: fc.oneof(hostile, fc.constant(['sslvpn'])),
    }),
  ),
});
const hostileLine = fc.oneof(
  fc.record({
    kind: fc.constantFrom('command', 'filter', 'move', 'edit-vdom', 'sudo', 'raw'),
    id: hostile,
    form: fc.oneof(fc.constantFrom('whole', 'short'), hostile),
    index: fc.oneof(fc.integer({ min: -9, max: 9 }), hostile),
    to: hostile,
    vdom: hostile,
  }),
  fc.record({
    kind: fc.constantFrom('edit-vdom', 'sudo'),
    vdom: fc.record({ name: hostile }),
    id: hostile,
  }),
  fc.record({ kind: hostile, id: hostile }),
  hostileDebug,
);

describe('writeLine', () => {
  it('writes nothing outside the catalogue, whatever it is given', () => {
    fc.assert(
      fc.property(hostileLine, (line) => {
        const bytes = sent((channel) => writeLine(channel, line as unknown as WireLine));
        if (bytes !== '') expect(ALLOWED).toContain(bytes.replace(/\n$/, ''));
        expect(bytes).not.toMatch(/^(?:edit|sudo)/);
      }),
      { numRuns: 2_000 },
    );
  });

  it('writes every line of a debug window, and of their arguments none but these', () => {
    const written = [
      ...DEBUG_STEPS.map((id) => debugLine({ id })),
      ...Array.from({ length: MAX_DEBUG_MINUTES }, (_, index) =>
        debugLine({ id: 'debug-duration', minutes: index + 1 }),
      ),
      ...DEBUG_APPLICATIONS.map((application) => debugLine({ id: 'debug-application', application })),
      ...DEBUG_APPLICATIONS.map((application) => debugLine({ id: 'debug-application-off', application })),
    ];
    expect(written).toEqual(DEBUG_LINES);
    for (const minutes of [0, -1, 1.5, MAX_DEBUG_MINUTES + 1, Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(debugLine({ id: 'debug-duration', minutes })).toBeUndefined();
    }
    for (const id of ['debug-application', 'debug-application-off'] as const) {
      for (const application of ['httpsd', 'fnbamd -1\nexecute reboot', '', '__proto__']) {
        expect(debugLine({ id, application: application as DebugApplication })).toBeUndefined();
      }
    }
  });

  it('enters only a VDOM that was listed', () => {
    fc.assert(
      fc.property(hostile, (name) => {
        const vdom = checkVdom(name, LISTED);
        if (!vdom) return;
        const bytes = sent((channel) => writeLine(channel, { kind: 'edit-vdom', vdom }));
        expect(LISTED).toContain(name);
        expect(bytes).toBe(`edit ${name}\n`);
      }),
    );
    expect(checkVdom('a b', ['a b'])).toBeUndefined();
  });

  it('reads with `sudo` only VDOMs that were listed, and none of them can be entered afterwards', () => {
    const ids = Object.keys(COMMANDS) as CommandId[];
    for (const name of LISTED) {
      for (const id of ids) {
        const vdom = checkVdom(name, LISTED);
        if (!vdom) throw new Error('a valid name');
        const { text, scope, argument } = commandSpec(id);
        const bytes = sent((channel) => writeLine(channel, { kind: 'sudo', vdom, id }));
        const isReading = scope === 'vdom' && argument === undefined && !text.startsWith('execute');
        expect(bytes, id).toBe(isReading ? `sudo ${name} ${text}\n` : '');
        const entry = sent((channel) => writeLine(channel, { kind: 'edit-vdom', vdom }));
        expect(entry, id).toBe(isReading ? '' : `edit ${name}\n`);
      }
    }
    const [global] = ['global'].map((name) => checkVdom(name, [name]));
    if (!global) throw new Error('a valid name');
    expect(sent((channel) => writeLine(channel, { kind: 'sudo', vdom: global, id: 'vips' }))).toBe('');
  });

  it.each(Object.keys(COMMANDS) as CommandId[])('%s is one line', (id) => {
    const word = WORDS[commandSpec(id).argument ?? ''];
    const line: WireLine = { kind: 'command', id, ...(word === undefined ? {} : { form: { word } }) };
    const expected = word === undefined ? COMMANDS[id].text : `${COMMANDS[id].text} ${word}`;
    expect(sent((channel) => writeLine(channel, line))).toBe(`${expected}\n`);
    expect(COMMANDS[id].text).toMatch(/^(?:get|show|diagnose|execute ping|execute log) [a-z0-9. -]+$/);
  });

  it('has a short form of a table, and lines that choose what a command prints', () => {
    const id = 'policies';
    const short = commandSpec(id).short;
    expect(sent((channel) => writeLine(channel, { kind: 'command', id, form: 'short' }))).toBe(`${short}\n`);
    expect(sent((channel) => writeLine(channel, { kind: 'command', id: 'dns', form: 'short' }))).toBe('');
    const lines = (commandSpec('event-log').filter ?? []).map((_, index) =>
      sent((channel) => writeLine(channel, { kind: 'filter', id: 'event-log', index })).trimEnd(),
    );
    expect(lines).toEqual(commandSpec('event-log').filter);
    for (const line of lines) expect(line).toMatch(/^execute log filter [a-z0-9 -]+$/);
    expect(sent((channel) => writeLine(channel, { kind: 'filter', id: 'dns', index: 0 }))).toBe('');
  });
});

describe('writeKey', () => {
  it('presses five keys and no other', () => {
    expect(sent((channel) => writeKey(channel, 'keep-awake'))).toBe(' \b');
    expect(sent((channel) => writeKey(channel, 'next-page'))).toBe(' ');
    expect(sent((channel) => writeKey(channel, 'accept-banner'))).toBe('a');
    expect(sent((channel) => writeKey(channel, 'decline'))).toBe('n');
    expect(sent((channel) => writeKey(channel, 'enter'))).toBe('\n');
    fc.assert(fc.property(hostile, (key) => sent((channel) => writeKey(channel, key as WireKey)) === ''));
  });
});
