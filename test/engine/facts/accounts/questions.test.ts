import { describe, expect, it } from 'vitest';
import { TOPIC_WORDS } from '../../../../src/engine/facts/accounts/question-topics.ts';
import { createMatcher } from '../../../../src/engine/facts/accounts/question-words.ts';
import { readQuestions } from '../../../../src/engine/facts/accounts/questions.ts';
import { valueIfKnown } from '../../../../src/engine/facts/fact.ts';
import { ASKED } from '../../../fixtures/questions.ts';

const FOREIGN = ['de', 'fr', 'es', 'it', 'pt', 'nl', 'rest'] as const;
const questionsIn = (...lines: readonly string[]) =>
  valueIfKnown(readQuestions([{ kind: 'other', source: 'mail.txt', start: 1, lines }])) ?? [];
const topicsIn = (...lines: readonly string[]) =>
  questionsIn(...lines).flatMap(({ topic }) => (topic === 'other' ? [] : [topic]));

describe('a question of a person', () => {
  it.each(ASKED)('%s is about %s', (question, topic) => {
    expect([...new Set(topicsIn(question))]).toEqual([topic]);
  });

  it.each(TOPIC_WORDS)('$sample is about $topic', ({ sample, topic }) => {
    expect(topicsIn(sample)).toContain(topic);
  });

  it.each(TOPIC_WORDS)('$sample has a form in each language of its words', ({ topic, ...words }) => {
    const samples = ASKED.flatMap(([question, asked]) => (asked === topic ? [question] : []));
    const unasked = FOREIGN.filter((language) => {
      const matches = createMatcher({ [language]: words[language] });
      return words[language] !== undefined && samples.every((question) => matches(question) === -1);
    });
    expect(unasked).toEqual([]);
  });

  it.each([
    'It is the firewall that asks AD, not the client.',
    'The licence was renewed on Monday. Who can look?',
    'We rolled back to 7.4.7 last week.',
    'I reset her password twice.',
    'The token was replaced in May.',
    'GET /remote/login?lang=en HTTP/1.1',
    'What exactly do they want?',
    'Is it safe to just delete the block?',
    'May two visitors share one token?',
    'Should I send out a mail to all users?',
    'Plover wants to know before we call her.',
    'Why it fails is unclear.',
    'Why does it fail I do not know, no idea.',
    'The server, which is in Lyon, was moved.',
    'Warum das so ist, weiß ich nicht.',
    'What changed is the modem.',
    'Where the users sit there is no router.',
    'How we set it up is in the wiki.',
    'It works at home, but not in the depot.',
    'Will call back on Monday.',
    'The pushes come, and why not.',
  ])('is none: %s', (line) => {
    expect(topicsIn(line)).toEqual([]);
  });

  it('is kept without a topic, for the rules that know its words', () => {
    expect(questionsIn('Er ist weg, nehme ich einfach DH-Gruppe 2?')).toMatchObject([
      { topic: 'other', said: 'Er ist weg, nehme ich einfach DH-Gruppe 2?' },
    ]);
  });

  it('is read over wrapped lines, with the line where it ends', () => {
    const [question] = questionsIn(
      'Hello,',
      '',
      'he is out again and the boss is angry. Do we',
      'need another licence?',
    );
    expect(question).toMatchObject({
      topic: 'buy',
      said: 'Do we need another licence?',
      quote: { line: 4, text: 'need another licence?' },
    });
  });

  it('takes what it points back to from the sentence in front of it', () => {
    const text = 'LDAP can go to port 389, I read. Is that ok until Friday? When is that?';
    expect(questionsIn(text).map(({ said, sentence }) => [said, sentence])).toEqual([
      ['Is that ok until Friday?', 'LDAP can go to port 389, I read. Is that ok until Friday?'],
      ['When is that?', 'Is that ok until Friday? When is that?'],
    ]);
  });

  it('is one for each number', () => {
    const texts = questionsIn('Two questions: 1) is it lost, 2) how do they get in?').map(({ said }) => said);
    expect(texts).toEqual(['1) is it lost?', '2) how do they get in?']);
    expect(topicsIn('Two questions: 1) do we buy a licence, 2) how do they get in until Friday?')).toEqual([
      'buy',
      'meanwhile',
    ]);
  });

  it('is two where it goes on with “and without”', () => {
    expect(topicsIn('Can we fix it without a rollback, and without a restart of the server?')).toEqual([
      'rollback',
      'restart',
    ]);
  });

  it('is one where both halves ask the same', () => {
    expect(questionsIn('Is that on us, or do we have to call the provider?')).toMatchObject([
      { topic: 'place', sentence: 'Is that on us? do we have to call the provider?' },
    ]);
  });

  it('is two where it goes on with “or do we”', () => {
    expect(
      questionsIn('do we roll the firewall back, or do we need to buy a certificate?').map(
        ({ topic, said }) => [topic, said],
      ),
    ).toEqual([
      ['rollback', 'do we roll the firewall back?'],
      ['buy', 'do we need to buy a certificate?'],
    ]);
  });

  it('is quoted from the clause that names the topic', () => {
    const [question] = questionsIn('It worked yesterday, she says – is it the firewall or AD?');
    expect(question?.said).toBe('is it the firewall or AD?');
  });

  it('goes on from no item of a list', () => {
    const [question] = questionsIn('# only the new laptops fail', '# why only them?');
    expect(question?.sentence).toBe('# why only them?');
  });

  it('is read from the comments of a configuration', () => {
    const lines = [
      '#config-version=FGT60F',
      'config system admin',
      '# do we roll back?',
      'set comments "why?"',
    ];
    const read = readQuestions([{ kind: 'config', source: 'backup.conf', start: 1, lines }]);
    expect(valueIfKnown(read)?.map(({ topic, quote }) => [topic, quote.line])).toEqual([['rollback', 3]]);
  });
});
