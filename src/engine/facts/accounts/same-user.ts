/** FortiOS may ignore case in user names; a person asking about `Ana` means `ana`. */
export function sameUser(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}
