/** The service of the tutorial, and what fires for it. */

/** The labels of the tutorial's service, as arguments of `docker service create`. */
export const TUTORIAL_LABELS = ['scaleMin=2', 'scaleMax=5', 'scaleUpBy=2', 'scaleDownBy=1'].flatMap(
  (label) => ['--label', `com.df.${label}`],
);

export function tutorialAlert(
  service: string,
  scale: 'up' | 'down',
  name = 'resp_time',
): Record<string, string> {
  const side = scale === 'up' ? 'above' : 'below';
  return {
    alertname: `${service.replaceAll('-', '')}_${name}_${side}`,
    service,
    scale,
    type: 'service',
    receiver: 'system',
  };
}
