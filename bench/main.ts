import { writeFile } from 'node:fs/promises';
import { createBareClient } from './bare-client.ts';
import { chooseEngine } from './engine.ts';
import {
  measureConcurrency,
  measureManyServices,
  measureOneAtATime,
  measureResident,
  measureStart,
} from './measurements.ts';
import { printReport } from './report.ts';
import { startScaler } from './scaler.ts';

const RESULTS = new URL('results.json', import.meta.url);

/** Measures the bundle that ships against the bare engine, prints a table and writes it as JSON. */
async function main(): Promise<void> {
  const engine = await chooseEngine();
  const dockerHost = `unix://${engine.socketPath}`;
  const bare = createBareClient(engine.socketPath);
  const prefix = `bench-${process.pid}`;
  const services = Array.from({ length: 500 }, (_, index) => `${prefix}-${index}`);
  const created: string[] = [];
  const create = async (service: string) => {
    await bare.create(service);
    created.push(service);
    return service;
  };
  try {
    const startMs = await measureStart(dockerHost);
    const service = await create(prefix);
    const residentMb = await measureResident(dockerHost, service);
    const scaler = await startScaler(dockerHost);
    const oneAtATime = await measureOneAtATime(scaler, bare, await create(`${prefix}-single`));
    const concurrency = [];
    for (const callers of [8, 64]) concurrency.push(await measureConcurrency(scaler, bare, service, callers));
    for (const one of services) await create(one);
    const manyServices = await measureManyServices(scaler, bare, services);
    await scaler.stop();

    const report = {
      engine: engine.description,
      node: process.version,
      startMs,
      residentMb,
      oneAtATime,
      concurrency,
      manyServices,
    };
    printReport(report);
    await writeFile(RESULTS, `${JSON.stringify(report, undefined, 2)}\n`);
  } finally {
    for (const one of created) await bare.remove(one).catch(() => undefined);
    await engine.close();
  }
}

await main();
