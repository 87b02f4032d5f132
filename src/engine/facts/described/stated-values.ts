import { isPrivateAddress } from '../../fortios/address.ts';
import { type FortiosVersion, hasSince, parseVersion } from '../../fortios/version.ts';
import { defaultCertificate } from '../push/push-service.ts';
import type { DescribedSentence } from './described.ts';

/** A value that a fix names, as people state it: the only one that the sentences hold fills the placeholder. */
type Reader = (sentences: readonly DescribedSentence[]) => readonly string[];

const ADDRESS = /(?<![\d.])(?:\d{1,3}\.){3}\d{1,3}(?![\d.]*\d)/g;
/** Ends the words before an address that say which it is: `is now 203.0.113.9`, `replaced by 203.0.113.9` */
const NEW =
  /\b(?:now|new|today|(?:replaced|changed|moved|switched) (?:by|with|to)|jetzt|neue?[nrs]?|heute|ahora|nuev[oa]|maintenant|desormais|nouvelle|ora|nuov[oa]|nieuwe?|agora|nov[oa])\b(?: \S+){0,5} ?$/i;
/** `still the 198.51.100.7`, `instead of 198.51.100.7` */
const OLD =
  /\b(?:(?:was|were|war|era|était|before|from)(?: the| it| es)?|(?:instead of|in place of|no longer|still|old|previous\w*|alte[nrs]?|statt|anstatt|noch|nicht mehr|vorher|bisher\w*|sigue|en vez de|ya no|antes|antigu[oa]|anterior|encore|toujours|au lieu de|avant|ancien\w*|vecchi[oa]|ancora|prima|invece di|oude?|nog|in plaats van|ainda|antig[oa]|em vez de)\b(?: \S+){0,2}) ?$/i;
/** Where another statement begins: `203.0.113.9 now, and 198.51.100.7 before` */
const BORDER = /[,;:()]|\b(?:and|und|y|et|en|e)\b/;
/** A sentence with one of these names an address of the FortiGate. */
const OF_FIREWALL: ReadonlySet<string> = new Set(['wan', 'wanOne', 'wanTwo', 'wanAddress', 'newLine']);

/** `7.4.8`, a release as people write it */
export const RELEASE = /(?<![\d.])[67]\.\d\.\d{1,2}(?![\d.]*\d)/g;

/** The first address of `AADSTS50011: The redirect URI 'https://vpn.example.com/remote/saml/login' specified in the request …` */
const REPLY_URL = /https:\/\/[\w.:-]+\/[\w/-]*saml\/\w+\/?/g;

