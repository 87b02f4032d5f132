/** Shows the copy buttons, which need a script. `policy.ts` holds the hash of this text. */
export const SCRIPT = `for (const button of document.querySelectorAll('button[data-copy]')) {
  button.hidden = false;
  const name = button.textContent;
  button.addEventListener('click', async () => {
    const block = document.getElementById(button.dataset.copy);
    try {
      await navigator.clipboard.writeText(block.textContent);
    } catch {
      getSelection().selectAllChildren(block);
      document.execCommand('copy');
    }
    button.textContent = 'Copied';
  });
  button.addEventListener('blur', () => { button.textContent = name; });
}`;
