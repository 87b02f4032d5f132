import { type DistinguishedName, getPart, nameKey } from './distinguished-name.ts';
import { PUBLIC_ROOTS } from './public-roots.ts';

interface PublicRoot {
  /** Undefined if its certificate has none. */
  readonly keyId?: string;
  /** End of its last day, in milliseconds since the Unix epoch. */
  readonly until: number;
}

const ROOT = /^(\S+) (\d{4}-\d{2}-\d{2}) (.+)$/;
const ORGANISATION = /(?:^| \/ )o=(.+?)(?= \/ |$)/;

/**
 * Organisations that sign for the public and do not own a root in the list, or have a different name there. An
 * intermediate of theirs that is not in the evidence is not a private authority.
 */
const OTHER_ORGANISATIONS: readonly string[] = [
  "let's encrypt",
  'zerossl',
  'zerossl gmbh',
  'google trust services',
  'geotrust',
  'geotrust inc.',
  'geotrust, inc.',
  'thawte',
  'thawte, inc.',
  'rapidssl',
  'symantec corporation',
  'verisign, inc.',
  'entrust',
  'entrust, inc.',
  'entrust limited',
  'comodo limited',
  'sectigo (europe) sl',
  'gandi',
  'gandi sas',
  'ssl.com',
  'ssl corp',
  'gogetssl',
  'cpanel, inc.',
  'cpanel, llc',
  'cloudflare, inc.',
  'network solutions l.l.c.',
  'corporation service company',
  'internet2',
  'geant vereniging',
  'terena',
  'jisc',
  'verein zur foerderung eines deutschen forschungsnetzes e. v.',
  'trustwave holdings, inc.',
  'digital signature trust co.',
  'digicert ireland limited',
  'digicert europe belgium b.v.',
  'quovadis trustlink b.v.',
  'e-tugra ebg a.s.',
  'kpn b.v.',
  'wotrus ca limited',
  'xin net technology corp.',
  'home.pl s.a.',
  'nazwa.pl sp. z o.o.',
  'secure site',
  'baltimore',
  'cybertrust, inc',
  'apple inc.',
];

const ROOTS = readRoots();
const ORGANISATIONS: ReadonlySet<string> = new Set([
  ...OTHER_ORGANISATIONS,
  ...PUBLIC_ROOTS.flatMap((root) => ORGANISATION.exec(root)?.[1] ?? []),
]);

/** The authority with this name that phones trust; if both have a key identifier, it must match. */
export function publicRoot(name: DistinguishedName, keyId: string | undefined): PublicRoot | undefined {
  const named = ROOTS.get(nameKey(name)) ?? [];
  return named.find((root) => keyId === undefined || root.keyId === undefined || root.keyId === keyId);
}

/** Whether an organisation signs for the public. */
export function isPublicOrganisation(name: DistinguishedName): boolean {
  const organisation = getPart(name, 'O')?.toLowerCase().replaceAll('’', "'").trim();
  return organisation !== undefined && ORGANISATIONS.has(organisation);
}

function readRoots(): ReadonlyMap<string, readonly PublicRoot[]> {
  const found = PUBLIC_ROOTS.map((line) => {
    const [, keyId = '-', day = '', name = ''] = ROOT.exec(line) ?? [];
    const until = Date.parse(`${day}T23:59:59Z`);
    return { name, root: { until, keyId: keyId === '-' ? undefined : keyId } };
  });
  return new Map(
    [...Map.groupBy(found, ({ name }) => name)].map(([name, all]) => [name, all.map(({ root }) => root)]),
  );
}
