/** Names that FortiOS lets a VDOM have; anything else that stands in the place of one is never typed or pasted. */
export function isVdomName(text: string): boolean {
  return /^[A-Za-z0-9_-]{1,31}$/.test(text);
}

/** Whether two objects may be in the same VDOM: one whose VDOM is not known may be in any. */
export function sameVdom(one: string | undefined, other: string | undefined): boolean {
  return one === undefined || other === undefined || one === other;
}
