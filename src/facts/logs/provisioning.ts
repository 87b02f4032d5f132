import type { Quote } from '../../evidence/types.ts';
import type { ProvisioningLine } from '../../fortios/debug/provisioning-events.ts';
import type { ProvisioningError } from '../log-events.ts';
import { keepSome } from './kept.ts';

/** Messages between the number of an error and its text, where the console cut the JSON. */
const REACH = 5;

export function createProvisioningFold() {
  const errors = keepSome<ProvisioningError>();
  let cut: { readonly code: number; readonly quote: Quote; readonly order: number } | undefined;

  function settle(): void {
    if (cut) errors.add({ code: cut.code, message: '', quotes: [cut.quote] }, `${cut.code}`);
    cut = undefined;
  }

  return {
    add(event: ProvisioningLine, quote: Quote, order: number): void {
      if (event.rest !== undefined && cut && order - cut.order <= REACH) {
        errors.add({ code: cut.code, message: event.rest, quotes: [cut.quote, quote] }, `${cut.code}`);
        cut = undefined;
        return;
      }
      settle();
      for (const [index, { code, message }] of event.errors.entries()) {
        if (message === undefined && index === event.errors.length - 1) cut = { code, quote, order };
        else errors.add({ code, message: message ?? '', quotes: [quote] }, `${code}`);
      }
    },
    list(): readonly ProvisioningError[] {
      settle();
      return errors.list;
    },
  };
}
