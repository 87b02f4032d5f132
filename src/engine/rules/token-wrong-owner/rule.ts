import { statedQuote } from '../../facts/described/described.ts';
import { valueIfKnown } from '../../facts/fact.ts';
import { broken, defineRule, healthy, undecided } from '../define-rule.ts';
import type { RuleAnswer } from '../rule.ts';
import { ONLY_NEW_TOKENS, OPENS_NOTHING } from '../shared/answers.ts';
import { UNIT_REPLACED } from '../shared/described-symptoms.ts';
import { vdomFix } from '../shared/fix.ts';
import { nameList } from '../shared/logins.ts';
import { noCliFix } from '../shared/no-cli-fix.ts';
import { NOT_OF_PRODUCT, tokenWasActivated } from '../shared/provisioning.ts';

/** What a person asks who has a new unit. */
const AFTER_REPLACEMENT: readonly RuleAnswer[] = [
  [
    [
      'buy',
      /\b(?:ri)?(?:compr|acquist)\p{L}+.{0,30}\b(?:licen|token)|\b(?:buy|purchase|kaufen|acheter|kopen)\b/iu,
    ],
    'Nothing has to be bought: after an RMA Fortinet Customer Service moves the licence to the new serial number.',
  ],
];

export const rule = defineRule({
  id: 'token-wrong-owner',
  title: 'The token’s licence belongs to another FortiGate',
  severity: 'high',
  hop: 'token',
  number: 38,
  forCustomer: 'the code is assigned to a different account',
  disturbs: 'users of these tokens',
  place: 'in the token licence, which belongs to another serial number',
  answers: [
    // `do I move every token?`
    [
      /\b(?:every|each|single|all (?:the|our)|jede[sn]?|einzeln\w*|alle|chaque|tous|cada|todos|ogni|tutti|elke?)\b.{0,20}\b(?:tokens?|jetons?)\b/i,
      'Single tokens are not moved: Customer Service moves the whole licence; then the tokens are imported, assigned and activated again.',
    ],
    [
      'duration',
      'The time is that of the ticket with Customer Service; the users need another second factor until then, for example e-mail.',
    ],
    ['meanwhile', 'Another second factor gets the users in until then, for example codes by e-mail.'],
    [
      'buy',
      'A new licence is needed if Fortinet cannot move this one: one shipped since August 2025 moves only to a replaced (RMA) unit.',
    ],
    ['token', 'The tokens are imported and assigned again after the licence is moved.'],
    ['vendor', 'A ticket with Customer Service is needed: it moves the whole licence to this serial number.'],
    ONLY_NEW_TOKENS,
    [
      'clients',
      'Each phone has to be activated again, once the tokens are imported and assigned on this unit.',
    ],
    [
      /\b(?:ticket|portal)\b/i,
      'A ticket with Customer Service is needed: it moves the whole licence to this serial number.',
    ],
    ['choice', 'Customer Service has to move the licence, on a ticket with both serial numbers.'],
    [
      'prevent',
      'A replacement needs its licence moved before the configuration is restored: tokens belong to the serial number.',
    ],
    ['request', 'Customer Service needs both serial numbers, and moves the whole licence to this unit.'],
    [
      'own-change',
      'A restored configuration brings the tokens, but their licence belongs to the serial number of the unit before.',
    ],
    [
      'verify',
      '`diagnose fortitoken info` shows the state of the tokens; a new activation that succeeds proves it.',
    ],
    [
      'where',
      'The licence is moved by Customer Service; the tokens are then imported and assigned on the FortiGate.',
    ],
    OPENS_NOTHING,
  ],
  descriptions: [
    {
      all: [
        'swapped|restored firewall / swapped restored / swapped hardwareModel / swapped',
        'token licence|registered / licence registered|old / registered old|firewall',
        'provision fails|not / token fails|not',
      ],
      or: [['token licence', 'registered old|swapped|hardwareModel', 'provision fails|not / token fails']],
      also: ['licence registered', 'provision fails|not'],
      not: ['cluster', 'free token', 'seedMessage', 'cloudToken'],
      title: 'The token licence is still registered to the old FortiGate',
      fix: 'Compare the serial number of this FortiGate (`get system status`) with the one that the token licence is registered to in the support portal. If they differ, let Fortinet Customer Service transfer the whole licence to this unit. Then delete the tokens, import them again with the redemption code, and assign them anew.',
    },
  ],
  needs: [],
  wants: ['provisioningErrors', 'tokenStates', 'tokenEvents', 'haStatus', 'described'],
  references: ['KB194508', 'KB190171', 'KB205363'],
  check({ provisioningErrors, tokenStates, tokenEvents, haStatus, described }, context) {
    const refusal = valueIfKnown(provisioningErrors)?.find((each) => each.code === NOT_OF_PRODUCT);
    if (refusal) {
      const other = valueIfKnown(haStatus)?.members.find(({ role }) => role === 'secondary')?.serial;
      const first = other
        ? `See in FortiCare which serial number the licence is registered to. If it is ${other}, the secondary unit of this cluster, make that unit the primary while you assign tokens, and delete none. Only if it is a unit outside the cluster: let`
        : 'Let';
      const replaced = other ? undefined : statedQuote(UNIT_REPLACED, described);
      const held = (valueIfKnown(tokenStates) ?? [])
        .filter(({ serial }) => serial.startsWith('FTKMOB'))
        .map(({ serial }) => serial);
      return broken('certain', {
        title: 'Fortinet refuses the token: its licence belongs to another FortiGate',
        summary: `The token server answered error ${refusal.code}, \`${refusal.message}\`. ${replaced ? 'The unit was replaced, and its licence is still registered to the serial number of the old one.' : 'The configuration was moved from another unit, the unit was replaced, or in a cluster the licence is registered to the other member.'} Until the licence belongs to this serial number, the token can neither be activated nor assigned.`,
        evidence: [...refusal.quotes, ...(replaced ? [replaced] : [])],
        ...(replaced && { answers: AFTER_REPLACEMENT }),
        fix: vdomFix(
          context,
          undefined,
          noCliFix(
            `${first} Fortinet Customer Service transfer the licence to this serial number (a whole licence, never single tokens${replaced ? '; the ticket names both serial numbers and the RMA' : '; one shipped since August 2025 only if the unit was replaced by RMA'}), then delete the tokens here${held.length > 1 && held.length < 5 ? ` (${nameList(held)}: those that work are activated anew as well)` : ''} and import the licence again. First remove assigned tokens from their users, so plan a maintenance window. Then assign the token again.`,
            ['diagnose fortitoken info'],
            'This must show the token without an error.',
          ),
        ),
        explains: ['token-not-activated', 'token-activation-expired', 'token-seed-unavailable'],
      });
    }
    const activated = tokenWasActivated(tokenStates, tokenEvents);
    if (activated) {
      return healthy('Fortinet activated a token of this device', [activated]);
    }
    return undecided({
      reason: 'the evidence does not show how Fortinet’s server answered an activation',
      need: 'the provisioning debug (`diagnose debug application forticldd 255`, `diagnose fortitoken debug enable`, `diagnose debug enable`) while a token is assigned',
      commands: ['fortitoken-info'],
    });
  },
});