const READERS: Readonly<Record<string, Reader>> = {
  '<new-address>': readChangedAddress('new'),
  '<old-address>': readChangedAddress('old'),
  '<public-address>': (sentences) =>
    publicAddresses(sentences).flatMap((each) => (each.isOfFirewall ? [each.address] : [])),
  '<private-address>': matching(ADDRESS, (text) => (isPrivateAddress(text) ? text : undefined)),
  '<wan>': matching(/\b(?:wan[1-4]|port\d{1,2}|x\d{1,2})\b/gi, (text) => text.toLowerCase()),
  '<release>': matching(RELEASE),
  '<shipped-certificate>': matching(RELEASE, (text) => defaultCertificate(parseVersion(text))),
  '<reply-url>': (sentences) =>
    sentences.flatMap(({ text, meanings }) =>
      meanings.includes('replyRefused') ? (text.match(REPLY_URL)?.slice(0, 1) ?? []) : [],
    ),
  '<certificate>': matching(/(?<=["“„«'])[\w*][\w.*-]{2,62}(?=["”“»'])/g),
};

const NUMBER = '[^\\d.;]{0,40}(\\d\\.\\d{1,2}\\.\\d{1,2})(?![\\d.]*\\d)';
/** `FortiClient 7.2.5`, `FortiClient VPN only, v7.2.5`, `the FortiClients have 7.0.12` */
const CLIENT_RELEASE = new RegExp(`\\bFortiClients?\\b${NUMBER}`, 'gi');
/** `the FortiGate has 7.2.9`, `FortiOS 7.4.8` */
const FORTIOS_RELEASE = new RegExp(`\\bForti(?:Gates?|OS)\\b${NUMBER}`, 'gi');

/** Releases that have a cause, by the first of each branch: `FortiClient before 7.4.3`. */
export interface Releases {
  readonly of: 'FortiOS' | 'FortiClient';
  readonly since?: readonly string[];
  readonly before?: readonly string[];
}

/**
 * Whether each release that is stated is another. `read`: that of the FortiGate. Beside one of FortiClient, another without a
 * name may be of FortiClient, too: `those with FortiClient 7.4.4, not the one with 7.0.7`.
 */
export function isOtherRelease(
  { of, since, before }: Releases,
  sentences: readonly DescribedSentence[],
  read: FortiosVersion | undefined,
): boolean {
  if (sentences.some(({ text }) => BRANCH.test(text))) return false;
  const clients = statedClients(sentences);
  const nameless = clients.length === 0 ? [] : namelessReleases(sentences);
  const stated = of === 'FortiClient' ? [...clients, ...nameless] : read ? [read] : [];
  return (
    stated.length > 0 &&
    stated.every((release) => (since && !hasSince(release, since)) || (before && hasSince(release, before)))
  );
}

/** `upgraded to 7.6`: a branch, whose release is not stated. */
const BRANCH = /(?<![\d.])[67]\.\d(?![\d.]*\d)/;

/** The releases that are said to be of FortiClient. */
export function statedClients(sentences: readonly DescribedSentence[]): readonly FortiosVersion[] {
  return sentences.flatMap(({ text }) =>
    [...text.matchAll(CLIENT_RELEASE)].flatMap(([, release = '']) => parseVersion(release) ?? []),
  );
}

function namelessReleases(sentences: readonly DescribedSentence[]): readonly FortiosVersion[] {
  return sentences.flatMap(({ text }) =>
    (text.replace(CLIENT_RELEASE, '').replace(FORTIOS_RELEASE, '').match(RELEASE) ?? []).flatMap(
      (release) => parseVersion(release) ?? [],
    ),
  );
}

/** Replaces each placeholder of which the sentences name one value. Sample: `set server "<new-address>"`. */
export function fillPlaceholders(text: string, sentences: readonly DescribedSentence[]): string {
  return text.replace(/<[a-z-]+>/g, (placeholder) => {
    const [value, another] = new Set(READERS[placeholder]?.(sentences));
    return value === undefined || another !== undefined ? placeholder : value;
  });
}

function matching(value: RegExp, spell: (text: string) => string | undefined = (text) => text): Reader {
  return (sentences) =>
    sentences.flatMap(({ text }) => text.match(value) ?? []).flatMap((found) => spell(found) ?? []);
}

interface StatedAddress {
  readonly address: string;
  readonly role: 'old' | 'new' | undefined;
  readonly isOfFirewall: boolean;
}

function publicAddresses(sentences: readonly DescribedSentence[]): readonly StatedAddress[] {
  return sentences.flatMap(({ text, meanings }) =>
    [...text.matchAll(ADDRESS)].flatMap(({ 0: address, index }) => {
      if (isPrivateAddress(address)) return [];
      const before = text.slice(0, index).split(BORDER).at(-1) ?? '';
      const role = OLD.test(before) ? 'old' : NEW.test(before) ? 'new' : undefined;
      return [{ address, role, isOfFirewall: meanings.some((meaning) => OF_FIREWALL.has(meaning)) }];
    }),
  );
}

/** The public address before or after a change; of two of the FortiGate, one that is told apart tells the other. */
function readChangedAddress(role: 'old' | 'new'): Reader {
  return (sentences) => {
    const all = publicAddresses(sentences);
    const told = all.filter((each) => each.role === role);
    const others = new Set(all.flatMap((each) => (each.role && each.role !== role ? [each.address] : [])));
    const rest = all.filter((each) => each.isOfFirewall && others.size === 1);
    return (told.length > 0 ? told : rest).flatMap(({ address }) => (others.has(address) ? [] : [address]));
  };
}
