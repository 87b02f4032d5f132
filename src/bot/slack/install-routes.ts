import type { CustomRoute } from '@slack/bolt';
import { INSTALL_SCOPES, type Installer } from './installer.ts';

/** `/slack/install` redirects to Slack; `/slack/oauth_redirect` completes the installation and stores the token. */
export function installRoutes(installer: Installer): readonly CustomRoute[] {
  const options = { scopes: INSTALL_SCOPES };
  return [
    {
      path: '/slack/install',
      method: 'GET',
      handler: (request, response) => void installer.handleInstallPath(request, response, undefined, options),
    },
    {
      path: '/slack/oauth_redirect',
      method: 'GET',
      handler: (request, response) => void installer.handleCallback(request, response, undefined, options),
    },
  ];
}
