import { analyzeFiles } from './analyze-files.ts';
import type { AnalyzeRequest, WorkerMessage } from './messages.ts';

/** Entry of the worker: it answers one request, and the page ends it. */
interface WorkerScope {
  onmessage: ((event: MessageEvent<AnalyzeRequest>) => void) | null;
  postMessage(message: WorkerMessage): void;
}

const scope = self as unknown as WorkerScope;

scope.onmessage = ({ data }) => {
  const total = data.files.reduce((size, { content }) => size + content.size, 0);
  analyzeFiles(data, (bytes) => scope.postMessage({ kind: 'progress', bytes, total })).then(
    (message) => scope.postMessage(message),
    // Reaches `onerror` of the page.
    (error: unknown) => reportError(error),
  );
};
