import { describe, expect, it } from 'vitest';
import { readJsonLines } from '../../../../src/engine/evidence/formats/json-lines.ts';
import { looksLikePlainEvidence } from '../../../../src/engine/evidence/looks-like-evidence.ts';

const DEBUG = [
  '[1738] handle_req-Rcvd auth req 7 for wren in staff opt=00200421 prot=11',
  '[239] fnbamd_comm_send_result-Sending result 1 (nid 0) for req 7, len=2156',
];
const WORDS = { user: 'ana', status: 'open', message: 'SSL VPN login fail since monday' };

function read(value: object): readonly string[] | undefined {
  return readJsonLines(JSON.stringify(value), 1, looksLikePlainEvidence)?.map(({ text }) => text);
}

describe('an event that only words tell', () => {
  it.each([
    ['a text of several lines', { ...WORDS, description: DEBUG.join('\n') }, DEBUG],
    ['a log line', { ...WORDS, description: DEBUG[0] }, DEBUG.slice(0, 1)],
    ['a list of log lines', { ...WORDS, comments: { lines: DEBUG } }, DEBUG],
    ['texts of several lines in a list', { ...WORDS, comments: [{ text: DEBUG.join('\n') }, {}] }, DEBUG],
  ])('keeps %s beside it', (_what, value, expected) => {
    const lines = read(value);
    expect(lines?.[0]).toMatch(/^logid="0101039426" user="ana"/);
    expect(lines?.slice(1).filter((line) => line !== '')).toEqual(expected);
  });

  it('is read without its words, where it is one of many', () => {
    expect(read([WORDS, WORDS])).toHaveLength(2);
  });
});

it('keeps an event with an id alone', () => {
  expect(read({ logid: '0101039426', user: 'ana', description: DEBUG.join('\n') })).toHaveLength(1);
});
