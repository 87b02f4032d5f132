import type { Quote } from '../../evidence/types.ts';
import { valueIfKnown } from '../../facts/fact.ts';
import type { Facts } from '../../facts/facts.ts';
import { formatVersion } from '../../fortios/version.ts';
import { broken, defineRule, healthy, notApplicable, undecided } from '../define-rule.ts';
import { ONLY_NEW_TOKENS } from '../shared/answers.ts';
import { NOT_OF_PRODUCT } from '../shared/provisioning.ts';

/** Release named in KB 424201. */
const RELEASE = '7.4.9';

const EXPLAINS = [
  'token-wrong-owner',
  'token-not-activated',
  'token-activation-expired',
  'token-seed-unavailable',
] as const;

/** `In FortiCare the token licence is listed under FGT60F0000000002.` */
const LISTED =
  /\b(?:licen[cs]es?|lizenz\w*|licencias?|licenza|licentie)\b.*\b(?:listed|registered|belongs?|owned|shown|under|registriert|gelistet|registrad[ao]|enregistrée?|unter)\b/i;
const DENIED = /\b(?:not|no longer|never|nicht|pas)\b/i;

/** `registered to FGT-A`, `enregistrée sur FortiCloud au nom de FGT-A`, `auf FGT60F0000000002 registriert` */
const OWNER =
  /(?<!\p{L})(?:under|for|to|auf|unter|für|au nom de|à|a nombre de|op naam van|a nome di|em nome de) (?:the (?:unit|member) )?([A-Z](?=[\w.-]*[\d-])[\w.-]{2,30})/u;
const SECONDARY =
  '(?<!\\p{L})(?:secondary|standby|passive|slave|secondaire|sekundär\\p{L}*|passiv\\p{L}*|secundari[oa]|secondari[oa]|secundaire|secundári[oa])(?!\\p{L})';
/** Behind the name: ` (FGT60F0000000002), which is secondary now`; before it: `the secondary is now ` */
const ROLE_BEHIND = new RegExp(`^[^.;]{0,60}?${SECONDARY}`, 'iu');
const ROLE_BEFORE = new RegExp(`${SECONDARY}[^.,;]{0,20}$`, 'iu');

function isToldSecondary(name: string, sentences: readonly { readonly text: string }[]): boolean {
  return sentences.some(({ text }) => {
    const at = text.lastIndexOf(name);
    return at >= 0 && (ROLE_BEHIND.test(text.slice(at + name.length)) || ROLE_BEFORE.test(text.slice(0, at)));
  });
}

/** The secondary unit that a person names as the one that the token licence is registered to. */
interface StatedOwner {
  readonly name: string;
  /** As `get system ha status` lists it; absent where its role is told too. */
  readonly serial?: string;
  readonly quotes: readonly Quote[];
}

function findOwner({ haStatus, described }: Pick<Facts, 'haStatus' | 'described'>): StatedOwner | undefined {
  const said = (valueIfKnown(described) ?? []).filter(({ text }) => LISTED.test(text) && !DENIED.test(text));
  if (haStatus.state !== 'known') {
    return said.flatMap(({ text, quote }): readonly StatedOwner[] => {
      const name = OWNER.exec(text)?.[1];
      const isTold = name !== undefined && isToldSecondary(name, valueIfKnown(described) ?? []);
      return isTold ? [{ name, quotes: [quote] }] : [];
    })[0];
  }
  const named = haStatus.value.members.flatMap(({ serial, role, quotes }) => {
    const sentence = said.find(({ text }) => text.includes(serial));
    // `Secondary   : FGT-B, FGT60F0000000002, HA cluster index = 0`
    const [, name = serial] = /:\s*([^,\s]+)\s*,/.exec(quotes[0]?.text ?? '') ?? [];
    return sentence ? [{ name, serial, role, quotes: [...quotes, sentence.quote] }] : [];
  });
  const [owner, another] = named;
  return another || owner?.role !== 'secondary' ? undefined : owner;
}

