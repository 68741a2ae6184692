import { alertFor, orderFor } from './alerts.ts';
import type { TutorialService } from './tutorial-service.ts';

/** One step of the tutorial: what comes in, and what must come of it. */
export interface Scene {
  readonly title: string;
  /** What happens to the service before. */
  readonly prepare?: () => Promise<void>;
  readonly body: object;
  readonly expected: { readonly status: number; readonly message: string };
}

/** The tutorial, scene by scene. */
export function tutorialScenes(service: TutorialService): readonly Scene[] {
  const { name } = service;
  return [
    {
      title: 'Response time is below the limit: one replica less (scaleDownBy=1)',
      body: alertFor(name, 'down'),
      expected: { status: 200, message: `Scaling ${name} from 3 to 2 replicas (min: 2, max: 5)` },
    },
    {
      title: 'Still below the limit: held at the minimum (scaleMin=2)',
      body: alertFor(name, 'down'),
      expected: { status: 200, message: `${name} is already descaled to the minimum number of 2 replicas` },
    },
    {
      title: 'Response time is above the limit: two replicas more (scaleUpBy=2)',
      body: alertFor(name, 'up'),
      expected: { status: 200, message: `Scaling ${name} from 2 to 4 replicas (min: 2, max: 5)` },
    },
    {
      title: 'The second Alertmanager of a cluster sends the same alert: one overload is one step',
      body: alertFor(name, 'up'),
      expected: { status: 200, message: `${name} is in its cooldown of 40s` },
    },
    {
      title: 'A person orders three more, past the cooldown: the maximum stops it (scaleMax=5)',
      body: orderFor(name, 'up', 3),
      expected: { status: 200, message: `Scaling ${name} from 4 to 5 replicas (min: 2, max: 5)` },
    },
    {
      title: 'Still above the limit: held at the maximum',
      body: alertFor(name, 'up'),
      expected: { status: 200, message: `${name} is already scaled to the maximum number of 5 replicas` },
    },
    {
      title: 'Somebody mistypes a label, scaleMax=1O: refused, nothing is guessed',
      prepare: () => service.setLabel('com.df.scaleMax', '1O'),
      body: alertFor(name, 'up'),
      expected: { status: 422, message: `${name}: label com.df.scaleMax="1O": expected a whole number ≥ 0` },
    },
    {
      title: 'The label is mended and a rolling update begins: deferred, so that a rollback stays possible',
      prepare: async () => {
        await service.setLabel('com.df.scaleMax', '7');
        await service.beginUpdate();
      },
      body: orderFor(name, 'up', 1),
      expected: { status: 503, message: `${name} is not scaled now: its rolling update` },
    },
  ];
}
