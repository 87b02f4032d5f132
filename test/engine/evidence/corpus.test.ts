import { readdirSync } from 'node:fs';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { normalizeText } from '../../../src/engine/evidence/normalize.ts';
import { toSections } from '../../../src/engine/evidence/sections.ts';
import { setting } from '../../../src/engine/fortios/config/find.ts';
import { parseConfig } from '../../../src/engine/fortios/config/parse.ts';
import { corpusText, describeCorpus } from '../../support/corpus.ts';

function sectionsOf(path: string) {
  return toSections({ name: path, text: normalizeText(corpusText(path)) });
}

function namesIn(folder: string): readonly string[] {
  return readdirSync(new URL(`../../../../shared/corpus/${folder}/`, import.meta.url));
}

/** `debug` or `output (command)`, prose left out. */
function kindsOf(path: string): readonly string[] {
  return sectionsOf(path)
    .filter((section) => section.kind !== 'other')
    .map((section) => (section.command ? `${section.kind} (${section.command})` : section.kind));
}

describeCorpus('the article, cut', () => {
  it('takes the whole combined log for one debug section', () => {
    const [section, ...others] = sectionsOf('kb-277343/seed_combined_success.log');
    expect(section).toMatchObject({ kind: 'debug', start: 1 });
    expect(others).toEqual([]);
  });

  it('finds its log in the prose, and its two blocks of configuration as what readers are to type', () => {
    const sections = sectionsOf('kb-277343/article.txt');
    const named = sections.filter((section) => section.kind !== 'other' || section.instruction);
    expect(named.map((section) => section.kind)).toEqual(['other', 'debug', 'other']);
    const servers = named
      .filter((section) => section.instruction)
      .flatMap((section) =>
        parseConfig(section.lines).blocks.filter(({ path }) => path === 'system ftm-push'),
      )
      .map((block) => setting(block, 'server')?.values);
    expect(servers).toEqual([['10.5.18.253'], ['fqdn']]);
  });
});

describeCorpus('every grammar example, cut', () => {
  const outputs: Readonly<Record<string, string>> = {
    'fmt_get_system_ftm-push': 'output (get system ftm-push)',
    fmt_diagnose_fortitoken_info: 'output (diagnose fortitoken info)',
    'fmt_server-ip_rejected': 'output (config system ftm-push)',
    fmt_config: 'config',
    fmt_show: 'config',
  };

  it('has the kind its name promises', () => {
    for (const name of namesIn('grammar').filter((each) => each !== 'INDEX.md')) {
      // The fix as readers are to type it, with a placeholder.
      if (name === 'fmt_config_dummy_admin_fix.conf') {
        expect(kindsOf(`grammar/${name}`)).toEqual([]);
        continue;
      }
      const prefix = Object.keys(outputs).find((each) => name.startsWith(each));
      expect([name, kindsOf(`grammar/${name}`)]).toEqual([name, [(prefix && outputs[prefix]) ?? 'debug']]);
    }
  });
});

describeCorpus('recorded sessions, cut', () => {
  it('reads the 91G as a transcript: pager, values over lines, secrets', () => {
    const recording = parse(corpusText('oxidized/fortigate__FortiGate-91G_7.4.7__simulation.yaml')) as {
      readonly init_prompt: string;
      readonly commands: readonly Readonly<Record<string, string>>[];
    };
    const bytes = [recording.init_prompt, ...recording.commands.flatMap((command) => Object.values(command))]
      .join('')
      .replaceAll('\\r', '\r')
      .replaceAll('\\x20', ' ')
      .replaceAll('\\"', '"');
    const sections = toSections({ name: 'session', text: normalizeText(bytes) }).filter(
      (each) => each.command,
    );
    expect(sections.map((section) => [section.kind, section.command, section.failure?.kind])).toEqual([
      ['output', 'get system status', undefined],
      ['output', 'get hardware status', undefined],
      ['output', 'diagnose hardware deviceinfo psu', undefined],
      ['output', 'get system interface transceiver', undefined],
      ['config', 'show | grep .', undefined],
    ]);
    expect(sections[0]?.lines.join('\n')).toMatch(/BIOS version: \S+\n *System Part-Number/);

    const document = parseConfig(sections.at(-1)?.lines.slice(1) ?? []);
    expect(document).toMatchObject({
      closed: true,
      header: { model: 'FGT91G', version: '7.4.7', multiVdom: false },
    });
    expect(
      document.blocks.every(
        (block) => block.closed && block.settings.every((each) => each.values.length > 0),
      ),
    ).toBe(true);
    const [certificate] =
      document.blocks.filter(({ path }) => path === 'system certificate local')[0]?.entries ?? [];
    const value = certificate && setting(certificate, 'certificate')?.values[0];
    expect(value).toMatch(/^-----BEGIN CERTIFICATE-----\n(?:X+=*\n)+-----END CERTIFICATE-----$/);
    const [admin] = document.blocks.filter(({ path }) => path === 'system admin')[0]?.entries ?? [];
    expect(admin && setting(admin, 'password')?.values[0]).toBe('ENC');
  });

  it('gets through raw terminal captures, line for line', () => {
    for (const name of namesIn('sniftran').filter((each) => each.endsWith('.txt'))) {
      const text = normalizeText(corpusText(`sniftran/${name}`));
      const lines = toSections({ name, text }).flatMap((section) => section.lines);
      expect([name, lines.join('\n') === text]).toEqual([name, true]);
    }
  });
});