export const rule = defineRule({
  id: 'ha-license-on-secondary',
  title: 'The token licence is registered to the other member of the cluster',
  severity: 'high',
  hop: 'token',
  number: 39,
  forCustomer: 'the licence for the codes is on the standby firewall',
  disturbs: 'a failover',
  place: 'in the token licence, which belongs to the other cluster member',
  answers: [
    [
      'update',
      'FortiOS 7.4.9 provisions tokens with the serial number of the primary unit, which may be another than before.',
    ],
    ['buy', 'A further licence is not needed: the cluster has one, which belongs to the other member.'],
    [
      'vendor',
      'A ticket with Fortinet is not needed if the licensed unit can be primary while tokens are assigned; else it moves the licence.',
    ],
    ONLY_NEW_TOKENS,
    ['token', ''],
    [
      'risk',
      'A failover is short, but users of SSL VPN have to log in again, and sessions without `session-pickup` are cut.',
    ],
    [
      'choice',
      'A licensed unit that is primary while tokens are assigned is enough; active tokens work on either unit.',
    ],
    [
      'verify',
      '`get system ha status` shows which unit is primary; the FortiCare account shows which one has the token licence.',
    ],
    [
      'own-change',
      'FortiOS 7.4.9 provisions tokens with the serial number of the primary unit, so an upgrade or a failover can bring it up.',
    ],
    ['elsewhere', 'Active tokens work on either unit; only new activations need the licensed one.'],
    ['prevent', 'A licence that is registered to the unit that is mostly primary avoids it.'],
  ],
  descriptions: [
    {
      all: [
        'cluster',
        'token provision|new|newUser',
        'provision fails|not / token not / new not|fails / licence cluster|registered',
      ],
      also: ['licence registered|cluster', 'unaffected / others works / token works', 'newUser|new'],
      title: 'The token licence is registered to the other member of the cluster',
      fix: 'Compare the owner of the token licence in the support portal with the unit that is primary now: `get system ha status`. If the licence belongs to the secondary, make that unit the primary while you assign tokens, or let Fortinet register the licence to the other unit. Tokens already in use go on working.',
    },
  ],
  needs: ['version'],
  wants: ['haStatus', 'device', 'provisioningErrors', 'tokenEvents', 'described'],
  versions: RELEASE,
  references: ['KB424201', 'KB410099'],
  checkPartial(facts) {
    const refusal = valueIfKnown(facts.provisioningErrors)?.find((each) => each.code === NOT_OF_PRODUCT);
    const owner = findOwner(facts);
    if (!refusal || !owner) return undefined;
    const { name, serial, quotes } = owner;
    return broken('certain', {
      title: `The token licence is registered to ${name}, the secondary unit of the cluster: no new tokens`,
      summary: `Fortinet’s server answered \`${refusal.message}\`: tokens are provisioned with the serial number of the unit that is primary, and the licence is registered to ${name}${serial === undefined ? '' : ` (${serial})`}, as the message states. Tokens in use go on working.`,
      evidence: [...refusal.quotes, ...quotes],
      fix: `Make ${name} the primary unit while you assign tokens: the licence is registered to it. That is a failover, so choose a quiet hour; \`get system ha status\` then shows ${name} as primary. Tokens in use stay as they are: delete none. A ticket with Fortinet Customer Service is needed only if ${name} cannot be primary: it then registers the licence to the other unit.`,
      explains: EXPLAINS,
    });
  },
  check({ version, haStatus, device, provisioningErrors, tokenEvents }) {
    const release = formatVersion(version.value);
    if (release !== RELEASE) {
      return notApplicable(`this bug is known in FortiOS ${RELEASE}; the device runs ${release}`);
    }
    const mode = valueIfKnown(haStatus)?.mode.value ?? valueIfKnown(device)?.haMode;
    if (mode !== undefined && /standalone/i.test(mode)) return notApplicable('the device is in no cluster');
    const refusal = valueIfKnown(provisioningErrors)?.find((each) => each.code === NOT_OF_PRODUCT);
    const events = valueIfKnown(tokenEvents) ?? [];
    const failed = events.findLast((each) => each.kind === 'activation-failed');
    const succeeded = events.findLast((each) => each.kind === 'activation-succeeded');
    if (mode !== undefined && (refusal ?? (succeeded ? undefined : failed))) {
      return broken(refusal ? 'likely' : 'possible', {
        title: 'The token licence may belong to the other cluster member: no new tokens',
        summary: `FortiOS ${RELEASE} provisions tokens with the serial number of the unit that is primary now. ${
          refusal
            ? `Fortinet’s server answered \`${refusal.message}\``
            : 'The event log shows an activation that failed'
        } in a cluster (${mode}): the licence is then registered to the member that is secondary. Tokens that are active still work.`,
        evidence: [...(refusal?.quotes ?? failed?.quotes ?? []), ...version.quotes],
        fix: 'Make the unit that owns the licence the primary while you assign tokens, or let Fortinet register the licence to the other unit. FortiCare shows the owner, and the FortiGate which unit is primary: `get system ha status`.',
        explains: EXPLAINS,
      });
    }
    if (mode !== undefined && succeeded) {
      return healthy('a token was activated here', succeeded.quotes);
    }
    return undecided({
      reason:
        mode === undefined
          ? `FortiOS ${RELEASE} has this fault in clusters; the evidence does not show whether this is one`
          : `FortiOS ${RELEASE} in a cluster: assigning tokens fails where the licence is registered to the other unit, and the evidence shows no attempt`,
      need: 'which unit is primary, and which one FortiCare names as the owner of the token licence',
      commands: ['ha-status'],
    });
  },
});
