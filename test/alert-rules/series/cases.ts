import type { Case } from './case.ts';
import { COMBINATIONS } from './combinations.ts';
import { NODES } from './nodes.ts';
import { QUEUE } from './queue.ts';
import { REPLICAS } from './replicas.ts';
import { REQUESTS } from './requests.ts';
import { RESOURCES } from './resources.ts';
import { RESPONSE_TIME } from './response-time.ts';

export const CASES: readonly Case[] = [
  ...RESPONSE_TIME,
  ...REQUESTS,
  ...RESOURCES,
  ...NODES,
  ...REPLICAS,
  ...QUEUE,
  ...COMBINATIONS,
];
