import type { RefusalFields } from '../database-error.js';

/** Of what the main thread and the thread of the embedded database exchange. */
export const DATABASE_PROTOCOL_VERSION = 1;

export interface DatabaseThreadData {
  /** Folder of the database, which is made when it is not there. */
  folder: string;
}

export interface Statement {
  sql: string;
  parameters: readonly unknown[];
}

export type StatementAnswer =
  /** `affectedRows`: of those that a statement changed or found. */
  { type: 'result'; rows: unknown[]; affectedRows: number } | { type: 'refused'; refusal: RefusalFields };

export interface DatabaseProtocol {
  hello: undefined;
  toWorker: never;
  fromWorker: never;
  question: Statement;
  answer: StatementAnswer;
}
