import type { Quote, Section } from '../../evidence/types.ts';
import { type Fact, known, unknown } from '../fact.ts';
import type { ProfileSetting, UserNotice } from '../values.ts';

/** `<xauth>` and `</xauth>` of an exported FortiClient profile, around `<enabled>0</enabled>` */
export const XAUTH = /<(\/?)xauth>/;
export const ENABLED_OFF = /<enabled>\s*0\s*<\/enabled>/;
/** Lines that the element has at most, in every profile seen. */
const MAX_XAUTH_LINES = 16;

/** `<sslvpn>`, `</ike_settings>`, `<server>vpn.heron.example:10443</server>`, `<proposal>AES256|SHA256</proposal>` */
const ELEMENT =
  /<(\/?)(sslvpn|ipsecvpn|ike_settings|ipsec_settings)>|<(server|localid|dhgroup|proposal|ike_saml_port)>\s{0,10}([^<>\s][^<>]{0,120}?)\s{0,10}<\/\3>/g;
const MAX_LINE_LENGTH = 4_000;
const MAX_SETTINGS = 200;

/** Where an element stands: `<dhgroup>` and `<proposal>` are of phase 2, too. */
const PLACES: Readonly<Record<string, string>> = {
  server: 'sslvpn',
  dhgroup: 'ike_settings',
  proposal: 'ike_settings',
};

/** Settings of an exported profile of FortiClient; a piece of one where an element has one meaning wherever it stands. */
export function readClientProfile(sections: readonly Section[]): Fact<readonly ProfileSetting[]> {
  const settings: ProfileSetting[] = [];
  for (const { kind, lines, source, start } of sections) {
    if (kind === 'config' || kind === 'debug') continue;
    const open: string[] = [];
    for (let index = 0; index < lines.length; index += 1) {
      const whole = lines[index] ?? '';
      if (!whole.includes('<')) continue;
      const line = whole.slice(0, MAX_LINE_LENGTH);
      for (const [, closes, part, name, value] of line.matchAll(ELEMENT)) {
        if (part !== undefined && closes === '') open.push(part);
        else if (part !== undefined) open.pop();
        const place = name === undefined ? undefined : PLACES[name];
        if (name === undefined || value === undefined || settings.length >= MAX_SETTINGS) continue;
        if (place !== undefined && open.at(-1) !== place) continue;
        const quote: Quote = { source, line: start + index, text: line.trim().slice(0, 200) };
        settings.push({ name: name as ProfileSetting['name'], value, quote });
      }
    }
  }
  return settings.length === 0
    ? unknown('the evidence contains no profile of FortiClient')
    : known(
        settings,
        settings.map(({ quote }) => quote),
      );
}

/** FortiClient asks for no user: in its profile, the element holds `<enabled>0</enabled>`. */
export function clientsWithoutXauth(lines: readonly Quote[]): readonly UserNotice[] {
  let begun: Quote | undefined;
  return lines.flatMap((quote): readonly UserNotice[] => {
    const { text, source, line } = quote;
    const from = text.lastIndexOf('<xauth>');
    if (from !== -1) begun = quote;
    const isInside = begun?.source === source && line - begun.line <= MAX_XAUTH_LINES;
    const isOff = isInside && ENABLED_OFF.test(text.slice(Math.max(from, 0)).split('</xauth>')[0] ?? '');
    if (isOff || text.includes('</xauth>')) begun = undefined;
    return isOff ? [{ kind: 'client-xauth-off', quote }] : [];
  });
}
