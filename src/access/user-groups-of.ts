/** Of the user groups that grants name, those a person is in. Never rejects. */
export type UserGroupsOf = (person: {
  readonly user: string;
  readonly team?: string;
}) => Promise<readonly string[]>;
