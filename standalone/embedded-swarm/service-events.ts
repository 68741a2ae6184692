import type { Service } from './service.ts';

export interface ServiceEvent {
  readonly action: 'create' | 'update' | 'remove';
  readonly id: string;
  readonly attributes: Readonly<Record<string, string>>;
}

/** What an update's event says of the change: count, image and update state, each before and after where it differs. */
export function changeAttributes(before: Service, after: Service): Record<string, string> {
  const valuesOf = ({ spec, updateStatus }: Service) => ({
    replicas: spec.fields.Mode?.Replicated?.Replicas?.toString(),
    image: spec.template.image,
    updatestate: updateStatus?.State,
  });
  const [old, current] = [valuesOf(before), valuesOf(after)];
  const changed = (['replicas', 'image', 'updatestate'] as const).filter((key) => old[key] !== current[key]);
  return Object.fromEntries(
    changed
      .flatMap((key) => [
        [`${key}.new`, current[key]],
        [`${key}.old`, old[key]],
      ])
      .filter(([, value]) => value !== undefined),
  );
}

/** An event as a line of `GET /events`. */
export function describeEvent({ action, id, attributes }: ServiceEvent): string {
  const timeMs = Date.now();
  return JSON.stringify({
    Type: 'service',
    Action: action,
    Actor: { ID: id, Attributes: attributes },
    scope: 'swarm',
    time: Math.floor(timeMs / 1000),
    timeNano: timeMs * 1e6,
  });
}
