import { start } from './start.ts';

// Not a static import: a function that cannot start has to be told from one that is broken.
void start(() => import('./function/handler.ts'));
