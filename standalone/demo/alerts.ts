/** Payloads as Alertmanager posts them for the tutorial's two alerts. */

type Direction = 'up' | 'down';

const ALERTS = {
  up: { name: 'resp_time_above', annotation: 'Response time of the service is above the limit' },
  down: { name: 'resp_time_below', annotation: 'Response time of the service is below the limit' },
};

/** The name of the tutorial's alert for a direction, and the webhook that tells of it. */
export function alertFor(service: string, direction: Direction) {
  const { name, annotation } = ALERTS[direction];
  const labels = { service, scale: direction, type: 'service' };
  const alertLabels = { alertname: `${service.replaceAll('-', '')}_${name}`, receiver: 'system', ...labels };
  return {
    receiver: 'scale',
    status: 'firing',
    alerts: [
      {
        status: 'firing',
        labels: alertLabels,
        annotations: { summary: annotation },
        startsAt: new Date().toISOString(),
        endsAt: '0001-01-01T00:00:00Z',
        generatorURL: 'http://prometheus:9090/graph',
        fingerprint: '0000000000000000',
      },
    ],
    groupLabels: labels,
    commonLabels: alertLabels,
    commonAnnotations: { summary: annotation },
    externalURL: 'http://alertmanager:9093',
    version: '4',
    groupKey: `{}/{type="service"}:{scale="${direction}", service="${service}", type="service"}`,
    truncatedAlerts: 0,
  };
}

/** An explicit order, as a person posts it. */
export const orderFor = (service: string, scale: Direction, by: number) => ({
  groupLabels: { service, scale, by },
});
