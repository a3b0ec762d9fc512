import * as z from 'zod/mini';
import { actionNames, idInPath } from './fields.js';

/** What is decided otherwise in one channel for a role or for a person; the other of both ids is null. */
export const overwrite = z.object({
  role_id: z.nullable(z.string()),
  user_id: z.nullable(z.string()),
  allow: z.array(z.string()),
  deny: z.array(z.string()),
});

/** Answer of `GET /api/v1/channels/:id/overwrites`. */
export const overwrites = z.object({
  /** Whether they are the category's, because the channel has none of its own. */
  from_category: z.boolean(),
  overwrites: z.array(overwrite),
});

export const roleOverwritePath = z.object({ id: idInPath('channel'), role_id: idInPath('role') });
export const personOverwritePath = z.object({ id: idInPath('channel'), user_id: idInPath('member') });

const decided = { allow: actionNames('allow'), deny: actionNames('deny') };
const BODY = { error: 'Send JSON with "allow" and "deny"' };

/** Body of `PUT /api/v1/channels/:id/overwrites/roles/:role_id`. */
export const roleOverwrite = z.object({ ...roleOverwritePath.shape, ...decided }, BODY);

/** Body of `PUT /api/v1/channels/:id/overwrites/people/:user_id`. */
export const personOverwrite = z.object({ ...personOverwritePath.shape, ...decided }, BODY);

export type Overwrite = z.output<typeof overwrite>;
export type Overwrites = z.output<typeof overwrites>;
