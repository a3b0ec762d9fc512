import type { Figure } from '../scenarios/scenario.js';
import { divideCores } from '../pinning.js';
import { ChatServer, engines } from './chat-server.js';
import type { Engine } from './chat-server.js';

const TITLES: Record<Engine, string> = { embedded: 'embedded', postgresql: 'PostgreSQL' };

/** Measures the same on both databases, each time on a fresh server; says of each figure on which. */
export async function measureEngines(
  measure: (server: ChatServer, engine: Engine) => Promise<Figure[]>,
): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const engine of engines) {
    const server = await ChatServer.start(engine, divideCores());
    try {
      for (const figure of await measure(server, engine)) {
        figures.push({
          ...figure,
          key: `${engine}.${figure.key}`,
          label: `${TITLES[engine]}: ${figure.label}`,
        });
      }
    } finally {
      await server.stop();
    }
  }
  return figures;
}
