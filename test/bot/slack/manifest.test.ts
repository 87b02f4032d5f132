import { describe, expect, it } from 'vitest';
import { BOT_SCOPES, OPTIONAL_BOT_SCOPES, slackManifest } from '../../../src/bot/slack/manifest.ts';

describe('slackManifest', () => {
  it('names the address everywhere in HTTP mode', () => {
    const manifest = slackManifest({ socketMode: false, url: 'https://bot.example.com' });
    const address = 'https://bot.example.com/slack/events';
    expect(manifest.settings.event_subscriptions).toMatchObject({ request_url: address });
    expect(manifest.settings.interactivity).toMatchObject({ request_url: address });
    expect(manifest.features.slash_commands[0]).toMatchObject({ command: '/ftm-check', url: address });
  });

  it('needs no address in Socket Mode', () => {
    const manifest = slackManifest({ name: 'ftm-test', socketMode: true });
    expect(JSON.stringify(manifest)).not.toContain('http');
    expect(manifest.settings.socket_mode_enabled).toBe(true);
    expect(manifest.display_information.name).toBe('ftm-test');
  });

  it('asks for a history scope for each kind of conversation it listens to', () => {
    const { oauth_config: oauth, settings } = slackManifest({ socketMode: true });
    const heard = settings.event_subscriptions.bot_events.filter((event) => event.startsWith('message.'));
    expect(heard.map((event) => `${event.replace('message.', '')}:history`)).toEqual(
      oauth.scopes.bot.filter((scope) => scope.endsWith(':history')),
    );
    expect(oauth.scopes.bot).toEqual(Object.keys(BOT_SCOPES));
    expect(oauth.scopes.bot_optional).toEqual(Object.keys(OPTIONAL_BOT_SCOPES));
  });

  it.each([
    ['without paging', {}, []],
    ['with paging', { pages: true }, ['im:write', 'users:read']],
    [
      'where a schedule has a user group',
      { pages: true, userGroups: true },
      ['im:write', 'users:read', 'usergroups:write'],
    ],
  ])('asks for no more than the features need, %s', (_, features, scopes) => {
    const { bot, bot_optional: optional } = slackManifest({ socketMode: true, ...features }).oauth_config
      .scopes;
    expect(bot).toEqual(Object.keys(BOT_SCOPES));
    expect(optional).toEqual([...Object.keys(OPTIONAL_BOT_SCOPES), ...scopes]);
  });

  it('uses agent_view, which new apps need, and not assistant_view', () => {
    const { features } = slackManifest({ socketMode: true });
    expect(features).toHaveProperty('agent_view');
    expect(features).not.toHaveProperty('assistant_view');
  });
});
