import { codePoints, LIMITS } from '../../report/block-kit/limits.ts';
import { checkViewBlocks, type Violation } from './block-kit/check-message.ts';
import { fail, type Method, type MethodContext, stringArgument } from './methods.ts';

export const viewMethods: Readonly<Record<string, Method>> = {
  'views.open'(context) {
    const view = parseView(context);
    const violations = checkView(view);
    context.note(violations);
    if (violations.length > 0) return fail('invalid_arguments', { violations });
    const opened = context.views.open(stringArgument(context.args, 'trigger_id') ?? '', view);
    return typeof opened === 'string' ? fail(opened) : { ok: true, view: { ...view, id: opened.id } };
  },

  'views.publish'(context) {
    const view = parseView(context);
    const violations = checkView(view);
    context.note(violations);
    if (violations.length > 0) return fail('invalid_arguments', { violations });
    const user = stringArgument(context.args, 'user_id') ?? '';
    if (!context.workspace.users.has(user)) return fail('user_not_found');
    return { ok: true, view: { ...view, id: context.views.publish(user, view).id } };
  },
};

function parseView({ args }: MethodContext): Readonly<Record<string, unknown>> {
  return args.view as Readonly<Record<string, unknown>>;
}

/** Source: https://docs.slack.dev/reference/views/modal-views and the error list of `views.open`. */
function checkView(view: Readonly<Record<string, unknown>>): readonly Violation[] {
  const blocks = Array.isArray(view.blocks) ? view.blocks : [];
  const { private_metadata: metadata = '' } = view;
  return [
    ...checkViewBlocks(blocks),
    ...(['title', 'submit', 'close'] as const).flatMap((name) => {
      const { text = '' } = (view[name] ?? {}) as { text?: string };
      return codePoints(text) > LIMITS.viewTitle ? [tooLong(`/${name}`, LIMITS.viewTitle)] : [];
    }),
    ...(codePoints(String(metadata)) > LIMITS.privateMetadata
      ? [tooLong('/private_metadata', LIMITS.privateMetadata)]
      : []),
    ...(JSON.stringify(view).length > LIMITS.viewWeight ? [tooLong('', LIMITS.viewWeight)] : []),
  ];
}

function tooLong(path: string, max: number): Violation {
  return { code: 'invalid_blocks', path, message: `has more than ${max} characters` };
}
