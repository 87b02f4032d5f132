import { nearNames } from '../../engine/fortios/near-names.ts';
import { FtmError } from '../../ftm-error.ts';
import type { Device } from '../../platform/config/inventory-types.ts';

/** Other text is not repeated in the message, because it may not be a name at all. */
const IS_NAME = /^[\w-]{1,64}$/;
const NOTHING_READ = 'No configuration was read.';

/** The requested VDOM does not exist on the device. `names` is empty on a device without VDOMs. */
export function unknownVdom(
  device: Device,
  asked: string,
  names: readonly string[],
  isAsked: boolean,
): FtmError {
  const near = nearNames(names, asked, 1).map((name) => `Did you mean \`${name}\`? `);
  const where = isAsked ? '' : ` The inventory names it: correct \`vdom\` of ${device.alias} there.`;
  return new FtmError(
    'ftm_unknown_vdom',
    `${device.alias} has no VDOM ${IS_NAME.test(asked) ? code(asked) : 'of that name'}.`,
    {
      advice:
        names.length === 0
          ? `It has no VDOMs: ask again without one. ${NOTHING_READ}${where}`
          : `${near.join('')}It has ${names.map(code).join(', ')}. ${NOTHING_READ}${where}`,
    },
  );
}

function code(name: string): string {
  return `\`${name}\``;
}
