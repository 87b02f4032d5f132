import { valueIfKnown } from '../../facts/fact.ts';
import { broken, defineRule, healthy, notApplicable, undecided } from '../define-rule.ts';

import { OPENS_NOTHING } from '../shared/answers.ts';
import { nameList } from '../shared/logins.ts';

/** Licence of the two free tokens of a device. */
const TRIAL = /^FTMTRIAL/i;

export const rule = defineRule({
  id: 'trial-token-stuck',
  title: 'A trial token is stuck or was deleted',
  severity: 'medium',
  hop: 'token',
  number: 40,
  forCustomer: 'a trial licence for the codes is in the way',
  disturbs: 'nobody',
  place: 'in a trial token, which blocks the import of both',
  answers: [
    ['buy', 'A licence is not needed: both trial tokens are free and can be imported again.'],
    ['token', 'Both trial tokens have to be deleted and imported again.'],
    ['who', 'Both trial tokens of this FortiGate are concerned; tokens of a licence are not.'],
    [
      /\b(?:gone|lost|get (?:it|them) back|weg|verloren|perdus?|perdid\w+|persi|kwijt)\b/i,
      'Deleted trial tokens are not lost: `execute fortitoken-mobile import 0000-0000-0000-0000-0000` brings both back.',
    ],
    [
      'typed',
      '`execute fortitoken-mobile import 0000-0000-0000-0000-0000` brings both trial tokens back, once both are deleted.',
    ],
    ['vendor', 'A ticket is not needed: both trial tokens can be imported again on the FortiGate.'],
    ['choice', 'Both trial tokens are deleted and imported together: one of them cannot be imported alone.'],
    ['verify', '`show user fortitoken` lists both trial tokens after the import.'],
    ['prevent', 'Trial tokens can be taken from a user without deleting them.'],
    OPENS_NOTHING,
  ],
  descriptions: [
    {
      all: ['free token', 'stuck|provision|fails|restored / not provision'],
      also: ['stuck', 'provision fails|not|stuck / fails'],
      not: ['listEmpty', 'swapped firewall'],
      title: 'A trial token is stuck or was deleted',
      fix: 'Remove both trial tokens from their users and delete both (`config user fortitoken`, `delete "<serial>"`). Then import them again with `execute fortitoken-mobile import 0000-0000-0000-0000-0000`, assign them and activate them anew. A licence is not needed for these two.',
    },
  ],
  needs: [],
  wants: ['tokenConfigs', 'tokenEvents', 'tokenStates'],
  references: ['KB190171'],
  check({ tokenConfigs, tokenEvents, tokenStates }) {
    const refusals = (valueIfKnown(tokenEvents) ?? []).filter(
      (each) => each.kind === 'no-valid-token' || each.kind === 'invalid-value',
    );
    const trials = (valueIfKnown(tokenConfigs) ?? []).filter((each) => TRIAL.test(each.licence ?? ''));
    const [refusal] = refusals;
    if (refusal && trials.length > 0) {
      const serials = nameList(trials.map((each) => each.serial));
      return broken('likely', {
        title: 'FortiOS refuses to import or assign the free trial tokens',
        summary: `FortiOS answered \`${refusal.quotes.at(-1)?.text ?? ''}\`, and ${serials} of a trial licence is in the configuration. A trial token that was deleted or half imported blocks the import of both.`,
        evidence: [
          ...refusal.quotes.toReversed(),
          ...trials.flatMap((each) => each.locked.quotes.slice(0, 1)),
        ],
        fix: 'Remove the trial tokens from their users, delete both (`config user fortitoken`, `delete "<serial>"`), then import them again with `execute fortitoken-mobile import 0000-0000-0000-0000-0000`.',
      });
    }
    const states = valueIfKnown(tokenStates) ?? [];
    const trialSerials = new Set(trials.map(({ serial }) => serial));
    const good = states.find(
      ({ serial, status }) => trialSerials.has(serial) && /^(?:active|provisioned)$/.test(status.value),
    );
    if (good && !refusal) {
      return healthy(`trial token ${good.serial} is activated`, good.status.quotes);
    }
    if (tokenConfigs.state === 'known' && trials.length === 0 && !refusal) {
      return notApplicable('no trial token is configured');
    }
    return undecided({
      reason: refusal
        ? 'FortiOS refused a token; the evidence does not show whether it is a trial token'
        : 'the evidence does not show the state of a trial token',
      need: 'the tokens with their licences, and their states',
      commands: ['fortitokens', 'fortitoken-info'],
    });
  },
});
