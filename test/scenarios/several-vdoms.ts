import { base, block, head, part } from './configuration.ts';

/** A backup with VDOMs: root manages, edge holds the VPN and wan1. */
export function vdoms(
  o: {
    ftm?: string[];
    edgeExtra?: string;
    rootExtra?: string;
    edgeLocal?: string[];
    edge?: boolean;
    interfaces?: string[];
    names?: string[];
  } = {},
): string {
  const names = o.names ?? ['root', 'edge'];
  let t =
    head('7.2.8', 'FGT60F', 1) +
    `config vdom\n${names.map((n) => `edit ${n}\nnext\n`).join('')}end\n\nconfig global\n`;
  t += block('system global', ['set hostname "fgt-atlas"', 'set vdom-mode multi-vdom']);
  t += block('system interface', o.interfaces ?? base.interface.map((l) => l.replace('"root"', '"edge"')));
  t += `${part('admin') + part('dns') + block('system ftm-push', o.ftm ?? base.ftm)}end\n\n`;
  t += `config vdom\nedit root\n${block('system settings', ['set opmode nat'])}${o.rootExtra ?? ''}end\n\n`;
  if (o.edge !== false) {
    t += `config vdom\nedit edge\n${block('system settings', ['set opmode nat'])}${part('fortitoken')}${block('user local', o.edgeLocal ?? base.local)}${part('group')}${part('ssl')}${block(
      'firewall policy',
      base.policy.map((l) => l.replace('ssl.root', 'ssl.edge')),
    )}${o.edgeExtra ?? ''}end\n`;
  }
  return t;
}
