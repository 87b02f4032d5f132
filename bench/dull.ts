import { type Chunk, diagnose, diagnoseStream } from '../src/engine/diagnosis/diagnose.ts';
import type { Row } from './figure.ts';

const MEGABYTE = 1_000_000;
const CHUNK = 65_536;
/** Seconds of processor time a megabyte. */
const MAX_SECONDS = 0.3;
/** The same where every line holds a secret. */
const MAX_SECRET_SECONDS = 1;
/** Part of a text that is read before: what V8 takes to compile the code that it reaches is no cost of a megabyte. */
const WARM = 0.2;
const WORDS = 'user client tunnel office laptop colleague gateway portal branch ticket phone server'.split(
  ' ',
);
const PEM_BODY = 'MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQC7VJTUt9Us8cKj';

interface Kind {
  /** Line `n` of the text; without a line break of its own. */
  readonly line: (n: number) => string;
  readonly isSecret?: true;
  /** The lines follow each other without a line break. */
  readonly isOneLine?: true;
}

const KINDS: Readonly<Record<string, Kind>> = {
  'blank lines': { line: () => '' },
  'blank lines with CR': { line: () => '\r' },
  'lines of one space': { line: () => ' ' },
  spaces: { line: () => ' '.repeat(100), isOneLine: true },
  tabs: { line: () => '\t'.repeat(80) },
  'indented prose': { line: (n) => `${' '.repeat(40)}line ${n} of a text` },
  'one letter': { line: () => 'x' },
  'one long word': { line: () => 'abcdefghij', isOneLine: true },
  'prose that wraps': {
    line: (n) => `Then the user ${n} called again and said that the client asks for a password.`,
  },
  'sentences that differ': {
    line: (n) => {
      const word = (at: number) => WORDS[Math.floor(n / WORDS.length ** at) % WORDS.length];
      return `The ${word(0)} of the ${word(1)} says that the ${word(2)} asks for a password at the ${word(3)}.`;
    },
  },
  'sentences about a key': { line: (n) => `The key point ${n} of the code is that the user has no session.` },
  'sentences with accents': {
    line: (n) => `Der Zähler für Gerät ${n} läuft über und muss zurückgesetzt werden`,
  },
  'sentences in Russian': {
    line: (n) => `Пользователь ${n} снова позвонил и сказал что клиент не подключается`,
  },
  'sentences in Chinese': { line: (n) => `用户再次来电${n}说客户端无法连接到分支机构` },
  'sentences in one line': { line: () => 'credentials: invalid ', isOneLine: true },
  'words about a code in one line': { line: () => 'Token code: required ', isOneLine: true },
  'a name in one line': { line: () => 'psk ', isOneLine: true },
  'names in a line': { line: (n) => `${'psk '.repeat(6)}${n}`, isSecret: true },
  'labels in a line': { line: (n) => `${'secret: '.repeat(6)}${n}`, isSecret: true },
  'options in a line': { line: (n) => `${'--password '.repeat(6)}${n}`, isSecret: true },
  'names of settings in one line': { line: () => 'no service password-recovery ', isOneLine: true },
  'settings in one line': { line: (n) => `set name K$x8vTq${n} `, isOneLine: true },
  'names of secrets in one line': { line: () => 'password(x', isOneLine: true },
  'capital calls in one line': { line: () => 'password(X', isOneLine: true },
  'names of secrets with a comma in one line': { line: () => 'password;', isOneLine: true },
  'values in braces in one line': { line: () => 'password={p}', isOneLine: true, isSecret: true },
  'a text in YAML that wraps': {
    line: (n) => `${n % 20_000 === 0 ? "    out.stdout_lines:\n    - 'a\n" : ''}      ${'x'.repeat(90)}`,
  },
  dots: { line: () => '.' },
  dashes: { line: () => '-'.repeat(80) },
  zeros: { line: () => '\0'.repeat(10) },
  emoji: { line: () => '🙂'.repeat(20) },
  'a password': { line: () => 'password: x', isSecret: true },
  'a password that differs': { line: (n) => `password: Kx8vTq${n}`, isSecret: true },
  'a label without a value': { line: () => 'password:' },
  'a label in one line': { line: () => 'password: ', isOneLine: true, isSecret: true },
  'a label that differs': { line: (n) => `password ${n}:`, isSecret: true },
  'a password in a sentence': { line: (n) => `the password for u${n} is Kx8vTq${n}`, isSecret: true },
  'names without a value': { line: (n) => `psksecret ${n} psk secret key token ${n}`, isSecret: true },
  'one-time codes': {
    line: (n) => `code ${String((n * 7919) % 1_000_000).padStart(6, '0')} for u${n}`,
    isSecret: true,
  },
  'serial numbers': { line: (n) => `FGT60FTK2000${String(n % 10_000).padStart(4, '0')}`, isSecret: true },
  cookies: {
    line: (n) => `Cookie: session=${n.toString(16).padStart(8, '0').repeat(4)}; a=b${n}`,
    isSecret: true,
  },
  'two pairs': { line: () => 'key=value key2=value2', isSecret: true },
  'pairs that differ': { line: (n) => `key=value${n} key2=value${n + 1}`, isSecret: true },
  'many pairs': { line: (n) => `a=${n} b=${n} c=${n} d=${n} e=${n} f=${n} g=${n} h=${n}` },
  'bare prompts': { line: () => 'FGT-01 #' },
  'prompts of two devices': { line: (n) => `FGT-0${n % 2} #` },
  'prompts with commands': { line: () => 'FGT-01 # get system status' },
  'prompts of VDOMs': { line: (n) => `FGT-01 (vd${n % 90}) #` },
  'prompts of a shell': { line: (n) => `wren@host:~$ ls -l /var/log/file${n}` },
  'a setting': { line: () => 'set a "b"' },
  'settings that differ': { line: (n) => `set name${n} "value ${n}"` },
  'a secret setting': { line: (n) => `set password Kx8vTq${n}`, isSecret: true },
  'blocks that open': { line: () => 'config system interface' },
  'blocks of one entry': { line: (n) => `config user local\nedit "u${n}"\nnext\nend` },
  'entries of a block': {
    line: (n) =>
      `${n === 0 ? 'config firewall address\n' : ''}    edit "a${n}"\n        set type iprange\n    next`,
  },
  'entries without a table': { line: () => 'edit "x"\nnext' },
  'tables in tables': { line: (n) => `config a${n % 9}\nedit ${n}` },
  'tables without entries': { line: (n) => `config user local${n}\nend` },
  'blocks of many VDOMs': {
    line: (n) => `config vdom\nedit vd${n}\nconfig user local\nedit "u${n}"\nnext\nend\nend`,
  },
  'words about a block': { line: (n) => `see config of unit ${n}` },
  ends: { line: () => 'end' },
  'quotes that open': { line: () => 'set comment "open' },
  'heads of a key': { line: () => '-----BEGIN RSA PRIVATE KEY-----' },
  keys: {
    line: () => `-----BEGIN PRIVATE KEY-----\n${PEM_BODY}\n-----END PRIVATE KEY-----`,
    isSecret: true,
  },
  'heads of a certificate': { line: () => '-----BEGIN CERTIFICATE-----' },
  'key material': { line: (n) => `${PEM_BODY.slice(0, 56)}${String(n).padStart(8, '0')}` },
  'hexadecimal digits': { line: (n) => n.toString(16).padStart(8, '0').repeat(8) },
  'open braces': { line: () => '{' },
  'open brackets': { line: () => '[[[[[[[[[[', isOneLine: true },
  'objects of JSON': { line: (n) => `{"a":${n},"b":"c"}` },
  'keys of YAML': { line: (n) => `${'  '.repeat(n % 50)}key${n}:` },
  'sections of a file': { line: (n) => `[section${n}]\nkey=v${n}` },
  'a table of commas': { line: (n) => `a,b,${n},d,e,f` },
  'a table of columns': { line: (n) => `name   ${n}     up     10.0.0.${n % 250}` },
  'a table of secrets': {
    line: (n) => (n === 0 ? 'user        password' : `u${n}      Kx8vTq${n}`),
    isSecret: true,
  },
  'headings of a table': {
    line: (n) => `password    secret    token\nKx8vTq${n}   Kx9${n}   12${n}`,
    isSecret: true,
  },
  'rows of HTML with a secret': {
    line: (n) => `<tr><td>password</td><td>Kx8vTq${n}</td></tr>`,
    isSecret: true,
  },
  'numbered lines': { line: (n) => `${n + 1}: a line` },
  'quoted mail': { line: (n) => `> > > line ${n}` },
  'tags of HTML': { line: () => '<br><div><p>' },
  'entities of HTML': { line: () => '&lt;&amp;&#39;&quot;&nbsp;' },
  'quoted-printable': { line: () => '=3D=20=0A=3D=20=0A=3D=20=0A=\n' },
  'lines of CEF': { line: (n) => `CEF:0|Fortinet|FortiGate|7.4|${n}|x|3|a=b` },
  'event logs': {
    line: (n) => `date=2026-03-02 time=09:12:03 logid="0101039424" user="marlow" sn=${n} action="tunnel-up"`,
  },
  'event logs with a long message': {
    line: (n) =>
      `date=2026-03-02 time=09:12:03 logid="0101039426" type="event" subtype="vpn" action="ssl-login-fail" remip=198.51.100.${n % 250} user="u${n}" reason="sslvpn_login_unknown_user" msg="The user failed to log in because the name or the password was not right on try ${n} of the day"`,
  },
  'marks of debug': { line: () => '[5784:root:d9]' },
  'debug without meaning': { line: (n) => `[5784:root:${n.toString(16)}]sslvpn_read_request_common,${n}` },
  'debug with meaning': {
    line: (n) => `[5784:root:${n.toString(16)}]fam_auth_send_req:${n} with server u${n}`,
  },
  'logins that begin': {
    line: (n) => `[5784:root:${n.toString(16)}]sslvpn_authenticate_user:183 authenticate user: [u${n}]`,
  },
  'logins of fnbamd': {
    line: (n) => `[1928] handle_req-Rcvd auth req ${n} for u${n % 100} in vpn opt=00200421 prot=11 svc=7`,
  },
  'commands and their outputs': {
    line: (n) => `FGT-01 # show user local u${n}\nconfig user local\n    edit "u${n}"\n    next\nend\n`,
  },
  'prompts of many devices': { line: (n) => `FGT-${n} # get system status` },
  'commands of debug': { line: () => 'FGT-01 # diagnose debug enable' },
  'escapes of a terminal': { line: () => '\u001b[31m\u001b[0m\u001b[K' },
  backspaces: { line: () => 'a\b'.repeat(40) },
  'pager marks': { line: () => '--More--' },
  links: { line: (n) => `https://support.example.com/kb/article/${n}?lang=en` },
  'links in one line': {
    line: (n) => `https://support.example.com/kb/article/${n}?lang=en `,
    isOneLine: true,
  },
  'calls in a stack': {
    line: (n) => `    at com.example.vpn.Client$${n}.run(Client.java:${n % 900})`,
  },
  'URLs with a login': { line: (n) => `https://u${n}:Kx8vTq${n}@198.51.100.7/`, isSecret: true },
  'packet dumps': {
    line: (n) => `0x${(n * 16).toString(16).padStart(4, '0')} 4500 0034 0000 4000 4006 0000`,
  },
};

