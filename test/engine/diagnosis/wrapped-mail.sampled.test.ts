import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { diagnose, diagnoseStream } from '../../../src/engine/diagnosis/diagnose.ts';
import { redact } from '../../../src/engine/evidence/redact.ts';
import {
  connecting,
  type Login,
  loginFailed,
  passwordAnswer,
  passwordStage,
  successfulFnbamd,
  successfulLogin,
  upToPush,
} from '../../fixtures/logs/login-lines.ts';
import { runs, sampleOf } from '../../support/amount.ts';
import { chunksOf } from '../../support/chunks.ts';

const MARLOW: Login = { user: 'marlow', pid: 5784, sid: 'd9', token: 'FTKMOB0000000011' };
const WREN: Login = { user: 'wren.hollis', pid: 5790, sid: '1f', vdom: 'branch', token: 'FTKMOB0000000022' };

const LOGS: Readonly<Record<string, readonly string[]>> = {
  'a login that worked': successfulLogin(MARLOW, 0),
  'two users': [...successfulLogin(MARLOW, 0), ...successfulLogin(WREN, 60)],
  'as fnbamd tells it': successfulFnbamd(MARLOW, 0),
  'without times': successfulLogin(WREN),
  'a password refused': [...passwordStage(MARLOW, 0), ...passwordAnswer(MARLOW, 1, 0)],
  'nobody knows the user': [...passwordStage(WREN, 0), ...passwordAnswer(WREN, 5, 0)],
  'no answer to a push': [...upToPush(MARLOW, 0), ...loginFailed(MARLOW, 'sslvpn_login_unknown_user', 81)],
  'a push begun': [...passwordStage(MARLOW, 0), ...connecting(0)],
};

/** As mail programs do it: at the last blank that lets the line stay within the width. */
function wrap(line: string, width: number): readonly string[] {
  if (line.length <= width) return [line];
  const at = line.lastIndexOf(' ', width);
  const cut = at > 0 ? at : line.indexOf(' ');
  return cut <= 0 ? [line] : [line.slice(0, cut), ...wrap(line.slice(cut + 1), width)];
}

const STYLES: Readonly<Record<string, (lines: readonly (readonly string[])[]) => readonly string[]>> = {
  plain: (lines) => lines.flat(),
  quoted: (lines) => lines.flat().map((line) => `> ${line}`),
  // Its blank at the end belongs to the width.
  'format=flowed': (lines) =>
    lines.flatMap((parts) => parts.map((part, at) => (at < parts.length - 1 ? `${part} ` : part))),
};

function loginsOf(text: string) {
  const diagnosis = diagnose([{ name: 'mail', text }]);
  return diagnosis.attempts.map(({ user, vdom, outcome, startedAt }) => ({ user, vdom, outcome, startedAt }));
}

/** A sample has one in four widths, which differ from log to log. */
function widths(widest: number, start: number): readonly number[] {
  const all = Array.from({ length: widest - 59 }, (_, at) => 60 + at);
  return sampleOf(all, 4, start);
}

describe.each(Object.entries(LOGS))('%s, in a mail', (_name, log) => {
  const whole = loginsOf(log.join('\n'));

  it.each(Object.entries(STYLES))(
    'that is %s names the same users and ends, at any width',
    (style, write) => {
      for (const width of widths(style === 'format=flowed' ? 78 : 79, log.length)) {
        const text = write(log.map((line) => wrap(line, width))).join('\n');
        expect(loginsOf(`Hello,\n\n${text}\n\nRegards`), `width ${width}`).toEqual(whole);
      }
    },
  );
});

it('is understood alike as a whole and as a stream, wherever the bytes are cut', async () => {
  const lines = Object.values(LOGS).flat();
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 56, max: 82 }),
      fc.integer({ min: 1, max: 4_000 }),
      async (width, size) => {
        const text = lines.flatMap((line) => wrap(line, width)).join('\n');
        const texts = [{ name: 'mail', text }];
        expect(await diagnoseStream(chunksOf(texts, () => size))).toEqual(diagnose(texts));
      },
    ),
    { numRuns: runs(40) },
  );
});

describe('lines of people', () => {
  it.each([
    '2025-11-24 09:12:03 [5784:root:d9]Auth successful for user marlow\nThanks for looking into this, Joe',
    '2025-11-24 09:12:03 [5784:root:d9]fam_do_cb:657 fnbamd return auth success.\nAnd then nothing happened',
  ])('below a line of debug stay their own: %s', (text) => {
    const [first, second] = redact([{ name: 'mail', text }]).items[0]?.text.split('\n') ?? [];
    expect([first, second].join('\n')).toBe(text);
  });
});

it('claims nothing of a user whose name was not read and about whom nobody could decide', () => {
  const text = passwordAnswer(MARLOW, 5, 0).join('\n');
  expect(diagnose([{ name: 'mail', text }]).findings).toEqual([]);
});
