import type { Concurrency, ManyServices, OneAtATime } from './measurements.ts';

export interface Report {
  readonly engine: string;
  readonly node: string;
  readonly startMs: number;
  readonly residentMb: number;
  readonly oneAtATime: OneAtATime;
  readonly concurrency: readonly Concurrency[];
  readonly manyServices: ManyServices;
}

type Row = readonly [what: string, scaler: string, bare: string, ratio: string];

const ms = (value: number): string => `${value.toFixed(1)} ms`;
const ratio = (value: number, base: number): string => `${(value / base).toFixed(2)} x`;

export function printReport(report: Report): void {
  console.log(`On ${report.engine}, Node ${report.node}\n`);
  const rows = [['', 'scaler', 'bare client', 'ratio'] as const, ...rowsOf(report)];
  const widths = [0, 1, 2, 3].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  for (const row of rows) {
    console.log(
      row
        .map((cell, column) =>
          column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0),
        )
        .join('  '),
    );
  }
}

function rowsOf({
  oneAtATime: { scaler, bare },
  concurrency,
  manyServices,
  startMs,
  residentMb,
}: Report): readonly Row[] {
  return [
    ['one order at a time, p50', ms(scaler.p50), ms(bare.p50), ratio(scaler.p50, bare.p50)],
    ['one order at a time, p99', ms(scaler.p99), ms(bare.p99), ratio(scaler.p99, bare.p99)],
    ...concurrency.flatMap(({ callers, orders, failures, drift, timings, ordersPerSecond }): Row[] => [
      [`${callers} callers on one service, failed`, `${failures} of ${orders}`, '', ''],
      [`${callers} callers on one service, drift`, `${drift} replicas`, '', ''],
      [`${callers} callers on one service, p50`, ms(timings.p50), '', `${ordersPerSecond.toFixed(0)}/s`],
    ]),
    [
      `one payload, ${manyServices.services} services (${manyServices.scaled} scaled)`,
      ms(manyServices.scalerMs),
      ms(manyServices.bareMs),
      ratio(manyServices.scalerMs, manyServices.bareMs),
    ],
    ['process start to first answer', ms(startMs), '', ''],
    ['resident after 1,000 orders', `${residentMb.toFixed(0)} MB`, '', ''],
  ];
}
