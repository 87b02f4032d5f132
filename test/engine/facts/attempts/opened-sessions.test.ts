import { describe, expect, it } from 'vitest';
import { EvidenceCollector } from '../../../../src/engine/diagnosis/evidence-collector.ts';
import { createRedactStream } from '../../../../src/engine/evidence/redact-stream.ts';
import { SectionStream } from '../../../../src/engine/evidence/section-stream.ts';
import { valueIn } from './read-log.ts';

const FILLER = '[5784:root:7]tunnelEnter:502 0x7f55:0x7f56 sslvpn tunnel keepalive, peer 203.0.113.9';
const HELLO = '[5784:root:d9]SSL state:SSLv3/TLS read client hello (203.0.113.62)';
const POSTED = '[5784:root:d9]authenticate user: [marlow]';
const ASKED = '[5784:root:d9]Groups sent to FNBAM:';
const REFUSED = '[5784:root:d9]login_failed:393 user[marlow],auth_type=1 failed [sslvpn_login_unknown_user]';

function others(from: number, count: number): string[] {
  return Array.from({ length: count }, (_, n) => HELLO.replace('d9', (4_096 + from + n).toString(16)));
}

function signsIn(lines: readonly string[]) {
  const evidence = new EvidenceCollector();
  const stream = createRedactStream((name) => new SectionStream(name, evidence.open(name)));
  stream.add('login.log', Buffer.from(`${lines.join('\n')}\n`));
  stream.finish();
  const [attempt] = valueIn(evidence.finish().facts.attempts);
  return attempt?.trace.signs;
}

describe('lines about the opening of a connection', () => {
  it.each([
    ['directly before the login', [HELLO]],
    ['with filler between', [FILLER, HELLO, FILLER, FILLER]],
    ['with other connections between', [FILLER, HELLO, ...others(0, 800)]],
  ])('belong to the login that follows: %s', (_, before) => {
    const signs = signsIn([...before, POSTED, FILLER, ASKED, REFUSED]);
    const [hello] = signs?.['tls-client-hello'] ?? [];
    expect(hello?.fields.client).toBe('203.0.113.62');
    expect(hello?.quote).toMatchObject({ line: before.indexOf(HELLO) + 1, text: HELLO });
  });

  it('are kept in their order when the connection is opened again during a login', () => {
    const signs = signsIn([HELLO, FILLER, POSTED, ASKED, FILLER, HELLO, FILLER, REFUSED]);
    expect(signs?.['tls-client-hello']?.map(({ quote }) => quote.line)).toEqual([1, 6]);
  });
});