/**
 * `npm run bench -- dull [megabytes] [kind]`: processor time a megabyte of texts sent by mistake, through both
 * doors from text to diagnosis; the slower one counts.
 */
export async function* bench([megabytes = '1', only = '']: readonly string[]): AsyncGenerator<Row> {
  const size = Number(megabytes);
  for (const [name, kind] of Object.entries(KINDS)) {
    if (!name.includes(only)) continue;
    await measureSeconds(createText(kind, size * MEGABYTE * WARM));
    const { whole, stream } = await measureSeconds(createText(kind, size * MEGABYTE));
    yield {
      what: name,
      value: Math.max(whole, stream) / size,
      unit: 's',
      goal: { of: 'value', most: kind.isSecret ? MAX_SECRET_SECONDS : MAX_SECONDS },
      note: `a megabyte; whole ${(whole / size).toFixed(2)}, in chunks ${(stream / size).toFixed(2)}`,
    };
  }
}

async function measureSeconds(text: string): Promise<{ readonly whole: number; readonly stream: number }> {
  const bytes = Buffer.from(text);
  function* chunks(): Generator<Chunk> {
    for (let at = 0; at < bytes.length; at += CHUNK)
      yield { name: 'text', bytes: bytes.subarray(at, at + CHUNK) };
  }
  const whole = await processorSeconds(() => diagnose([{ name: 'text', text }]));
  const stream = await processorSeconds(() => diagnoseStream(chunks()));
  return { whole, stream };
}

async function processorSeconds(work: () => unknown): Promise<number> {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
}

function createText({ line, isOneLine }: Kind, size: number): string {
  const parts: string[] = [];
  for (let n = 0, length = 0; length < size; n += 1) {
    const part = line(n) + (isOneLine ? '' : '\n');
    parts.push(part);
    length += part.length;
  }
  return parts.join('');
}
