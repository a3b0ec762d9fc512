import { gauge } from '@parley/core';

/** Declared apart from what measures it: whoever reads the list of all metrics needs no database. */
export const databaseMetrics = {
  waiting: gauge('parley_database_waiting', 'Queries that wait for a connection to the database'),
};
