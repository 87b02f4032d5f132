import { describe, expect, it } from 'vitest';
import { redact } from '../../../src/engine/evidence/redact.ts';
import { sampleOf } from '../../support/amount.ts';

/** Names of members, in the words that the styles join. */
const NAMES = [
  'password',
  'passwd',
  'passphrase',
  'psk',
  'preshared key',
  'shared secret',
  'client secret',
  'radius secret',
  'bind password',
  'admin kennwort',
  'wifi passwort',
  'gemeinsames geheimnis',
  'db password',
];
const upper = (word: string) => `${word[0]?.toUpperCase()}${word.slice(1)}`;
const STYLES: readonly ((name: string) => string)[] = [
  (name) => name.replaceAll(' ', '_'),
  (name) => name.replaceAll(' ', '-'),
  (name) => name.replaceAll(' ', '_').toUpperCase(),
  (name) =>
    name
      .split(' ')
      .map((word, at) => (at === 0 ? word : upper(word)))
      .join(''),
];
const PREFIXES = ['', 'vpn_', 'db.', 'fortigate-', 'MY_'];

const VALUES = ['Kupferlaterne', 'heringssalat', '739154', 'k7Z2', 'Früchtebröt', 'qT7zWm4xRk9L'];
/** In quotation marks and elements. */
const LONG_VALUES = [...VALUES, 'vier alte Dachse', 'P@s#w0;r,d!x'];

/** `N` is the name and `V` the value; `⏎` ends a line. */
const BARE = [
  'N=V',
  'host=10.0.0.1 N=V port=443',
  'N: V',
  'user: wren⏎N: V⏎role: admin',
  '[N] V',
  'N := V',
  'N -> V',
  'N: |⏎  V',
  'N: >-⏎  V⏎next: 1',
  'N = """⏎V⏎"""',
  "N = '''⏎V'''",
  'app.N=\\⏎    V',
  '[main]⏎N = V',
  'env:⏎  - name: N⏎    value: V',
  'N:⏎  value: V',
  'N:⏎  plain:⏎    value: V',
  'kind: Secret⏎stringData:⏎  N: V',
  'export N=V',
  'docker run -e N=V image',
  'https://x.example/a?user=wren&N=V&z=1',
  '2026-04-02T10:11:12Z ERROR auth N=V result=fail',
  'ike 0:hq:12: N: V',
  '--N=V',
  '# N: V',
  '> N: V',
];
const QUOTED = [
  'N = "V"',
  '{"N":"V"}',
  '{"user":"wren","N": "V","x":1}',
  '{"N":{"value":"V"}}',
  '{"N":{"default":"V"}}',
  '{"name":"N","value":"V"}',
  '{"value":"V","name":"N"}',
  '{⏎  "N": {⏎    "value": "V"⏎  }⏎}',
  '{⏎  "name": "N",⏎  "value":⏎    "V"⏎}',
  '{⏎ "value": "V",⏎ "name": "N"⏎}',
  '- { name: N, value: "V" }',
  'variable "N" {⏎  default = "V"⏎}',
  'output "N" {⏎  value = "V"⏎}',
  'os.environ["N"] = "V"',
  'N = (⏎    "V"⏎)',
  '<param name="N">V</param>',
  '<property name="N"><value>V</value></property>',
  '<property>⏎ <name>N</name>⏎ <value>V</value>⏎</property>',
  '<key>N</key>⏎<string>V</string>',
  '<add key="N" value="V"/>',
  '<tr><td>N</td><td>V</td></tr>',
  '<tr>⏎<td>N</td>⏎<td>V</td>⏎</tr>',
  '<dt>N</dt><dd>V</dd>',
  '<table><tr><th>user</th><th>N</th></tr><tr><td>wren</td><td>V</td></tr></table>',
];

const SENTENCES = [
  'the N is V',
  'N is "V"',
  'I set the N of wren to V',
  'the N for wren is V',
  'the N should be V',
  'the N (V) is rejected',
  'please use N V for the test',
  'V is the N of the tunnel',
  'das N ist V',
  'Mein N lautet V',
  'ich habe das N auf V geändert',
  'wir nutzen V als N',
  'V ist das N für den Tunnel',
  'mit dem N V klappt es nicht',
];
const NOUNS = ['password', 'PSK', 'VPN-Kennwort', 'Passwort', 'RADIUS-Secret', 'shared secret'];
const SAID = ['Kupferlaterne', 'qT7zWm4xRk9L', 'Früchtebröt'];

const names = NAMES.flatMap((name, at) =>
  STYLES.map((style, index) => `${PREFIXES[(at + index) % PREFIXES.length]}${style(name)}`),
);

function cross(forms: readonly string[], labels: readonly string[], values: readonly string[]) {
  return forms.flatMap((form) =>
    labels.flatMap((name) =>
      values.map((value) => ({
        text: form
          .replaceAll('⏎', '\n')
          .replaceAll(/(?<![A-Za-z])[NV](?![A-Za-z])/g, (mark) => (mark === 'N' ? name : value)),
        value,
      })),
    ),
  );
}

function missed(all: readonly { readonly text: string; readonly value: string }[], oneIn: number) {
  return sampleOf(all, oneIn, 3).flatMap(({ text, value }) => {
    const output = redact([{ name: 'paste 1', text }]).items[0]?.text ?? '';
    return value.split(' ').some((part) => output.includes(part)) ? [text] : [];
  });
}

// The sample takes another name and value in each form: 7, 11 and 5 divide no axis.
describe('a secret is found by its place, whatever its name and its value', () => {
  it('behind a name', () => {
    expect(missed(cross(BARE, names, VALUES), 11)).toEqual([]);
  });

  it('in quotation marks and elements', () => {
    expect(missed(cross(QUOTED, names, LONG_VALUES), 11)).toEqual([]);
  });

  it('in a sentence', () => {
    expect(missed(cross(SENTENCES, NOUNS, SAID), 5)).toEqual([]);
  });
});
