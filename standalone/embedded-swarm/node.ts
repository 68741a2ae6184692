/** The one node of the embedded swarm: a manager that runs tasks. */
export interface SwarmNode {
  readonly id: string;
  readonly hostname: string;
}

/** What a node says to a placement constraint's left side. It has no labels of its own. */
const attributeOf = (node: SwarmNode, key: string): string | undefined =>
  ({
    'node.id': node.id,
    'node.hostname': node.hostname,
    'node.role': 'manager',
    'node.platform.os': 'linux',
    'node.platform.arch': 'x86_64',
  })[key];

/** Whether a node meets placement constraints such as `node.role==manager` or `node.labels.zone != a`. */
export function satisfies(node: SwarmNode, constraints: readonly string[]): boolean {
  return constraints.every((constraint) => {
    const [, key = '', operator, value] = /^\s*(\S+?)\s*(==|!=)\s*(.*?)\s*$/.exec(constraint) ?? [];
    return (attributeOf(node, key) === value) === (operator === '==');
  });
}

/** The node as `GET /nodes` describes it. */
export function describeNode({ id, hostname }: SwarmNode, createdAt: string) {
  return {
    ID: id,
    Version: { Index: 1 },
    CreatedAt: createdAt,
    UpdatedAt: createdAt,
    Spec: { Labels: {}, Role: 'manager', Availability: 'active' },
    Description: {
      Hostname: hostname,
      Platform: { Architecture: 'x86_64', OS: 'linux' },
      Resources: { NanoCPUs: 2_000_000_000, MemoryBytes: 4_294_967_296 },
      Engine: { EngineVersion: '20.10.24' },
    },
    Status: { State: 'ready', Addr: '127.0.0.1' },
    ManagerStatus: { Leader: true, Reachability: 'reachable', Addr: '127.0.0.1:2377' },
  };
}
