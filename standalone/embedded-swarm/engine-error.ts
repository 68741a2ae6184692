/** An error as the engine answers it: an HTTP status and `{"message": …}`, in the engine's own words. */
export class EngineError extends Error {
  override readonly name = 'EngineError';
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

export const notFound = (kind: string, nameOrId: string) =>
  new EngineError(404, `${kind} ${nameOrId} not found`);

export const outOfSequence = () =>
  new EngineError(500, 'rpc error: code = Unknown desc = update out of sequence');

export const notAManager = () =>
  new EngineError(
    503,
    'This node is not a swarm manager. Use "docker swarm init" or "docker swarm join" to connect this node to swarm and try again.',
  );
