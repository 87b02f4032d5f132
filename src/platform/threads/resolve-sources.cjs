// Plain JavaScript, because it runs before a source can be read. Only a checkout has it.
'use strict';

/**
 * A relative import of a source names its file exactly. Node would also look for links, for the package around it and for
 * the kind of module, some hundred times: that is 45 of 315 ms of processor time of a short command, and 90 of 300 ms of a
 * thread that diagnoses. A thread has its own hooks: it gets this file by `--require`.
 */
require('node:module').registerHooks({
  resolve(specifier, context, next) {
    if (!specifier.startsWith('.') || !specifier.endsWith('.ts') || context.parentURL === undefined) {
      return next(specifier, context);
    }
    const { href } = new URL(specifier, context.parentURL);
    return { url: href, format: 'module-typescript', shortCircuit: true };
  },
});
