import { expect, it } from 'vitest';
import type { Hop } from '../../src/engine/facts/hop.ts';
import { diagnose, THEMES } from './themes.ts';

/**
 * The steps without which a later one cannot happen. A tunnel proves no push: its user may have had another factor, or
 * none.
 */
const IMPLIED: Readonly<Partial<Record<Hop, readonly Hop[]>>> = {
  login: ['connection'],
  'second-factor': ['connection', 'login'],
  token: ['connection', 'login', 'second-factor'],
  'push-request': ['push-service'],
  callback: ['push-service', 'push-request', 'notification'],
  tls: ['push-service', 'push-request', 'notification', 'callback'],
  approval: ['connection', 'login', 'second-factor'],
  authorisation: ['connection', 'login'],
  tunnel: ['connection', 'login', 'authorisation'],
};

it('no login has an open step before one that it could not reach otherwise, and each step in order is quoted', () => {
  const wrong: string[] = [];
  let seen = 0;
  for (const [theme, scenarios] of Object.entries(THEMES)) {
    for (const scenario of scenarios) {
      const { attempts, hops: ofCase } = diagnose(scenario);
      const [only] = attempts;
      const shown = attempts.length === 1 && only ? [...attempts, { ...only, hops: ofCase }] : attempts;
      for (const { user, hops } of shown) {
        const passed = attempts.length === 1 ? (only?.hops ?? []) : hops;
        const implied = new Set(
          passed.filter(({ status }) => status === 'ok').flatMap(({ id }) => IMPLIED[id] ?? []),
        );
        seen += implied.size;
        for (const { id, status, evidence } of hops) {
          if (status === 'unknown' && implied.has(id))
            wrong.push(`${theme}/${scenario.id} ${user}: ${id} is open`);
          if (status === 'ok' && evidence.length === 0)
            wrong.push(`${theme}/${scenario.id} ${user}: ${id} unquoted`);
        }
      }
    }
  }
  expect(wrong).toEqual([]);
  expect(seen).toBeGreaterThan(100);
});
