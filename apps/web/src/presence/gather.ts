/** Most that are asked for at once, as the server allows. */
const MOST = 100;

/**
 * Asks for many things with one request, each of which was wanted by itself at about the same time.
 *
 * @param later Calls back when enough may have come together.
 */
export function gather<Value>(
  ask: (ids: string[]) => Promise<ReadonlyMap<string, Value>>,
  later: (work: () => void) => void = (work) => void setTimeout(work, 10),
): (id: string) => Promise<Value | undefined> {
  let waiting: Promise<ReadonlyMap<string, Value>> | undefined;
  let ids = new Set<string>();
  return async (id) => {
    ids.add(id);
    waiting ??= new Promise((resolve, reject) => {
      later(() => {
        const wanted = [...ids];
        [waiting, ids] = [undefined, new Set()];
        Promise.all(inPieces(wanted, MOST).map(ask)).then(
          (answers) => resolve(new Map(answers.flatMap((answer) => [...answer]))),
          reject,
        );
      });
    });
    return (await waiting).get(id);
  };
}

function inPieces<Item>(items: readonly Item[], size: number): Item[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, at) =>
    items.slice(at * size, (at + 1) * size),
  );
}
