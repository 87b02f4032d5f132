import { createMemoryRunStore } from '../../../src/platform/store/memory-run-store.ts';
import { describeRunStore } from './conformance.ts';

describeRunStore('in memory', () => {
  const store = createMemoryRunStore();
  return { open: () => store };
});
