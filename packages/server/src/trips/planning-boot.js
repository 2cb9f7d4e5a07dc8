import { workerData } from 'node:worker_threads';
import { register } from 'tsx/esm/api';

// A worker thread does not inherit the loader of TypeScript: it is registered here, before the worker itself is imported.
register();
await import(workerData.url);
