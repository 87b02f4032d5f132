import type { Attempt, SeenSign } from '../../facts/attempt.ts';
import { healthy, notApplicable } from '../define-rule.ts';
import type { Judgement } from '../rule.ts';
import { shownBy } from './vpn-logins.ts';

/** `E=` of MS-CHAP-Error (RFC 2759, section 6). */
export const MS_CHAP_ERRORS: Readonly<Record<string, string>> = {
  646: 'logins are not allowed at this hour',
  647: 'the account is disabled',
  648: 'the password has expired',
  649: 'the account may not dial in',
  691: 'authentication failed',
  709: 'the password could not be changed',
};

/** Codes of RADIUS packets (RFC 2865, section 4). */
export const RADIUS_CODE = { accept: '2', reject: '3', challenge: '11' } as const;

/**
 * Names of the RADIUS servers that a login asked. The FortiGate’s own EAP server, which ends EAP for local users, is none;
 * `undefined` where the log shows no other.
 */
export function listRadiusServers({ trace: { vpn, signs } }: Attempt): readonly string[] | undefined {
  const { 'radius-sent': sent = [], 'server-loaded': loaded = [], 'radius-result': results = [] } = signs;
  const names = [...sent, ...loaded, ...results].flatMap(({ fields }) =>
    fields.server === undefined || (fields.kind ?? 'RADIUS') !== 'RADIUS' ? [] : [fields.server],
  );
  // EAP, which the FortiGate may end itself, has no such error outside its own messages, and SSL VPN does not use it.
  const isRemote = signs['radius-chap-error'] ?? (vpn === 'sslvpn' ? signs['radius-code'] : undefined);
  if (names.length === 0 && isRemote) return [];
  return names.length > 0 ? [...new Set(names)] : undefined;
}

/** The first of them, for the line about the login. */
export function getRadiusServer(login: Attempt): string {
  return listRadiusServers(login)?.[0] ?? 'the server';
}

/** The last answer of a RADIUS server to a login with this code. */
export function lastAnswer(login: Attempt, code: string): SeenSign | undefined {
  if (listRadiusServers(login) === undefined) return undefined;
  const last = login.trace.signs['radius-code']?.at(-1);
  return last?.fields.code === code ? last : undefined;
}

/** Whether the server asked for a second factor. In EAP the method itself takes up to three challenges. */
export function wasChallenged({ trace: { signs } }: Attempt): boolean {
  const challenges =
    signs['radius-code']?.filter(({ fields }) => fields.code === RADIUS_CODE.challenge).length ?? 0;
  return challenges > (signs['eap-received'] ? EAP_CHALLENGES : 0);
}

const EAP_CHALLENGES = 3;

/** The verdict where no login shows the cause: `healthy` with the answer of a server, else that no login asked one. */
export function answeredByRadius(attempts: readonly Attempt[], code?: string): Judgement {
  const answer = shownBy(
    attempts.filter((login) => listRadiusServers(login)),
    'radius-code',
    ({ fields }) => code === undefined || fields.code === code,
  );
  return answer
    ? healthy(
        code === RADIUS_CODE.accept ? 'the RADIUS server accepted a login' : 'the RADIUS server answered',
        [answer.seen.quote],
      )
    : notApplicable('no login in the evidence was answered by a RADIUS server');
}

/** `RADIUS server nps01`, or without its name where the log shows none. */
export function namedServer(servers: readonly string[]): string {
  return servers.length === 0 ? 'the RADIUS server' : `RADIUS server ${[...new Set(servers)].join(' and ')}`;
}
