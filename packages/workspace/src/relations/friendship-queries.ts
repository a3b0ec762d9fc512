import type { Transaction } from 'kysely';
import type { WorkspaceTables } from '../schema/tables.js';

export interface Request {
  from: string;
  to: string;
  /** Milliseconds since 1970. */
  now: number;
}

/** Whether there was neither a request nor a friendship of the two before. */
export async function insertRequest(
  trx: Transaction<WorkspaceTables>,
  { from, to, now }: Request,
): Promise<boolean> {
  const row = { requester_id: from, addressee_id: to, requested_at: new Date(now), accepted_at: null };
  const inserted = await trx
    .insertInto('friendships')
    .values(row)
    .onConflict((conflict) => conflict.doNothing())
    .returning('requester_id')
    .executeTakeFirst();
  return inserted !== undefined;
}

/** Changes nothing if there is none. */
export async function acceptRequest(
  trx: Transaction<WorkspaceTables>,
  { from, to, now }: Request,
): Promise<void> {
  await trx
    .updateTable('friendships')
    .set({ accepted_at: new Date(now) })
    .where('requester_id', '=', from)
    .where('addressee_id', '=', to)
    .where('accepted_at', 'is', null)
    .execute();
}

/** Requests as well. Whether there was one. */
export async function deleteFriendship(
  trx: Transaction<WorkspaceTables>,
  userId: string,
  otherId: string,
): Promise<boolean> {
  const gone = await trx
    .deleteFrom('friendships')
    .where('requester_id', 'in', [userId, otherId])
    .where('addressee_id', 'in', [userId, otherId])
    .returning('requester_id')
    .execute();
  return gone.length > 0;
}
