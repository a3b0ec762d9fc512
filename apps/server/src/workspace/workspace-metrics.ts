import { problemCodes } from '@parley/contract';
import { countersBy, gauge } from '@parley/core';

// Declared apart from what measures it: whoever reads the list of all metrics needs no database.

export const databaseMetrics = {
  waiting: gauge('parley_database_waiting', 'Queries that wait for a connection to the database'),
};

export const problemMetrics = countersBy(
  'parley_api_problems_total',
  'Requests of the workspace that were answered with an error, by its code; limits are among them',
  'code',
  problemCodes,
);
