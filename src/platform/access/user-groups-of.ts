/** Returns the person's user groups among those that grants name. Never rejects. */
export type UserGroupsOf = (person: {
  readonly user: string;
  readonly team?: string;
}) => Promise<readonly string[]>;
