export interface OpenView {
  readonly id: string;
  readonly user: string;
  /** As given by the app. */
  readonly view: Readonly<Record<string, unknown>>;
}

/** Opened modals and published Home tabs. */
export interface Views {
  /** Slack's limit is three seconds; here a trigger is valid until it is used. */
  issue(triggerId: string, user: string): void;
  open(triggerId: string, view: OpenView['view']): OpenView | 'expired_trigger_id' | 'exchanged_trigger_id';
  publish(user: string, view: OpenView['view']): OpenView;
  find(id: string): OpenView | undefined;
  /** Oldest first. */
  opened(): readonly OpenView[];
  home(user: string): OpenView | undefined;
}

export function createViews(changed: () => void): Views {
  const triggers = new Map<string, { readonly user: string; isUsed: boolean }>();
  const views: OpenView[] = [];
  const homes = new Map<string, OpenView>();
  let counter = 0;

  function newId(): string {
    counter += 1;
    return `V${String(counter).padStart(8, '0')}`;
  }

  return {
    issue: (triggerId, user) => void triggers.set(triggerId, { user, isUsed: false }),
    open(triggerId, view) {
      const trigger = triggers.get(triggerId);
      if (!trigger) return 'expired_trigger_id';
      if (trigger.isUsed) return 'exchanged_trigger_id';
      trigger.isUsed = true;
      const opened = { id: newId(), user: trigger.user, view };
      views.push(opened);
      changed();
      return opened;
    },
    publish(user, view) {
      const home = { id: homes.get(user)?.id ?? newId(), user, view };
      homes.set(user, home);
      changed();
      return home;
    },
    find: (id) => views.find((each) => each.id === id) ?? [...homes.values()].find((each) => each.id === id),
    opened: () => [...views],
    home: (user) => homes.get(user),
  };
}
