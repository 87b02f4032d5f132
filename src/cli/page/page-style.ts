/** Added to the style sheet of the report. */
export const PAGE_STYLE = `
[hidden]{display:none!important}
.intro h1{margin-top:1rem}
.drop{display:grid;gap:.7rem;margin:1rem 0;padding:1rem;border:2px dashed var(--border);border-radius:12px}
.drop.over{border-color:var(--link);background:var(--panel)}
.drop label{font-weight:600}
textarea{width:100%;min-height:11rem;padding:.7rem .8rem;resize:vertical;background:var(--page);color:var(--text);border:1px solid var(--muted);border-radius:8px;font:.875rem/1.45 ui-monospace,SFMono-Regular,Menlo,Consolas,monospace}
.row{display:flex;flex-wrap:wrap;gap:.6rem;align-items:center}
.row button,.row .file{margin:0;min-height:2.75rem;padding:.5rem 1.1rem;font-size:1rem}
button.primary{background:var(--link);border-color:var(--link);color:var(--page);font-weight:600}
.file{display:inline-flex;align-items:center;background:var(--panel);border:1px solid var(--muted);border-radius:8px;cursor:pointer}
.file:focus-within{outline:3px solid var(--link);outline-offset:2px}
.file input{position:absolute;width:1px;height:1px;opacity:0}
.samples{list-style:none;padding:0;display:grid;grid-template-columns:repeat(auto-fill,minmax(15.5rem,1fr));gap:.6rem}
.samples button{width:100%;height:100%;margin:0;padding:.7rem .9rem;text-align:left;font-size:.9375rem}
.samples strong{display:block}
.samples span{color:var(--muted);font-size:.875rem}
progress{width:100%;height:.8rem;accent-color:var(--link)}
.actions{position:sticky;bottom:0;gap:.4rem;margin-top:1.5rem;padding:.6rem 0;background:var(--page);border-top:1px solid var(--border)}
.actions button{min-height:2.4rem;padding:.3rem .9rem;font-size:.9375rem}
.refused{border-left:4px solid var(--bad);padding:.1rem 0 .1rem .8rem}
@media (max-width:479px){.drop .row button,.drop .row .file{flex:1 1 100%;justify-content:center;text-align:center}
.actions button{flex:1 1 45%;padding:.3rem .4rem}}
@media print{.intro,.drop,.actions,.samples,#status{display:none}}`;
