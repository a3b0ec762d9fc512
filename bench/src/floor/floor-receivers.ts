import { Wire } from '@parley/wire';

/** Sockets that take what the floor sends, as those of the load's clients do. They are told how many of them to open. */
const wires: Wire[] = [];

process.on('message', (count: number) => {
  while (wires.length < count) {
    wires.push(
      new Wire({ port: 0, addresses: ['127.0.0.1'], slots: 1, maxSessions: 1, onBatch: () => undefined }),
    );
  }
  process.send?.(wires.map(({ port }) => port));
});
process.on('disconnect', () => process.exit());
