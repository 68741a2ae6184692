import { randomInt } from 'node:crypto';

/** An ID as Swarm makes them: 25 digits and lower-case letters. */
export const newId = (): string => Array.from({ length: 25 }, () => randomInt(36).toString(36)).join('');
