import { expect, it } from 'vitest';
import { foreignWorkspace } from '../../../src/bot/slack/foreign-workspace.ts';

const own = { team_id: 'TOWN' };
const event = (fields: object, more: object = {}) => ({
  ...own,
  ...more,
  event: { user: 'UEVE', ...fields },
});

it.each<[string, unknown, string | undefined]>([
  ['an event of our own workspace', event({ team: 'TOWN' }), undefined],
  ['an event without any word on its author', event({}), undefined],
  ['a slash command of ours', { ...own, user_id: 'U1' }, undefined],
  ['a press of ours', { team: { id: 'TOWN' }, user: { id: 'U1', team_id: 'TOWN' } }, undefined],
  [
    'a shared channel, somebody of ours',
    event({ user_team: 'TOWN' }, { is_ext_shared_channel: true }),
    undefined,
  ],
  ['an author of another workspace (user_team)', event({ user_team: 'TOTHER' }), 'TOTHER'],
  ['an author of another workspace (source_team)', event({ team: 'TOWN', source_team: 'TOTHER' }), 'TOTHER'],
  ['an author of another workspace (team)', event({ team: 'TOTHER' }), 'TOTHER'],
  ['an author of another workspace (profile)', event({ user_profile: { team: 'TOTHER' } }), 'TOTHER'],
  ['an author that is an object', event({ user: { id: 'U1', team_id: 'TOTHER' } }), 'TOTHER'],
  ['another team_id around an event', { team_id: 'TOTHER', event: { user: 'UEVE' } }, 'TOTHER'],
  ['a slash command from elsewhere', { team_id: 'TOTHER', user_id: 'U1' }, 'TOTHER'],
  ['a press from elsewhere', { team: { id: 'TOWN' }, user: { id: 'U1', team_id: 'TOTHER' } }, 'TOTHER'],
  ['a stranger in an event', event({ user_is_stranger: true }), 'unknown'],
  ['a stranger around an event', event({}, { user_is_stranger: true }), 'unknown'],
  ['a stranger who presses', { ...own, user: { id: 'U1', is_stranger: true } }, 'unknown'],
  ['a shared channel without a word on the author', event({}, { is_ext_shared_channel: true }), 'unknown'],
  ['no workspace anywhere', { event: { user: 'U1' } }, 'unknown'],
  ['a workspace of the wrong type', { team_id: 5 }, 'unknown'],
  ['nothing', null, 'unknown'],
])('%s', (_, body, home) => {
  expect(foreignWorkspace(body, 'TOWN')).toBe(home);
});
