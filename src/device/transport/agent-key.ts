import type { BaseAgent, ParsedKey } from 'ssh2';
import ssh2 from 'ssh2';
import { FtmError } from '../../ftm-error.ts';
import { describeKey, isPinOf } from './host-keys.ts';

/**
 * The agent behind a socket, reduced to one key: each further key it offered would count as a failed login.
 * `wanted` is a fingerprint or a key line; without it the agent may hold one key only.
 */
export async function agentWithOneKey(
  alias: string,
  socketPath: string,
  wanted: string | undefined,
): Promise<BaseAgent> {
  const agent = ssh2.createAgent(socketPath);
  const keys = (await identitiesOf(agent)).map((key) => ({ key, ...describeKey(key.getPublicSSH()) }));
  const fitting = wanted === undefined ? keys : keys.filter((each) => isPinOf(wanted, each));
  const [chosen] = fitting;
  if (!chosen || fitting.length > 1) throw notOneKey(alias, wanted, keys);
  agent.getIdentities = (done) => done(undefined, [chosen.key]);
  return agent;
}

function identitiesOf(agent: BaseAgent): Promise<readonly ParsedKey[]> {
  return new Promise((resolve, reject) => {
    agent.getIdentities((cause, keys = []) => {
      // An agent behind a socket gives them parsed; what else ssh2's type allows comes from agents of one's own.
      if (!cause) resolve(keys.filter((key) => ssh2.utils.parseKey(key as ParsedKey) === key) as ParsedKey[]);
      else {
        reject(
          new FtmError('ftm_config_invalid', 'The SSH agent at SSH_AUTH_SOCK does not answer.', {
            advice: 'Start one with `ssh-agent` and load the key with `ssh-add`, where this program runs.',
            cause,
          }),
        );
      }
    });
  });
}

function notOneKey(
  alias: string,
  wanted: string | undefined,
  keys: readonly { readonly type: string; readonly fingerprint: string }[],
): FtmError {
  const has = keys.map(({ type, fingerprint }) => `${type} ${fingerprint}`).join('\n');
  const message =
    wanted === undefined
      ? `The SSH agent holds ${keys.length === 0 ? 'no key' : `${keys.length} keys`} to sign in to ${alias} with.`
      : `The SSH agent does not have the key for ${alias}.`;
  return new FtmError('ftm_config_invalid', message, {
    advice:
      keys.length === 0
        ? 'Load the key with `ssh-add`, where this program runs.'
        : `Name one under \`agent: { key: … }\` in the inventory: each refused key would count as a failed login. The agent has:\n${has}`,
  });
}
