import { cpus, loadavg, totalmem } from 'node:os';
import type { Measurement } from './measure.js';

/** A measurement, and where it was made. */
export interface Report extends Measurement {
  machine: {
    cpu: string;
    cores: number;
    memoryGigabytes: number;
    /** Of the last minute: far above the measurement's own 1 or so, others disturbed it. */
    loadAverage: number;
    node: string;
    date: string;
  };
}

const GIGABYTE = 1_024 ** 3;

export function createReport(measurement: Measurement): Report {
  const processors = cpus();
  return {
    ...rounded(measurement),
    machine: {
      cpu: processors[0]?.model ?? 'unknown',
      cores: processors.length,
      memoryGigabytes: Math.round(totalmem() / GIGABYTE),
      loadAverage: Math.round(loadavg()[0]! * 10) / 10,
      node: process.version,
      date: new Date().toISOString().slice(0, 10),
    },
  };
}

export function formatTable(report: Report): string {
  const rows: [what: string, figure: string][] = [
    [
      'Load',
      `${report.packetsPerSecond} packets/s of ${report.packetSize} bytes to ${report.subscribers} subscribers`,
    ],
    ['Packets forwarded', `${report.packetsForwarded} in ${report.seconds} s, ${report.packetsLost} lost`],
    ['CPU of the server per packet', `${report.cpuMicrosecondsPerPacket} µs`],
    ['  of its busiest thread alone', `${report.cpuMicrosecondsPerPacketBusiestThread} µs`],
    ['CPU of the server', `${report.cpuPercent} % of one core`],
    ['Memory per subscriber', `${report.memoryMegabytesPerSubscriber} MB`],
    ['Memory before they came', `${report.memoryMegabytes} MB`],
    ['WebSocket to first media, p50', `${report.millisecondsToMediaP50} ms, of ${report.joins} joins`],
    ['WebSocket to first media, p95', `${report.millisecondsToMediaP95} ms`],
    [
      'Machine',
      `${report.machine.cpu}, ${report.machine.cores} cores, load ${report.machine.loadAverage}, Node ${report.machine.node}`,
    ],
  ];
  const width = Math.max(...rows.map(([what]) => what.length));
  return rows.map(([what, figure]) => `${what.padEnd(width)}  ${figure}`).join('\n');
}

function rounded(measurement: Measurement): Measurement {
  const round = (value: number) => Math.round(value * 1_000) / 1_000;
  return {
    ...measurement,
    cpuMicrosecondsPerPacket: round(measurement.cpuMicrosecondsPerPacket),
    cpuMicrosecondsPerPacketBusiestThread: round(measurement.cpuMicrosecondsPerPacketBusiestThread),
    cpuPercent: round(measurement.cpuPercent),
    memoryMegabytes: round(measurement.memoryMegabytes),
    memoryMegabytesPerSubscriber: round(measurement.memoryMegabytesPerSubscriber),
    millisecondsToMediaP50: round(measurement.millisecondsToMediaP50),
    millisecondsToMediaP95: round(measurement.millisecondsToMediaP95),
  };
}
