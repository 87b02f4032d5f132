/** FortiOS may ignore case in user names; a person asking about `Ana` means `ana`. */
export function sameUser(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}

/** `nadja.ilic@haven.example` and `HAVEN\nadja.ilic` are how `nadja.ilic` signs in elsewhere. */
export function isSignInName(name: string, user: string): boolean {
  const bare = (each: string) => each.replace(/^.*\\/, '').replace(/@.*$/, '');
  return sameUser(name, user) || sameUser(bare(name), bare(user));
}
