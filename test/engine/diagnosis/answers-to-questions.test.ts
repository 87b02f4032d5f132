import { expect, it } from 'vitest';
import { RULES } from '../../../src/engine/rules/all-rules.ts';
import { answersAboutRule, readMail } from '../../support/answers-about-rule.ts';
import { isStatement } from '../../support/statements.ts';

/** One for each topic, in both forms where people use both. */
const QUESTIONS = [
  'Is it the firewall or AD?',
  'Is it a certificate issue?',
  'Why only her?',
  'It fails only from home.',
  'Does that mean 2FA is switched off?',
  'Do we need another licence?',
  'Do we roll back?',
  'Can we avoid rolling back?',
  'Can we go live on Monday?',
  'Is it still broken?',
  'Can I close the ticket?',
  'Should I re-provision his token?',
  'Can the token stay, or is it lost?',
  'Shall I reset her password?',
  'Does a reboot help?',
  'Is it safe during the day?',
  'Does it help to reinstall the app?',
  'Do I have to reinstall FortiClient?',
  'Is it enough to copy the old profile?',
  'What do I tell the user?',
  'Does it hit everybody?',
  'Does it hit our local users, too?',
  'Do we have to restart the DC?',
  'Can the server stay up, or do we restart it?',
  'Who should look first?',
  'Can the port stay, or do I change the port?',
  'Do I have to change the pre-shared key?',
  'Who has to change what?',
  'Is there anything to do on the laptops?',
  'Does it kick out the others?',
  'Is it dangerous?',
  'Does it hit others too?',
  'Do I have to touch every laptop?',
  'Do I open a ticket with Fortinet?',
  'Is this an attack?',
  'What do we have to change on the firewall?',
  'Can the firewall stay, or do we have to change the firewall?',
  'Do we have to do anything?',
  'Is any of this bad?',
  'Is there a workaround?',
  'Since the update nobody gets in.',
  'Why did it work on 7.2.9?',
  'Is this a known bug?',
  'Which release has the fix?',
  'How long does it take?',
  'What exactly do I type?',
  'Which certificate is needed?',
  'Which group is needed?',
  'Which attribute is needed?',
  'Which address is needed?',
  'Which port is needed?',
  'Which value is needed?',
  'Which setting is needed?',
  'How do I check that it is fixed?',
  'How do I prove that it is still broken?',
  'How do we prevent that?',
  'Why does it work at home, but not here?',
  'We moved the line on Monday, could that be it?',
  'Where do I set that?',
  'Do I enter the public address or the inner one?',
  'What do I ask the provider for?',
  'Can I give them more time?',
].map((text) => ({
  text,
  facts: readMail(text),
}));

it.each(RULES)('the answers about $id are statements that hold for every form of the question', (rule) => {
  for (const confidence of ['certain', 'likely', 'possible'] as const) {
    for (const apply of [[], ['end']]) {
      for (const { text, facts } of QUESTIONS) {
        for (const answer of answersAboutRule(rule, facts, confidence, apply)) {
          expect(answer.replace(/^(?:If so, |No: |No bug: )/, ''), text).toSatisfy(isStatement);
          // Of two forms, one has the opposite answer.
          if (/^No\b/.test(answer)) expect(text).toMatch(/^(?:Is|Do I have to)\b(?!.*\bor\b)/);
          expect(answer).not.toMatch(/does not (?:decide|show) it yet|below/);
        }
      }
    }
  }
});
