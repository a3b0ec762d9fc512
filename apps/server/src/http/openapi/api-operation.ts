import type { z } from 'zod';

/** One thing that can be asked of `/api/v1`, as its description tells of it. */
export interface ApiOperation {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** With `:name` where something varies. */
  path: string;
  summary: string;
  /** Of what stands in the path, in the query of a GET, and in the body of what changes something. */
  input: z.core.$ZodType;
  output: z.core.$ZodType;
  /** Of an answer that is no error; 204 has no body. */
  status: 200 | 201 | 204;
  /** Types of what is sent and answered where it is not JSON. */
  content?: { request?: string; answer?: string };
  /** Who may ask: anybody, or who is signed in. */
  by: 'anybody' | 'account';
}
