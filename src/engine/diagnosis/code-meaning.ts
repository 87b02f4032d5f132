import { MS_CHAP_ERRORS } from '../rules/shared/radius-logins.ts';
import { DIRECTORY_REASONS } from '../rules/shared/vpn-logins.ts';
import { findSymptoms } from '../rules/symptoms.ts';
import type { Finding } from './diagnosis.ts';
import { symptomText } from './explained-lines.ts';

/** fnbamd’s results (domain notes on VPN logins, section 1.2). */
const RESULTS: Readonly<Record<string, string>> = {
  0: 'the login was accepted',
  1: 'the login was refused: by the server, for a wrong local password, or because no group matches',
  2: 'more messages are needed, a normal step',
  4: 'the FortiGate waits for a server',
  5: 'the login could not be checked: no user, group or server could decide',
  7: 'the password was accepted and a token is asked for',
  8: 'the next code of the token is asked for',
  10: 'the server did not answer',
};

/** Codes of `access failed, uri=[/remote/logincheck]`. */
const NOT_YET = 'no user is logged in yet; the line stands also in logins that succeed, so it is no fault';

/** What a person asks about, and who gives the code. */
const CODES: readonly (readonly [
  code: RegExp,
  meanings: Readonly<Record<string, string>>,
  shown: (code: string) => string,
])[] = [
  // `result 10`, `return: 5`
  [/\b(?:result|return):? (\d{1,2})\b/i, RESULTS, (code) => `Result ${code} of the FortiGate`],
  // `E=691`
  [/\bE ?= ?(\d{3})\b/, MS_CHAP_ERRORS, (code) => `E=${code} of the RADIUS server`],
  // `ret=4103`
  [/\bret ?= ?(\d{4})\b/i, { 4103: NOT_YET, 5003: NOT_YET }, (code) => `ret=${code} of SSL VPN`],
  // `data 532`, `error 52e`
  [/\b([57][0-9a-f]{2})\b/i, DIRECTORY_REASONS, (code) => `Data ${code} of the directory`],
];

/** What the code or percentage in a question says, with the cause of this case where it is one of those. */
export function meaningText(said: string, causes: readonly Finding[]): string {
  for (const [pattern, meanings, shown] of CODES) {
    const code = pattern.exec(said)?.[1]?.toLowerCase() ?? '';
    const meaning = meanings[code];
    if (meaning !== undefined) return `${shown(code)} means: ${meaning}.`;
  }
  const [symptom] = findSymptoms(said);
  if (!symptom) return '';
  const sure = causes.filter(({ confidence }) => confidence !== 'possible');
  const cause =
    sure.find(({ rule }) => symptom.causes.includes(rule)) ?? (sure.length === 1 ? sure[0] : undefined);
  return cause ? `Here ${symptom.shown} means: ${cause.title}.` : symptomText(symptom);
}
