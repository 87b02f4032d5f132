import { describe, expect, it } from 'vitest';
import { COMMON_WORDS } from '../../../../src/engine/facts/described/common-words.ts';
import { LOGIN_WORDS } from '../../../../src/engine/facts/described/login-words.ts';
import { createPrefilter } from '../../../../src/engine/facts/described/prefilter.ts';
import { PUSH_SETTING_WORDS } from '../../../../src/engine/facts/described/push-setting-words.ts';
import { PUSH_WORDS } from '../../../../src/engine/facts/described/push-words.ts';
import { SERVER_WORDS } from '../../../../src/engine/facts/described/server-words.ts';
import { TOKEN_WORDS } from '../../../../src/engine/facts/described/token-words.ts';
import { TUNNEL_WORDS } from '../../../../src/engine/facts/described/tunnel-words.ts';

describe('the expressions that may match a text', () => {
  const names = (expression: RegExp, text: string) => [...createPrefilter([['it', expression]])(text)];

  it('are those of which the text holds a word', () => {
    for (const [expression, text] of [
      [/\b(?:push|token)s?\b/, 'both tokens'],
      [/\bcolou?r\b/, 'the color'],
      [/\bpho+ne\b/, 'a phooone'],
      [/\b(?:new|old) (?:\w+ ){0,2}phone\b/, 'her new grey phone'],
      [/(?=.*wifi)no (?!push)/, 'no wifi'],
      [/\bports? ?\d{1,5}/, 'port 4433'],
      [/(?:reset|re-?set)?\.fortinet\b/, 'push.fortinet.com'],
      [/[a-z]{2}\d\b/, 'ab1'],
      [/x{0}y{2}z/, 'yyz'],
    ] as const) {
      expect([expression, expression.test(text)]).toEqual([expression, true]);
      expect([expression, names(expression, text)]).toEqual([expression, ['it']]);
    }
  });

  it('are none where every alternative needs another word', () => {
    expect(names(/\b(?:push|token)s?\b/, 'her phone rang')).toEqual([]);
    expect(names(/\b(?:(?:new|old) )?phones?\b/, 'the new laptop')).toEqual([]);
    expect(names(/phone(?! of)|(?<=\d) ?%/, 'nothing')).toEqual([]);
  });

  it('include every meaning that its own words have', () => {
    const meanings = Object.entries({
      ...COMMON_WORDS,
      ...LOGIN_WORDS,
      ...PUSH_SETTING_WORDS,
      ...PUSH_WORDS,
      ...SERVER_WORDS,
      ...TOKEN_WORDS,
      ...TUNNEL_WORDS,
    });
    const mayMatch = createPrefilter(meanings);
    // The sources of the expressions are texts with the words of all of them.
    for (const [, { source }] of meanings) {
      const words = source.replaceAll(/\(\?<?[:=!]|\\[a-zA-Z]|[\\()[\]?{}+*^$]/g, ' ').split('|', 3);
      for (const text of words.map((word) => word.replaceAll(/\s+/g, ' ').trim())) {
        const told = mayMatch(text);
        const missed = meanings.flatMap(([name, each]) => (each.test(text) && !told.has(name) ? [name] : []));
        expect([text, missed]).toEqual([text, []]);
      }
    }
  });
});
