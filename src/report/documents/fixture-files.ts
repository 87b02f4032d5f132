import type { EvidenceItem } from '../../engine/evidence/types.ts';
import { endWithNewline } from './bundle/outputs.ts';

/**
 * Evidence as files that `analyze` and the tests of a rule read: a device's answers as one CLI session, every other
 * text as a file of its own. An incomplete answer is left out, because a session would show it as complete.
 */
export function fixtureFiles(evidence: readonly EvidenceItem[], alias = 'fgt') {
  const answers = evidence.filter(
    ({ command, failure }) =>
      command !== undefined && failure?.kind !== 'timeout' && failure?.kind !== 'not-run',
  );
  const texts = evidence.filter(({ command }) => command === undefined);
  const host = alias.replaceAll(/[^A-Za-z0-9_.-]+/g, '-');
  return [
    ...(answers.length === 0 ? [] : [{ name: 'session.txt', text: session(answers, host) }]),
    ...texts.map(({ name, text }, index) => ({ name: fileName(name, index), text: endWithNewline(text) })),
  ];
}

function session(answers: readonly EvidenceItem[], host: string): string {
  const parts = answers.map(({ command = '', vdom, text }) => {
    const prompt = vdom === undefined ? host : `${host} (${vdom})`;
    return `${prompt} # ${command}\n${endWithNewline(text)}`;
  });
  return `${parts.join('')}${host} # \n`;
}

/** Numbered, so that two files of one name both stay; without folders. */
function fileName(name: string, index: number): string {
  const base = name.split(/[\\/]/).at(-1) ?? '';
  const safe = base
    .replaceAll(/[^A-Za-z0-9._-]+/g, '-')
    .replace(/^[-.]+/, '')
    .slice(-60);
  const named = safe === '' ? 'text' : safe;
  return `${index + 1}-${/\.[A-Za-z0-9]{1,5}$/.test(named) ? named : `${named}.txt`}`;
}
