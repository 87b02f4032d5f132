import { readdirSync, readFileSync } from 'node:fs';
import type { App } from '@slack/bolt';
import { expect, it } from 'vitest';
import { registerHandlers } from '../../handlers/index.ts';
import type { Requests } from '../../src/bot/requests/ports.ts';
import { silentLogger } from '../../src/platform/observe/logger.ts';

const HANDLERS = new URL('../../handlers/', import.meta.url);
const METHODS = ['action', 'command', 'event', 'message', 'options', 'shortcut', 'view'];

/** Listeners that are not registered by `shared/listeners.ts`, with how they are authorised. */
const OTHERS: Readonly<Record<string, string>> = {
  'actions/choose-device.ts action': 'answerRequest',
  'actions/show-device.ts options': 'visibleDevices',
  'commands/ftm-check.ts command': 'answerRequest',
  'events/app-home-opened.ts event': 'devicesEverywhere',
  'events/app-mention.ts event': 'answerRequest',
  'events/message.ts event': 'authoriseUnasked',
  'shortcuts/check-log.ts shortcut': 'analyseMessage',
  'views/submit-check-form.ts action': 'devicesFor',
  'views/submit-check-form.ts options': 'devicesFor',
  'views/submit-check-form.ts view': 'requests.authorise',
};

it('registers every listener through one that authorises, but these', () => {
  const found = readdirSync(HANDLERS, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts') && path !== 'shared/listeners.ts')
    .flatMap((path) => {
      const text = readFileSync(new URL(path, HANDLERS), 'utf8');
      const used = METHODS.filter((method) => new RegExp(`\\bapp\\s*\\.${method}\\b`).test(text));
      return used.map((method) => ({ listener: `${path} ${method}`, text }));
    });
  expect(found.map(({ listener }) => listener).sort()).toEqual(Object.keys(OTHERS).sort());
  for (const { listener, text } of found) expect(text, listener).toContain(OTHERS[listener]);
});

it('registers nothing for reactions', () => {
  const registered: string[] = [];
  const app = Object.fromEntries(
    METHODS.map((method) => [
      method,
      (what: unknown) => registered.push(`${method} ${JSON.stringify(what)}`),
    ]),
  );
  registerHandlers(app as unknown as App, {} as Requests, silentLogger);
  expect(registered.filter((each) => each.startsWith('event'))).toEqual([
    'event "app_mention"',
    'event "message"',
    'event "app_home_opened"',
  ]);
});
