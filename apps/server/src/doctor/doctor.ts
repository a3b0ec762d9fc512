import type { Config } from '../config/schema.js';
import { prepareDataFolder } from '../data-folder.js';
import { openBlobs } from '../files/open-blobs.js';
import { OperatorError } from '@parley/core';
import { checkAddresses } from './addresses.js';
import { checkClock } from './clock.js';
import { change, note, ok } from './finding.js';
import type { Finding } from './finding.js';
import { checkOpenFiles, checkSocketBuffers } from './limits.js';
import type { Machine } from './machine.js';
import { checkMediaPort, isParley, parleyRuns } from './media-port.js';
import type { MediaProbe } from './media-probe.js';

/**
 * Checks what usually keeps calls from working, from the machine that Parley runs on or is to run on.
 *
 * @param url Where people open Parley, if that is to be checked too.
 */
export async function diagnose(config: Config, machine: Machine, url?: string): Promise<Finding[]> {
  const began = { wall: machine.wall(), now: machine.now() };
  const probes: MediaProbe[] = [];
  try {
    return [
      ...(await checkMediaPort(config, probes)),
      ...(await checkAddresses(config, machine, probes)),
      ...(url === undefined ? [] : [await checkUrl(url, config)]),
      checkOpenFiles(machine, config),
      checkSocketBuffers(machine),
      checkDataFolder(config.data_dir),
      ...(config.blobs.bucket === undefined ? [] : [await checkBucket(config)]),
      await checkClock(config, machine, url, began),
    ];
  } finally {
    for (const probe of probes) probe.close();
  }
}

async function checkUrl(url: string, config: Config): Promise<Finding> {
  if (await isParley(url)) return ok(`${url} leads to Parley`);
  return (await parleyRuns(config))
    ? change(
        `${url} does not lead to Parley: have the reverse proxy pass it on to port ${config.http.port}, WebSockets too`,
      )
    : note(`Whether ${url} leads to Parley can be seen only while Parley runs`);
}

/** Where files are kept in S3. */
async function checkBucket(config: Config): Promise<Finding> {
  try {
    await openBlobs(config).check();
    return ok(`The bucket ${config.blobs.bucket ?? ''} answers`);
  } catch (error) {
    if (error instanceof OperatorError) return change(error.message);
    throw error;
  }
}

function checkDataFolder(folder: string): Finding {
  try {
    prepareDataFolder(folder);
    return ok(`The data folder ${folder} can be written`);
  } catch (error) {
    if (error instanceof OperatorError) return change(error.message);
    throw error;
  }
}
