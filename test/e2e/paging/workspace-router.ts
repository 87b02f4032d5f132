import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import type { LocalSlack } from '../../../src/stand-ins/slack/local-slack.ts';

export interface WorkspaceRouter {
  /** For `slackApiUrl`: one address for all workspaces, as Slack has. */
  readonly apiUrl: string;
  /** The workspace that installs the app from now on. */
  installing(workspace: LocalSlack): void;
  close(): Promise<void>;
}

/** Passes each call of the Web API on to the workspace whose token it has. */
export async function startWorkspaceRouter(workspaces: readonly LocalSlack[]): Promise<WorkspaceRouter> {
  let installs = workspaces[0];

  function workspaceOf({ authorization = '' }: IncomingHttpHeaders): LocalSlack | undefined {
    return workspaces.find(({ botToken }) => authorization === `Bearer ${botToken}`) ?? installs;
  }

  const server = createServer((request, response) => {
    void (async () => {
      const workspace = workspaceOf(request.headers);
      const { authorization, 'content-type': type = '' } = request.headers;
      const answer = await fetch(new URL((request.url ?? '').replace(/^\/api\//, ''), workspace?.apiUrl), {
        method: 'POST',
        body: await text(request),
        headers: { 'content-type': type, ...(authorization === undefined ? {} : { authorization }) },
      });
      response.writeHead(answer.status, { 'content-type': 'application/json' }).end(await answer.text());
    })();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    apiUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/`,
    installing(workspace) {
      installs = workspace;
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
