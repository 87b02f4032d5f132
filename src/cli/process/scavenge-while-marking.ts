import { setFlagsFromString } from 'node:v8';

/**
 * Lets V8 empty the space for short-lived objects also while it marks long-lived ones. Otherwise that space grows beyond
 * its maximum meanwhile: in a bot with 5,000 devices from 16 to 62 MB where the marking gets little processor time.
 */
export function scavengeWhileMarking(): void {
  setFlagsFromString('--no-separate-gc-phases');
}
