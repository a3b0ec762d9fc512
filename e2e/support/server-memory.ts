import { readdirSync, readFileSync } from 'node:fs';
import { WebSocket } from 'ws';
import type { ParleyServer } from './server.js';
import { pause, waitFor } from './wait.js';

/** What a server holds, after garbage was collected in all its threads. */
export interface ServerMemory {
  /** Bytes of all JavaScript heaps. */
  heap: number;
  /** Bytes of array buffers, and of what native code told V8 of. */
  external: number;
  /** Bytes of the process. */
  resident: number;
  openFiles: number;
}

interface InspectorMessage {
  id?: number;
  method?: string;
  params?: { sessionId?: string; message?: string };
  result?: { result?: { value?: unknown } };
}

/** The environment in which a server can be measured. */
export const MEASURABLE = { NODE_OPTIONS: '--inspect=127.0.0.1:0' };

const SETTLE_MS = 500;
const MEMORY = 'JSON.stringify(process.memoryUsage())';

/** Looks into a server that runs with `MEASURABLE`, by the protocol of Node's inspector. */
export async function measureMemory(server: Pick<ParleyServer, 'log' | 'pid'>): Promise<ServerMemory> {
  const url = server.log.map((line) => /Debugger listening on (ws:\S+)/.exec(line)?.[1]).find(Boolean);
  if (url === undefined || server.pid === undefined) throw new Error('The server cannot be measured.');
  const inspector = await Inspector.open(url);
  try {
    // What the first round frees may hold, by finalizers, what the second frees.
    for (let round = 0; round < 2; round += 1) {
      await inspector.everywhere('HeapProfiler.collectGarbage');
      await pause(SETTLE_MS);
    }
    const usages = (await inspector.everywhere('Runtime.evaluate', { expression: MEMORY })).map(
      ({ result }) => JSON.parse(String(result?.result?.value)) as NodeJS.MemoryUsage,
    );
    const status = readFileSync(`/proc/${server.pid}/status`, 'utf8');
    return {
      heap: usages.reduce((sum, { heapUsed }) => sum + heapUsed, 0),
      external: usages.reduce((sum, { external }) => sum + external, 0),
      resident: Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1]) * 1_024,
      openFiles: readdirSync(`/proc/${server.pid}/fd`).length,
    };
  } finally {
    inspector.close();
  }
}

/** Commands for the main thread and for all others. */
class Inspector {
  readonly #socket: WebSocket;
  readonly #answers = new Map<string, InspectorMessage>();
  readonly #workers = new Set<string>();
  #lastId = 0;

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.on('message', (data: Buffer) => this.#receive(data.toString(), ''));
  }

  static async open(url: string): Promise<Inspector> {
    const socket = new WebSocket(url);
    await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
    const inspector = new Inspector(socket);
    // Its answer comes behind the names of the workers that there are.
    await inspector.#run('', 'NodeWorker.enable', { waitForDebuggerOnStart: false });
    return inspector;
  }

  everywhere(method: string, params: object = {}): Promise<InspectorMessage[]> {
    return Promise.all(['', ...this.#workers].map((thread) => this.#run(thread, method, params)));
  }

  close(): void {
    this.#socket.close();
  }

  /** @param thread Session of a worker; empty for the main thread. */
  #run(thread: string, method: string, params: object): Promise<InspectorMessage> {
    const id = ++this.#lastId;
    const message = JSON.stringify({ id, method, params });
    this.#socket.send(
      thread === ''
        ? message
        : JSON.stringify({
            id: ++this.#lastId,
            method: 'NodeWorker.sendMessageToWorker',
            params: { sessionId: thread, message },
          }),
    );
    return waitFor(`the inspector's answer to ${method}`, () => this.#answers.get(`${thread} ${id}`));
  }

  #receive(text: string, thread: string): void {
    const message = JSON.parse(text) as InspectorMessage;
    const { id, method, params } = message;
    if (id !== undefined) this.#answers.set(`${thread} ${id}`, message);
    else if (method === 'NodeWorker.attachedToWorker') this.#workers.add(params?.sessionId ?? '');
    else if (method === 'NodeWorker.receivedMessageFromWorker')
      this.#receive(params?.message ?? '{}', params?.sessionId ?? '');
  }
}
