/** An alerting rule as Prometheus runs it. */
interface RunningRule {
  readonly name: string;
  /** PromQL, as Prometheus writes it. */
  readonly query: string;
  readonly state: 'inactive' | 'pending' | 'firing';
  readonly alerts: readonly { readonly annotations: Readonly<Record<string, string>> }[];
}

/** The real Prometheus, asked over its API. */
export interface PrometheusApi {
  rules(): Promise<readonly RunningRule[]>;
  rule(name: string): Promise<RunningRule | undefined>;
  /** How each target of a job does: `up`, `down` or `unknown`. */
  health(job: string): Promise<readonly string[]>;
}

interface RulesAnswer {
  readonly data: { readonly groups: readonly { readonly rules: readonly RunningRule[] }[] };
}

interface TargetsAnswer {
  readonly data: {
    readonly activeTargets: readonly {
      readonly labels: Readonly<Record<string, string>>;
      readonly health: string;
    }[];
  };
}

export function createPrometheusApi(url: string): PrometheusApi {
  const ask = async (path: string) => (await fetch(`${url}/api/v1/${path}`)).json();
  const rules = async () => ((await ask('rules')) as RulesAnswer).data.groups.flatMap((group) => group.rules);
  return {
    rules,
    rule: async (name) => (await rules()).find((rule) => rule.name === name),
    health: async (job) =>
      ((await ask('targets?state=active')) as TargetsAnswer).data.activeTargets
        .filter(({ labels }) => labels.job === job)
        .map(({ health }) => health),
  };
}
