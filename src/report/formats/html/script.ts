/**
 * Declares `enhanceReport(root)`: shows the copy buttons, which need a script, and turns the placeholders of a block
 * into fields. A block with an empty field cannot be copied: pasted as it is, it would do harm. The page of
 * `ftm-check page` runs it too.
 */
export const ENHANCE = `function enhanceReport(root) {
  const values = new Map();
  const waiting = [];
  // The fix of another finding may need another value of the same name.
  const keyOf = (id, name) => (/^.*?finding-[0-9]+/.exec(id)?.[0] ?? '') + ' ' + name;
  const quoted = (span) => {
    const value = values.get(keyOf(span.closest('code').id, span.dataset.field));
    if (!value) return '<' + span.dataset.field + '>';
    const isInQuotes = span.previousSibling?.textContent.endsWith('"') === true;
    const safe = value.replace(/["\\\\]/g, '\\\\$&');
    return isInQuotes || /^[\\w.:@%+=-]+$/.test(value) ? safe : '"' + safe + '"';
  };
  const problemOf = (value) => {
    if (value === '') return 'Type a value to copy the lines.';
    if (!/^[ -~]+$/.test(value) || value.includes('?')) return 'FortiOS takes no ? and only ASCII characters here.';
    return '';
  };
  function update() {
    for (const span of root.querySelectorAll('[data-field]')) span.textContent = quoted(span);
    for (const { button, keys } of waiting) button.disabled = keys.some((key) => !values.get(key));
  }
  function field(name, key) {
    const label = document.createElement('label');
    label.className = 'field';
    const input = document.createElement('input');
    input.autocomplete = 'off';
    input.spellcheck = false;
    input.dataset.value = name;
    const problem = document.createElement('span');
    problem.className = 'muted';
    problem.textContent = problemOf('');
    input.addEventListener('input', () => {
      const wrong = problemOf(input.value.trim());
      values.set(key, wrong === '' ? input.value.trim() : '');
      problem.textContent = wrong;
      update();
    });
    label.append(name.replaceAll('-', ' '), input, problem);
    return label;
  }
  for (const button of root.querySelectorAll('button[data-copy]')) {
    const block = document.getElementById(button.dataset.copy);
    const names = [...new Set([...block.querySelectorAll('[data-field]')].map((span) => span.dataset.field))];
    const keys = names.map((name) => keyOf(button.dataset.copy, name));
    for (const [index, key] of keys.entries()) {
      if (values.has(key)) continue;
      values.set(key, '');
      button.before(field(names[index], key));
    }
    if (keys.length > 0) waiting.push({ button, keys });
    button.hidden = false;
    const label = button.textContent;
    button.addEventListener('click', async () => {
      try {
        await navigator.clipboard.writeText(block.textContent);
      } catch {
        getSelection().selectAllChildren(block);
        document.execCommand('copy');
      }
      button.textContent = 'Copied';
    });
    button.addEventListener('blur', () => { button.textContent = label; });
  }
  update();
}`;

/** The script of a report. `render-html.ts` holds the hash of this text. */
export const SCRIPT = `${ENHANCE}
enhanceReport(document);`;
