import type { Direction, ScaleRequest } from '#core/alerts/scale-request.ts';
import type { Config } from '#core/config/settings.ts';
import type { Service } from '#core/swarm/swarm.ts';
import { quoted } from '#core/values.ts';
import { type Cooldown, checkCooldown } from './cooldown.ts';
import type { Decision, HoldDecision, RejectDecision, ScaleDecision } from './decision.ts';
import { LabelError, type Policy, type PolicyConfig, readPolicy } from './policy.ts';
import { replicasAfterStep, replicasForTarget } from './replicas.ts';
import { readScaleState, SCALE_STATE_LABEL } from './scale-state.ts';
import { checkUpdate } from './update-gate.ts';

export type DecideConfig = PolicyConfig & Pick<Config, 'SCALE_FILTER_LABEL' | 'SCALE_DEFER_MAX'>;

/**
 * Decides what one request does to a service as it is now. Pure: no clock, no engine.
 * A request that would change nothing is held; only one that would is checked against cooldown and rolling updates.
 * @param now milliseconds since the epoch
 */
export function decide(request: ScaleRequest, service: Service, config: DecideConfig, now: number): Decision {
  const direction = directionOf(request, service);
  const rejection =
    rejectMode(service) ??
    rejectFiltered(service, config) ??
    rejectContradiction(request, service, direction);
  if (rejection) return rejection;
  try {
    const policy = readPolicy(service.labels, direction ?? 'up', config, { strict: request.kind === 'step' });
    return decideWithin(policy, direction, request, service, config, now);
  } catch (error) {
    if (!(error instanceof LabelError)) throw error;
    return reject('bad-label', `${service.name}: ${error.message}`);
  }
}

function decideWithin(
  policy: Policy,
  direction: Direction | undefined,
  request: ScaleRequest,
  service: Service,
  config: DecideConfig,
  now: number,
): Decision {
  const { name, replicas: from } = service;
  const { min, max } = policy;
  const { state, isUnreadable } = readScaleState(service.labels);
  const warnings = policy.warnings.map((warning) => `${name}: ${warning}`);
  if (isUnreadable) warnings.push(`${name}: label ${SCALE_STATE_LABEL} cannot be read and is ignored`);
  const known = { direction, from, min, max, warnings };
  const hold = (reason: HoldDecision['reason'], message: string): HoldDecision => ({
    kind: 'hold',
    reason,
    message,
    ...known,
  });

  if (direction === undefined) return hold('unchanged', `${name} already has ${from} replicas`);
  if (request.origin === 'alert' && from === 0 && min >= 1) {
    return hold(
      'stopped',
      `${name} was stopped by hand (0 replicas, min: ${min}): alerts do not start it again`,
    );
  }
  const to =
    request.kind === 'target'
      ? replicasForTarget(from, request.target, policy)
      : replicasAfterStep(from, direction, request.steps, policy, policy.step);
  if (to === from) {
    return direction === 'up'
      ? hold('at-maximum', `${name} is already scaled to the maximum number of ${max} replicas`)
      : hold('at-minimum', `${name} is already descaled to the minimum number of ${min} replicas`);
  }
  const cooldown =
    request.origin === 'alert' ? checkCooldown(name, direction, policy.cooldownMs, state, now) : NO_COOLDOWN;
  const noted = { ...known, warnings: [...warnings, ...cooldown.warnings] };
  if (cooldown.message !== undefined) {
    return { ...noted, kind: 'hold', reason: 'cooldown', message: cooldown.message };
  }
  const update = checkUpdate(service, policy.duringUpdate, config.SCALE_DEFER_MAX, now);
  if (update.gate) return { ...noted, ...update.gate };
  return {
    kind: 'scale',
    reason: request.kind,
    message: `Scaling ${name} from ${from} to ${to} replicas (min: ${min}, max: ${max})${clampNote(request, to)}`,
    ...noted,
    warnings: [...noted.warnings, ...update.warnings],
    direction,
    to,
  } satisfies ScaleDecision;
}

/** An explicit order passes it. */
const NO_COOLDOWN: Cooldown = { message: undefined, warnings: [] };

/** Undefined when the count is what was asked for already. */
function directionOf(request: ScaleRequest, { replicas }: Service): Direction | undefined {
  if (request.kind === 'step') return request.direction;
  if (request.target === replicas) return undefined;
  return request.target > replicas ? 'up' : 'down';
}

function clampNote(request: ScaleRequest, to: number): string {
  if (request.kind === 'step' || request.target === to) return '';
  return `; ${request.target} were asked for, held to the ${request.target > to ? 'maximum' : 'minimum'}`;
}

const reject = (reason: RejectDecision['reason'], message: string): RejectDecision => ({
  kind: 'reject',
  reason,
  message,
  warnings: [],
});

function rejectMode({ name, mode }: Service): RejectDecision | undefined {
  return mode === 'replicated'
    ? undefined
    : reject('mode', `${name} is a ${mode} service (can not be scaled)`);
}

function rejectFiltered(
  { name, labels }: Service,
  { SCALE_FILTER_LABEL: filter }: DecideConfig,
): RejectDecision | undefined {
  if (filter === undefined) return undefined;
  const value = labels[filter.key];
  if (value !== undefined && (filter.value === undefined || filter.value === value)) return undefined;
  const expected = filter.value === undefined ? filter.key : `${filter.key}=${filter.value}`;
  const found = value === undefined ? 'has no such label' : `has ${quoted(value)}`;
  return reject(
    'filtered',
    `${name} may not be scaled: expected the label ${expected} (SCALE_FILTER_LABEL), the service ${found}`,
  );
}

function rejectContradiction(
  request: ScaleRequest,
  { name, replicas }: Service,
  direction: Direction | undefined,
): RejectDecision | undefined {
  if (request.kind === 'step' || request.direction === undefined || direction === undefined) return undefined;
  if (request.direction === direction) return undefined;
  return reject(
    'contradiction',
    `Incorrect scale direction in request: ${request.direction} contradicts to=${request.target}, as ${name} has ${replicas} replicas; expected ${direction}, or no scale`,
  );
}
