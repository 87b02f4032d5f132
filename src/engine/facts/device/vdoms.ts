import { setting } from '../../fortios/config/find.ts';
import { parseVdomList } from '../../fortios/output/vdom-list.ts';
import type { ConfigView } from '../config/config-view.ts';
import { entriesOf } from '../config/config-view.ts';
import { notSeen } from '../config/reading.ts';
import { type Fact, known } from '../fact.ts';
import type { DeviceIdentity, VdomList } from '../values.ts';

const LISTINGS: ReadonlySet<string> = new Set(['diagnose sys vd list', 'get system vdom-property']);

/**
 * VDOMs known to exist: listed by the device, in a backup, in a prompt, or as the owner of an interface. `others` are
 * names from other evidence, such as the VDOM of a login.
 */
export function readVdoms(
  view: ConfigView,
  device: Fact<DeviceIdentity>,
  others: readonly string[],
): Fact<VdomList> {
  const listed = view.sections
    .filter(({ kind, command, failure }) => kind === 'output' && !failure && LISTINGS.has(command ?? ''))
    .flatMap(({ lines }) => parseVdomList(lines));
  const backups = view.documents.filter(({ document }) => document.vdoms.length > 0);
  const names = [
    ...listed,
    ...backups.flatMap(({ document }) => document.vdoms),
    ...view.documents.flatMap(({ document }) => document.header?.onlyVdom ?? []),
    ...view.sections.flatMap(({ vdom, failure }) => (vdom === undefined || failure ? [] : vdom)),
    ...Array.from(
      entriesOf(view, 'system interface'),
      ({ entry }) => setting(entry, 'vdom')?.values[0] ?? [],
    ).flat(),
    ...(device.state === 'known' ? [device.value.currentVdom ?? []].flat() : []),
    ...others,
  ];
  if (names.length === 0) return notSeen('vdoms', view.sections);
  const complete = listed.length > 0 || backups.some(({ extent }) => extent.kind === 'whole');
  return known({ names: [...new Set(names)], complete }, []);
}
