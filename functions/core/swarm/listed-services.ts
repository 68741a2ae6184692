import { isEngineService, modeOf, notAService, parseAnswer } from './engine-service.ts';
import type { ListedService } from './swarm.ts';

/**
 * Reads the engine's list of services, `GET /services`.
 * @throws {SwarmError} `unanswered` when it is no such list
 */
export function readServices(raw: string): readonly ListedService[] {
  const services = parseAnswer(raw);
  if (!Array.isArray(services) || !services.every(isEngineService)) throw notAService();
  return services.map(({ Spec: { Name: name, Mode, Labels } }) => ({
    name,
    mode: modeOf(Mode),
    replicas: Mode.Replicated?.Replicas ?? 0,
    labels: Labels ?? {},
  }));
}
