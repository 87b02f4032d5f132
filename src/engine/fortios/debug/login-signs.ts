import { CHARON_SIGNS, NATIVE_SIGNS, OPENFORTIVPN_SIGNS } from './endpoint-signs.ts';
import { EAP_SIGNS, FNBAMD_SIGNS } from './fnbamd-signs.ts';
import { IKE_SIGNS } from './ike-signs.ts';
import type { DebugRecord } from './record.ts';
import { AUTHD_SIGNS, SAMLD_SIGNS } from './saml-signs.ts';
import { SSLVPN_SIGNS } from './sslvpn-signs.ts';
import type { EventSign } from './vpn-events.ts';

/** A kind of line, the text that every such line begins with, how it is read, and one sample without its prefix. */
export type SignLine<Name extends string = string> = readonly [
  sign: Name,
  starts: string,
  pattern: RegExp,
  sample: string,
];

export type SignName = (typeof SIGN_LINES)[keyof typeof SIGN_LINES][number][0] | EventSign;

/** What a line of a daemon says about one login. */
export interface LoginSign {
  readonly sign: SignName;
  /** The named groups of the pattern. */
  readonly fields: Readonly<Record<string, string>>;
}

/** All lines about logins besides those of push, by daemon (domain notes on VPN logins, sections 1.3 to 1.7). */
export const SIGN_LINES = {
  sslvpn: SSLVPN_SIGNS,
  fnbamd: FNBAMD_SIGNS,
  eap_proxy: EAP_SIGNS,
  ike: IKE_SIGNS,
  samld: SAMLD_SIGNS,
  authd: AUTHD_SIGNS,
  openfortivpn: OPENFORTIVPN_SIGNS,
  charon: CHARON_SIGNS,
  'native-client': NATIVE_SIGNS,
} as const;

const BY_DAEMON: Readonly<Record<string, readonly SignLine<SignName>[]>> = SIGN_LINES;
const MAX_LENGTH = 4_096;
const NO_FIELDS = {};

/** `text` is the text of the record; for ike without the name of the tunnel (`readIkePrefix`). */
export function readLoginSign({ daemon }: DebugRecord, text: string): LoginSign | undefined {
  for (const [sign, starts, pattern] of BY_DAEMON[daemon] ?? []) {
    if (!text.startsWith(starts)) continue;
    const match = pattern.exec(text.length > MAX_LENGTH ? text.slice(0, MAX_LENGTH) : text);
    if (match) return { sign, fields: match.groups ?? NO_FIELDS };
  }
  return undefined;
}
