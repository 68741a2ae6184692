import pLimit from 'p-limit';
import type { ScaleRequest } from '#core/alerts/scale-request.ts';

/** Services of one request that are worked on at the same time. */
const MOST_AT_A_TIME = 8;

/**
 * Does the work for each service's part of a request; the results are in the order of the parts. What goes up goes first:
 * it is short of replicas, and what is asked down under another name (its ID) then finds the step that was made. Among
 * equals it begins with another one each time, so that nobody is always the one for whom the time runs out.
 */
export async function sideBySide<T>(
  requests: readonly ScaleRequest[],
  work: (request: ScaleRequest) => Promise<T>,
): Promise<readonly T[]> {
  const limit = pLimit(MOST_AT_A_TIME);
  const results: T[] = [];
  const turns = requests
    .map((request, index) => ({ request, index, turn: Math.random() }))
    .toSorted((one, other) => one.turn - other.turn);
  const isDown = ({ request }: { readonly request: ScaleRequest }) => request.direction === 'down';
  for (const group of [turns.filter((turn) => !isDown(turn)), turns.filter(isDown)]) {
    await Promise.all(
      group.map(({ request, index }) =>
        limit(async () => {
          results[index] = await work(request);
        }),
      ),
    );
  }
  return results;
}
