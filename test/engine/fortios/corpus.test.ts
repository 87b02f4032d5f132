import { readdirSync } from 'node:fs';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { parseConfig } from '../../../src/engine/fortios/config/parse.ts';
import { parseHaStatus } from '../../../src/engine/fortios/output/ha-status.ts';
import { parseInterfacePhysical } from '../../../src/engine/fortios/output/interface-addresses.ts';
import { parsePing } from '../../../src/engine/fortios/output/ping.ts';
import { parseSystemStatus } from '../../../src/engine/fortios/output/system-status.ts';
import { renderConfig } from '../../../src/stand-ins/fortigate/config/render.ts';
import { corpusText, describeCorpus } from '../../support/corpus.ts';

function namesIn(folder: string): readonly string[] {
  return readdirSync(new URL(`../../../../shared/corpus/${folder}/`, import.meta.url));
}

function linesOf(path: string): readonly string[] {
  return corpusText(path).split('\n');
}

describeCorpus('odd configuration syntax', () => {
  // What these files hold wrong on purpose are names, numbers and references; their syntax is all good.
  it('is read without a problem', () => {
    for (const name of namesIn('batfish')) {
      const document = parseConfig(linesOf(`batfish/${name}`));
      expect([name, document.closed, document.problems]).toEqual([name, true, []]);
      expect(document.blocks[0]?.settings[0]?.name).toBe('hostname');
    }
  });

  it('is printed and read again as the same configuration', () => {
    for (const name of namesIn('batfish')) {
      const once = renderConfig(parseConfig(linesOf(`batfish/${name}`)));
      const twice = renderConfig(parseConfig(once.split('\n')));
      expect([name, twice]).toEqual([name, once]);
    }
  });

  it('resolves quotes as the device does', () => {
    const { blocks } = parseConfig(linesOf('batfish/fortios_replacemsg'));
    // The comment in the file spells the expected value out.
    expect(blocks[1]?.settings[0]?.values).toEqual([`${String.raw`"npre"''\\nabc\\\" "`}\nlastline`]);
  });
});

describeCorpus("what a peer's parser gets from command outputs", () => {
  function expected(name: string): readonly Readonly<Record<string, string>>[] {
    const read = parse(corpusText(`ntc-templates/${name}.yml`)) as {
      readonly parsed_sample: readonly Readonly<Record<string, string>>[];
    };
    return read.parsed_sample;
  }

  it.each(['6.2', '7.0_1801f', '7.0_eval', '7.4'])('get system status, %s', (version) => {
    const name = `fortinet_get_system_status_${version}`;
    const status = parseSystemStatus(linesOf(`ntc-templates/get_system_status__${name}.raw`));
    const [peer] = expected(name);
    expect(peer?.version?.startsWith(`${status.model?.value} v${status.version?.value} `)).toBe(true);
    expect({
      hostname: status.hostname?.value,
      serial_number: status.serial?.value,
      virtual_domain_configuration: status.vdomConfiguration?.value,
      current_ha_mode: status.haMode?.value,
      current_virtual_domain: status.currentVdom?.value,
    }).toEqual({
      hostname: peer?.hostname,
      serial_number: peer?.serial_number,
      virtual_domain_configuration: peer?.virtual_domain_configuration,
      current_ha_mode: peer?.current_ha_mode,
      current_virtual_domain: peer?.current_virtual_domain,
    });
  });

  it.each(['6.0', '7.4'])('get system interface physical, %s', (version) => {
    const name = `fortinet_get_system_interface_physical_${version}`;
    const rows = parseInterfacePhysical(linesOf(`ntc-templates/get_system_interface_physical__${name}.raw`));
    expect(rows.map((row) => [row.name, row.address])).toEqual(
      expected(name).flatMap((row) => (row.ip_address ? [[row.name, row.ip_address]] : [])),
    );
  });

  it.each(['6.0', '6.2', '7.0_hbdev'])('get system ha status, %s', (version) => {
    const name = `fortinet_get_system_ha_status_${version}`;
    const { mode, members } = parseHaStatus(linesOf(`ntc-templates/get_system_ha_status__${name}.raw`));
    const [row] = expected(name);
    expect(mode?.value).toBe(row?.ha_mode);
    expect(members.map(({ role, serial }) => [role, serial])).toEqual([
      ['primary', row?.ha_master_unit_serial],
      ['secondary', row?.ha_slave_unit_serial],
    ]);
  });

  it('execute ping', () => {
    const lines = linesOf('ntc-templates/execute_ping__fortinet_execute_ping_sendto_failed.raw');
    expect(parsePing(lines)).toMatchObject({ resolved: true, index: 0 });
  });
});
